"""The words and shapes people see: what is said and how it is laid out.

Nothing here decides, stores or sends anything.
"""
