"""One request at the desk, from beginning to end: what was typed or pressed becomes what is to be said.

It reads and writes the database, so it runs in a thread; it speaks to nobody. In a group it takes a command
and no words: what needs words goes on in the private chat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.telegram.keyboards import SURE
from bot.telegram.places import TELEGRAM
from bot.telegram.questions import press
from bot.telegram.talk import OVER, Said, Talk
from bot.telegram.updates import Pressed, Typed
from bot.telegram.words import NOT_THROUGH, TOAST, greeting, refusal, welcome
from concerns import reference
from concerns.directory import Directory
from concerns.people import Identity
from handlers.danger import DANGER_FORM
from handlers.desk import Desk
from handlers.line import Line, Unknown, parse
from handlers.menu import by_name, menu
from handlers.scene import Asker, Reply
from views.drafts import THROW_AWAY, asked_first
from views.parts import Button, Message

START, CANCEL, FORM = "start", "cancel", "form"
"""Words of the door's own: `/start`, `/cancel`, and what a deep link begins with that goes on with a form."""
_COMMANDS = [verb.name for verb in menu()]
_OURS = frozenset({"concern", START, CANCEL, *_COMMANDS})
_LOOKS = frozenset({"guide", "help", "mine", "pathway", "show"})
"""Commands that only show something, and so may be asked for in a plain word."""
ASKED_FIRST: Mapping[str, Callable[[str], Message]] = {THROW_AWAY: asked_first}
"""How each button that asks before it counts is asked about, by its command, from what it is about."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said, to whoever asked and nobody else; `known` says whether the `directory` has them.

    Of what was asked in a group: `onward` is the deep link's payload by which it goes on in private,
    `otherwise` one by which the same can be asked there; `wordy` says that words were typed.
    """

    said: Said
    directory: Directory | None = None
    known: bool = False
    onward: str = field(default="", repr=False)
    otherwise: str = ""
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """`name` is the bot's own, without the @; `talk` fills in forms."""

    talk: Talk
    name: Callable[[], str]
    door: Callable[[], str]

    def answer(self, heard: Typed | Pressed) -> Answer | None:
        """What comes of it; None for what is none of Baton's business. Raises `NotSaved`."""
        desk = self.talk.desk.steady()
        one = _One(self, desk, replace(self.talk, desk=desk), heard)
        return one.pressed(heard) if isinstance(heard, Pressed) else one.typed(heard)

    @property
    def slash(self) -> str:
        """How a command begins here."""
        return f"/{self.talk.desk.prefix}"

    @property
    def number(self) -> int:
        """The bot's own account."""
        return int(self.door().rpartition(":")[2])


class _One:
    """One request: a desk that sees one directory, and who asks."""

    def __init__(self, reception: Reception, desk: Desk, talk: Talk, heard: Typed | Pressed) -> None:
        self._name, self._number = reception.name(), reception.number
        self._slash = reception.slash
        self._desk = desk
        self._talk = talk
        self._where = heard.where
        self._request = f"{reception.door()}:{heard.id}"
        self._directory = desk.directory
        account = Identity(TELEGRAM, TELEGRAM, str(heard.where.user))
        self._account = account.user
        person = self._directory.whose(account)
        self._asker = Asker(person, not heard.where.private, account, heard.where.called)

    # ------------------------------------------------------------------ pressed

    def pressed(self, heard: Pressed) -> Answer:
        """A question's button belongs to its private chat; any other is a command somebody already typed."""
        if question := _question(heard.data):
            return self._replied(Reply(message=question))
        asked = press(heard.data)
        if asked is None:
            return self._replied(self._desk.press(self._asker, heard.data, self._request))
        if not self._where.private:
            return self._answer(Said(toast=OVER))
        return self._answer(
            self._talk.press(self._asker, self._account, asked, heard.message_id, self._request)
        )

    # ------------------------------------------------------------------ typed

    def typed(self, heard: Typed) -> Answer | None:
        """A line that begins with a slash is a command; in private anything else may answer a question."""
        if heard.text.startswith("/"):
            return self._command(heard.text)
        if not self._where.private:
            meant = heard.to == self._number or f"@{self._name}".lower() in heard.text.lower()
            return self._answer(Said(), onward=START, wordy=True) if meant else None
        said = self._talk.type(
            self._asker, self._account, heard.text, heard.reply_to, heard.message_id, self._request
        )
        return self._answer(said) if said else self._spoken(heard.text)

    def _command(self, text: str) -> Answer | None:
        head, rest = [*text.split(maxsplit=1), ""][:2]
        command, at, name = head.removeprefix("/").partition("@")
        if at and name.lower() != self._name.lower():
            return None
        verb = command.lower().removeprefix(self._desk.prefix)
        ours = verb in _OURS and command.lower().startswith(self._desk.prefix)
        if not (self._where.private or at or ours):
            # Among several bots it is meant for another.
            return None
        match verb:
            case "start":
                return self._start(rest.strip())
            case "cancel" if self._where.private:
                return self._answer(self._talk.cancel(self._asker, self._account))
            case _:
                line = f"/{command} {rest}".strip()
                reply = self._desk.say(self._asker, line, self._request)
                return self._replied(
                    reply, _wordy(line, self._desk.prefix), _payload(line, self._desk.prefix)
                )

    def _start(self, payload: str) -> Answer:
        """Start, or a deep link: a form to go on with, a command already typed, or a one-time code."""
        first, _, rest = payload.partition("_")
        if not self._where.private or payload in {"", START}:
            known = self._asker.person is not None
            if known or not self._where.private:
                return self._answer(Said((welcome(self._slash),)))
            return self._replied(self._desk.say(self._asker, f"{self._slash}mine"))
        if first == FORM:
            return self._answer(self._talk.again(self._asker, self._account, rest, self._request))
        if by_name(first) and first != "join":
            # Anybody can make a link: it names no call and no request to be enrolled, so it opens a form or
            # shows, and decides nothing.
            about = reference.parse(rest) or ""
            return self._replied(self._desk.press(self._asker, Button("", first, about).token, self._request))
        code = rest if first == "join" else payload
        return self._replied(self._desk.say(self._asker, f"{self._slash}join {code}", self._request))

    def _spoken(self, text: str) -> Answer:
        """What only shows something may be asked for by its name alone. Anything more is somebody's own
        words: they are not stored, and may be a plea for help.
        """
        line = parse(f"/concern {text}", _COMMANDS)
        if isinstance(line, Unknown) or line.verb not in _LOOKS or line.words:
            return self._answer(Said((greeting(self._slash, self._desk.emergency),)))
        return self._replied(self._desk.say(self._asker, f"{self._slash}concern {line.verb} {line.ref}"))

    # ------------------------------------------------------------------ what the desk said

    def _replied(self, reply: Reply, wordy: bool = False, otherwise: str = START) -> Answer:
        """A form becomes a question in the private chat, or a link to it; everything else a message."""
        if not self._where.private and reply.form:
            # The first question is kept nowhere: in private it is asked anew.
            kept = reply.form.id != DANGER_FORM
            onward = f"{FORM}_{reply.form.id}" if kept else "raise"
            return self._answer(Said(reply.aside), onward=onward, wordy=wordy)
        if reply.form is None:
            toast = "" if self._where.private else _toast(reply)
            said = Said(_messages(reply), toast=toast, aloud=bool(reply.error))
            return self._answer(said, otherwise=otherwise, wordy=wordy)
        opened = self._talk.open(self._account, reply.form, self._request)
        return self._answer(replace(opened, messages=_messages(reply)))

    def _answer(self, said: Said, *, onward: str = "", otherwise: str = START, wordy: bool = False) -> Answer:
        return Answer(said, self._directory, self._asker.person is not None, onward, otherwise, wordy)


def _question(data: str) -> Message | None:
    """What is asked before this button counts, if it is one of those."""
    if not data.startswith(SURE):
        return None
    command, about, *_ = [*data.removeprefix(SURE).split(":"), ""]
    return ASKED_FIRST[command](about) if command in ASKED_FIRST else None


def _messages(reply: Reply) -> tuple[Message, ...]:
    """All a reply says, in order; an error last."""
    said = (*reply.aside, *((reply.message,) if reply.message else ()))
    return (*said, refusal(reply.error)) if reply.error else said


def _toast(reply: Reply) -> str:
    """What whoever pressed is shown in a word."""
    if reply.error:
        return reply.error if len(reply.error) <= TOAST else NOT_THROUGH
    title = reply.message.title if reply.message else ""
    return title if 0 < len(title) <= TOAST else "Done"


def _wordy(line: str, prefix: str) -> bool:
    """Whether more stands in a line than a command and the concern it is about, such as a one-time code."""
    read = parse(line, _COMMANDS, prefix)
    if isinstance(read, Unknown):
        return len(line.split()) > 3
    return bool(read.words or (read.ref and not reference.parse(read.ref)))


def _payload(line: str, prefix: str) -> str:
    """The same command as a deep link carries it, without a word of what was typed."""
    read = parse(line, _COMMANDS, prefix)
    if not isinstance(read, Line) or read.words:
        return START
    ref = reference.parse(read.ref)
    return f"{read.verb}_{ref}" if ref else read.verb
