"""What is said of somebody who is away: until when, who is asked instead, and what that leaves open.

Names stand here, so it is for private replies only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from concerns.calendar import Calendar
from concerns.directory import Directory
from concerns.people import Cover, PersonId, Seat
from concerns.rules import Rules
from views.labels import capital, seat
from views.parts import Button, Message

_NOBODY = "nobody stands in, so the deputies are asked"


@dataclass(frozen=True, slots=True)
class Absence:
    """A cover as it is spoken of to whoever set it. No seat means the coordinator's part.

    `instead` says who comes first in each seat that was theirs to answer for, `empty` from when a seat has
    nobody left, `raised` which open concerns of theirs nobody looks after meanwhile, `both` when whoever
    stands in is away too. `mine` is what waits on them now: as a list for themselves, for anybody else by
    reference only.
    """

    cover: Cover
    by: PersonId
    now: datetime
    rules: Rules
    instead: Sequence[tuple[Seat | None, PersonId]]
    empty: Sequence[tuple[Seat | None, datetime]]
    raised: Sequence[str]
    both: Sequence[Cover]
    mine: Sequence[str]
    buttons: tuple[Button, ...]
    slash: str

    @property
    def own(self) -> bool:
        """Whether they set it themselves."""
        return self.by == self.cover.person

    @property
    def directory(self) -> Directory:
        """Where the names stand."""
        return self.rules.directory

    @property
    def name(self) -> str:
        """Who is away."""
        return self.directory.name_of(self.cover.person)

    def day(self, instant: datetime) -> str:
        """`Mon 30 Nov`; what has begun already counts from today."""
        return day(max(instant, self.now), self.rules.calendar)


def away(cover: Cover, directory: Directory, calendar: Calendar) -> str:
    """`from Mon 30 Nov until the end of Fri 4 Dec; Priya Nair stands in`."""
    who = f"{directory.name_of(cover.stand_in)} stands in" if cover.stand_in else _NOBODY
    return f"{between(cover, calendar)}; {who}"


def between(cover: Cover, calendar: Calendar) -> str:
    """`from Mon 30 Nov until the end of Fri 4 Dec`."""
    return f"from {day(cover.start, calendar)} until {until(cover, calendar)}"


def until(cover: Cover, calendar: Calendar) -> str:
    """`the end of Fri 4 Dec`: the last day of a cover, whole."""
    return f"the end of {day(cover.end - datetime.resolution, calendar)}"


def day(instant: datetime, calendar: Calendar) -> str:
    """`Mon 30 Nov`, the local day."""
    local = calendar.local(instant)
    return f"{local:%a} {local.day} {local:%b}"


def cover_set(absence: Absence) -> Message:
    """Who is asked instead and from when, what nobody is left for, and what waits now."""
    cover, directory, calendar = absence.cover, absence.directory, absence.rules.calendar
    subject = "You are" if absence.own else f"{absence.name} is"
    return Message(
        "Cover is set",
        (
            f"{subject} away {away(cover, directory, calendar)}.",
            *(_told(absence) if cover.stand_in else ()),
            *(
                f"{capital(seat(of, directory))}: {directory.name_of(person)} is asked"
                f" from {absence.day(cover.start)}."
                for of, person in absence.instead
            ),
            *(_nobody(of, since, absence) for of, since in absence.empty),
            *_unattended(absence),
            *_waiting(absence),
        ),
        absence.buttons,
    )


def cover_ended(absence: Absence) -> Message:
    """From now on they are asked again."""
    subject = "you are" if absence.own else f"{absence.name} is"
    return Message(
        "Cover is ended", (f"From now on {subject} asked again.", *_waiting(absence)), absence.buttons
    )


def _told(absence: Absence) -> tuple[str, ...]:
    name, since = absence.directory.name_of(absence.cover.stand_in), absence.day(absence.cover.start)
    they = "You still may" if absence.own else f"{absence.name} still may"
    also = "" if absence.own else f" Tell {absence.name} too that it is set."
    return (
        f"{name} may then read, acknowledge and answer in the same place. {they}, too.",
        f"From {since} Baton asks them, and tells them what waits. Please tell {name} yourself, too.{also}",
        *(
            f"{name} is away too, {between(one, absence.rules.calendar)}: meanwhile the deputies are asked."
            for one in absence.both
        ),
    )


def _nobody(of: Seat | None, since: datetime, absence: Absence) -> str:
    missing = "a deputy" if of else "somebody who stands in"
    ask = "ask your directory owner for" if absence.own else "name"
    return f"From {absence.day(since)} nobody is left for {seat(of, absence.directory)}: {ask} {missing}."


def _unattended(absence: Absence) -> tuple[str, ...]:
    """A raiser's own part passes to nobody by itself; their seat's deputies have none in it."""
    if not absence.raised:
        return ()
    whose, refs = "you" if absence.own else absence.name, ", ".join(absence.raised)
    return (
        f"Raised by {whose}, and looked after by nobody meanwhile: {refs}. Name somebody who stands in,"
        f" or hand it over: {absence.slash}concern handover {absence.raised[0]}.",
    )


def _waiting(absence: Absence) -> tuple[str, ...]:
    if absence.own:
        return tuple(absence.mine) or ("Nothing waits on you now.",)
    refs = ", ".join(absence.mine)
    return (f"Waiting on {absence.name} now: {refs or 'nothing'}.",)
