"""What the clock does by itself: look for lapses, say what must be said, watch that both really happen.

No deadline lives here; deadlines are columns in the record, and this room may be stopped at any instant.
"""
