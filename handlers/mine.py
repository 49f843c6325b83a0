"""/concern mine: what waits on me first, then what is open and mine to follow, and what I have begun."""

from datetime import datetime

from concerns.model import Concern
from concerns.people import PersonId
from concerns.rules import Rules
from concerns.waiting import waits_for, waits_on
from handlers.accounts import to_be_decided
from handlers.answers import Answers
from handlers.scene import Policy, Reply, Scene, Verb
from handlers.steps import seen_by
from views.drafts import begun
from views.enrolment import above
from views.parts import Field, Message
from views.record import Mine, mine

BEGUN = 5
"""How many half-filled forms are listed; the latest are."""


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Reply:
    """The forms that can be gone on with, each with its buttons, then the concerns."""
    kept = scene.record.begun(scene.person, scene.now)[:BEGUN]
    return Reply(message=_listed(scene), aside=tuple(begun(one, scene.rules.calendar) for one in kept))


def _listed(scene: Scene) -> Message:
    """Those in this person's hands first, the soonest due of each first.

    What whoever looks after the directory has to decide stands above them all.
    """
    seen = seen_by(scene.person, scene.record, open_only=True)
    listed = [waiting_on(scene.person, concern, rules, scene.now) for concern, rules in seen]
    found = mine(sorted(listed, key=lambda one: not one.on_me), scene.now)
    first = to_be_decided(scene)
    return above(first, found) if first else found


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
