"""`baton directory accounts`: whose accounts chat has bound, who waits, and what is to be confirmed again.

It changes nothing: deciding is done in chat, by the people who look after the directory.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.commands.store import opened_store, refuse_other_schema
from bot.house import Clock, system_clock
from concerns.directory import Directory
from concerns.enrolment import Book, Enrolment
from concerns.people import PersonId
from storage.directory import Directories
from storage.enrolments import Enrolments
from views.enrolment import account_named

NONE = "Chat has bound no account, and nobody waits. The accounts of the partnership file stand there."


def listing(clock: Clock = system_clock) -> str:
    """What to print. Raises `Refusal` and `NotDone`."""
    with opened_store(must_exist=True) as store:
        refuse_other_schema(store)
        directory, book = Directories(store).current(), Enrolments(store).book()
    told = ["\n  ".join((title, *lines)) for title, lines in _sections(book, directory, clock()) if lines]
    return "\n\n".join(told) or NONE


def counted(book: Book, now: datetime) -> str:
    """The same in one line, for `baton doctor`; empty where there is nothing to say."""
    held = len(book.accounts(now))
    waiting, due = (
        sum(one.waits for one in book.enrolments),
        sum(one.due_again(now) for one in book.enrolments),
    )
    counts = {"enrolled in chat": held, "waiting to be decided": waiting, "to be confirmed again": due}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _sections(book: Book, directory: Directory, now: datetime) -> Iterator[tuple[str, list[str]]]:
    waiting = [one for one in book.enrolments if one.waits]
    held = [one for one in book.enrolments if one.holds(now)]
    due = [one for one in book.enrolments if one.due_again(now)]
    codes = [one for one in book.invitations if one.works(now)]
    yield "Waiting to be decided, in chat:", [_asked(one, directory) for one in waiting]
    yield "To be confirmed again, in chat:", [_due(one, directory) for one in due]
    yield "Enrolled in chat:", [_held(one, directory) for one in held]
    given = [f"for {_name(one.person, directory)}, until {_at(one.expires)}" for one in codes]
    yield "Codes given out and not used yet:", given


def _asked(one: Enrolment, directory: Directory) -> str:
    meant = f" as {_name(one.person, directory)}" if one.person else ""
    return f"{one.ref}: {account_named(one.account)}{meant}, since {_at(one.asked_at)}"


def _held(one: Enrolment, directory: Directory) -> str:
    by = _name(one.confirmed_by, directory)
    when = _at(one.confirmed_at) if one.confirmed_at else ""
    return f"{_name(one.person, directory)}: {account_named(one.account)}, confirmed by {by} on {when}"


def _due(one: Enrolment, directory: Directory) -> str:
    until = _at(one.until) if one.until else ""
    return f"{one.ref}: {account_named(one.account)} of {_name(one.person, directory)}, by {until}"


def _name(person: PersonId | None, directory: Directory) -> str:
    return directory.name_of(person)


def _at(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
