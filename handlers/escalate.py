"""/concern escalate: move up before the clock does; or open the ladder under a referral."""

from concerns import commands as c
from concerns.model import Why
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Choice, Field, FieldKind
from views.teaching import emergency_lines

REASON = Field(
    "why",
    "Why does it move up now?",
    FieldKind.CHOICE,
    (
        Choice(Why.CHOICE, "I, or my manager, choose not to wait"),
        Choice(Why.IMMEDIATE_RISK, "Somebody is at immediate risk"),
    ),
    required=True,
)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Why; and the emergency text once somebody is at risk."""
    lines = emergency_lines(scene.rules.pathway)
    return (Page((REASON, long("reason", "Anything the next tier should know")), (lines[0],)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Escalate:
    """The move, with its reason."""
    return c.Escalate(by=scene.person, why=Why(answers.text("why")), words=answers.words(fields))


VERB = Verb(
    name="escalate",
    label="Move up now",
    usage="REF raiser_or_manager_choice | immediate_risk words…",
    about="Move up now, before the clock does",
    title="Move up now",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Escalate,
    turns=True,
    pages=pages,
    act=act,
)
