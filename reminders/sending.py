"""Carrying one notice to its outcome: look again whether it is true, say it, and report what became of it.

It never tries twice by itself. Whatever may have been posted is looked for before it is said again, and
where it cannot be looked for the second copy says so.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from logging import Logger
from typing import Protocol

from concerns.model import Concern
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.rules import Rules
from reminders.instead import instead
from reminders.messenger import Dead, Gone, Messenger, Unknown, Waiting
from reminders.parts import is_true, moved_on, parts_of
from storage.ledger import Ledger
from storage.outbox import Delivery as Errand
from storage.outbox import Outbox
from views.digest import Part
from views.parts import Message

_NO_WAY = "there is no way to reach this place: no account or workspace is set up for it"
_SKEW = timedelta(minutes=1)
"""How far a platform's clock may be behind ours when a post is looked for by its time."""
_BREATH = timedelta(seconds=1)
"""The least a place rests that asked to: "retry after 0" must not become a busy loop."""


class Render(Protocol):
    """What a notice looks like now; `repeat` marks a possible repeat, named by its short `code`.

    `parts` are all that is said together, the notice the first of them; none where it is said alone.
    """

    def __call__(
        self,
        notice: Notice,
        concern: Concern,
        rules: Rules,
        repeat: bool,
        code: str,
        parts: Sequence[Part],
        /,
    ) -> Message: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait before a post of unknown fate is looked for (`look`), or said again (`repeat`) where
    it cannot be.

    Each further try waits twice as long, up to `most`. `post` is the longest the platform may take over one
    try, `lease` the longest a try may take in all: where replicas share the outbox, whoever has not reported
    by then is taken for dead. After `tries` a look-up that keeps failing, or a card that cannot be edited, no
    longer holds a notice back.
    """

    look: timedelta = timedelta(seconds=20)
    repeat: timedelta = timedelta(seconds=10)
    most: timedelta = timedelta(minutes=5)
    post: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=60)
    tries: int = 4

    def before(self, attempt: int, *, can_find: bool) -> timedelta:
        """How long to wait after this many attempts."""
        first = self.look if can_find else self.repeat
        return min(first * (1 << min(attempt - 1, 16)), self.most)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one try needs to know, read at the moment of sending. `parts` is what is still true of it."""

    messenger: Messenger
    parts: tuple[Part, ...]
    card: str | None


class Sending:
    """`carry` takes one errand to one of the states of design 7. The store is touched only in threads."""

    def __init__(
        self,
        outbox: Outbox,
        ledger: Ledger,
        rules: Callable[[str], Rules],
        messengers: Callable[[Place], Messenger | None],
        render: Render,
        clock: Callable[[], datetime],
        log: Logger,
        patience: Patience,
    ) -> None:
        self._outbox = outbox
        self._ledger = ledger
        self._rules = rules
        self._messengers = messengers
        self._render = render
        self._clock = clock
        self._log = log
        self._patience = patience
        self.unheard = 0

    async def carry(self, errand: Errand) -> timedelta:
        """Try once. How long the place must rest now: its pace after a post, or as long as it asked for.

        Raises `NotSaved` when the outcome could not be written; the notice is then looked for like any other.
        """
        scene = await asyncio.to_thread(self._scene, errand)
        if scene is None:
            return timedelta()
        try:
            async with asyncio.timeout(self._patience.post.total_seconds()):
                message_id = await self._say(errand, scene)
        except Waiting as refused:
            rest = max(refused.until, _BREATH)
            await asyncio.to_thread(self._waiting, errand, rest)
            return rest
        except (Unknown, TimeoutError):
            await asyncio.to_thread(self._unknown, errand, scene.messenger.can_find)
        except Dead as end:
            await asyncio.to_thread(self._dead, errand, scene.parts, end.why)
        else:
            await asyncio.to_thread(self._outbox.sent, errand, message_id, self._clock())
        return timedelta(seconds=scene.messenger.pace)

    def _scene(self, errand: Errand) -> _Scene | None:
        """What to say it with; None when it need not be said, or cannot be, and that is on record."""
        notice, now = errand.notice, self._clock()
        found = tuple(parts_of(notice, self._ledger, self._rules, now))
        parts = tuple(part for part in found if is_true(part))
        if not parts:
            self._outbox.superseded(errand, moved_on(found), now)
            return None
        messenger = self._messengers(notice.place)
        if messenger is None:
            self._dead(errand, parts, _NO_WAY)
            return None
        # What is said of several concerns belongs under the card of none.
        threaded = notice.place.kind is PlaceKind.CHANNEL and len(parts) == 1
        card = self._outbox.card(parts[0].notice.ref, notice.place) if threaded else None
        return _Scene(messenger, parts, card)

    async def _say(self, errand: Errand, scene: _Scene) -> str:
        """The id of the message that now says it: edited, found, or posted."""
        is_card = errand.notice.kind is NoticeKind.CARD
        if is_card and scene.card is not None and await self._edited(errand, scene, scene.card):
            return scene.card
        found, repeat = await self._earlier(errand, scene.messenger)
        if found is not None:
            return found
        return await scene.messenger.post(
            errand.notice.place,
            self._message(errand, scene, repeat=repeat),
            marker=errand.marker,
            thread=None if is_card else scene.card,
        )

    async def _edited(self, errand: Errand, scene: _Scene, card: str) -> bool:
        """Whether the card shows the present state now; one gone, or refusing edits, is posted anew."""
        if self._tired(errand):
            return False
        try:
            await scene.messenger.edit(errand.notice.place, card, self._message(errand, scene, repeat=False))
        except Gone:
            return False
        return True

    async def _earlier(self, errand: Errand, messenger: Messenger) -> tuple[str | None, bool]:
        """The id of a copy posted by an earlier try, and whether the next one must be marked as a repeat."""
        if errand.landing is None:
            return None, False
        if not messenger.can_find:
            return None, True
        try:
            return await messenger.find(errand.notice.place, errand.marker, errand.created - _SKEW), False
        except Unknown:
            if not self._tired(errand):
                raise
            return None, True

    def _tired(self, errand: Errand) -> bool:
        """Whether no answer has come so often that going round once more would be silence."""
        return errand.landing is not None and errand.attempt > self._patience.tries

    def _message(self, errand: Errand, scene: _Scene, *, repeat: bool) -> Message:
        first = scene.parts[0]
        alone = len(scene.parts) == 1 and first.notice.kind is not NoticeKind.DIGEST
        parts = () if alone else scene.parts
        return self._render(first.notice, first.concern, first.rules, repeat, errand.code, parts)

    def _waiting(self, errand: Errand, rest: timedelta) -> None:
        """Refused for now. What may have been posted by an earlier try stays unknown."""
        until = self._clock() + rest
        if errand.landing is None:
            self._outbox.waiting(errand, until)
        else:
            self._outbox.unknown(errand, errand.landing, until)

    def _unknown(self, errand: Errand, can_find: bool) -> None:
        """The settle time counts from now: until now the try could still land."""
        now = self._clock()
        self._outbox.unknown(errand, now, now + self._patience.before(errand.attempt, can_find=can_find))
        self._log.warning("%s may have been posted; it will be looked at again", errand.id)

    def _dead(self, errand: Errand, parts: Sequence[Part], why: str) -> None:
        """Never quiet: whom to tell instead is queued in the same breath, of each part by itself."""
        if errand.notice.kind is NoticeKind.DIGEST:
            parts = (replace(parts[0], notice=replace(errand.notice, along=())),)
        tell = tuple(one for part in parts for one in instead(part.notice, part.concern, part.rules))
        self.unheard += not tell
        self._outbox.dead(errand, why, self._clock(), tell)
        self._log.error("%s could not be delivered (%d told instead): %s", errand.id, len(tell), why)
