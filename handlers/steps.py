"""Which commands matter now, for this person and this concern. Help, `show` and `mine` all ask here."""

from collections.abc import Sequence

from concerns.authority import for_challenged, for_raising, may_read
from concerns.decide import ALLOWED
from concerns.model import Concern, Stage
from concerns.people import Directory, PersonId
from handlers.scene import Side, Verb
from views.cards import buttons
from views.parts import Button


def steps(
    verbs: Sequence[Verb], concern: Concern, person: PersonId, directory: Directory
) -> tuple[Button, ...]:
    """The commands this stage allows and this person may give, as buttons, in the menu's order."""
    fitting = (verb for verb in verbs if fits(verb, concern, person, directory))
    return buttons(concern, *((verb.label, verb.name) for verb in fitting))


def fits(verb: Verb, concern: Concern, person: PersonId, directory: Directory) -> bool:
    """Whether a command is allowed at this stage and is this person's to give (a report counts)."""
    if verb.command is None or verb.command not in ALLOWED[concern.stage]:
        return False
    raising = for_raising(person, concern, directory)
    match verb.side:
        case Side.RAISING:
            return raising
        case Side.CHALLENGED:
            return for_challenged(person, concern, directory) or raising
        case Side.EITHER:
            return may_read(person, concern, directory)


def waits_on(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether the baton is in this person's hands now."""
    match concern.stage:
        case Stage.CALLED | Stage.ACKNOWLEDGED:
            return for_challenged(person, concern, directory)
        case Stage.ANSWERED | Stage.AGREED:
            return for_raising(person, concern, directory)
        case Stage.REFERRED | Stage.CLOSED:
            return False
