"""A person's own page in Slack: what waits on them, what else is open, whether they are away, the pathway.

It shows what the same person could ask for with commands, and decides nothing. Names of seats' holders stand
here, because only this person sees the page; nobody's words do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.slack.blocks import actions, beside, heading, paragraphs, small
from bot.slack.limits import Json
from concerns.model import Concern
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import Waiting, waits_for, waits_on
from handlers.desk import Desk
from handlers.menu import by_name, menu
from handlers.scene import Asker, Scene
from handlers.steps import Listed, seen_by, steps
from storage.errors import NotSaved
from views.absence import away, between
from views.cards import urgently
from views.instants import overdue, span
from views.parts import Button, Message
from views.record import AT_MOST, summary
from views.standing import next_clock
from views.teaching import in_danger, ladder, not_enrolled

_PATHWAY_BLOCKS = 20
"""How much of a page the pathways may take; the rest stands behind a button."""
_UNREAD = Message(
    "Nothing can be shown just now",
    ("The record cannot be read at this moment. Nothing is lost; please look again in a minute.",),
)
_AT_THE_END = ("raise", "refer", "pathway", "guide", "help")


def home(desk: Desk, asker: Asker) -> Json:
    """The page as a view for `views.publish`, for strangers too, and when nothing can be read."""
    try:
        return {"type": "home", "blocks": _page(desk, asker.person)}
    except NotSaved:
        return {"type": "home", "blocks": [*_told(_UNREAD), *_told(in_danger(*desk.emergency))]}


def _page(desk: Desk, person: PersonId | None) -> list[Json]:
    if person is None or desk.directory.person(person) is None:
        return _told(not_enrolled(desk.directory, f"/{desk.prefix}"))
    page = _Page(desk, person, desk.scene(person))
    danger = in_danger(*page.scene.emergencies())
    return [
        *page.concerns(),
        *page.absence(),
        *page.pathways(),
        *_told(replace(danger, buttons=_buttons(_AT_THE_END))),
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of somebody in the directory, at one instant."""

    desk: Desk
    person: PersonId
    scene: Scene

    def concerns(self) -> list[Json]:
        """Those that wait on this person, the overdue first; then those of their agency; then all others."""
        seen = [
            _Shown(*one, self._owed(one), self.scene)
            for one in seen_by(self.person, self.desk, open_only=True)
        ]
        waiting = sorted((one for one in seen if one.waits), key=lambda one: one.pressing)
        own = [one for one in seen if not one.waits and self._agency in one.sides]
        others = [one for one in seen if not one.waits and self._agency not in one.sides]
        late = sum(one.late for one in waiting)
        title = f"{len(waiting)} waiting on you{f', {late} overdue' if late else ''}"
        return [
            *heading(title if waiting else "Nothing waits on you just now"),
            *(block for one in waiting[:AT_MOST] for block in one.with_steps()),
            *_counted(waiting, AT_MOST),
            *_listed("Open in your agency", own),
            *_listed("Also open, yours to follow", others),
        ]

    def absence(self) -> list[Json]:
        """Whether they are away, for whom they stand in, and the way to change it."""
        directory, calendar = self.scene.directory, self.scene.rules.calendar
        covers = self.desk.away(self.scene.now)
        own = [f"You are away {away(c, directory, calendar)}." for c in covers if c.person == self.person]
        for_others = [
            f"You stand in for {directory.name_of(cover.person)} {between(cover, calendar)}."
            for cover in covers
            if cover.stand_in == self.person
        ]
        button = Button("Change or end it" if own else "Say you are away", "cover")
        line = "\n".join((*(own or ["No cover is set for you."]), *for_others))
        return [*heading("Cover"), *beside(line, button)]

    def pathways(self) -> list[Json]:
        """Each pathway in force, with who holds the seats today."""
        told = [_told(ladder(rules, self.person)) for rules in self.scene.in_force]
        if sum(map(len, told)) > _PATHWAY_BLOCKS:
            return [*heading("The pathway"), *paragraphs(("It is too long for this page: see it below.",))]
        return [block for blocks in told for block in blocks]

    @property
    def _agency(self) -> str:
        found = self.scene.directory.person(self.person)
        return found.agency if found else ""

    def _owed(self, one: Listed) -> Waiting | None:
        concern, rules = one
        return waits_for(self.person, concern, rules, self.scene.now)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One concern as this person sees it; `owed` is what they alone are accountable for, if for anything."""

    concern: Concern
    rules: Rules
    owed: Waiting | None
    scene: Scene

    @property
    def waits(self) -> bool:
        """Whether the next step is this person's to take."""
        return self.owed is not None or waits_on(self.scene.person, self.concern, self.rules.directory)

    @property
    def late(self) -> bool:
        """Whether its time has passed already."""
        clock = next_clock(self.concern)
        return self.owed.overdue if self.owed else clock is not None and clock.due < self.scene.now

    @property
    def pressing(self) -> tuple[bool, timedelta]:
        """Sorts the overdue first, the longest overdue of them; the rest stay as they come."""
        return self.owed.pressing[:2] if self.owed else (not self.late, timedelta())

    @property
    def sides(self) -> tuple[str, str]:
        """The agencies it is between."""
        return self.concern.raising, self.concern.challenged

    @property
    def line(self) -> str:
        """`C-7F3K-9QMX, called, stage 2 of 4; answer due Tue 1 Dec at 17:00 (2 hours late).`"""
        return (
            f"{urgently(self.concern)}{self.concern.ref}, {summary(self.concern, self.rules)}{self._late()}."
        )

    def with_steps(self) -> list[Json]:
        """The line, with what may be done about it below."""
        next_steps = steps(menu(), self.concern, self.scene.person, self.rules)
        return [*paragraphs((self.line,)), *actions((*next_steps, self._show))]

    def with_show(self) -> list[Json]:
        """The line, with a look at it beside."""
        return beside(self.line, self._show)

    @property
    def _show(self) -> Button:
        return Button("Show", "show", self.concern.ref, self.concern.turn)

    def _late(self) -> str:
        if self.owed and self.owed.late:
            return f" ({span(int(self.owed.late.total_seconds()))} late)"
        if self.owed and self.owed.times:
            return f" (asked {self.owed.times} time{'s' * (self.owed.times > 1)} already)"
        clock = next_clock(self.concern)
        return overdue(clock.due, self.scene.now) if clock else ""


def _listed(title: str, shown: Sequence[_Shown]) -> list[Json]:
    """Concerns that wait on others; as many as there is room for."""
    if not shown:
        return []
    lines = [block for one in shown[: AT_MOST // 2] for block in one.with_show()]
    return [*heading(title), *lines, *_counted(shown, AT_MOST // 2)]


def _counted(shown: Sequence[_Shown], most: int) -> list[Json]:
    return [small(f"And {len(shown) - most} more, less pressing.")] if len(shown) > most else []


def _told(message: Message) -> list[Json]:
    return [*heading(message.title), *paragraphs(message.lines), *actions(message.buttons)]


def _buttons(names: Iterable[str]) -> tuple[Button, ...]:
    """Commands of the menu, by their own labels."""
    return tuple(Button(verb.label, verb.name) for verb in map(by_name, names) if verb)
