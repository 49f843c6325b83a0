"""Getting an answer to whoever asked, by the ways Slack leaves open: the acknowledgement, or what follows it.

Where a question came from says where its answer goes: beside a typed command, in the window a button stands
in, on top of a form. What comes too late for that goes where it still can.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from logging import Logger

from bot.slack import answers
from bot.slack.answers import Answer
from bot.slack.blocks import Post
from bot.slack.limits import Json
from bot.slack.pictures import Framed, Pictures, unframed
from bot.slack.requests import Closed, Pressed, Request, Shortcut, Spoken, Submitted, Typed
from bot.slack.whisper import MOST_RESPONSES, Whisper
from views.parts import Drawing, Message

_A_MOMENT = 1.0
"""Seconds Slack may need to show a window it was just told of."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What is still on its way is remembered until it has arrived."""

    whisper: Whisper
    pictures: Pictures
    log: Logger
    _under_way: set[asyncio.Task[object]] = field(default_factory=set)
    _drawing: set[asyncio.Task[object]] = field(default_factory=set)
    _home: dict[str, asyncio.Lock] = field(default_factory=dict)

    def now(self, request: Request, answer: Answer) -> Json:
        """What Slack is answered at once; the rest of it is on its way."""
        user = request.who.user
        self._draw(request, answer)
        match request:
            case Submitted():
                acknowledged, rest = answers.sent(answer)
                self.later(self.whisper.tell(user, rest))
                return acknowledged
            case Typed() if answer.posts and not answer.form:
                # The acknowledgement takes one, the response address the others.
                (first, *more), apart = answers.in_one_place(answer.posts, 1 + MOST_RESPONSES)
                if more:
                    self.later(self.whisper.answer(request.response_url, user, more, (first,)))
                if apart:
                    self.later(self.whisper.tell(user, apart))
                return answers.whispered(first)
            case Typed() | Pressed() | Shortcut():
                self.later(self._show(request, answer))
            case Closed() if not answer.refused:
                self.later(self.whisper.tell(user, answer.posts))
            case Spoken(direct=True):
                # The channel is its sender's word, like any address: what is private goes to its owner.
                self.later(self.whisper.tell(user, answer.posts))
            case Spoken():
                self.later(self.whisper.beside(request.channel, user, answer.posts, request.thread))
        return {}

    def not_yet(self, request: Request, first: tuple[Message, ...] = ()) -> Json:
        """What Slack is answered while it is still being tried; `first` cannot wait for it.

        A window that was pressed in says so itself: see `too_late`.
        """
        said = answers.plainly(*first, answers.NOT_YET).posts
        match request:
            case Submitted():
                return answers.still_trying(request.name, said)
            case Typed():
                self.later(self.whisper.answer(request.response_url, request.who.user, said[1:]))
                return answers.whispered(said[0])
            case Pressed(view="") | Shortcut():
                self.later(self._beside(request, said))
            case Spoken():
                # Nothing of it is saved, so there is nothing to be still trying.
                self.now(request, answers.plainly(*first))
        return {}

    async def too_late(self, request: Request, work: Awaitable[Answer]) -> None:
        """The outcome after that. No form can be opened any more; a window that is open can be turned."""
        if isinstance(request, Pressed) and request.view:
            # One after the other, or this could come to stand there last.
            await self._show(request, answers.plainly(answers.NOT_YET))
        answer = await work
        match request:
            case Submitted():
                await self._turn(request, answer)
            case Pressed() if request.view:
                await self._show(request, answer)
            case Typed() | Pressed() | Shortcut():
                await self._beside(request, _missed(request, answer))
            case Spoken() | Closed():
                self.now(request, answer)
                return
        self._draw(request, answer)

    async def welcome(self, user: str, draw: Callable[[Framed], Json]) -> None:
        """The Home page, at once; its pictures follow, because Slack takes some seconds over one.

        `draw` makes the page with the pictures there are; it may read the database, so it runs in a thread.
        """
        drawings: list[Drawing] = []

        def known(drawing: Drawing) -> Json | None:
            drawings.append(drawing)
            return self.pictures.known(drawing)

        async def publish(framed: Framed) -> bool:
            # One after the other, or a page drawn earlier could come to stand there last.
            async with self._home.setdefault(user, asyncio.Lock()):
                return await self.whisper.publish(user, await asyncio.to_thread(draw, framed))

        published = await publish(known)
        if drawings and not published:
            await publish(unframed)
        if not (published and all(map(self.pictures.known, drawings))):
            self._begin(self.pictures.show(tuple(drawings), publish), self._drawing)

    def later(self, saying: Coroutine[object, object, None]) -> None:
        """Say this without holding anybody up."""
        self._begin(saying, self._under_way)

    async def finish(self) -> None:
        """Wait until everything has been said and shown."""
        while under_way := self._under_way | self._drawing:
            await asyncio.gather(*under_way, return_exceptions=True)

    async def stop(self) -> None:
        """Wait until everything has been said, and for no picture: what it shows stands there in words."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)
        for drawing in self._drawing:
            drawing.cancel()
        await asyncio.gather(*self._drawing, return_exceptions=True)

    # ------------------------------------------------------------------ pictures

    def _draw(self, request: Request, answer: Answer) -> None:
        for title, drawing in answer.drawn:
            self._begin(self._picture(request.who.user, title, drawing), self._drawing)

    async def _picture(self, user: str, title: str, drawing: Drawing) -> None:
        """Privately to this user; in words where Slack shows no picture."""

        async def post(framed: Framed) -> bool:
            block = framed(drawing)
            return block is not None and await self.whisper.show(user, answers.framed(title, block))

        if not await self.pictures.show((drawing,), post):
            await self.whisper.tell(user, answers.in_words(title, drawing))

    # ------------------------------------------------------------------ where it goes

    async def _show(self, request: Typed | Pressed | Shortcut, answer: Answer) -> None:
        """A form in a window; a message where it was asked for."""
        window = request.view if isinstance(request, Pressed) else ""
        shown, rest = answers.window(answer.posts, answer.form)
        if window and (answer.form or answer.posts):
            seen = await self.whisper.turn(shown, id=window)
            await self.whisper.tell(request.who.user, rest if seen else _missed(request, answer))
        elif answer.form:
            if await self.whisper.open(request.trigger, shown):
                await self.whisper.tell(request.who.user, rest)
            else:
                await self._beside(request, _missed(request, answer))
        elif isinstance(request, Pressed) and request.response_url:
            await self._beside(request, answer.posts)
        elif answer.posts:
            seen = await self.whisper.open(request.trigger, shown)
            await self.whisper.tell(request.who.user, rest if seen else answer.posts)

    async def _turn(self, request: Submitted, answer: Answer) -> None:
        """The window that says "still trying" says what became of it, or asks the next page."""
        shown, rest = answers.window(answer.posts, answer.form)
        if answer.refused:
            # Closing it leads back to the form, with everything still in it.
            shown |= {"clear_on_close": False}
        seen = await self.whisper.turn(shown, name=request.name)
        if not seen:
            # It may have been known here before Slack had put that window up.
            await asyncio.sleep(_A_MOMENT)
            seen = await self.whisper.turn(shown, name=request.name)
        await self.whisper.tell(request.who.user, rest if seen else _missed(request, answer))

    async def _beside(self, request: Request, said: tuple[Post, ...]) -> None:
        address = request.response_url if isinstance(request, Typed | Pressed) else ""
        await self.whisper.answer(address, request.who.user, said)

    def _begin(self, work: Coroutine[object, object, object], among: set[asyncio.Task[object]]) -> None:
        task: asyncio.Task[object] = asyncio.create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[object]) -> None:
        if not task.cancelled() and (defect := task.exception()):
            self.log.error("A private answer was not given", exc_info=defect)


def _missed(request: Request, answer: Answer) -> tuple[Post, ...]:
    """What is said where it is not seen. A form did not open, so what was typed goes back to its writer."""
    if not answer.form:
        return answer.posts
    typed = answers.given_back(request.line if isinstance(request, Typed) else "")
    return (*answer.posts, *answers.plainly(answers.refusal(answers.TOO_SLOW, *typed)).posts)
