"""The live card of a concern: where it stands, who has the baton, until when, and what happens next.

A card never holds a name or a story. How much more it says depends on the channel's trust (design 6).
"""

from concerns.model import Concern, Stage
from concerns.pathway import Tier
from concerns.rules import Rules
from views.instants import when
from views.labels import ENDINGS, GROUNDS, STRANDS, role, seat
from views.parts import Button, Message

SHARED_TRUST = 1
"""From this trust on a channel may carry the strand and the ground (design 6)."""


def card(concern: Concern, rules: Rules, trust: int) -> Message:
    """The one card of this concern in a channel of this trust; edited in place as things change."""
    return Message(
        title=card_title(concern, rules),
        lines=(*about(concern, trust), *standing(concern, rules)),
        buttons=card_buttons(concern),
        urgent=concern.urgent and concern.stage is not Stage.CLOSED,
    )


def card_title(concern: Concern, rules: Rules) -> str:
    """`Urgent: C-7F3K-9QMX, stage 2 of 4: Line managers`."""
    urgent = "Urgent: " if concern.urgent and concern.stage is not Stage.CLOSED else ""
    return f"{urgent}{concern.ref}, {place_on_ladder(concern, rules)}"


def place_on_ladder(concern: Concern, rules: Rules) -> str:
    """`stage 2 of 4: Line managers`, or that it is a referral, agreed, closed."""
    match concern.stage:
        case Stage.REFERRED:
            return "a referral waiting for a response"
        case Stage.AGREED:
            return "agreed"
        case Stage.CLOSED:
            return "closed"
        case _:
            return tier_name(concern.tier or 1, rules)


def tier_name(number: int, rules: Rules) -> str:
    """`stage 2 of 4: Line managers`, in the partnership's own word for a tier."""
    pathway = rules.pathway
    return f"{pathway.tier_word} {number} of {pathway.top}: {pathway.tier(number).name}"


def about(concern: Concern, trust: int) -> tuple[str, ...]:
    """Strand and grounds, where the channel may carry them."""
    if trust < SHARED_TRUST:
        return ()
    grounds = "; ".join(GROUNDS[ground] for ground in concern.grounds)
    return (f"{STRANDS[concern.strand]}. {grounds}." if grounds else f"{STRANDS[concern.strand]}.",)


def standing(concern: Concern, rules: Rules) -> tuple[str, ...]:
    """Who is accountable on each side, the clocks, and what happens next."""
    match concern.stage:
        case Stage.REFERRED:
            return _referred(concern, rules)
        case Stage.CALLED | Stage.ACKNOWLEDGED:
            return _awaited(concern, rules)
        case Stage.ANSWERED:
            return _answered(concern, rules)
        case Stage.AGREED:
            return (f"Follow-up check by {_due(concern, rules)}, made by the raising side.",)
        case Stage.CLOSED:
            ending = ENDINGS[concern.ending] if concern.ending else "on record"
            return (f"Closed: {ending}.", "If the worry comes back, the raising side can reopen it.")


def raising_side(concern: Concern, rules: Rules) -> str:
    """The one accountable seat of the raising side: the raiser's own at tier 1."""
    directory, call = rules.directory, concern.call
    if call and call.raising and directory.holders(call.raising):
        return seat(call.raising, directory)
    return f"{role(rules.pathway.tier(1).raising)} who raised it, {directory.name_of(concern.raising)}"


def challenged_side(concern: Concern, rules: Rules) -> str:
    """The one accountable seat of the challenged side."""
    return seat(concern.call.challenged if concern.call else None, rules.directory)


def next_step(concern: Concern, rules: Rules) -> str:
    """What happens if nobody answers; the sentence every waiting card ends with."""
    call, pathway = concern.call, rules.pathway
    if call is None:
        return ""
    if call.lapsed:
        return f"Unless the raising side moves it up sooner, {_next_tier(call.tier, rules)} at {_due(concern, rules)}."
    if call.tier >= pathway.top or call.challenged is None:
        return "This is the top: it is called again until somebody answers."
    return f"If nobody answers, {_next_tier(call.tier, rules)}."


def _next_tier(tier: int, rules: Rules) -> str:
    above: Tier = rules.pathway.tier(tier + 1)
    return f"{rules.pathway.tier_word} {above.number} ({above.name}) is called"


def _referred(concern: Concern, rules: Rules) -> tuple[str, ...]:
    other = rules.directory.name_of(concern.challenged)
    word = rules.pathway.tier_word
    return (
        f"Waiting for: {other}. Response due {_due(concern, rules)}.",
        f"Raising side: {raising_side(concern, rules)}.",
        f"If nothing comes, {word} 1 ({rules.pathway.tier(1).name}) can be opened, and opens by itself later.",
    )


def _awaited(concern: Concern, rules: Rules) -> tuple[str, ...]:
    call = concern.call
    if call is None:
        return ()
    acknowledged = concern.stage is Stage.ACKNOWLEDGED
    waiting = f"Waiting for: {challenged_side(concern, rules)}."
    if acknowledged:
        waiting = f"Acknowledged. The answer is still owed by: {challenged_side(concern, rules)}."
    clocks = f"Answer due {when(call.due, rules.calendar)}."
    if call.acknowledge_due and not acknowledged and not call.acknowledgement_lapsed:
        clocks = f"Acknowledge by {when(call.acknowledge_due, rules.calendar)}. {clocks}"
    if call.lapsed:
        clocks = f"No answer came by {when(call.due, rules.calendar)}."
    convener = (f"Convener: {seat(call.convener, rules.directory)}.",) if call.convener else ()
    again = (f"Called again {call.again} time{'s' * (call.again > 1)}.",) if call.again else ()
    return (
        waiting,
        clocks,
        f"Raising side: {raising_side(concern, rules)}.",
        *convener,
        *again,
        next_step(concern, rules),
        rules.pathway.emergency.text,
    )


def _answered(concern: Concern, rules: Rules) -> tuple[str, ...]:
    return (
        f"Answered. Waiting for: {raising_side(concern, rules)}, to accept it or say it is not enough.",
        f"Asked again {_due(concern, rules)} if nothing is said. Silence never closes it.",
    )


def _due(concern: Concern, rules: Rules) -> str:
    return when(concern.due, rules.calendar) if concern.due else "the next working day"


_CARD_BUTTONS: dict[Stage, tuple[tuple[str, str], ...]] = {
    Stage.REFERRED: (("Log a contact", "contact"), ("A response came", "responded"), ("Show", "show")),
    Stage.CALLED: (("Acknowledge", "ack"), ("Answer", "answer"), ("Show", "show")),
    Stage.ACKNOWLEDGED: (("Answer", "answer"), ("Hand back", "release"), ("Show", "show")),
    Stage.ANSWERED: (("Accept", "accept"), ("Not enough", "dispute"), ("Show", "show")),
    Stage.AGREED: (("Follow-up check", "check"), ("Show", "show")),
    Stage.CLOSED: (("Show", "show"),),
}


def card_buttons(concern: Concern) -> tuple[Button, ...]:
    """The next steps as buttons. Anyone may see them; who may press is looked up when they do."""
    return buttons(concern, *_CARD_BUTTONS[concern.stage])


def buttons(concern: Concern, *named: tuple[str, str]) -> tuple[Button, ...]:
    """Buttons of this concern at its present turn, from (label, command) pairs."""
    return tuple(Button(label, command, concern.ref, concern.turn) for label, command in named)
