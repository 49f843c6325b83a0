"""/concern dispute: the answer is not enough; the next tier is called.

The raiser may say so, for a while, after somebody else of the raising side has accepted it.
"""

from concerns import commands as c
from concerns.authority import may_object
from concerns.model import Concern, Stage
from concerns.people import PersonId
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field


def leads(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Whether it can still be said: of an answer by the raising side, of an acceptance by the raiser."""
    return concern.stage is not Stage.AGREED or may_object(person, concern, rules.directory)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Why it is not enough; nothing where it is too late to say so."""
    if not leads(scene.about, scene.rules, scene.person):
        return ()
    return (Page((long("why", "What is still missing? Whoever is called next reads this.", required=True),)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Dispute:
    """The dispute as it was worded."""
    return c.Dispute(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="dispute",
    label="Not enough",
    usage="REF words…",
    about="Say the answer is not enough; it moves up",
    title="The answer is not enough",
    objecting="I object",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Dispute,
    turns=True,
    leads=leads,
    pages=pages,
    act=act,
)
