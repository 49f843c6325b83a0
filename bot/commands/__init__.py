"""What `baton` does for each command, and its two ways of saying no. Nothing here parses a command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from typer import TyperException


class Refusal(TyperException):
    """Wrong use or refused input; its message is the one line people see."""

    exit_code = 2


class NotDone(TyperException):
    """It was tried and could not be done; its message is the one line people see."""

    exit_code = 1


@contextmanager
def refusing(*kinds: type[Exception]) -> Iterator[None]:
    """Turn errors of these kinds, whose text is a sentence for people, into a `Refusal`."""
    try:
        yield
    except kinds as error:
        raise Refusal(str(error)) from None
