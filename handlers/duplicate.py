"""/concern duplicate: it is the same matter as another open concern, which goes on; this one closes."""

from concerns import commands as c
from concerns import reference
from concerns.rules import Refused
from handlers.answers import Answers
from handlers.fields import long, one_of
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from handlers.steps import Listed, seen_by
from views.parts import Field, FieldKind

_NO_OTHER = Refused(
    "You have no other open concern that could carry this on. If this one no longer stands, withdraw it."
)

_ITSELF = Refused(
    "That is this concern itself. Give the reference of the other one, which goes on.", "reason"
)
_NOT_OPEN = Refused(
    "No other concern with that reference is open to you, so this one stays as it is."
    " Check it; mine lists yours.",
    "reason",
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which one goes on; nothing where there is no other."""
    others = _others(scene)
    if not others:
        return ()
    reason = long("reason", "Anything to add? It goes on record.")
    if _mistaken(answers):
        return (Page((reason,)),)
    listed = one_of(others, scene.person)
    fields = (Field("of", "Which concern goes on?", FieldKind.CHOICE, listed, required=True), reason)
    return (Page(fields, ("That one goes on with its own clocks. This one closes, and points to it.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.MarkDuplicate | Refused:
    """The one that goes on, if it is open and theirs to see."""
    typed = _mistaken(answers)
    if typed:
        return _ITSELF if reference.parse(typed) == scene.about.ref else _NOT_OPEN
    going_on = next((one.ref for one, _ in _others(scene) if one.ref == answers.text("of")), None)
    if going_on is None:
        return _NO_OTHER
    return c.MarkDuplicate(by=scene.person, of=going_on, words=answers.words(fields))


def _mistaken(answers: Answers) -> str:
    """A reference among the words, where the one that goes on should stand: it is none that could."""
    first = next(iter(answers.text("reason").split()), "").rstrip(",.;:")
    is_one = reference.looks_like(first) or reference.parse(first)
    return first if is_one and not answers.text("of") else ""


def _others(scene: Scene) -> list[Listed]:
    seen = seen_by(scene.person, scene.record, open_only=True)
    return [(concern, rules) for concern, rules in seen if concern.ref != scene.about.ref]


VERB = Verb(
    name="duplicate",
    label="The same as another",
    usage="REF C-… words…",
    about="Close it because another open concern is the same matter",
    title="The same as another",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.MarkDuplicate,
    turns=True,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)
