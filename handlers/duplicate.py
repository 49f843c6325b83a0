"""/concern duplicate: it is the same matter as another open concern, which goes on; this one closes."""

from concerns import commands as c
from concerns.rules import Refused
from handlers.answers import Answers
from handlers.fields import long, one_of
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from handlers.steps import Listed, seen_by
from views.parts import Field, FieldKind

_NO_OTHER = Refused(
    "You have no other open concern that could carry this on. If this one no longer stands, withdraw it."
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which one goes on; nothing where there is no other."""
    others = _others(scene)
    if not others:
        return ()
    fields = (
        Field("of", "Which concern goes on?", FieldKind.CHOICE, one_of(others), required=True),
        long("reason", "Anything to add? It goes on record."),
    )
    return (Page(fields, ("That one goes on with its own clocks. This one closes, and points to it.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.MarkDuplicate | Refused:
    """The one that goes on, if it is open and theirs to see."""
    going_on = next((one.ref for one, _ in _others(scene) if one.ref == answers.text("of")), None)
    if going_on is None:
        return _NO_OTHER
    return c.MarkDuplicate(by=scene.person, of=going_on, words=answers.words(fields))


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
