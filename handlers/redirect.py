"""/concern redirect: it belongs at another door, and has been taken there; it closes here, on record."""

from concerns import commands as c
from concerns.model import Route
from handlers.answers import Answers
from handlers.fields import BOTH_READ, long
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from views.labels import ROUTES, choices
from views.parts import Field, FieldKind

_NOT_HERE = "If it is an allegation about one of them, write it only where you took it."


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Where it belongs, and what was done about it; Baton takes it nowhere by itself."""
    fields = (
        Field("route", "Where does it belong?", FieldKind.CHOICE, choices(ROUTES), required=True),
        long("reason", "What did you do, and whom did you tell?", required=True),
    )
    lines = (
        scene.rules.pathway.emergency.text,
        "Take it there first: Baton does not, and it closes here.",
        f"{BOTH_READ} {_NOT_HERE}",
    )
    return (Page(fields, lines),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Redirect:
    """The way it took, with what was done."""
    return c.Redirect(by=scene.person, route=Route(answers.text("route")), words=answers.words(fields))


VERB = Verb(
    name="redirect",
    label="Another door",
    usage=f"REF {'|'.join(Route)} words…",
    about="Close it because you took it to the door it belongs at",
    title="It belongs elsewhere",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Redirect,
    turns=True,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)
