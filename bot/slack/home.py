"""A person's own page in Slack: what waits on them, what else is open, whether they are away, the pathway.

It shows what the same person could ask for with commands, and decides nothing. Names of seats' holders stand
here, because only this person sees the page; nobody's words do.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.slack.blocks import actions, beside, heading, paragraphs, small
from bot.slack.limits import VIEW_BLOCKS, VIEW_BYTES, Json
from bot.slack.pictures import Framed, unframed
from bot.slack.shown import Shown
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import Waiting, waits_for
from handlers.accounts import to_be_decided
from handlers.desk import Desk
from handlers.menu import by_name
from handlers.pathway import shown
from handlers.scene import Asker, Scene
from handlers.steps import Listed, seen_by
from storage.errors import NotSaved
from views.absence import away, between
from views.parts import Button, Message
from views.teaching import in_danger

_ROOMY, _CROWDED = 20, 6
"""How many concerns that wait on a person are listed, and how many where a page has no room for that."""
_BEGUN = 3
_BYTES = VIEW_BYTES - 1_000  # what stands around the blocks is small
_PATHWAY_BLOCKS = 20
"""How much of a page the pathways may take; the rest stands behind a button."""
_UNREAD = Message(
    "Nothing can be shown just now",
    ("The record cannot be read at this moment. Nothing is lost; please look again in a minute.",),
)
_AT_THE_END = ("raise", "refer", "pathway", "guide", "help")


def home(desk: Desk, asker: Asker, framed: Framed = unframed) -> Json:
    """The page as a view for `views.publish`, for strangers too, and when nothing can be read.

    `framed` gives the pathways' pictures; without one the ladder stands there in words alone.
    """
    try:
        return {"type": "home", "blocks": _blocks(desk, asker, framed)}
    except NotSaved:
        return {"type": "home", "blocks": [*_told(_UNREAD), *_told(in_danger(*desk.emergency))]}


def _blocks(desk: Desk, asker: Asker, framed: Framed) -> list[Json]:
    """As much of everything as Slack shows; what is left out is counted, and told by `mine` and `pathway`."""
    person = asker.person
    if person is None or desk.directory.person(person) is None:
        return _told(desk.unlisted(asker))
    scene = desk.record.scene(person)
    blocks = _Page(desk, person, scene, _ROOMY).blocks(framed)
    if len(blocks) <= VIEW_BLOCKS and len(json.dumps(blocks)) <= _BYTES:
        return blocks
    return _Page(desk, person, scene, _CROWDED).blocks(framed)


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of somebody in the directory, at one instant."""

    desk: Desk
    person: PersonId
    scene: Scene
    most: int

    def blocks(self, framed: Framed) -> list[Json]:
        """All of it, the most pressing first, and help last."""
        danger = in_danger(*self.scene.emergencies())
        return [
            *self.accounts(),
            *self.concerns(),
            *self.begun(),
            *self.absence(),
            *self.pathways(framed),
            *_told(replace(danger, buttons=_buttons(_AT_THE_END))),
        ]

    def accounts(self) -> list[Json]:
        """What whoever looks after the directory has to decide."""
        found = to_be_decided(self.scene)
        return _told(found) if found else []

    def concerns(self) -> list[Json]:
        """Those that wait on this person, the overdue first; then those of their agency; then all others."""
        seen = [
            Shown(*one, self._owed(one), self.scene)
            for one in seen_by(self.person, self.desk.record, open_only=True)
        ]
        waiting = sorted((one for one in seen if one.waits), key=lambda one: one.pressing)
        own = [one for one in seen if not one.waits and self._agency in one.sides]
        others = [one for one in seen if not one.waits and self._agency not in one.sides]
        late = sum(one.late for one in waiting)
        title = f"{len(waiting)} waiting on you{f', {late} overdue' if late else ''}"
        return [
            *heading(title if waiting else "Nothing waits on you just now"),
            *(block for one in waiting[: self.most] for block in one.with_steps()),
            *self._counted(waiting, self.most),
            *self._listed("Open in your agency", own),
            *self._listed("Also open, yours to follow", others),
        ]

    def begun(self) -> list[Json]:
        """Forms begun and not sent, with the way back into each."""
        kept = self.desk.record.begun(self.person, self.scene.now)
        if not kept:
            return []
        calendar = self.scene.rules.calendar
        lines = [[*paragraphs((one.line(calendar),)), *actions(one.buttons)] for one in kept[:_BEGUN]]
        return [*heading("Begun, not sent yet"), *chain.from_iterable(lines), *self._counted(kept, _BEGUN)]

    def absence(self) -> list[Json]:
        """Whether they are away, for whom they stand in, and the way to change it."""
        directory, calendar = self.scene.directory, self.scene.rules.calendar
        covers = self.desk.record.away(self.scene.now)
        own = [f"You are away {away(c, directory, calendar)}." for c in covers if c.person == self.person]
        for_others = [
            f"You stand in for {directory.name_of(cover.person)} {between(cover, calendar)}."
            for cover in covers
            if cover.stand_in == self.person
        ]
        button = Button("Change or end it" if own else "Say you are away", "cover")
        line = "\n".join((*(own or ["No cover is set for you."]), *for_others))
        return [*heading("Cover"), *beside(line, button)]

    def pathways(self, framed: Framed) -> list[Json]:
        """Each pathway in force as a picture, with who holds the seats today."""
        told = [self._pathway(rules, framed) for rules in self.scene.in_force]
        if sum(map(len, told)) > _PATHWAY_BLOCKS:
            drawn = [block for blocks in told for block in blocks if block["type"] == "image"]
            too_long = ("Its words are too many for this page: see it below.",)
            return [*heading("The pathway"), *drawn, *paragraphs(too_long)]
        return [block for blocks in told for block in blocks]

    def _listed(self, title: str, listed: Sequence[Shown]) -> list[Json]:
        """Concerns that wait on others; as many as there is room for."""
        if not listed:
            return []
        most = self.most // 2
        lines = [block for one in listed[:most] for block in one.with_show()]
        return [*heading(title), *lines, *self._counted(listed, most)]

    def _counted(self, listed: Sequence[object], most: int) -> list[Json]:
        """What the page leaves out is never left out silently."""
        more = len(listed) - most
        return [small(f"And {more} more: /{self.desk.prefix}concern mine")] if more > 0 else []

    def _pathway(self, rules: Rules, framed: Framed) -> list[Json]:
        """As if its first tier were called when work begins today: so its picture is a new one once a day."""
        calendar, now = rules.calendar, self.scene.now
        midnight = calendar.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        message = shown(rules, calendar.next_opening(midnight), self.person)
        picture = framed(message.drawing) if message.drawing else None
        return [*heading(message.title), *([picture] if picture else []), *paragraphs(message.lines)]

    @property
    def _agency(self) -> str:
        found = self.scene.directory.person(self.person)
        return found.agency if found else ""

    def _owed(self, one: Listed) -> Waiting | None:
        concern, rules = one
        return waits_for(self.person, concern, rules, self.scene.now)


def _told(message: Message) -> list[Json]:
    return [*heading(message.title), *paragraphs(message.lines), *actions(message.buttons)]


def _buttons(names: Iterable[str]) -> tuple[Button, ...]:
    """Commands of the menu, by their own labels."""
    return tuple(Button(verb.label, verb.name) for verb in map(by_name, names) if verb)
