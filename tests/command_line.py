"""The command line as a test calls it."""

from collections.abc import Callable

Baton = Callable[..., tuple[int, str, str]]
"""Runs `baton` with these words: its code, its standard output, its standard error."""
