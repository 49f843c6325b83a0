"""/concern agree: the raising side agrees to what waits for its word: more time, or moving up now."""

from concerns import commands as c
from concerns.model import ClockKind, Concern
from concerns.people import PersonId
from concerns.promising import time_asked_for
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.instants import when
from views.parts import Field
from views.standing import tier_name


def waits(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Whether anything waits for the raising side's word."""
    return asked_to_move_up(concern) or time_asked_for(concern) is not None


def asked_to_move_up(concern: Concern) -> bool:
    """Whether moving up waits for a yes; where more time was asked for, a yes could be meant for that."""
    call = concern.call
    return concern.clock(ClockKind.ASK) is not None and call is not None and call.extension is None


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Nothing need be said; above it stands what is agreed to."""
    concern, rules, extension = scene.about, scene.rules, time_asked_for(scene.about)
    if not waits(concern, rules, scene.person):
        return ()
    if extension is None:
        meant = f"moving up now: {tier_name((concern.tier or 0) + 1, rules)}."
    else:
        meant = f"more time: the answer is then due {when(extension.until, rules.calendar)}."
    return (Page((long("text", "Anything to add? It goes on record."),), (f"You agree to {meant}",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Agree:
    """The agreement."""
    return c.Agree(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="agree",
    label="Agree",
    usage="REF words…",
    about="Agree to more time, or to moving up, when you are asked",
    title="Agree",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Agree,
    turns=True,
    leads=waits,
    pages=pages,
    act=act,
)
