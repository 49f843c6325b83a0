"""/concern pathway: the ladder with its windows, and who holds each seat today."""

from concerns.people import AgencyKind
from handlers.answers import Answers
from handlers.scene import Policy, Scene, Verb
from views.parts import Field, Message
from views.teaching import ladder


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Message:
    """Every seat of the partnership: knowing the next person is half of escalating (domain 5, F10)."""
    agencies = sorted(scene.directory.agencies, key=lambda agency: agency.kind is AgencyKind.BOARD)
    return ladder(scene.rules, [agency.id for agency in agencies])


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
