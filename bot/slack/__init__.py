"""Slack: the door, the way out, and how things look there. Nothing of Slack is known outside this room."""
