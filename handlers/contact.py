"""/contact: log a call, e-mail, meeting or message between professionals, with when it happened."""

from functools import lru_cache

from concerns import commands as c
from concerns.model import Direction, Method, Reached
from handlers.answers import Answers
from handlers.fields import long, method, text, this_minute, yes_no
from handlers.scene import Page, Policy, Scene, Verb
from views.labels import DIRECTIONS, REACHED, choices
from views.parts import Field, FieldKind

_FIRST = (
    Field("direction", "Who contacted whom?", FieldKind.CHOICE, choices(DIRECTIONS), required=True),
    method("method", "How?"),
    Field("reached", "How far did it get?", FieldKind.CHOICE, choices(REACHED), required=True),
)
_THEN = (
    text("who", "With whom? Their role and agency."),
    long("summary", "What was said, in brief?"),
    long("agreed", "What was agreed?"),
    text("next_step", "What is the next step?"),
    Field("next_date", "By when?", FieldKind.DATE),
    yes_no("was_referral", "Was this a referral?"),
    yes_no("confirmed", "Did they confirm it as one?"),
    yes_no("written_follow_up", "Did you follow it up in writing?"),
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Four answers are needed; the rest helps whoever reads the record later."""
    return _pages(this_minute(scene))


@lru_cache(maxsize=2)
def _pages(now: str) -> tuple[Page, ...]:
    """A line asks for them again with every word it understands."""
    when = Field("when", "When did it happen?", FieldKind.DATETIME, required=True, value=now)
    return (Page((*_FIRST, when, *_THEN)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.LogContact:
    """The contact as it was filled in; typed on one line that does not say when, it happened just now."""
    return c.LogContact(
        by=scene.person,
        direction=Direction(answers.text("direction")),
        method=Method(answers.text("method")),
        reached=Reached(answers.text("reached")),
        when=answers.instant("when") or scene.now,
        next_date=answers.day("next_date"),
        was_referral=answers.yes("was_referral"),
        confirmed=answers.yes("confirmed"),
        written_follow_up=answers.yes("written_follow_up"),
        words=answers.words(fields),
    )


VERB = Verb(
    name="contact",
    label="Log a contact",
    usage="REF made|received phone|email|… spoke|message_left|no_answer|declined words…",
    about="Log a call, e-mail or meeting, with when it happened",
    title="Log a contact",
    policy=Policy.HAS_PART,
    command=c.LogContact,
    pages=pages,
    act=act,
)
