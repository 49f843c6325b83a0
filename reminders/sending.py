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
from concerns.notice import ABOUT_NO_CONCERN, Notice, NoticeKind, Place, PlaceKind
from concerns.rules import Rules
from reminders.instead import instead
from reminders.letters import Letters
from reminders.messenger import Dead, Gone, Messenger, Unknown, Waiting
from reminders.parts import is_true, moved_on, parts_of
from reminders.patience import Patience
from storage.ledger import Ledger
from storage.outbox import Delivery as Errand
from storage.outbox import Outbox
from views.digest import Part
from views.parts import Message
from views.pings import marked

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
class _Scene:
    """What one try needs to know, read at the moment of sending. `parts` is what is still true of it.

    What is about an account, and no concern, has no parts: it is `said` as it stands.
    """

    messenger: Messenger
    parts: tuple[Part, ...]
    card: str | None
    said: Message | None = None


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
        letters: Letters | None = None,
    ) -> None:
        self._outbox = outbox
        self._ledger = ledger
        self._rules = rules
        self._messengers = messengers
        self._render = render
        self._clock = clock
        self._log = log
        self._patience = patience
        self._letters = letters
        self.unheard = 0

    async def carry(self, errand: Errand) -> timedelta:
        """Try once. How long the place must rest now: its pace after a post, or as long as it asked for.

        Raises `NotSaved` when the outcome could not be written; the notice is then looked for like any other.
        """
        scene = await asyncio.to_thread(self._scene, errand)
        if scene is None:
            return timedelta()
        if self._clock() - errand.taken > self._patience.post:
            # Held up for so long, it could outlast its lease: a replica may be about to say it, or has.
            await asyncio.to_thread(self._waiting, errand, timedelta())
            return timedelta()
        try:
            async with asyncio.timeout(self._patience.post.total_seconds()):
                message_id = await self._say(errand, scene)
        except Waiting as refused:
            rest = max(refused.until, _BREATH)
            await asyncio.to_thread(self._waiting, errand, rest)
            if not refused.elsewhere:
                return rest
        except (Unknown, TimeoutError):
            await asyncio.to_thread(self._unknown, errand, scene.messenger.can_find)
        except Dead as end:
            if end.locked_out and errand.notice.kind is NoticeKind.DEAD_LETTER:
                await asyncio.to_thread(self._locked_out, errand, scene.parts)
            else:
                await asyncio.to_thread(self._dead, errand, scene.parts, end.why)
        else:
            await asyncio.to_thread(self._outbox.sent, errand, message_id, self._clock())
        return timedelta(seconds=scene.messenger.pace)

    def _scene(self, errand: Errand) -> _Scene | None:
        """What to say it with; None when it need not be said, or cannot be, and that is on record."""
        notice, now = errand.notice, self._clock()
        if notice.kind in ABOUT_NO_CONCERN:
            return self._about_no_concern(errand, now)
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

    def _about_no_concern(self, errand: Errand, now: datetime) -> _Scene | None:
        said = self._letters.message(errand.notice) if self._letters else None
        if said is None:
            self._outbox.superseded(errand, "it has been decided", now)
            return None
        messenger = self._messengers(errand.notice.place)
        if messenger is None:
            self._dead(errand, (), _NO_WAY)
            return None
        return _Scene(messenger, (), None, said)

    async def _say(self, errand: Errand, scene: _Scene) -> str:
        """The id of the message that now says it: edited, found, or posted."""
        is_card = errand.notice.kind is NoticeKind.CARD
        if is_card and scene.card is not None and await self._edited(errand, scene, scene.card):
            return scene.card
        thread = None if is_card else scene.card
        found, repeat = await self._earlier(errand, scene.messenger, thread)
        if found is not None:
            return found
        message = self._message(errand, scene, repeat=repeat)
        return await scene.messenger.post(errand.notice.place, message, marker=errand.marker, thread=thread)

    async def _edited(self, errand: Errand, scene: _Scene, card: str) -> bool:
        """Whether the card shows the present state now; one gone, or refusing edits, is posted anew."""
        tired = errand.attempt > self._patience.tries
        if tired and errand.landing is not None:
            return False
        try:
            await scene.messenger.edit(errand.notice.place, card, self._message(errand, scene, repeat=False))
        except Gone:
            return False
        except Waiting as refused:
            if refused.elsewhere and (tired or self._too_long(refused)):
                return False
            raise
        return True

    async def _earlier(
        self, errand: Errand, messenger: Messenger, thread: str | None
    ) -> tuple[str | None, bool]:
        """The id of a copy posted by an earlier try, and whether the next one must be marked as a repeat.

        However a look-up fails, there comes a time when going round once more would be silence.
        """
        if errand.landing is None:
            return None, False
        if not messenger.can_find:
            return None, True
        since = min(errand.created, self._clock()) - _SKEW
        # Said together once and now one concern's alone: its card may not be the one it was said under.
        doubtful = thread is not None and bool(errand.notice.along)
        try:
            async with asyncio.timeout(self._patience.post.total_seconds() / 2):
                return await messenger.find(errand.notice.place, errand.marker, since, thread), doubtful
        except Dead:
            # Whether it may be said there, saying it will show.
            return None, True
        except Waiting as refused:
            if errand.attempt <= self._patience.tries and not self._too_long(refused):
                raise
            return None, True
        except (Unknown, TimeoutError):
            if errand.attempt <= self._patience.tries:
                raise
            return None, True

    def _too_long(self, refused: Waiting) -> bool:
        """Whether to wait for a look-up or an edit would be silence."""
        return refused.until > self._patience.most

    def _message(self, errand: Errand, scene: _Scene, *, repeat: bool) -> Message:
        if scene.said:
            return marked(scene.said, errand.code) if repeat else scene.said
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

    def _locked_out(self, errand: Errand, parts: Sequence[Part]) -> None:
        """A letter waits until Baton is let in again; whoever is left to be told hears meanwhile."""
        self._outbox.tell(errand, _instead(parts), self._clock())
        self._waiting(errand, self._patience.most)

    def _dead(self, errand: Errand, parts: Sequence[Part], why: str) -> None:
        """Never quiet: whom to tell instead is queued in the same breath, of each part by itself."""
        if errand.notice.kind is NoticeKind.DIGEST:
            parts = (replace(parts[0], notice=replace(errand.notice, along=())),)
        tell = _instead(parts)
        if errand.notice.kind not in ABOUT_NO_CONCERN:
            self.unheard += not tell
        elif self._letters:
            # With nobody left to tell: an account stands in `mine` of who may decide, a channel in doctor.
            tell = self._letters.instead(errand.notice)
        self._outbox.dead(errand, why, self._clock(), tell)
        self._log.error("%s could not be delivered (%d told instead): %s", errand.id, len(tell), why)


def _instead(parts: Sequence[Part]) -> tuple[Notice, ...]:
    """Whom to tell of each part."""
    return tuple(one for part in parts for one in instead(part.notice, part.concern, part.rules))
