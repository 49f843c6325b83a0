"""/concern escalate: move up before the clock does; or open the ladder under a referral."""

from concerns import commands as c
from concerns.model import Concern, Stage, Why
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Choice, Field, FieldKind

CHOOSING = Choice(Why.CHOICE, "I, or my manager, choose not to wait")
AT_RISK = Choice(Why.IMMEDIATE_RISK, "Somebody is at immediate risk")


def reasons(concern: Concern, rules: Rules) -> tuple[Choice, ...]:
    """What may be said now: at the top, and of an answer, only that somebody is at risk."""
    at_the_top = (concern.tier or 0) >= rules.pathway.top
    turns = rules.pathway.urgent is not None and not concern.urgent
    if at_the_top:
        return (AT_RISK,) if turns else ()
    return (AT_RISK,) if concern.stage is Stage.ANSWERED else (CHOOSING, AT_RISK)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Why, and what to do first if somebody is in danger; nothing where there is nothing to move up to."""
    choices = reasons(scene.about, scene.rules)
    if not choices:
        return ()
    why = Field("why", "Why does it move up now?", FieldKind.CHOICE, choices, required=True)
    told = long("reason", "Anything the next people called should know?")
    return (Page((why, told), (scene.rules.pathway.emergency.text,)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Escalate:
    """The move, with its reason."""
    why = Why(answers.text("why") or Why.CHOICE)
    return c.Escalate(by=scene.person, why=why, words=answers.words(fields))


VERB = Verb(
    name="escalate",
    label="Move up now",
    usage="REF raiser_or_manager_choice | immediate_risk words…",
    about="Move up now, before the clock does",
    title="Move up now",
    opening="Open {} 1",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Escalate,
    turns=True,
    leads=lambda concern, rules, _: bool(reasons(concern, rules)),
    pages=pages,
    act=act,
)
