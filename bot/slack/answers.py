"""How an answer of the desk looks in Slack: as private posts, as a window, or as the answer to a sent form.

It calls nobody. Where an answer is longer than one place takes, the rest comes back to be said elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.slack import modals
from bot.slack.blocks import Post, posts
from bot.slack.limits import Json
from concerns.calendar import Calendar
from concerns.pathway import Emergency
from concerns.people import PersonId
from handlers.scene import Reply
from views.parts import Button, Message
from views.teaching import in_danger

Mention = Callable[[PersonId], str | None]

SAID = "said"
"""The callback id of a window that only says something."""
_MOST_BLOCKS = 100

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
TOO_SLOW = "Slack gives a form three seconds to open, and this one missed them. Please send it again."


def messages(reply: Reply) -> tuple[Message, ...]:
    """All a reply says, in order; an error last."""
    said = (*reply.aside, *((reply.message,) if reply.message else ()))
    return (*said, refusal(reply.error)) if reply.error else said


def refusal(*lines: str) -> Message:
    """What could not be done, as a message."""
    return Message("This did not go through", lines)


def greeting(slash: str, emergencies: Iterable[Emergency]) -> Message:
    """What somebody gets who mentions the bot or writes to it. It may be a plea, so help comes first."""
    return Message(
        "This is Baton",
        (
            *in_danger(*emergencies).lines,
            "What you wrote here was not stored.",
            f"Send {slash}concern to raise a concern, or use a button.",
        ),
        (
            Button("Raise a concern", "raise"),
            Button("What waits on me", "mine"),
            Button("Help", "help"),
        ),
    )


def elsewhere(slash: str) -> Message:
    """What somebody gets besides who belongs to another workspace than the one this came by."""
    return Message(
        "From another Slack workspace",
        (
            "Baton knows people only in the workspace of their own agency, and takes nothing here as theirs.",
            f"If you are enrolled at your own agency, type {slash}concern or press the button there.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply of the desk as Slack shows it: a form in a window, or else posts.

    `beside` are the sentences that belong to a field of the form that was sent.
    """

    posts: tuple[Post, ...]
    form: Json | None = None
    refused: bool = False
    beside: dict[str, str] = field(default_factory=dict)


def answer(reply: Reply, calendar: Calendar, mention: Mention, sent: Json | None = None) -> Answer:
    """The reply, put into Slack's shapes. What is said aside stands on top of a form.

    `sent` is the window it answers: where there is something to say aside as well, no error stands in it.
    """
    if reply.form is None:
        beside = modals.field_errors(reply.errors, sent) if sent and not reply.aside else {}
        return Answer(_posted(messages(reply), mention), None, bool(reply.error), beside)
    view = modals.view(reply.form, calendar, reply.error)
    aside = _posted(reply.aside, mention)
    above = [block for post in aside for block in post.blocks]
    return Answer(aside, view | {"blocks": [*above, *view["blocks"]]})


def plainly(*said: Message) -> Answer:
    """Sentences of the door's own."""
    return Answer(_posted(said, lambda _person: None), refused=True)


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


def window(said: Iterable[Post]) -> tuple[Json, tuple[Post, ...]]:
    """A window that says this, and the posts it has no room for."""
    waiting = list(said)
    blocks: list[Json] = []
    while waiting and len(blocks) + len(waiting[0].blocks) <= _MOST_BLOCKS:
        blocks += waiting.pop(0).blocks
    return {
        "type": "modal",
        "callback_id": SAID,
        "title": _plain("Baton"),
        "close": _plain("Close"),
        "clear_on_close": True,
        "blocks": blocks,
    }, tuple(waiting)


def sent(answer: Answer) -> tuple[Json, tuple[Post, ...]]:
    """What a form that was sent is answered with, and the posts there was no room for.

    What cannot be saved never closes the form: its words stay in it. A sentence that belongs to no field is
    shown on top of it.
    """
    if answer.form:
        return {"response_action": "update", "view": answer.form}, ()
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


def _posted(said: Iterable[Message], mention: Mention) -> tuple[Post, ...]:
    return tuple(post for message in said for post in posts(message, mention))


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
