"""The live card of a concern: where it stands, who has the baton, until when, and what happens next.

A card never holds a name or a story. How much more it says depends on the channel's trust (design 6).
"""

from concerns.model import Concern, Stage
from concerns.rules import Rules
from views.labels import GROUNDS, STRANDS
from views.parts import Button, Message
from views.standing import next_action, place_on_ladder, standing, tier_count

SHARED_TRUST = 1
"""From this trust on a channel may carry the strand and the ground (design 6)."""
OWN_TRUST = 2
"""From this trust on, one agency's own private channel, it may carry the next action (design 6)."""


def card(concern: Concern, rules: Rules, trust: int) -> Message:
    """The one card of this concern in a channel of this trust; edited in place as things change."""
    return Message(
        title=card_title(concern, rules),
        lines=(
            *(about(concern) if trust >= SHARED_TRUST else ()),
            *standing(concern, rules),
            *(next_action(concern, rules) if trust >= OWN_TRUST else ()),
        ),
        buttons=_of_card(concern, rules),
        urgent=is_urgent(concern),
    )


def card_title(concern: Concern, rules: Rules) -> str:
    """`Urgent: C-7F3K-9QMX, stage 2 of 4: Line managers`."""
    return f"{urgently(concern)}{concern.ref}, {place_on_ladder(concern, rules)}"


def titled(concern: Concern, rules: Rules, said: str) -> str:
    """`Urgent: C-7F3K-9QMX, stage 2 of 4: not acknowledged yet`."""
    return f"{urgently(concern)}{concern.ref}, {tier_count(concern.tier or 1, rules)}: {said}"


def is_urgent(concern: Concern) -> bool:
    """Whether it still presses: a closed concern no longer does."""
    return concern.urgent and concern.stage is not Stage.CLOSED


def urgently(concern: Concern) -> str:
    """What a title begins with when it presses."""
    return "Urgent: " if is_urgent(concern) else ""


def about(concern: Concern) -> tuple[str, ...]:
    """Strand and grounds; for channels that may carry them, and in private."""
    grounds = "; ".join(GROUNDS[ground] for ground in concern.grounds)
    return (f"{STRANDS[concern.strand]}. {grounds}." if grounds else f"{STRANDS[concern.strand]}.",)


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


def deciding(concern: Concern, rules: Rules) -> tuple[tuple[str, str], ...]:
    """At the top of the ladder a decision can be recorded too."""
    awaited = concern.stage in {Stage.CALLED, Stage.ACKNOWLEDGED}
    return (("Record a decision", "decide"),) if awaited and concern.tier == rules.pathway.top else ()


def _of_card(concern: Concern, rules: Rules) -> tuple[Button, ...]:
    *first, show = card_buttons(concern)
    return (*first, *buttons(concern, *deciding(concern, rules)), show)


def buttons(concern: Concern, *named: tuple[str, str]) -> tuple[Button, ...]:
    """Buttons of this concern at its present turn, from (label, command) pairs."""
    return tuple(Button(label, command, concern.ref, concern.turn) for label, command in named)
