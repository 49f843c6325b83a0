"""/concern mine: what waits on me first, then what is open and mine to follow."""

from concerns.authority import may_see
from concerns.model import Concern
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from handlers.steps import waits_on
from views.parts import Field, Message
from views.record import mine


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """Those in this person's hands first, the soonest due of each first."""
    listed = [
        (concern, scene.record.rules(concern.pathway), waits_on(scene.person, concern, scene.directory))
        for concern in scene.record.listing(open_only=True)
        if may_see(scene.person, concern, scene.directory)
    ]
    listed.sort(key=lambda one: (not one[2], _due(one[0])))
    return mine(listed, scene.now)


def _due(concern: Concern) -> float:
    return concern.due.timestamp() if concern.due else float("inf")


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
