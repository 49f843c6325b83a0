"""/concern withdraw: the raising side closes a concern that no longer stands, its reason on record."""

from concerns import commands as c
from handlers.answers import Answers
from handlers.fields import BOTH_READ, long
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Why it no longer stands."""
    reason = long("reason", "Why does it no longer stand? It goes on record.", required=True)
    return (Page((reason,), (BOTH_READ,)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Withdraw:
    """The withdrawal, with its reason."""
    return c.Withdraw(by=scene.person, words=answers.words(fields))


VERB = Verb(
    name="withdraw",
    label="Withdraw",
    usage="REF words…",
    about="Close it because it no longer stands",
    title="Withdraw",
    policy=Policy.SEES_IT,
    side=Side.RAISING,
    command=c.Withdraw,
    turns=True,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)
