"""/concern mine: what waits on me first, then what is open and mine to follow."""

from datetime import datetime

from concerns.model import Concern
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import waits_for, waits_on
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from handlers.steps import seen_by
from views.parts import Field, Message
from views.record import Mine, mine


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """Those in this person's hands first, the soonest due of each first."""
    seen = seen_by(scene.person, scene.record, open_only=True)
    listed = [waiting_on(scene.person, concern, rules, scene.now) for concern, rules in seen]
    return mine(sorted(listed, key=lambda one: not one.on_me), scene.now)


def waiting_on(person: PersonId, concern: Concern, rules: Rules, now: datetime) -> Mine:
    """Whether it waits on this person, who may answer for it or be one of several who may take it."""
    owed = waits_for(person, concern, rules, now)
    on_me = owed is not None or waits_on(person, concern, rules.directory)
    return Mine(concern, rules, on_me, owed)


VERB = Verb(
    name="mine",
    label="Mine",
    usage="",
    about="What waits on you, and what you follow",
    title="Mine",
    policy=Policy.ENROLLED,
    on_concern=False,
    act=act,
)
