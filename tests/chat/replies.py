"""Everything the desk says, so that a platform can be asked whether it takes it."""

from collections.abc import Callable, Iterator

from concerns.model import Ref
from handlers.menu import menu
from handlers.scene import Reply
from tests.handlers.offices import Office
from tests.partnership import AMIRA, JOEL, SAM, TOM

Stage = Callable[[Office], Ref]
STAGES: tuple[Stage, ...] = (
    Office.referred,
    Office.raised,
    Office.answered,
    Office.agreed,
    Office.closed,
)


def at_stage(stage: Stage, office: Office) -> Iterator[Reply]:
    """Whatever a command brings to anybody about a concern that has come so far."""
    ref = stage(office)
    for verb in menu():
        about = f" {ref}" if verb.on_concern else ""
        for person in (AMIRA, TOM, JOEL, SAM):
            yield office.say(person, f"/concern {verb.name}{about}")


def about_no_concern(office: Office) -> Iterator[Reply]:
    """What somebody of the directory is shown, and a stranger, with every lesson."""
    for person in (AMIRA, None):
        for line in ("/concern", "/concern pathway", "/concern help", "/concern guide", "/concern mine"):
            yield office.say(person, line)
