"""/concern check: the follow-up check. Is the person safer now?"""

from concerns import commands as c
from concerns.model import Safer
from concerns.people import AgencyId
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.labels import SAFER, choices
from views.parts import Choice, Field, FieldKind


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """What was found; and a tick for each agency whose own record has a copy."""
    concern, directory = scene.about, scene.directory
    both = tuple(Choice(id, directory.name_of(id)) for id in (concern.raising, concern.challenged))
    closes = answers.text("safer") in {Safer.YES, Safer.PARTLY}
    too_early = answers.text("safer") == Safer.TOO_EARLY
    copied = "Whose own record has a copy of this? Both are needed before it closes."
    fields = (
        Field("safer", "Is the person safer now?", FieldKind.CHOICE, choices(SAFER), required=True),
        long("note", "What did you look at, and what did you find?"),
        Field("records_copied", copied, FieldKind.CHOICES, both, required=closes),
        Field(
            "again_on", "If it is too early: when will you look again?", FieldKind.DATE, required=too_early
        ),
    )
    return (Page(fields),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Check:
    """The check as it was made."""
    return c.Check(
        by=scene.person,
        safer=Safer(answers.text("safer")),
        records_copied=tuple(AgencyId(id) for id in answers.chosen("records_copied")),
        again_on=answers.day("again_on"),
        words=answers.words(fields),
    )


VERB = Verb(
    name="check",
    label="Follow-up check",
    usage="REF yes | partly | no | too_early words…",
    about="Say whether the person is safer now",
    title="Follow-up check",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Check,
    pages=pages,
    act=act,
)
