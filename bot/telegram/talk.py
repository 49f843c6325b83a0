"""The talk in a private chat that fills in a form: every answer is kept before the next question is asked.

It says nothing itself: what is to be said comes back. What an answer means stands in `dialog`; whether it
will do is decided at the desk.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.telegram.dialog import MORE, Go, Move, View, astray, begun, complete, moved, pressed, typed
from bot.telegram.questions import Press, Question, question
from handlers.danger import DANGER_FORM
from handlers.desk import Desk
from handlers.raise_concern import DANGER, danger_page
from handlers.refusals import GONE, NOT_LISTED
from handlers.scene import Asker, Reply
from storage.dialogs import Dialog, Dialogs
from storage.errors import NotSaved
from views.drafts import THROW_AWAY
from views.parts import Button, Form, Message

OVER = "This form is not open any more."
PASSED = "That question has been answered already. This one is open now."
TOO_EARLY = (
    "What you sent came before this question was shown, so it was not taken as its answer."
    " Send it again if it belongs here."
)
STOPPED = Message("Cancelled", ("Nothing was sent, and nothing is kept.",))
NOTHING_OPEN = Message("Nothing to cancel", ("No form of yours is open here.",))
_ENDS = frozenset({GONE, NOT_LISTED})
"""Refusals after which no question is held open; a form whose owner is listed again is under `mine`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said: messages first, then the open question, if there is one, with its dialog.

    `old` is the message the question stood in so far. `here` says that the new one takes its place there.
    `toast` is for whoever pressed a button, to be closed by them where it is said `aloud`.
    """

    messages: tuple[Message, ...] = ()
    question: Question | None = None
    dialog: Dialog | None = None
    old: int | None = None
    here: bool = False
    toast: str = ""
    aloud: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """Over one desk. Every request is told by its id; one that comes again only shows the question again.

    Raises `NotSaved` when it cannot be noted which question is open; nothing is lost then.
    """

    desk: Desk
    dialogs: Dialogs
    clock: Callable[[], datetime]
    refusal: Callable[[str], Message]

    # ------------------------------------------------------------------ what somebody does

    def open(self, account: str, form: Form, request: str, *, old: int | None = None) -> Said:
        """The first question of a form the desk has brought."""
        dialog = begun(form, account, request)
        if form.id == DANGER_FORM:
            return Said(question=question(form, dialog, View(), self._now), old=old)
        known = self.dialogs.of(form.id, account)
        # Of a form found again no button shown before may fit.
        dialog = replace(dialog, step=known.step + 1 if known else 0)
        self.dialogs.put(dialog, self.clock())
        return self._ask(form, dialog, old=old)

    def again(self, asker: Asker, account: str, form_id: str, request: str) -> Said:
        """A form that was opened elsewhere, or before: it goes on here."""
        reply = self.desk.keep(asker, form_id, {})
        if reply.form is None:
            return self._lost(None, reply)
        return self.open(account, reply.form, request)

    def press(self, asker: Asker, account: str, press: Press, message_id: int, request: str) -> Said:
        """A button under a question."""
        if press.form == DANGER_FORM:
            return self._danger(asker, account, press.what, message_id, request)
        dialog = self.dialogs.of(press.form, account)
        if dialog is None:
            return Said(toast=OVER, old=message_id)
        reply = self.desk.keep(asker, press.form, {})
        if reply.form is None:
            return self._lost(dialog, reply)
        if press.step != dialog.step or dialog.request == request:
            # Pressed twice, or its answer was lost on the way: the question that is open is shown.
            here = message_id == dialog.message_id
            return self._ask(reply.form, dialog, note="" if here else PASSED, old=message_id, here=here)
        move = pressed(reply.form, dialog, press.what, self._now)
        return self._go(asker, dialog, reply.form, move, message_id, request, here=True)

    def type(
        self, asker: Asker, account: str, text: str, reply_to: int | None, message_id: int, request: str
    ) -> Said | None:
        """Something typed that is no command: the answer to the open question, or to the one it replies to.

        None where it answers none of ours, and so is not taken at all.
        """
        meant = self.dialogs.asked_in(account, reply_to) if reply_to else None
        dialog = meant or self.dialogs.newest(account)
        if dialog is None:
            return None
        reply = self.desk.keep(asker, dialog.form, {})
        if reply.form is None:
            return self._lost(dialog, reply)
        if dialog.request == request:
            return self._ask(reply.form, dialog, old=dialog.message_id)
        if reply_to and not meant:
            return self._ask(reply.form, dialog, note=PASSED, old=dialog.message_id)
        # Telegram sends a long text as several messages, one right after the other.
        goes_on = dialog.question.endswith(MORE)
        if not dialog.message_id or (message_id < dialog.message_id and not goes_on):
            return self._ask(reply.form, dialog, note=TOO_EARLY, old=dialog.message_id)
        move = typed(reply.form, dialog, text, self._now)
        return self._go(asker, dialog, reply.form, move, dialog.message_id, request)

    def cancel(self, asker: Asker, account: str) -> Said:
        """The form whose question is open is thrown away."""
        dialog = self.dialogs.newest(account)
        return self._stop(asker, dialog, dialog.message_id) if dialog else Said((NOTHING_OPEN,))

    # ------------------------------------------------------------------ what becomes of it

    def _go(
        self,
        asker: Asker,
        dialog: Dialog,
        form: Form,
        move: Move,
        old: int | None,
        request: str,
        *,
        here: bool = False,
    ) -> Said:
        if move.go is Go.STOP:
            return self._stop(asker, dialog, old)
        if move.go is Go.SEND:
            return self._send(asker, replace(dialog, request=request), form, old)
        kept = self.desk.keep(asker, form.id, dict([move.given])) if move.given else Reply(form=form)
        if kept.form is None:
            # Which concern was meant is known, and there was nothing more to ask; or it cannot be kept.
            return self._lost(dialog, kept, old, done=kept.error is None)
        after = moved(kept.form, dialog, move, request)
        note = move.note
        if kept.error and move.go is not Go.STAY:
            after, note = astray(after, next((key for key, _ in kept.errors), "")), kept.error
        if complete(kept.form, after):
            return self._send(asker, after, kept.form, old, kept.aside)
        self.dialogs.put(after, self.clock())
        said = self._ask(kept.form, after, note=note, view=move.view, old=old, here=here)
        return replace(said, messages=kept.aside)

    def _send(
        self, asker: Asker, dialog: Dialog, form: Form, old: int | None, aside: tuple[Message, ...] = ()
    ) -> Said:
        """The page goes to the desk: on record, on to the next page, or back to where it stumbled."""
        reply = self.desk.submit(asker, form.id, {})
        aside = (*aside, *reply.aside)
        if reply.form:
            opened = self.open(dialog.account, reply.form, dialog.request, old=old)
            if reply.form.id != form.id:
                self._over(form.id)
            return replace(opened, messages=aside)
        if reply.error and reply.error not in _ENDS:
            wrong = next((key for key, _ in reply.errors), "")
            after = replace(dialog, question=wrong, step=dialog.step + 1, checking=True, message_id=None)
            self.dialogs.put(after, self.clock())
            return replace(self._ask(form, after, note=reply.error, old=old), messages=aside)
        return self._lost(dialog, replace(reply, aside=aside), old, done=True)

    def _stop(self, asker: Asker, dialog: Dialog, old: int | None) -> Said:
        reply = self.desk.press(asker, Button("", THROW_AWAY, dialog.form).token)
        return self._lost(dialog, reply, old, done=reply.message is not None)

    def _lost(
        self, dialog: Dialog | None, reply: Reply, old: int | None = None, *, done: bool = False
    ) -> Said:
        """No page came back. Where the form is over so is the dialog; otherwise its question stays open."""
        over = done or reply.error in _ENDS
        if dialog and over:
            self._over(dialog.form)
            old = old or dialog.message_id
        said = (*reply.aside, *((reply.message,) if reply.message else ()))
        refused = (self.refusal(reply.error),) if reply.error else ()
        return Said((*said, *refused), old=old if over else None)

    def _over(self, form: str) -> None:
        """Forget where it stood. Where that fails, what the desk has done is told all the same."""
        with suppress(NotSaved):
            self.dialogs.end(form)

    def _danger(self, asker: Asker, account: str, what: str, old: int, request: str) -> Said:
        """The question that needs no enrolment and no storage is answered without either."""
        page = danger_page()
        form = Form(DANGER_FORM, "", page.fields, page.lines)
        move = pressed(form, begun(form, account, request), what, self._now)
        if move.given is None:
            return Said((STOPPED,) if move.go is Go.STOP else (), old=old)
        reply = self.desk.submit(asker, DANGER_FORM, {DANGER.key: list(move.given[1])})
        if reply.form:
            return replace(self.open(account, reply.form, request, old=old), messages=reply.aside)
        return self._lost(None, reply, old, done=True)

    # ------------------------------------------------------------------ how it is shown

    def _ask(
        self,
        form: Form,
        dialog: Dialog,
        *,
        note: str = "",
        view: View = View(),  # noqa: B008 -- frozen, so one serves all
        old: int | None = None,
        here: bool = False,
    ) -> Said:
        return Said(question=question(form, dialog, view, self._now, note), dialog=dialog, old=old, here=here)

    @property
    def _now(self) -> datetime:
        """Local time, as people speak of it."""
        return self.desk.record.in_force()[0].calendar.local(self.clock())
