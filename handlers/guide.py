"""/concern guide: when to escalate, when this is the wrong door, and whom to ring."""

from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from views.parts import Field, Message
from views.teaching import guide


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """The same for everybody."""
    return guide(scene.emergencies(), scene.slash)


VERB = Verb(
    name="guide",
    label="When to escalate",
    usage="",
    about="When to escalate, when not to, and whom to ring",
    title="Guide",
    policy=Policy.ANYONE,
    on_concern=False,
    act=act,
)
