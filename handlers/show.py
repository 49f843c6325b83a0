"""/concern show: where a concern stands and its whole record, for those with a right to it."""

from collections.abc import Callable, Sequence

from handlers.answers import Answers
from handlers.scene import NOWHERE, Policy, Scene, Verb
from handlers.steps import steps
from views.parts import Field, Message
from views.record import show


def verb(menu: Callable[[], Sequence[Verb]]) -> Verb:
    """The command; it offers the next steps of the menu it stands in."""

    def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
        concern = scene.about
        return show(
            concern,
            scene.record.history(concern.ref),
            scene.rules,
            words=scene.reads,
            reader=scene.person,
            buttons=steps(menu(), concern, scene.person, scene.rules),
        )

    return Verb(
        name="show",
        label="Show",
        usage="REF",
        about="Where it stands, and the whole record",
        title="Show",
        policy=Policy.SEES_IT,
        pressed=NOWHERE,
        act=act,
    )
