"""A rehearsed ladder as a table for people: local times, plain words, and the days off it passes over.

It words what it is handed and decides nothing.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from concerns.pathway import Tier, Urgent
from concerns.rehearsal import Step, What
from concerns.rules import Rules
from concerns.window import Window
from views.rehearsal import clock

WIDTH = 80
_WHEN = 27
_TIMES = ("first", "second", "third")


def timetable(rules: Rules, steps: Iterable[Step], *, urgent: bool = False) -> str:
    """The whole table, at most `WIDTH` characters wide, ending in a line break."""
    pathway = rules.pathway
    words = _Words(rules, pathway.urgent if urgent else None)
    lines = [
        *textwrap.wrap(f"{pathway.name}, version {pathway.version}", WIDTH),
        f"What happens if nobody ever answers. Local times of {_plain(pathway.nation).title()}.",
    ]
    if not pathway.approved_by:
        lines.append("Not signed off locally yet: approved_by is empty.")
    if words.urgent:
        lines.append("Immediate danger: the urgent windows hold from the first call.")
    lines += ["", "When".ljust(_WHEN) + "What happens", "-" * WIDTH]
    before: datetime | None = None
    for step in steps:
        if before and before != step.at and step.what in (What.LAPSED, What.CALLED):
            lines.append("")
        lines += _row(words.when(step.at), words.about(step))
        before = step.at
    lines += ["", *textwrap.wrap(words.ending(), WIDTH)]
    return "\n".join(lines) + "\n"


def _row(when: str, sentences: Iterable[str]) -> Iterator[str]:
    told = [line for sentence in sentences for line in textwrap.wrap(sentence, WIDTH - _WHEN)]
    for line in told:
        yield f"{when:{_WHEN - 2}}  {line}"
        when = ""


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of one rehearsal; `urgent` holds the windows where it is an urgent one."""

    rules: Rules
    urgent: Urgent | None

    def about(self, step: Step) -> Iterator[str]:
        """What happens at one step."""
        tier = self.rules.pathway.tier(step.call.tier)
        match step.what:
            case What.CALLED:
                yield f"{self._word(tier.number)}, {tier.name}, is called."
                yield from self._sides(tier)
                yield from self._windows(step, tier)
            case What.CALLED_AGAIN:
                time = _TIMES[step.call.again - 1]
                yield f"{self._word(tier.number)}, {tier.name}, is called again, for the {time} time."
                yield from self._sides(tier)
                yield from self._answer(step, self._repeat_window())
            case What.REMINDED:
                yield f"{self._word(tier.number)}: the challenged side is reminded."
            case What.ACKNOWLEDGEMENT_LAPSED:
                above = f" and {self.rules.pathway.tier_word} {tier.number + 1} is told"
                told = "" if tier.number == self.rules.pathway.top else above
                yield f"{self._word(tier.number)}: nobody has acknowledged."
                yield f"Deputies are pinged{told}. The answer is still awaited."
            case What.LAPSED:
                yield f"{self._word(tier.number)}: no answer in time."
                yield from self._asked(step)

    def when(self, instant: datetime) -> str:
        """Such as "Wed 23 Dec 2026 16:30"."""
        local = self.rules.calendar.local(instant)
        return f"{local:%a} {local.day:2} {local:%b %Y} {clock(local)}"

    def ending(self) -> str:
        """What the table cannot show: it would go on."""
        repeat = self._repeat_window()
        every = str(repeat.unit) if repeat.count == 1 else str(repeat)
        return f"So it goes on, every {every}, until somebody answers. Silence never closes anything."

    def _word(self, number: int) -> str:
        word = self.rules.pathway.tier_word
        return f"{word[:1].upper()}{word[1:]} {number}"

    def _sides(self, tier: Tier) -> Iterator[str]:
        raiser = ", the raiser" if tier.number == 1 else ""
        yield f"Raising side: {_plain(tier.raising)}{raiser}."
        yield f"Challenged side: {_plain(tier.challenged)}."
        if tier.convener:
            yield f"Convener: {_plain(tier.convener)}."

    def _windows(self, step: Step, tier: Tier) -> Iterator[str]:
        windows = self.urgent or tier
        if step.acknowledge_due and windows.acknowledge:
            yield f"Acknowledge by {self._due(step.acknowledge_due, step.at)} ({windows.acknowledge})."
        yield from self._answer(step, windows.answer, sooner=tier.or_sooner)

    def _answer(self, step: Step, window: Window, *, sooner: bool = False) -> Iterator[str]:
        if_needed = ", or sooner if safety needs it" if sooner else ""
        yield f"Answer by {self._due(step.call.due, step.at)} ({window}{if_needed})."
        yield from self._passed_over(window, step.at, step.call.due)

    def _repeat_window(self) -> Window:
        return self.urgent.repeat if self.urgent else self.rules.pathway.repeat

    def _asked(self, step: Step) -> Iterator[str]:
        ask = self.rules.pathway.ask
        if step.ask_due and ask:
            above = self._word(step.call.tier + 1)
            yield f"{above} is told; the raising side is asked to agree to moving up."
            moves = f"it moves up by itself at {self._due(step.ask_due, step.at)}"
            yield f"Unless it agrees sooner, {moves} ({ask})."
            yield from self._passed_over(ask, step.at, step.ask_due)

    def _due(self, instant: datetime, seen: datetime) -> str:
        """Such as "17:00 on Thu 24 December"; with the year where that changes on the way."""
        local = self.rules.calendar.local(instant)
        year = "" if local.year == self.rules.calendar.local(seen).year else f" {local.year}"
        return f"{clock(local)} on {local:%a} {local.day} {local:%B}{year}"

    def _passed_over(self, window: Window, start: datetime, due: datetime) -> Iterator[str]:
        """The named days off a working window steps over; ordinary weekends go without saying."""
        calendar = self.rules.calendar
        first, last = calendar.local(start).date(), calendar.local(due).date()
        days = (first + timedelta(days=day) for day in range((last - first).days + 1))
        off = [day for day in days if calendar.hours[day.weekday()] and calendar.day_off(day)]
        if window.working and off:
            told = "; ".join(_stretch(list(same), why) for why, same in groupby(off, key=calendar.day_off))
            yield f"Passing over {told}."


def _stretch(days: Sequence[date], why: str | None) -> str:
    first, last = f"{days[0]:%a} {days[0].day} {days[0]:%b}", f"{days[-1]:%a} {days[-1].day} {days[-1]:%b}"
    return f"{first}, {why}" if first == last else f"{first} to {last}, {why}"
