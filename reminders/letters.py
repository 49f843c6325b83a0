"""Notices about no concern, but an account or a channel: what each says when it is sent, and to whom else.

It sends nothing and writes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from concerns.enrolment import Enrolment
from concerns.notice import ABOUT_A_CHANNEL, Notice, NoticeKind, Place, PlaceKind
from concerns.rules import Rules
from storage.enrolments import Enrolments
from views.channels import troubled
from views.enrolment import Backdrop
from views.letters import letter
from views.parts import Message

_TO_OWNERS = frozenset({NoticeKind.ENROLMENT_ASKED, NoticeKind.ENROLMENT_DUE})


class Letters:
    """`today` are the rules in force. Raises `NotSaved` when the book cannot be read."""

    def __init__(
        self,
        enrolments: Enrolments,
        today: Callable[[], Rules],
        clock: Callable[[], datetime],
        slash: str = "/",
    ) -> None:
        self._enrolments = enrolments
        self._today = today
        self._clock = clock
        self._slash = slash

    def message(self, notice: Notice) -> Message | None:
        """What it says now; None once it is decided, and so no longer true."""
        if notice.kind in ABOUT_A_CHANNEL:
            return troubled(notice)
        one = self._enrolments.find(notice.ref)
        if one is None or not _is_true(notice, one, self._clock()):
            return None
        rules = self._today()
        return letter(notice, one, Backdrop(rules.directory, rules.calendar, self._slash))

    def instead(self, notice: Notice) -> tuple[Notice, ...]:
        """Whom to tell where a directory owner cannot be reached: the coordinator, chased no further."""
        coordinator = self._today().directory.coordinator
        place = Place(PlaceKind.PERSON, coordinator or "")
        asked = notice.kind in _TO_OWNERS and notice.place.kind is PlaceKind.PERSON
        if coordinator is None or not asked or notice.place == place:
            return ()
        return (replace(notice, place=place),)


def _is_true(notice: Notice, one: Enrolment, now: datetime) -> bool:
    match notice.kind:
        case NoticeKind.ENROLMENT_ASKED:
            return one.waits
        case NoticeKind.ENROLMENT_DUE if notice.place.kind is PlaceKind.PERSON:
            return one.due_again(now)
        case NoticeKind.ENROLMENT_DUE:
            return one.due_again(now) and one.holds(now)
        case NoticeKind.ENROLMENT_RAN_OUT:
            return one.ran_out(now)
        case NoticeKind.ENROLLED:
            return one.holds(now)
        case _:
            return True
