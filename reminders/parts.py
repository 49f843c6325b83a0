"""What a message is about to say: every part of it with its own concern, looked at again at that moment.

It sends nothing and writes nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from concerns.notice import Notice, NoticeKind, still_true
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import waits_for
from storage.ledger import Ledger
from views.digest import Part


def parts_of(notice: Notice, ledger: Ledger, rules: Callable[[str], Rules], now: datetime) -> Iterator[Part]:
    """The notice itself and all that goes along with it; no part for a concern that is not on record."""
    for said in (replace(notice, along=()), *notice.along):
        concern = ledger.load(said.ref)
        if concern is not None:
            law = rules(concern.pathway)
            asked = said.kind is NoticeKind.DIGEST
            owed = waits_for(PersonId(said.place.id), concern, law, now) if asked else None
            yield Part(said, concern, law, owed)


def is_true(part: Part) -> bool:
    """Whether it may still be said: nobody is called who has answered, or reminded of what is done."""
    if part.notice.kind is NoticeKind.DIGEST:
        return part.waiting is not None
    return still_true(part.notice, part.concern)


def moved_on(parts: Sequence[Part]) -> str:
    """Why there is nothing left to say, for the record of the outbox."""
    if not parts:
        return "there is no such concern"
    if parts[0].notice.kind is NoticeKind.DIGEST:
        return "nothing of it waits there any more"
    if len(parts) > 1:
        return "the concerns have moved on"
    return f"the concern has moved on and is {parts[0].concern.stage}"
