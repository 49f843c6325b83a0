"""What a request asks of the desk: a line said, a button pressed, a form sent or put away.

It opens no database and answers nobody; the desk is asked, and its reply comes back as it is.
"""

from bot.slack import answers, modals
from bot.slack.manifest import CONTACT_FROM
from bot.slack.requests import Closed, Pressed, Request, Shortcut, Spoken, Submitted, Typed
from concerns.calendar import Calendar
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
        case Shortcut():
            verb = "contact" if request.callback == CONTACT_FROM else "raise"
            return desk.say(asker, f"/{desk.prefix}{verb} {request.text}", name)
        case Submitted():
            opened = modals.opened(request.metadata)
            given = modals.given(request.values, calendar)
            return desk.submit(asker, opened.form if opened else "", given)
        case Closed():
            opened = modals.opened(request.metadata)
            return desk.left(asker, opened.form) if opened else Reply()
        case Spoken():
            return _spoken(desk, asker, request.text)
        case _:
            raise TypeError(f"nobody asks the desk by {type(request).__name__}")


def _spoken(desk: Desk, asker: Asker, text: str) -> Reply:
    """What only shows something may be asked for by its name alone, or with a reference.

    Anything more is somebody's own words: they are not stored, and may be a plea for help.
    """
    slash = f"/{desk.prefix}"
    typed = " ".join(["/concern", *(word for word in text.split() if not word.startswith("<@"))])
    line = parse(typed, NAMES)
    may_ask = asker.person is None and asker.account is not None
    greeting = Reply(message=answers.greeting(slash, desk.emergency, may_ask=may_ask))
    if isinstance(line, Unknown) or line.verb not in _LOOKS or line.words:
        return greeting
    reply = desk.say(asker, f"{slash}concern {line.verb} {line.ref}")
    # A message brings no leave to open a form.
    return greeting if reply.form else reply
