"""/concern pathway: the ladder with its windows, and who holds each seat today."""

from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from views.parts import Field, Message
from views.teaching import ladder


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """The whole ladder, for everybody in the partnership."""
    return ladder(scene.rules)


VERB = Verb(
    name="pathway",
    label="See the pathway",
    usage="",
    about="The ladder, its windows, and who holds each seat today",
    title="The pathway",
    policy=Policy.ENROLLED,
    on_concern=False,
    act=act,
)
