"""The door to one Slack workspace: every request is read, brought to the desk, committed, then acknowledged.

It decides nothing and keeps nothing. One exception to "commit, then acknowledge" (design 7): where a commit
takes longer than Slack waits, the person is told that it is still being tried, and then what became of it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from logging import Logger

from slack_sdk.web.async_client import AsyncWebClient

from bot.edge import Edge
from bot.slack import answers
from bot.slack.answering import Answering
from bot.slack.answers import Answer
from bot.slack.asked import asked
from bot.slack.askers import Askers
from bot.slack.danger import alarming
from bot.slack.identity import Installation, Installations, account
from bot.slack.limits import Json
from bot.slack.members import Members, decides
from bot.slack.outcomes import FAILURES
from bot.slack.pictures import Framed
from bot.slack.requests import (
    Closed,
    Happened,
    HomeOpened,
    Request,
    Submitted,
    Typed,
    Who,
)
from bot.slack.seen import REMEMBERED, Seen
from handlers.desk import Desk
from handlers.refusals import not_saved
from handlers.scene import Asker
from storage.errors import NotSaved
from views.parts import Message
from views.teaching import in_danger

PATIENCE = 2.5
"""Seconds until Slack must be told something: it waits three (design 7)."""

_REPEATED = REMEMBERED.total_seconds()
"""How long it is remembered what a page led to that is open still: it holds words."""


Owned = tuple[Who, str]
"""A request by its id, and whose it is: nobody is answered what another has asked."""


class StillAtWork(Exception):
    """The same request came before, and it is not known yet what becomes of it."""


@dataclass(frozen=True, slots=True)
class Door:
    """One workspace. `nudge` is called when something may be on record now, `home` draws a Home page,
    `members` knows what Slack says of an account, `happened` is told what changed in the workspace, `threads`
    are those the desk works in; None, and it shares the event loop's.

    `visitors` have looked at their Home page since the start, so it is kept up to date. `turned` are the
    pages of the last minutes that led to a next one, or were refused: a repeat is answered with that again.
    `closed` are those whose window went away while they were at work.
    """

    workspace: str
    client: AsyncWebClient
    desk: Desk
    installations: Installations
    answering: Answering
    seen: Seen
    nudge: Callable[[], None]
    home: Callable[[Desk, Asker, Framed], Json]
    members: Members
    happened: Callable[[Happened], None]
    log: Logger
    patience: float = PATIENCE
    threads: Executor | None = None
    visitors: set[Who] = field(default_factory=set)
    at_work: dict[Owned, asyncio.Future[Answer]] = field(default_factory=dict)
    closed: set[Owned] = field(default_factory=set)
    turned: dict[Owned, asyncio.Future[Answer]] = field(default_factory=dict)

    async def hear(self, request: Request | Happened) -> Json:
        """What Slack is answered; empty where an empty answer will do. Raises `StillAtWork`.

        A request that was answered already is not answered again, nor does it have a second effect.
        """
        if isinstance(request, Happened):
            self.happened(request)
            return {}
        if not self.seen.first(request.id):
            return await self._again(request)
        if isinstance(request, HomeOpened):
            self.visitors.add(request.who)
            self.answering.later(self._welcome(request.who))
            return {}
        if isinstance(request, Closed) and (sent := self._sent_from(request)):
            self.closed.add(sent)
            asyncio.get_running_loop().call_later(_REPEATED, self.closed.discard, sent)
            self.answering.later(self._tell_outside(request, self.at_work[sent]))
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

    def _begun(self, request: Request) -> asyncio.Future[Answer]:
        """The work on a request, known by its id as long as it lasts; in a thread, as far as it can be."""
        loop, looks = asyncio.get_running_loop(), decides(request) and not alarming(request)
        met = self.members.known(request.who.user) or alarming(request)
        work: asyncio.Future[Answer]
        if self.workspace in self.installations.known and met and not looks:
            work = loop.run_in_executor(self.threads, self._work, request)
        else:
            work = loop.create_task(self._work_once_known(request, looks=looks))
        self.at_work[_owned(request)] = work
        work.add_done_callback(partial(self._ended, request))
        return work

    def _ended(self, request: Request, work: asyncio.Future[Answer]) -> None:
        owned = _owned(request)
        # Where it went wrong, the next try may have begun already.
        if self.at_work.get(owned) is work:
            del self.at_work[owned]
        if work.cancelled():
            return
        if isinstance(request, Submitted) and _stays_open(work.result()):
            self.turned[owned] = work
            asyncio.get_running_loop().call_later(_REPEATED, self.turned.pop, owned, None)
        self.nudge()
        if request.who in self.visitors:
            self.answering.later(self._welcome(request.who))

    def _sent_from(self, window: Closed) -> Owned | None:
        """What its own user has sent from it, and is still at work."""
        return next((one for one in self.at_work if one[0] == window.who and window.is_of(one[1])), None)

    async def _again(self, request: Request) -> Json:
        """A repeat is done when the first is. An empty answer closes a form, so it means "on record"."""
        work = self.at_work.get(_owned(request)) or self.turned.get(_owned(request))
        if work is None:
            return {}
        await asyncio.wait({work}, timeout=self.patience)
        if not work.done():
            raise StillAtWork
        answer = work.result()
        if isinstance(request, Submitted) and _stays_open(answer):
            return self.answering.now(request, answer)
        if answer.refused:
            raise StillAtWork
        return {}

    async def _work_once_known(self, request: Request, *, looks: bool) -> Answer:
        """The same once it is known who Baton is here and, where somebody decides, what they are there."""
        with Edge(self.log):
            try:
                await self.sign_in()
            except FAILURES as trouble:
                self.log.warning("Slack does not say who Baton is: %s", type(trouble).__name__)
                return self._not_done(request, answers.NOT_SIGNED_IN)
            in_a_thread = partial(asyncio.get_running_loop().run_in_executor, self.threads)
            answer = None if looks else await in_a_thread(self._work_if_met, request)
            if answer is None:
                await self.members.look_now(request.who.user)
                answer = await in_a_thread(self._work, request)
            return answer
        return self._defect(request)

    def _work_if_met(self, request: Request) -> Answer | None:
        """The same; None for a stranger who may be a guest, and shall hear so at once. Danger comes first."""
        may_be = not alarming(request) and self._may_be_a_guest(request.who)
        return None if may_be else self._work(request)

    def _may_be_a_guest(self, who: Who) -> bool:
        try:
            return self._askers.may_be_a_guest(who, self.desk.directory)
        except NotSaved:
            return False

    def _work(self, request: Request) -> Answer:
        """At the desk. Whatever becomes of it, the person is told."""
        with Edge(self.log):
            try:
                answer = self._at_the_desk(request)
            except NotSaved as trouble:
                return self._not_done(request, not_saved(trouble))
            if answer.unsaved and isinstance(request, Submitted):
                # Its words are still in the form: answered empty, a repeat would close it.
                self.seen.forget(request.id)
            return answer
        return self._defect(request)

    def _not_done(self, request: Request, why: str) -> Answer:
        """The next try counts as the first."""
        self.seen.forget(request.id)
        return self._sorry(request, why)

    def _defect(self, request: Request) -> Answer:
        return self._not_done(request, answers.OUR_FAULT.format(slash=self._slash))

    def _at_the_desk(self, request: Request) -> Answer:
        """Everything that may read the database, so that the event loop never waits for it."""
        name = f"slack:{self.workspace}:{request.id}"
        if self.seen.elsewhere(name):
            form = (answers.SENT_BEFORE,) if isinstance(request, Submitted) else ()
            return answers.plainly(*self._first(request), *form)
        desk = self.desk.steady()
        rules = desk.record.in_force()[0]
        directory, calendar = rules.directory, rules.calendar
        reply = asked(desk, self._askers.asker(request.who, directory), request, calendar, name)
        if not (reply.on_record or reply.unsaved):
            self.seen.keep(name)
        sent = request.view if isinstance(request, Submitted) else None
        return answers.answer(
            reply, calendar, lambda person: account(person, self.workspace, directory), sent, _line(request)
        )

    # ------------------------------------------------------------------ danger, and what went wrong

    def _first(self, request: Request) -> tuple[Message, ...]:
        """What waits for no database: whom to ring, where somebody may be in danger."""
        return (in_danger(*self.desk.emergency),) if alarming(request) else ()

    def _sorry(self, request: Request, why: str) -> Answer:
        back = answers.given_back(_line(request))
        return replace(answers.plainly(*self._first(request), answers.refusal(why, *back)), unsaved=True)

    # ------------------------------------------------------------------ what is not answered at once

    async def _tell_late(self, request: Request, work: asyncio.Future[Answer]) -> None:
        if isinstance(request, Submitted):
            await asyncio.wait({work})
        if _owned(request) not in self.closed:
            await self.answering.too_late(request, work)

    async def _tell_outside(self, request: Closed, work: asyncio.Future[Answer]) -> None:
        """A window closed while what was sent from it was being saved: what became of it, what is kept."""
        answer = await work
        # What was not saved may have been about danger, and is gone.
        lost = answers.plainly(in_danger(*self.desk.emergency), answers.CLOSED_UNSAVED)
        told = lost.posts if answer.unsaved else answer.posts
        await self.answering.whisper.tell(request.who.user, told)
        left = await self._begun(replace(request, wordy=False))
        self.answering.now(request, left)

    async def _welcome(self, visitor: Who) -> None:
        """The Home page, drawn anew at each visit, and when its owner has done something."""
        await self.sign_in()
        if await asyncio.get_running_loop().run_in_executor(self.threads, self._may_be_a_guest, visitor):
            await self.members.look_now(visitor.user)
        await self.answering.welcome(visitor.user, partial(self._home, visitor))

    def _home(self, visitor: Who, framed: Framed) -> Json:
        return self.home(self.desk, self._askers.asker(visitor, self.desk.directory), framed)

    @property
    def _askers(self) -> Askers:
        return Askers(self.workspace, self.installations, self.members, self._slash)

    @property
    def _slash(self) -> str:
        return f"/{self.desk.prefix}"


def _owned(request: Request) -> Owned:
    return request.who, request.id


def _stays_open(answer: Answer) -> bool:
    """Whether the form that led to this is not over: an empty answer to its repeat would close it."""
    return answer.form is not None or (answer.refused and not answer.unsaved)


def _line(request: Request) -> str:
    return request.line if isinstance(request, Typed) else ""
