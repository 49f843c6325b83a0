"""/concern responded: a response to the referral came. Was it enough, or do you challenge it?"""

from concerns import commands as c
from concerns.model import Ground
from handlers.answers import Answers
from handlers.fields import grounds, long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Choice, Field, FieldKind

VERDICT = Field(
    "verdict",
    "Is the response enough?",
    FieldKind.CHOICE,
    (Choice("satisfied", "Yes, it is enough"), Choice("challenge", "No, I challenge it")),
    required=True,
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """What came; and only when it is challenged, on what ground and what is wanted instead."""
    came = Page((VERDICT, long("summary", "What did they say, and who said it?")))
    if answers.text("verdict") != "challenge":
        return (came,)
    challenged = Page(
        (
            grounds(),
            long("decision", "What are you challenging?", required=True),
            long("wanted", "What do you want to happen?", required=True),
        ),
        (f"Then {scene.rules.pathway.tier_word} 1 is called, and reads what you say here.",),
    )
    return came, challenged


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Respond:
    """Enough closes it; a challenge calls tier 1."""
    return c.Respond(
        by=scene.person,
        satisfied=answers.text("verdict") == "satisfied",
        grounds=tuple(Ground(ground) for ground in answers.chosen("ground")),
        words=answers.words(fields),
    )


VERB = Verb(
    name="responded",
    label="A response came",
    usage="REF satisfied | challenge words…",
    about="A response to your referral came: enough, or challenged",
    title="A response came",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Respond,
    turns=True,
    pages=pages,
    act=act,
)
