"""The desk's own refusals: calm sentences that say what to do instead, and give nothing away.

What may be done to a concern is decided in `concerns.decide`, in its own sentences; here stands what is
refused before a form is filled in for nothing.
"""

from concerns.decide import not_now
from concerns.model import Concern
from concerns.rules import Refused, Rules
from handlers.scene import Scene, Side, Verb
from handlers.steps import may_use, whose_move
from storage.errors import NotSaved, VaultLocked
from views.standing import place_on_ladder

NOT_YOURS = (
    "No concern with that reference is open to you. Check it; it looks like C-7F3K-9QMX."
    " If you should see it, ask your coordinator."
)
GONE = (
    "This form is not open any more: it was sent already or thrown away, nothing is left for it to do, or it"
    " was opened more than seven days ago."
    " If nothing of it is on record, start again with the command."
)
NOT_LISTED = (
    "The directory does not list this account, so this form cannot go on."
    " If it is yours, what you sent of it before is kept until it is seven days old: ask your agency's"
    " directory owner to list you again, then go on with it."
    " Until then use your own agency's safeguarding route."
)
"""For everybody the directory does not list, whether there is such a form or not: it gives none away."""
LOCKED = (
    "Not saved: private words cannot be sealed just now. Nothing was stored. Please send it again later, when"
    " whoever runs Baton has put that right. What cannot wait, do by phone."
)
NO_BUTTON = "This button no longer does anything. Send {slash}concern mine to see what waits on you."
NONE_FITS = "{label}: there is no concern of yours to do that with just now. {slash}concern mine lists yours."
NO_COMMAND = (
    "Baton only reads commands, so nothing was stored."
    " Send {slash}concern to raise a concern, or {slash}concern help."
)
TOO_LONG = (
    "That is too long for one line, so nothing was stored."
    " Send only the command: a form comes, with room for more."
    " If someone is in immediate danger ring 999."
)

NOT_THE_OWNER = (
    "Only those who look after the directory can do that: its owners, and the coordinator."
    " Ask your agency's directory owner."
)
OVERHEARD_CODE = (
    "Others can read what is typed here, so the code was not used."
    " Send it to Baton in private; if somebody else may have read it, ask for a new one."
)

_PART = Refused("Only those who have a part in this concern can do that. You see where it stands with show.")
_CALLED = "This is for the seat that was called, its deputies or the convener"
_MOVES = {
    Side.RAISING: Refused(
        "This is for the raising side: whoever raised it, or its seat that is accountable now."
        " If you are worried, speak with them."
    ),
    Side.CHALLENGED: Refused(f"{_CALLED}. If you spoke with them, log a contact."),
    Side.BOTH: Refused(f"{_CALLED}; the raising side can record what they said. Speak with one of them."),
    Side.ANY: _PART,
    Side.OWNER: Refused(
        "This is for those with a part in this concern, and for whoever was named to do something about it."
        " You see where it stands with show."
    ),
    Side.KEEPER: Refused(
        "This is for the raising side, or for the coordinator when somebody has left. Ask one of them."
    ),
    Side.COORDINATOR: Refused(
        "Only the partnership's coordinator moves a running window."
        " The called side can ask the raising side for more time with extend."
    ),
}


def out_of_place(verb: Verb, scene: Scene) -> Refused | None:
    """Why this command is not for this person, or not for this concern now."""
    too_late = not_now(scene.about.stage, verb.command) if verb.command else None
    return not_theirs(verb, scene) or too_late


def not_theirs(verb: Verb, scene: Scene) -> Refused | None:
    """Why this command is not for this person, however far the concern is."""
    concern, person, directory = scene.about, scene.person, scene.directory
    if not may_use(verb.policy, concern, person, directory):
        return _PART
    if verb.command is None or whose_move(verb.side, concern, person, directory):
        return None
    return _MOVES[verb.side]


def moved_on(verb: Verb, concern: Concern, rules: Rules) -> str:
    """A form sent after the concern has moved on: its words stay, and may be sent again."""
    too_late = not_now(concern.stage, verb.command) if verb.command else None
    then = too_late.sentence if too_late else "If it still holds, send it again."
    place = place_on_ladder(concern, rules)
    return f"This has moved on meanwhile: {place}. Nothing was sent, and your words are still here. {then}"


def not_saved(trouble: NotSaved) -> str:
    """Nothing was stored, and why; where the key lies is nobody's business but the operator's."""
    if isinstance(trouble, VaultLocked):
        return LOCKED
    why = _uncapitalised(trouble.reason.rstrip("."))
    return f"Not saved: {why}. What you typed is still here; please send it again in a moment."


def _uncapitalised(said: str) -> str:
    return said[:1].lower() + said[1:]
