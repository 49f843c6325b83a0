"""/concern decide: the top of the ladder records its decision, the reasons, and any dissent."""

from concerns import commands as c
from concerns.authority import convenes, for_challenged
from concerns.model import Concern, Stage
from concerns.people import PersonId
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field
from views.standing import at_the_end


def decides(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Whether they are called at the top; once it has been answered only whoever convenes decides."""
    call = concern.call
    if call is None or not at_the_end(call, rules) or not for_challenged(person, concern, rules.directory):
        return False
    return concern.stage is not Stage.ANSWERED or convenes(person, concern, rules.directory)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """The decision, its reasons, and room for whoever sees it differently."""
    if not decides(scene.about, scene.rules, scene.person):
        return ()
    fields = (
        long("decision", "What was decided?", required=True),
        long("reasons", "What are the reasons?", required=True),
        long("dissent", "Who disagrees, and in what? Leave empty if nobody does."),
    )
    return (Page(fields, ("Both sides read this. It settles the concern, and a follow-up check is set.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Decide:
    """The decision as it was worded."""
    return c.Decide(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="decide",
    label="Record a decision",
    usage="REF words…",
    about="At the top: record what was decided, why, and any dissent",
    title="Record a decision",
    policy=Policy.SEES_IT,
    side=Side.CHALLENGED,
    command=c.Decide,
    turns=True,
    leads=decides,
    pages=pages,
    act=act,
)
