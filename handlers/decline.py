"""/concern decline: the raising side declines more time; the window stays as it was."""

from concerns import commands as c
from concerns.model import ClockKind
from concerns.promising import time_asked_for
from handlers.answers import Answers
from handlers.fields import long
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.instants import when
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Nothing need be said; above it stands what then holds."""
    answer = scene.about.clock(ClockKind.ANSWER)
    if answer is None or time_asked_for(scene.about) is None:
        return ()
    due = when(answer.due, scene.rules.calendar)
    reason = long("reason", "Why not? Whoever asked reads this.")
    return (Page((reason,), (f"You decline more time: the answer stays due {due}.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Decline:
    """The refusal, kindly worded or not at all."""
    return c.Decline(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="decline",
    label="Decline",
    usage="REF words…",
    about="Decline more time; the window stays as it was",
    title="Decline more time",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Decline,
    turns=True,
    leads=lambda concern, *_: time_asked_for(concern) is not None,
    pages=pages,
    act=act,
)
