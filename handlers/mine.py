"""/concern mine: what waits on me first, then what is open and mine to follow."""

from concerns.waiting import waits_on
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from handlers.steps import seen_by
from views.parts import Field, Message
from views.record import mine


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """Those in this person's hands first, the soonest due of each first."""
    seen = seen_by(scene.person, scene.record, open_only=True)
    listed = [(concern, rules, waits_on(scene.person, concern, rules.directory)) for concern, rules in seen]
    return mine(listed, scene.now)


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
