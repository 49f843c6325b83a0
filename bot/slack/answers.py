"""How an answer of the desk looks in Slack: as private posts, as a window, or as the answer to a sent form.

It calls nobody. Where an answer is longer than one place takes, the rest comes back to be said elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.plain import one_line
from bot.slack import modals
from bot.slack.blocks import Post, ending, posts, small
from bot.slack.limits import HEADER, Json, escaped, short
from concerns.calendar import Calendar
from concerns.pathway import Emergency
from concerns.people import PersonId
from handlers.scene import Reply
from views.parts import Button, Drawing, Message
from views.teaching import in_danger

Mention = Callable[[PersonId], str | None]

SAID = "said"
"""The callback id of a window that only says something."""

RING = "If someone is in immediate danger ring 999."
NOT_YET = Message("Not saved yet, still trying", ("You will be told here as soon as it is known.", RING))
OUR_FAULT = (
    "Something went wrong on Baton’s side, and this may not be saved."
    f" Look with {{slash}}concern mine before you send it again. {RING}"
)
NOT_SIGNED_IN = (
    "Baton is not signed in to this workspace yet, so nothing was stored. Please send it again in a minute."
    f" {RING}"
)
BARRED = (
    "Slack says that this account is a guest's, or has been deactivated, so nothing is stored."
    " A colleague who is enrolled can act for you now."
    " To do it yourself, ask your agency's directory owner to list an account of your own,"
    " or your Slack administrators to make this one a full member's."
)
ELSEWHERE = (
    "This account belongs to another Slack workspace, and Baton knows people only in the workspace of their"
    " own agency, so nothing is stored."
    " If you are enrolled at your own agency, type {slash}concern or press the button there."
    " If not, a colleague who is enrolled can act for you now."
)
SENT_BEFORE = Message(
    "This was sent already",
    ("It was answered then, and nothing was changed just now. What waits on you shows how things stand.",),
    (Button("What waits on me", "mine"),),
)
CLOSED_UNSAVED = Message(
    "Your form was not saved",
    (
        "Its window was closed meanwhile, so what stood in it is not kept, and nothing of it is on record.",
        "Please fill it in again. What cannot wait, do by phone.",
    ),
)
ALL_OF_IT = "All of it, from the beginning, is in your direct messages with Baton."
THE_REST = "There is more to it: the rest is in your direct messages with Baton."
DRAWN = "The picture of it, or the same in words, comes in your direct messages with Baton."
TOO_SLOW = "Slack gives a form three seconds to open, and this one missed them. Please send it again."


def messages(reply: Reply, typed: str = "") -> tuple[Message, ...]:
    """All a reply says, in order; an error last, with the line it is about."""
    said = (*reply.aside, *((reply.message,) if reply.message else ()))
    return (*said, refusal(reply.error, *given_back(typed))) if reply.error else said


def given_back(typed: str) -> tuple[str, ...]:
    """A line that led to nothing, for its writer alone: Slack shows it nowhere any more."""
    return (f"You typed: {typed}",) if typed else ()


def refusal(*lines: str) -> Message:
    """What could not be done, as a message."""
    return Message("This did not go through", lines)


def greeting(slash: str, emergencies: Iterable[Emergency], *, may_ask: bool = False) -> Message:
    """What somebody gets who mentions the bot or writes to it. It may be a plea, so help comes first.

    `may_ask`: Baton does not know them, and they may ask to be enrolled.
    """
    ask = (Button("Ask to be enrolled", "join"),) if may_ask else ()
    return Message(
        "This is Baton",
        (
            *in_danger(*emergencies).lines,
            "What you wrote here was not stored.",
            f"Send {slash}concern to raise a concern, or use a button.",
        ),
        (
            *ask,
            Button("Raise a concern", "raise"),
            Button("What waits on me", "mine"),
            Button("Help", "help"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply of the desk as Slack shows it: a form in a window, with the posts above it; or else posts.

    `beside` are the sentences that belong to a field of the form that was sent; `drawn` are the pictures that
    follow, each under the title of its message, because Slack takes some seconds over one.
    """

    posts: tuple[Post, ...]
    form: Json | None = None
    refused: bool = False
    unsaved: bool = False
    beside: dict[str, str] = field(default_factory=dict)
    drawn: tuple[tuple[str, Drawing], ...] = ()


def answer(
    reply: Reply, calendar: Calendar, mention: Mention, sent: Json | None = None, typed: str = ""
) -> Answer:
    """The reply, put into Slack's shapes. What is said aside stands on top of a form.

    `sent` is the window it answers: where there is something to say aside as well, no error stands in it.
    `typed` is the line it answers: Slack shows it nowhere any more, so its writer gets it back when refused.
    """
    if reply.form is None:
        beside = modals.field_errors(reply.errors, sent) if sent and not reply.aside else {}
        said = messages(reply, typed)
        drawn = tuple((message.title, message.drawing) for message in said if message.drawing)
        plain = (_undrawn(one) if one.drawing else one for one in said)
        return Answer(_posted(plain, mention), None, bool(reply.error), reply.unsaved, beside, drawn)
    back = (Message("What you typed", (typed,)),) if reply.error and typed else ()
    return Answer(_posted((*reply.aside, *back), mention), modals.view(reply.form, calendar, reply.error))


def plainly(*said: Message) -> Answer:
    """Sentences of the door's own."""
    return Answer(_posted(said, lambda _person: None), refused=True)


def framed(title: str, picture: Json) -> Post:
    """A picture as a post of its own."""
    return Post(escaped(f"{short(one_line(title), HEADER)}, drawn"), [picture])


def in_words(title: str, drawing: Drawing) -> tuple[Post, ...]:
    """The same in words, where Slack shows no picture."""
    return _posted((Message(title, drawing=drawing),), lambda _person: None)


def whispered(post: Post) -> Json:
    """A post that only the asker sees, in answer to a command or a click."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "text": post.text,
        "blocks": post.blocks,
    }


def in_one_place(said: tuple[Post, ...], most: int) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    """What is said where it was asked for, and what in the asker's own conversation with Baton.

    Of more than `most` posts all stand there, and the first stands here as well: it may say whom to ring.
    """
    if len(said) <= most:
        return said, ()
    return (ending(said[0], ALL_OF_IT),), said


def window(said: Iterable[Post], form: Json | None = None) -> tuple[Json, tuple[Post, ...]]:
    """A window that says this, above a form if there is one; and the posts it has no room for.

    It says where those are, unless the form alone fills it.
    """
    waiting, shown = list(said), form or _saying()
    above: list[Json] = []
    more = small(THE_REST)
    while waiting:
        fuller = [*above, *waiting[0].blocks]
        if not modals.fits(shown | {"blocks": [*fuller, more, *shown["blocks"]]}):
            break
        above, waiting = fuller, waiting[1:]
    full = shown | {"blocks": [*above, more, *shown["blocks"]]}
    if waiting and modals.fits(full):
        return full, tuple(waiting)
    return shown | {"blocks": [*above, *shown["blocks"]]}, tuple(waiting)


def _saying() -> Json:
    return {
        "type": "modal",
        "callback_id": SAID,
        "title": _plain("Baton"),
        "close": _plain("Close"),
        "clear_on_close": True,
        "blocks": [],
    }


def sent(answer: Answer) -> tuple[Json, tuple[Post, ...]]:
    """What a form that was sent is answered with, and the posts there was no room for.

    What cannot be saved never closes the form: its words stay in it. A sentence that belongs to no field is
    shown on top of it.
    """
    if answer.form:
        shown, rest = window(answer.posts, answer.form)
        return {"response_action": "update", "view": shown}, rest
    if not answer.posts:
        return {"response_action": "clear"}, ()
    if answer.beside:
        return {"response_action": "errors", "errors": answer.beside}, ()
    shown, rest = window(answer.posts)
    if answer.refused:
        return {"response_action": "push", "view": shown | {"clear_on_close": False}}, rest
    return {"response_action": "update", "view": shown}, rest


def still_trying(name: str, said: Iterable[Post]) -> Json:
    """On top of a form whose saving takes too long; `name` is how the window is found again."""
    shown, _ = window(said)
    return {"response_action": "push", "view": shown | {"clear_on_close": False, "external_id": name}}


def _undrawn(message: Message) -> Message:
    return replace(message, drawing=None, lines=(*message.lines, DRAWN))


def _posted(said: Iterable[Message], mention: Mention) -> tuple[Post, ...]:
    return tuple(post for message in said for post in posts(message, mention))


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
