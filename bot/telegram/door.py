"""The door to Telegram: every request is brought to the desk, committed, and answered in private.

It decides nothing and keeps nothing. Nothing it says in a group tells more than where to go on.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from logging import Logger

from bot.edge import Edge
from bot.telegram.commands import Commands
from bot.telegram.dialog import mark
from bot.telegram.places import TELEGRAM, called, parsed
from bot.telegram.posts import Mention
from bot.telegram.questions import press
from bot.telegram.reception import Answer, Reception
from bot.telegram.talk import Said
from bot.telegram.updates import Heard, Moved, Pressed, Standing, Typed, Unread
from bot.telegram.voice import Voice
from bot.telegram.words import GO_ON, NOT_YET, OPEN_ME, OUR_FAULT, RING, UNREAD, refusal, unlisted
from concerns.directory import Directory
from concerns.model import Why
from concerns.people import Channel, ChannelId
from handlers.danger import DANGER_FORM
from handlers.refusals import not_saved
from storage.errors import NotSaved
from views.parts import Message
from views.teaching import in_danger

PATIENCE = 2.5
"""Seconds until somebody is told that it is still being tried (design 7)."""

_OUT = frozenset({"kicked", "left"})
_YES = f"one:{mark('yes')}"


@dataclass(frozen=True, slots=True)
class Door:
    """One bot. `nudge` is called when something may be on record now, `moved` notes a group's new number,
    `link` makes a deep link of a payload, `threads` are those the desk works in (None: the event loop's).
    `out` are the channels Baton was taken out of since the start.
    """

    reception: Reception
    voice: Voice
    commands: Commands
    link: Callable[[str], str]
    moved: Callable[[ChannelId, str, str], object]
    nudge: Callable[[], None]
    log: Logger
    patience: float = PATIENCE
    threads: Executor | None = None
    out: set[ChannelId] = field(default_factory=set)

    async def hear(self, heard: Heard) -> None:
        """Everything one update asks for."""
        match heard:
            case Moved():
                await self._group_moved(heard)
            case Standing():
                await self._standing(heard)
            case Unread():
                await self._tell(heard.where.user, Said((refusal(UNREAD[heard.why], RING),)))
            case Typed() | Pressed():
                await self._asked(heard)

    # ------------------------------------------------------------------ what somebody asks

    async def _asked(self, heard: Typed | Pressed) -> None:
        """At the desk, in a thread. Where that takes long the person is told so, danger first."""
        work = asyncio.get_running_loop().run_in_executor(self.threads, self._work, heard)
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        if not done:
            await self._tell(heard.where.user, Said((*self._first(heard), NOT_YET)))
        answer = await work
        if answer is None:
            return
        self.nudge()
        if heard.where.private:
            await self._give(heard, answer)
        elif isinstance(heard, Pressed):
            await self._point_at_press(heard, answer)
        else:
            await self._point(heard, answer)
        if answer.directory:
            await self.commands.seen(heard.where, answer.directory, known=answer.known)

    def _work(self, heard: Typed | Pressed) -> Answer | None:
        """Whatever becomes of it, the person is told."""
        with Edge(self.log):
            try:
                return self.reception.answer(heard)
            except NotSaved as trouble:
                return self._sorry(heard, not_saved(trouble))
        return self._sorry(heard, OUR_FAULT.format(slash=self.reception.slash))

    def _sorry(self, heard: Typed | Pressed, why: str) -> Answer:
        return Answer(Said((*self._first(heard), refusal(why))))

    def _first(self, heard: Typed | Pressed) -> tuple[Message, ...]:
        """What waits for no database: whom to ring, where somebody may be in danger."""
        return (in_danger(*self.reception.talk.desk.emergency),) if _alarming(heard) else ()

    # ------------------------------------------------------------------ how it is answered

    async def _give(self, heard: Typed | Pressed, answer: Answer) -> None:
        """In the private chat it was asked in."""
        said = answer.said
        if isinstance(heard, Pressed):
            await self.voice.answer(heard.query, said.toast)
        await self._tell(heard.where.user, said, answer.directory)

    async def _tell(self, user: int, said: Said, directory: Directory | None = None) -> bool:
        """All of it in somebody's private chat, the open question last; False where that is closed to us."""
        mention = _mention(directory)
        if not await self.voice.tell(user, said.messages, mention):
            return False
        shown = None
        if said.question:
            instead = said.old if said.here and not said.messages else None
            shown = await self.voice.ask(user, said.question, mention, instead_of=instead)
        if shown and said.dialog:
            await self._note(said.dialog.form, shown)
        if said.old and said.old != shown:
            await self.voice.bare(user, said.old)
        return shown is not None or not said.question

    async def _note(self, form: str, message_id: int) -> None:
        try:
            await asyncio.to_thread(self.reception.talk.dialogs.shown, form, message_id)
        except NotSaved:
            self.log.warning("It could not be noted where a question stands")

    async def _point_at_press(self, heard: Pressed, answer: Answer) -> None:
        """Under a card in a group: what it led to goes on, or stands, in the private chat."""
        if answer.onward:
            await self.voice.tell(heard.where.user, answer.said.messages, _mention(answer.directory))
            await self.voice.answer(heard.query, link=self.link(answer.onward))
        elif await self._tell(heard.where.user, answer.said, answer.directory):
            await self.voice.answer(heard.query, answer.said.toast, aloud=answer.said.aloud)
        else:
            await self.voice.answer(heard.query, link=self.link(answer.otherwise))

    async def _point(self, heard: Typed, answer: Answer) -> None:
        """Typed in a group: words are taken away where that may be, and the rest is said in private."""
        chat, mention = heard.where.chat, _mention(answer.directory)
        if answer.wordy:
            await self.voice.take_away(chat, heard.message_id)
        reached = await self._tell(heard.where.user, answer.said, answer.directory)
        if not reached:
            # Whom to ring is no secret, and cannot wait for somebody to press Start.
            await self.voice.tell(chat, self._first(heard), mention)
        if answer.onward:
            link = self.link(answer.onward)
            await self.voice.point(chat, GO_ON, link, heard.message_id, mention)
        elif not reached:
            link = self.link(answer.otherwise)
            await self.voice.point(chat, OPEN_ME, link, heard.message_id, mention)

    # ------------------------------------------------------------------ what happens to chats

    async def _group_moved(self, heard: Moved) -> None:
        channel = _channel(self._directory(), heard.chat)
        if channel is None:
            return
        try:
            await asyncio.to_thread(self.moved, channel.id, channel.address, str(heard.to))
        except NotSaved:
            # The next thing said there is refused with the new number, and noted then.
            self.log.warning("A group has moved, which could not be noted yet", extra={"channel": channel.id})
        else:
            self.log.info("A group has moved", extra={"channel": channel.id})

    async def _standing(self, heard: Standing) -> None:
        """Taken out, brought back, blocked: said in the log at once; delivery tells those who must know."""
        channel = _channel(self._directory(), heard.chat)
        if channel is None:
            if not heard.private and heard.status not in _OUT:
                await self.voice.tell(heard.chat, (unlisted(heard.chat),), _mention(None))
            return
        if heard.status in _OUT:
            self.out.add(channel.id)
            self.log.warning("Baton was taken out of a group", extra={"channel": channel.id})
        else:
            self.out.discard(channel.id)
        self.nudge()

    def _directory(self) -> Directory:
        """The last one seen, where the database is away."""
        return self.reception.talk.desk.directory


def _mention(directory: Directory | None) -> Mention:
    return partial(called, directory) if directory else lambda _person: None


def _channel(directory: Directory, chat: int) -> Channel | None:
    """The channel of ours that is this chat."""
    for channel in directory.channels:
        if channel.platform == TELEGRAM and (at := parsed(channel.address)) and at.id == chat:
            return channel
    return None


def _alarming(heard: Typed | Pressed) -> bool:
    """Whether somebody may be in danger now, told from the request alone.

    Plain words may be a plea, and a yes the answer to the first question.
    """
    if isinstance(heard, Typed):
        plain = heard.where.private and not heard.text.startswith("/")
        return plain or Why.IMMEDIATE_RISK in heard.text.lower().split()
    pressed = press(heard.data)
    return pressed is not None and (pressed.form == DANGER_FORM or pressed.what == _YES)
