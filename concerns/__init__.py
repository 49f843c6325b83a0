"""The rules of escalation: pure values and functions; no clock, no chance, no input or output.

It imports the standard library only.
"""
