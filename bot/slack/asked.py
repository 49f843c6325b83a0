"""What a request asks of the desk: a line said, a button pressed, a form sent or put away.

It opens no database and answers nobody; the desk is asked, and its reply comes back as it is.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.slack import answers, modals
from bot.slack.manifest import CONTACT_FROM
from bot.slack.markup import readable
from bot.slack.requests import Closed, Pressed, Request, Shortcut, Spoken, Submitted, Typed
from concerns.calendar import Calendar
from concerns.directory import Directory
from handlers.desk import Desk
from handlers.line import Unknown, parse
from handlers.menu import NAMES
from handlers.scene import Asker, Reply

_LOOKS = frozenset({"guide", "help", "mine", "pathway", "show"})
"""Commands that only show something, and so may be asked for in a plain sentence to the bot."""


def asked(desk: Desk, asker: Asker, request: Request, calendar: Calendar, name: str) -> Reply:
    """What the desk says to it. `name` is the request's id, one for all workspaces and platforms."""
    match request:
        case Typed():
            return desk.say(asker, request.line, name)
        case Pressed():
            return desk.press(asker, request.token, name)
        case Shortcut(text=None):
            return desk.say(asker, f"/{desk.prefix}concern raise", name)
        case Shortcut(text=str(text)):
            command = "contact" if request.callback == CONTACT_FROM else "raise"
            return desk.quote(asker, command, readable(text, _called(desk.directory, asker)))
        case Submitted():
            opened = modals.opened(request.metadata)
            given = modals.given(request.values, calendar)
            form, part = (opened.form, opened.part) if opened else ("", None)
            return desk.submit(asker, form, given, part)
        case Closed():
            opened = modals.opened(request.metadata)
            return desk.left(asker, opened.form, unsent=request.wordy) if opened else Reply()
        case Spoken():
            return _spoken(desk, asker, request.text)
        case _:
            raise TypeError(f"nobody asks the desk by {type(request).__name__}")


def _called(directory: Directory, asker: Asker) -> Callable[[str], str]:
    """Who is behind a Slack id, by name, as the asker's own workspace knows them; empty for anybody else."""
    home = asker.account
    return lambda user: directory.name_of(directory.whose(replace(home, user=user))) if home else ""


def _spoken(desk: Desk, asker: Asker, text: str) -> Reply:
    """What only shows something may be asked for by its name alone, or with a reference.

    Anything more is somebody's own words: they are not stored, and may be a plea for help.
    """
    slash = f"/{desk.prefix}"
    typed = " ".join(["/concern", *(word for word in text.split() if not word.startswith("<@"))])
    line = parse(typed, NAMES)
    may_ask = asker.person is None and asker.account is not None
    hello = answers.greeting(slash, desk.emergency, may_ask=may_ask)
    greeting = Reply(message=desk.unlisted(asker) if asker.barred else hello)
    if isinstance(line, Unknown) or line.verb not in _LOOKS or line.words:
        return greeting
    reply = desk.say(asker, f"{slash}concern {line.verb} {line.ref}")
    # A message brings no leave to open a form.
    return greeting if reply.form else reply
