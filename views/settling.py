"""The pings around a call: a referral that waits, what the called side said, a check to make, a gap to mend.

Like every ping they hold no name and no words.
"""

from concerns.authority import for_challenged
from concerns.model import Concern
from concerns.notice import Notice, PlaceKind
from concerns.people import PersonId
from concerns.rules import Rules
from views.cards import buttons
from views.instants import unless_unset
from views.labels import capital, seat
from views.parts import Button, Message
from views.promises import objection
from views.standing import standing, tier_count


def referral_lapsed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The raiser is asked whether to open the ladder."""
    word = rules.pathway.tier_word
    alone = _due(notice, rules, "If you do nothing it opens by itself {}.")
    return Message(
        title=f"{concern.ref}: no response to your referral yet",
        lines=(f"The time for a response has passed. You can open {word} 1 now.", alone),
        buttons=(*_opening(concern, rules), *buttons(concern, ("A response came", "responded"), _CONTACT)),
    )


def contacts_unanswered(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The raiser has tried often enough: the ladder is offered."""
    word = rules.pathway.tier_word
    return Message(
        title=f"{concern.ref}: {notice.times} contacts without an answer",
        lines=(
            f"You have tried {notice.times} times. You need not wait: you can open {word} 1 now.",
            _due(notice, rules, "The response is due {}."),
        ),
        buttons=(*_opening(concern, rules), *buttons(concern, _CONTACT)),
    )


def acknowledged(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The raising side hears that somebody has it; the called side, that it was reported to."""
    reported = _is_called(notice, concern, rules)
    lapsed = concern.call is not None and concern.call.lapsed
    owed = _due(notice, rules, "An answer is still owed by {}.")
    owed = "The time for an answer has passed, and it is still owed." if lapsed else owed
    note = "The raising side records that your side has it. If that is not so, correct it."
    return Message(
        title=f"{concern.ref}, {tier_count(concern.tier or 1, rules)}: acknowledged",
        lines=(note if reported else "They have it.", owed),
        buttons=buttons(concern, _SHOW, _CORRECT if reported else _CONTACT),
    )


def answered(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An answer came; the raising side reads it and says whether it will do."""
    reported = _is_called(notice, concern, rules)
    return Message(
        title=f"{concern.ref}, {tier_count(concern.tier or 1, rules)}: answered",
        lines=(
            "The raising side records an answer of yours. If that is not so, correct it." if reported else "",
            "The calling stops."
            if not concern.reported
            else "The raising side reports it; the calling stops.",
            "The raising side reads the answer, and accepts it or says it is not enough.",
            _due(notice, rules, "That is awaited by {}."),
        ),
        buttons=(*_deciding(concern), *(buttons(concern, _CORRECT) if reported else ())),
    )


def acceptance_due(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The answer still waits for a word."""
    return Message(
        title=f"{concern.ref}: will this answer do?",
        lines=(
            "An answer was given. The raising side has not said yet whether it is enough.",
            _due(notice, rules, "Asked again {}. Silence never closes a concern."),
        ),
        buttons=_deciding(concern),
    )


def accepted(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The answer will do; a check is owed. A raiser in whose place it was accepted may object."""
    mine = objection(notice, concern, rules)
    if mine is not None:
        return mine
    return Message(
        title=f"{concern.ref}: agreed",
        lines=(
            "The raising side accepts the answer. Thank you.",
            _due(notice, rules, "A check whether the person is safer is due {}."),
        ),
        buttons=buttons(concern, _SHOW),
    )


def check_due(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The follow-up check is asked for, each working day until it is made."""
    return Message(
        title=f"{concern.ref}: is the person safer now?",
        lines=(
            "The follow-up check is due: look, then say what you found.",
            _due(notice, rules, "Asked again {}."),
        ),
        buttons=buttons(concern, ("Follow-up check", "check"), ("Reopen", "reopen"), _SHOW),
    )


def closed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """It is over, and how."""
    return Message(
        title=f"{concern.ref}: closed", lines=standing(concern, rules), buttons=buttons(concern, _SHOW)
    )


def no_channel(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The coordinator is told of a side without a channel."""
    return Message(
        title=f"{concern.ref}: a side has no channel",
        lines=(
            f"{capital(tier_count(notice.tier or 1, rules))} was called, and one side has no channel for it.",
            "The people called were told privately, and the clock runs.",
            "Please add a channel to the directory.",
        ),
        buttons=buttons(concern, _SHOW),
    )


def skipped(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The coordinator is told of a seat with nobody to call."""
    empty = seat(notice.mentions[0], rules.directory) if notice.mentions else "one seat"
    return Message(
        title=f"{concern.ref}: nobody to call at {rules.pathway.tier_word} {notice.tier}",
        lines=(
            f"Nobody could be called as {empty}, so the call went on. That is on record.",
            "Please fill the seat in the directory before it is needed again.",
        ),
        buttons=buttons(concern, _SHOW),
    )


def dead_letter(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """Something could not be delivered; that is never quiet."""
    return Message(
        title=f"{concern.ref}: a message could not be delivered",
        lines=(
            "Baton cannot reach a channel or an account it should speak to. The clock runs on.",
            "Please check the channel or account in the directory, and reach the people yourself meanwhile.",
        ),
        buttons=buttons(concern, _SHOW),
    )


_SHOW = ("Show", "show")
_CONTACT = ("Log a contact", "contact")
_CORRECT = ("Correct it", "correct")


def _is_called(notice: Notice, concern: Concern, rules: Rules) -> bool:
    """Whether this is said in private to somebody on the called side."""
    person = PersonId(notice.place.id)
    return notice.place.kind is PlaceKind.PERSON and for_challenged(person, concern, rules.directory)


def _due(notice: Notice, rules: Rules, sentence: str) -> str:
    return unless_unset(notice.due, rules.calendar, sentence)


def _opening(concern: Concern, rules: Rules) -> tuple[Button, ...]:
    return buttons(concern, (f"Open {rules.pathway.tier_word} 1", "escalate"))


def _deciding(concern: Concern) -> tuple[Button, ...]:
    return buttons(concern, ("Read the answer", "show"), ("Accept", "accept"), ("Not enough", "dispute"))
