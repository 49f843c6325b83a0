"""What is said when something happens: one function for each kind of notice, short, and never without a next step.

Pings hold no name and no words; the door turns seats into mentions.
"""

from collections.abc import Callable
from dataclasses import replace

from concerns.model import Concern, Why
from concerns.notice import Notice, NoticeKind, PlaceKind
from concerns.people import ChannelId
from concerns.rules import Rules
from views.cards import buttons, card, card_title, next_step, raising_side, tier_name
from views.instants import span, when
from views.labels import WHY, seat
from views.parts import Button, Message

K = NoticeKind
Ping = Callable[[Notice, Concern, Rules], Message]


def render(notice: Notice, concern: Concern, rules: Rules, repeat: bool = False, code: str = "") -> Message:
    """The message of a notice, for the concern as it is now.

    `repeat` marks a message that may be standing there already, with the short `code` both copies share.
    """
    if notice.kind is K.CARD:
        message = card(concern, rules, trust_of(notice, rules))
    else:
        message = _PINGS[notice.kind](notice, concern, rules)
        seated = (rules.directory.holders(of) for of in notice.mentions)
        message = replace(
            message,
            mentions=tuple(dict.fromkeys(p for people in seated for p in people)),
            urgent=notice.urgent,
        )
    message = replace(message, lines=tuple(line for line in message.lines if line))
    if repeat:
        note = (
            f"Possible repeat of message {code}: the first try may have arrived. Nothing needs doing twice."
        )
        message = replace(message, lines=(note, *message.lines))
    return message


def trust_of(notice: Notice, rules: Rules) -> int:
    """How much the place may carry; a private chat and an unlisted channel count as 0."""
    if notice.place.kind is PlaceKind.PERSON:
        return 0
    channel = rules.directory.channel(ChannelId(notice.place.id))
    return channel.trust if channel else 0


def _called(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)} is called",
        lines=(
            *_because(notice, concern, rules),
            *_late(notice),
            _clocks(notice, rules),
            f"Raising side: {raising_side(concern, rules)}.",
            next_step(concern, rules),
        ),
        buttons=_answering(concern),
    )


def _because(notice: Notice, concern: Concern, rules: Rules) -> tuple[str, ...]:
    if notice.why is None:
        return ()
    word, tier = rules.pathway.tier_word, notice.tier or 1
    if notice.why is Why.NO_ANSWER_IN_TIME and tier > 1:
        return (f"It moved up because {WHY[notice.why]} below {word} {tier}.",)
    if notice.why is Why.CHOICE and tier == 1:
        return ("A concern has been raised and your answer is asked for.",)
    return (f"It comes here because {WHY[notice.why]}.",)


def _late(notice: Notice) -> tuple[str, ...]:
    if not notice.late:
        return ()
    return (f"This call is {span(notice.late)} late; its windows count from now.",)


def _clocks(notice: Notice, rules: Rules) -> str:
    answer = f"Answer by {when(notice.due, rules.calendar)}." if notice.due else ""
    if notice.acknowledge_due:
        return f"Acknowledge by {when(notice.acknowledge_due, rules.calendar)}. {answer}"
    return answer


def _answering(concern: Concern) -> tuple[Button, ...]:
    return buttons(concern, ("Acknowledge", "ack"), ("Answer", "answer"), ("Show", "show"))


def _called_again(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)} is called again",
        lines=(
            f"Still no answer. This is call {notice.times + 1} to the top of the ladder.",
            *_late(notice),
            f"Next call {when(notice.due, rules.calendar)}, unless an answer comes first."
            if notice.due
            else "",
        ),
        buttons=_answering(concern),
    )


def _coordinator_called(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: nobody to call, so you are called",
        lines=(
            "No seat above holds anybody. Until one does, the answer is looked for from you.",
            *_late(notice),
            _clocks(notice, rules),
        ),
        buttons=_answering(concern),
    )


def _raising_told(notice: Notice, concern: Concern, rules: Rules) -> Message:
    answers = seat(concern.call.challenged if concern.call else None, rules.directory)
    return Message(
        title=f"{card_title(concern, rules)} is called",
        lines=(
            *_because(notice, concern, rules),
            *_late(notice),
            f"Asked to answer: {answers}. {_clocks(notice, rules)}",
            f"Accountable on your side: {raising_side(concern, rules)}.",
            next_step(concern, rules),
        ),
        buttons=buttons(concern, ("Show", "show"), ("Log a contact", "contact"), ("Escalate", "escalate")),
    )


def _ring_them(notice: Notice, concern: Concern, rules: Rules) -> Message:
    call, directory = concern.call, rules.directory
    answers = seat(call.challenged if call else None, directory)
    people = [directory.person(id) for id in directory.holders(call.challenged)] if call else []
    reach = "; ".join(" ".join(part for part in (p.phone, p.email) if part) for p in people if p)
    return Message(
        title=f"{card_title(concern, rules)}: please ring them",
        lines=(
            f"{directory.name_of(concern.challenged)} is not on Baton, so this call needs your voice.",
            f"Ask for: {answers}. {reach or 'No number is listed: use their published one.'}",
            f"{_clocks(notice, rules)} The clock runs as usual.",
            "When they answer, report it here.",
        ),
        buttons=buttons(
            concern, ("Log a contact", "contact"), ("Report an answer", "answer"), ("Show", "show")
        ),
    )


def _no_channel(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{concern.ref}: a side has no channel",
        lines=(
            f"{tier_name(notice.tier or 1, rules)} was called, and one side has no channel that may carry it.",
            "Its seat was told privately and the clock runs. Please add a channel to the directory.",
        ),
        buttons=buttons(concern, ("Show", "show")),
    )


def _skipped(notice: Notice, concern: Concern, rules: Rules) -> Message:
    empty = seat(notice.mentions[0], rules.directory) if notice.mentions else "a seat"
    return Message(
        title=f"{concern.ref}: nobody to call at {rules.pathway.tier_word} {notice.tier}",
        lines=(
            f"The seat {empty} is empty, so the call went past it. That is on record.",
            "Please fill the seat in the directory before it is needed again.",
        ),
        buttons=buttons(concern, ("Show", "show")),
    )


def _reminded(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: an answer is still owed",
        lines=(
            f"Answer due {when(notice.due, rules.calendar)}." if notice.due else "",
            next_step(concern, rules),
        ),
        buttons=_answering(concern),
    )


def _acknowledgement_lapsed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: not acknowledged yet",
        lines=(
            "Nobody has said they have it. Deputies: can one of you take it?",
            f"The answer is still due {when(notice.due, rules.calendar)}. Nothing has moved up."
            if notice.due
            else "",
        ),
        buttons=_answering(concern),
    )


def _next_tier_told(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: not acknowledged yet",
        lines=(
            "For your information: the seat below yours has not acknowledged it.",
            f"If no answer comes by {when(notice.due, rules.calendar)}, yours is called."
            if notice.due
            else "",
        ),
    )


def _lapsed_ask(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: no answer came in time",
        lines=(
            "The raising side is asked whether to move up now.",
            f"If nobody says, it moves up by itself {when(notice.due, rules.calendar)}."
            if notice.due
            else "",
        ),
        buttons=buttons(concern, ("Move up now", "escalate"), ("Show", "show")),
    )


def _acknowledged(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{concern.ref}: acknowledged",
        lines=(
            "They say they have it. The answer clock runs on"
            + (f": due {when(notice.due, rules.calendar)}." if notice.due else "."),
        ),
        buttons=buttons(concern, ("Show", "show")),
    )


def _released(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{card_title(concern, rules)}: handed back",
        lines=("The acknowledgement was handed back. Somebody else is needed.", _clocks(notice, rules)),
        buttons=_answering(concern),
    )


def _answered(notice: Notice, concern: Concern, rules: Rules) -> Message:
    by = f" by {when(notice.due, rules.calendar)}" if notice.due else ""
    return Message(
        title=f"{card_title(concern, rules)}: answered",
        lines=(f"The raising side reads it, then accepts it or says it is not enough{by}.",),
        buttons=buttons(
            concern, ("Read the answer", "show"), ("Accept", "accept"), ("Not enough", "dispute")
        ),
    )


def _acceptance_due(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{concern.ref}: will this answer do?",
        lines=(
            "An answer was given, and the raising side has not said whether it is enough.",
            f"Asked again {when(notice.due, rules.calendar)}. Silence never closes a concern."
            if notice.due
            else "",
        ),
        buttons=buttons(
            concern, ("Read the answer", "show"), ("Accept", "accept"), ("Not enough", "dispute")
        ),
    )


def _accepted(notice: Notice, concern: Concern, rules: Rules) -> Message:
    check = f"The follow-up check is due {when(notice.due, rules.calendar)}." if notice.due else ""
    return Message(
        title=f"{concern.ref}: agreed",
        lines=("The raising side accepts the answer. Thank you.", check),
        buttons=buttons(concern, ("Show", "show")),
    )


def _check_due(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{concern.ref}: is the person safer now?",
        lines=("The follow-up check is due. A minute is enough: look, then say what you found.",),
        buttons=buttons(concern, ("Follow-up check", "check"), ("Reopen", "reopen"), ("Show", "show")),
    )


def _referral_lapsed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    word = rules.pathway.tier_word
    by_itself = (
        f" If you do nothing it opens by itself {when(notice.due, rules.calendar)}." if notice.due else ""
    )
    return Message(
        title=f"{concern.ref}: no response to your referral",
        lines=(f"The time for a response has passed. You can open {word} 1 now.{by_itself}",),
        buttons=buttons(
            concern,
            (f"Open {word} 1", "escalate"),
            ("A response came", "responded"),
            ("Log a contact", "contact"),
        ),
    )


def _contacts_unanswered(notice: Notice, concern: Concern, rules: Rules) -> Message:
    word = rules.pathway.tier_word
    return Message(
        title=f"{concern.ref}: {notice.times} contacts without an answer",
        lines=(
            f"You have tried {notice.times} times. You need not wait for the clock: you can open {word} 1 now.",
            f"The response is due {when(notice.due, rules.calendar)}." if notice.due else "",
        ),
        buttons=buttons(concern, (f"Open {word} 1", "escalate"), ("Log a contact", "contact")),
    )


def _closed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    shown = card(concern, rules, 0)
    return Message(title=f"{concern.ref}: closed", lines=shown.lines, buttons=shown.buttons)


def _dead_letter(notice: Notice, concern: Concern, rules: Rules) -> Message:
    return Message(
        title=f"{concern.ref}: a message could not be delivered",
        lines=(
            "A place Baton should speak in cannot be reached. The clock runs on, and the people were told another way"
            " where there is one.",
            "Please check the channel or account in the directory.",
        ),
        buttons=buttons(concern, ("Show", "show")),
    )


_PINGS: dict[NoticeKind, Ping] = {
    K.CALLED: _called,
    K.CALLED_AGAIN: _called_again,
    K.COORDINATOR_CALLED: _coordinator_called,
    K.RAISING_TOLD: _raising_told,
    K.RING_THEM: _ring_them,
    K.NO_CHANNEL: _no_channel,
    K.SKIPPED: _skipped,
    K.REMINDED: _reminded,
    K.ACKNOWLEDGEMENT_LAPSED: _acknowledgement_lapsed,
    K.NEXT_TIER_TOLD: _next_tier_told,
    K.LAPSED_ASK: _lapsed_ask,
    K.ACKNOWLEDGED: _acknowledged,
    K.RELEASED: _released,
    K.ANSWERED: _answered,
    K.ACCEPTANCE_DUE: _acceptance_due,
    K.ACCEPTED: _accepted,
    K.CHECK_DUE: _check_due,
    K.REFERRAL_LAPSED: _referral_lapsed,
    K.CONTACTS_UNANSWERED: _contacts_unanswered,
    K.CLOSED: _closed,
    K.DEAD_LETTER: _dead_letter,
}
