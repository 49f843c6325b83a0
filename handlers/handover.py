"""/concern handover: somebody else of the raising agency carries it from now on."""

from concerns import commands as c
from concerns.people import PersonId
from concerns.rules import Refused
from handlers.answers import Answers
from handlers.fields import long, person
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from views.parts import Field

_AS_IT_IS = "Its stage, clocks and history stay as they are."
_UNSEEN = "You do not see it any more then, unless a seat of yours was called."


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """To whom; nothing where there is nobody else."""
    concern, directory = scene.about, scene.directory
    others = [one for one in directory.people if one.agency == concern.raising and one.id != concern.raiser]
    if not others:
        return ()
    fields = (
        person("to", "Who carries it on?", others, directory),
        long("reason", "Anything they should know?"),
    )
    gives = directory.stands_in(scene.person, concern.raiser)
    return (Page(fields, (_AS_IT_IS, *((_UNSEEN,) if gives else ()))),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.HandOver | Refused:
    """The hand-over."""
    if not fields:
        agency = scene.directory.name_of(scene.about.raising)
        return Refused(
            f"Nobody else of {agency} is in the directory. Ask its directory owner to add somebody first."
        )
    return c.HandOver(by=scene.person, to=PersonId(answers.text("to")), words=answers.words(fields))


VERB = Verb(
    name="handover",
    label="Hand over",
    usage="REF words…",
    about="Give it to somebody else of the raising agency",
    title="Hand over",
    policy=Policy.SEES_IT,
    side=Side.KEEPER,
    command=c.HandOver,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)
