"""Adding to the record without moving anything: contacts, notes and corrections, by either side."""

from datetime import datetime

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_challenged, may_read
from concerns.directory import Directory
from concerns.model import Concern
from concerns.opening import in_future, wordless
from concerns.people import PersonId
from concerns.rules import Refused, Rules

_NOT_YOURS = Refused(
    "Only those who are part of this concern can add to its record. Ask one of them to put it there."
)


def log_contact(
    concern: Concern, command: c.LogContact, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """A contact keeps two times: when it happened, and when it was logged."""
    if not _has_part(command.by, concern, rules.directory):
        return _NOT_YOURS
    return in_future(command.when, now) or (
        e.ContactLogged(
            at=now,
            by=command.by,
            words=command.words,
            direction=command.direction,
            method=command.method,
            reached=command.reached,
            when=command.when,
            next_date=command.next_date,
            was_referral=command.was_referral,
            confirmed=command.confirmed,
            written_follow_up=command.written_follow_up,
        ),
    )


def add_note(
    concern: Concern, command: c.AddNote, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """A note never changes a clock."""
    if not _has_part(command.by, concern, rules.directory):
        return _NOT_YOURS
    refusal = in_future(command.evidence_at, now, "evidence_at") or wordless(command.words, ("text",))
    return refusal or (
        e.NoteAdded(at=now, by=command.by, words=command.words, evidence_at=command.evidence_at),
    )


def correct(
    concern: Concern, command: c.Correct, now: datetime, rules: Rules
) -> tuple[e.Event, ...] | Refused:
    """What an entry should have said stands in a new one; nothing is ever rewritten (design 1.4)."""
    if not _has_part(command.by, concern, rules.directory):
        return _NOT_YOURS
    if not 1 <= command.of <= concern.seq:
        return Refused("Choose the entry you correct from the list.", "of")
    return wordless(command.words, ("text",)) or (
        e.Corrected(at=now, by=command.by, words=command.words, of=command.of),
    )


def _has_part(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whoever may read the words; and the coordinator, when called because no seat could be."""
    return may_read(person, concern, directory) or for_challenged(person, concern, directory)
