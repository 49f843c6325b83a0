"""The pings of a running call: who is asked to answer, until when, and what happens if nobody does.

They blame nobody: a call that was not answered is called again or moves up, and that is all they say.
"""

from concerns.authority import for_raising
from concerns.directory import Directory
from concerns.model import Call, Concern, Stage, Why
from concerns.notice import Notice, PlaceKind
from concerns.people import PersonId
from concerns.rules import Rules
from views.cards import buttons, deciding, titled, urgently
from views.instants import span, unless_unset
from views.labels import WHY, capital, seat
from views.parts import Button, Message
from views.standing import at_the_end, call_clocks, challenged_side, next_step, raising_side, tier_count


def called(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """A tier is asked to answer."""
    call, emergency = concern.call, rules.pathway.emergency.text
    convener = call.convener if call else None
    return Message(
        title=_is_called(concern, rules),
        lines=(
            *_asked(notice, concern, rules),
            f"Convener: {seat(convener, rules.directory)}." if convener else "",
            f"Raising side: {raising_side(concern, rules)}.",
            next_step(concern, rules),
            emergency if notice.urgent else "",
        ),
        buttons=answering(concern, rules),
    )


def called_again(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The top tier is asked once more; silence never closes anything."""
    return Message(
        title=f"{_is_called(concern, rules)} again",
        lines=(
            f"There is no answer yet. This is call {notice.times + 1}.",
            _late(notice),
            f"Asked to answer: {challenged_side(concern, rules)}.",
            _due(notice, rules, "The next call is {}, unless an answer comes first."),
        ),
        buttons=answering(concern, rules),
    )


def coordinator_called(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """No seat could be called, so the coordinator is."""
    return Message(
        title=titled(concern, rules, "no seat can be called, so you are"),
        lines=(
            "No seat from here up has anybody to call. Until one does, the answer is looked for from you.",
            _late(notice),
            call_clocks(concern, rules),
            "Please fill the seats in the directory, or bring both sides together yourself.",
        ),
        buttons=answering(concern, rules),
    )


def raising_told(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The raising side hears whom it is waiting for, and who speaks for it now."""
    person, word = PersonId(notice.place.id), rules.pathway.tier_word
    speaks = for_raising(person, concern, rules.directory)
    ahead = "For your information: nothing is asked of you."
    if concern.tier == 1:
        ahead = f"For your information: if it moves up to {word} 2, you speak for your side."
    last = concern.call is None or at_the_end(concern.call, rules)
    up = () if last else (("Move up now", "escalate"),)
    convener = concern.call.convener if concern.call else None
    return Message(
        title=_is_called(concern, rules),
        lines=(
            *_asked(notice, concern, rules),
            f"Accountable on your side: {raising_side(concern, rules)}.",
            f"Convener: {seat(convener, rules.directory)}." if convener else "",
            next_step(concern, rules),
            "" if speaks else ahead,
            rules.pathway.emergency.text if notice.urgent else "",
        ),
        buttons=buttons(concern, ("Show", "show"), ("Log a contact", "contact"), *up),
    )


def ring_them(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An agency that is not on Baton is rung up by the raising side."""
    call, directory = concern.call, rules.directory
    return Message(
        title=titled(concern, rules, "please ring them"),
        lines=(
            f"{directory.name_of(concern.challenged)} is not on Baton, so this call needs your voice.",
            f"Ask for: {challenged_side(concern, rules)}.",
            _reached(notice, call, directory),
            f"{call_clocks(concern, rules)} The clock runs as usual.",
            "When they answer, record it here.",
        ),
        buttons=buttons(concern, ("Log a contact", "contact"), ("They answered", "answer"), ("Show", "show")),
        discreet=True,
    )


def _reached(notice: Notice, call: Call | None, directory: Directory) -> str:
    """Numbers and addresses, which may be a person's own: never in a channel, also not where it stands in."""
    if notice.place.kind is PlaceKind.CHANNEL:
        return "No number is shown in a channel: use their published one."
    people = [directory.person(id) for id in directory.holders(call.challenged)] if call else []
    reach = "; ".join(", ".join(part for part in (p.phone, p.email) if part) for p in people if p)
    return f"Reach them at: {reach}." if reach else "No number is listed here: use their published one."


def reminded(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An answer is still owed."""
    return Message(
        title=titled(concern, rules, "an answer is still owed"),
        lines=(call_clocks(concern, rules), next_step(concern, rules)),
        buttons=answering(concern, rules),
    )


def acknowledgement_lapsed(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The deputies are asked to step in; nothing has moved up."""
    return Message(
        title=titled(concern, rules, "not acknowledged yet"),
        lines=(
            "Nobody has said yet that they have it.",
            "Deputies of the seat that was called: can one of you take it?"
            if _deputised(concern, rules)
            else "",
            _due(notice, rules, "The answer is still due {}. Nothing has moved up."),
        ),
        buttons=answering(concern, rules),
    )


def next_tier_told(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """The next tier hears early that it may be called."""
    happened, then = "nobody has said yet that they have it", "Without an answer by {}, your seat comes next."
    if concern.call and concern.call.lapsed:
        happened = "no answer came in time, and the raising side is asked whether to move it up"
        then = "If nobody says, your seat is called {}."
    elif concern.stage is Stage.ACKNOWLEDGED:
        happened = "it is acknowledged, and the answer is still owed"
    return Message(
        title=titled(concern, rules, "your seat comes next"),
        lines=(f"For your information: {happened}.", _due(notice, rules, then)),
    )


def lapsed_ask(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """Where moving up is asked about first."""
    return Message(
        title=titled(concern, rules, "no answer came in time"),
        lines=(
            "The raising side is asked whether to move it up now.",
            _due(notice, rules, "If nobody says, it moves up by itself {}."),
        ),
        buttons=buttons(concern, _moving_up(concern), ("Show", "show")),
    )


def released(notice: Notice, concern: Concern, rules: Rules) -> Message:
    """An acknowledgement was handed back."""
    return Message(
        title=titled(concern, rules, "handed back"),
        lines=("It was handed back, so it needs somebody else.", call_clocks(concern, rules)),
        buttons=answering(concern, rules),
    )


def _asked(notice: Notice, concern: Concern, rules: Rules) -> tuple[str, ...]:
    """Why this tier is called, who is asked, and until when."""
    asked = f"Asked to answer: {challenged_side(concern, rules)}."
    return _because(concern, rules), _late(notice), asked, call_clocks(concern, rules)


def _due(notice: Notice, rules: Rules, sentence: str) -> str:
    return unless_unset(notice.due, rules.calendar, sentence)


def _deputised(concern: Concern, rules: Rules) -> bool:
    """Whether anybody sits there besides the first who was asked."""
    return len(rules.directory.holders(concern.call.challenged if concern.call else None)) > 1


def _is_called(concern: Concern, rules: Rules) -> str:
    return f"{urgently(concern)}{concern.ref}, {tier_count(concern.tier or 1, rules)} is called"


def _because(concern: Concern, rules: Rules) -> str:
    """Why this tier is called, in a sentence or two."""
    call, word = concern.call, rules.pathway.tier_word
    if call is None:
        return ""
    if not call.passed_over or call.challenged is None:
        return _why(concern, call, rules)
    *others, last = (str(number) for number in call.passed_over)
    numbers = " and ".join(filter(None, (", ".join(others), last)))
    over = f"{capital(word)}{'s' * (len(call.passed_over) > 1)} {numbers} had nobody to call."
    return f"{_why(concern, call, rules)} {over}"


def _why(concern: Concern, call: Call, rules: Rules) -> str:
    word = rules.pathway.tier_word
    first, straight = concern.turn == 1, concern.turn == len(concern.climbed)
    match call.why:
        case Why.NO_ANSWER_IN_TIME if first:
            return "No response to the referral came in time."
        case Why.NO_ANSWER_IN_TIME if straight:
            return f"No answer came in time at {word} {concern.climbed[-2]}."
        case Why.NO_ANSWER_IN_TIME:
            return "No answer came in time."
        case Why.ANSWER_NOT_SUFFICIENT if call.taken_up:
            return "Whoever raised it objects: the answer that was accepted is not enough."
        case Why.ANSWER_NOT_SUFFICIENT if first:
            return "A response to the referral came, and did not settle it."
        case Why.CHOICE if call.taken_up:
            return "It had been settled, and the raising side takes it up again. Its history is on record."
        case Why.CHOICE if first:
            return "A concern has been raised."
        case Why.CHOICE:
            return f"The raising side asks {word} {call.tier} for an answer."
        case Why.IMMEDIATE_RISK | Why.ANSWER_NOT_SUFFICIENT:
            return f"{capital(WHY[call.why])}."


def _late(notice: Notice) -> str:
    return f"This call is {span(notice.late)} late; its windows count from now." if notice.late else ""


def _moving_up(concern: Concern) -> tuple[str, str]:
    """Where "agree" was already shown for more time in this call, moving up has its other button."""
    asked_before = concern.call is not None and concern.call.extension is not None
    return ("Move up now", "escalate") if asked_before else ("Agree to move up", "agree")


def answering(concern: Concern, rules: Rules) -> tuple[Button, ...]:
    """What the called side can do: handing back only once somebody has it, deciding only at the top."""
    first = ("Hand back", "release") if concern.stage is Stage.ACKNOWLEDGED else ("Acknowledge", "ack")
    return buttons(concern, first, ("Answer", "answer"), *deciding(concern, rules), ("Show", "show"))
