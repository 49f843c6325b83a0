"""The door to one Slack workspace: every request is read, brought to the desk, committed, then acknowledged.

It decides nothing and keeps nothing. One exception to "commit, then acknowledge" (design 7): where a commit
takes longer than Slack waits, the person is told that it is still being tried, and then what became of it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from logging import Logger

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import answers, modals
from bot.slack.answering import Answering
from bot.slack.answers import Answer
from bot.slack.danger import alarming
from bot.slack.identity import Installation, Installations, account
from bot.slack.limits import Json
from bot.slack.manifest import CONTACT_FROM
from bot.slack.outcomes import FAILURES
from bot.slack.requests import (
    HomeOpened,
    Pressed,
    Request,
    Shortcut,
    Spoken,
    Submitted,
    Typed,
    Who,
    read,
)
from bot.slack.seen import Seen
from concerns.calendar import Calendar
from concerns.people import Directory
from handlers.desk import Desk
from handlers.line import Unknown, parse
from handlers.menu import menu
from handlers.refusals import not_saved
from handlers.scene import Asker, Reply
from storage.errors import NotSaved
from views.parts import Message
from views.teaching import in_danger

PATIENCE = 2.5
"""Seconds until Slack must be told something: it waits three (design 7)."""

_COMMANDS = [verb.name for verb in menu()]
_LOOKS = frozenset({"guide", "help", "mine", "pathway", "show"})
"""Commands that only show something, and so may be asked for in a plain sentence to the bot."""


class StillAtWork(Exception):
    """The same request came before, and it is not known yet what becomes of it."""


@dataclass(frozen=True, slots=True)
class Door:
    """One workspace. `nudge` is called when something may be on record now, `home` draws a Home page.

    `visitors` have looked at their Home page since the start, so it is kept up to date.
    """

    workspace: str
    client: AsyncWebClient
    desk: Desk
    installations: Installations
    answering: Answering
    seen: Seen
    nudge: Callable[[], None]
    home: Callable[[Desk, Asker], Json]
    log: Logger
    patience: float = PATIENCE
    visitors: set[Who] = field(default_factory=set)
    at_work: dict[str, asyncio.Task[Answer]] = field(default_factory=dict)

    async def hear(self, body: Json) -> Json:
        """What Slack is answered; empty where an empty answer will do. Raises `Malformed`, `StillAtWork`.

        A request that was answered already is not answered again, nor does it have a second effect.
        """
        request = read(body)
        if request is None:
            return {}
        if not self.seen.first(request.id):
            return await self._again(request)
        if isinstance(request, HomeOpened):
            self.visitors.add(request.who)
            self.answering.later(self._welcome(request.who))
            return {}
        work = self._begun(request)
        done, _ = await asyncio.wait({work}, timeout=self.patience)
        if done:
            return self.answering.now(request, work.result())
        self.answering.later(self._tell_late(request, work))
        return self.answering.not_yet(request, self._first(request))

    async def sign_in(self) -> Installation:
        """Ask Slack who Baton is here, once. Raises what the client raises."""
        known = self.installations.known.get(self.workspace)
        if known is None:
            told = await self.client.auth_test()
            said = [str(told.get(key) or "") for key in ("team_id", "enterprise_id", "user_id", "bot_id")]
            known = Installation(self.workspace, *said)
            self.installations.add(known)
        return known

    # ------------------------------------------------------------------ what is asked

    def _begun(self, request: Request) -> asyncio.Task[Answer]:
        """The work on a request, known by its id as long as it lasts."""
        work = self.at_work[request.id] = asyncio.create_task(self._work(request))

        def ended(work: asyncio.Task[Answer]) -> None:
            # Where it went wrong, the next try may have begun already.
            if self.at_work.get(request.id) is work:
                del self.at_work[request.id]

        work.add_done_callback(ended)
        return work

    async def _again(self, request: Request) -> Json:
        """A repeat is done when the first is. An empty answer closes a form, so it means "on record"."""
        work = self.at_work.get(request.id)
        if work is None:
            return {}
        await asyncio.wait({work}, timeout=self.patience)
        if not work.done():
            raise StillAtWork
        answer = work.result()
        if answer.refused or (answer.form and isinstance(request, Submitted)):
            raise StillAtWork
        return {}

    async def _work(self, request: Request) -> Answer:
        """The door's outermost handler, one of the house's two (design 3): the person is told."""
        try:
            return await self._done(request)
        except Exception:
            self.log.exception("A defect at the desk")
            self.seen.forget(request.id)
            return self._sorry(request, answers.OUR_FAULT.format(slash=self._slash))

    async def _done(self, request: Request) -> Answer:
        """At the desk, in a thread, once it is known who Baton is here."""
        try:
            await self.sign_in()
        except FAILURES as trouble:
            self.log.warning("Slack does not say who Baton is: %s", type(trouble).__name__)
            self.seen.forget(request.id)
            return self._sorry(request, answers.NOT_SIGNED_IN)
        try:
            answer = await asyncio.to_thread(self._at_the_desk, request)
        except NotSaved as trouble:
            self.seen.forget(request.id)
            return self._sorry(request, not_saved(trouble))
        if answer.refused and isinstance(request, Submitted):
            # Its words are still in the form: answered empty, a repeat would close it.
            self.seen.forget(request.id)
        self.nudge()
        if request.who in self.visitors:
            self.answering.later(self._welcome(request.who))
        return answer

    def _at_the_desk(self, request: Request) -> Answer:
        """Everything that may read the database, so that the event loop never waits for it.

        A request sees one directory from its beginning to its end, and it is read once.
        """
        desk = replace(self.desk, in_force=cache(self.desk.in_force), rules=cache(self.desk.rules))
        rules = desk.in_force()[0]
        directory, calendar = rules.directory, rules.calendar
        reply = self._asked(desk, self._asker(request.who, directory), request, calendar)
        if not self.installations.at_home(request.who, self.workspace):
            reply = replace(reply, aside=(*reply.aside, answers.elsewhere(self._slash)))
        sent = request.view if isinstance(request, Submitted) else None
        return answers.answer(
            reply, calendar, lambda person: account(person, self.workspace, directory), sent
        )

    def _asked(self, desk: Desk, asker: Asker, request: Request, calendar: Calendar) -> Reply:
        name = f"slack:{self.workspace}:{request.id}"
        match request:
            case Typed():
                return desk.say(asker, request.line, name)
            case Pressed():
                return desk.press(asker, request.token, name)
            case Shortcut():
                verb = "contact" if request.callback == CONTACT_FROM else "raise"
                return desk.say(asker, f"{self._slash}{verb} {request.text}", name)
            case Submitted():
                opened = modals.opened(request.metadata)
                given = modals.given(request.values, calendar)
                return desk.submit(asker, opened.form if opened else "", given, name)
            case Spoken():
                return self._spoken(desk, asker, request.text)
            case _:
                raise TypeError(f"nobody asks the desk by {type(request).__name__}")

    def _spoken(self, desk: Desk, asker: Asker, text: str) -> Reply:
        """What only shows something may be asked for by its name alone, or with a reference.

        Anything more is somebody's own words: they are not stored, and may be a plea for help.
        """
        typed = " ".join(["/concern", *(word for word in text.split() if not word.startswith("<@"))])
        line = parse(typed, _COMMANDS)
        greeting = Reply(message=answers.greeting(self._slash, self.desk.emergency))
        if isinstance(line, Unknown) or line.verb not in _LOOKS or line.words:
            return greeting
        reply = desk.say(asker, f"{self._slash}concern {line.verb} {line.ref}")
        # A message brings no leave to open a form.
        return greeting if reply.form else reply

    def _asker(self, who: Who, directory: Directory) -> Asker:
        return Asker(self.installations.person(who, self.workspace, directory))

    # ------------------------------------------------------------------ danger, and what went wrong

    def _first(self, request: Request) -> tuple[Message, ...]:
        """What waits for no database: whom to ring, where somebody may be in danger."""
        return (in_danger(*self.desk.emergency),) if alarming(request) else ()

    def _sorry(self, request: Request, why: str) -> Answer:
        return answers.plainly(*self._first(request), answers.refusal(why))

    # ------------------------------------------------------------------ what is not answered at once

    async def _tell_late(self, request: Request, work: asyncio.Task[Answer]) -> None:
        await self.answering.too_late(request, await work)

    async def _welcome(self, visitor: Who) -> None:
        """The Home page, drawn anew at each visit, and when its owner has done something."""
        await self.sign_in()
        view = await asyncio.to_thread(self._home, visitor)
        await self.answering.whisper.publish(visitor.user, view)

    def _home(self, visitor: Who) -> Json:
        return self.home(self.desk, self._asker(visitor, self.desk.directory))

    @property
    def _slash(self) -> str:
        return f"/{self.desk.prefix}"
