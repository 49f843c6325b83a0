"""Where a concern stands, in sentences: who has the baton, until when, and what happens by itself.

Tiers, seats and clocks only; nothing here says a name or a story.
"""

from typing import assert_never

from concerns.calling import next_tier
from concerns.clocks import stage_clock
from concerns.model import Call, Clock, ClockKind, Concern, Outcome, Safer, Stage
from concerns.pathway import OnLapse
from concerns.promise import ExtensionState
from concerns.rules import Rules
from views.instants import when
from views.labels import ENDINGS, role, seat


def place_on_ladder(concern: Concern, rules: Rules) -> str:
    """`stage 2 of 4: Line managers`, or that it is a referral, agreed, closed."""
    match concern.stage:
        case Stage.REFERRED:
            return "a referral"
        case Stage.CALLED | Stage.ACKNOWLEDGED | Stage.ANSWERED:
            return tier_name(concern.tier or 1, rules)
        case Stage.AGREED:
            return "agreed"
        case Stage.CLOSED:
            return "closed"
        case _:
            assert_never(concern.stage)


def state(concern: Concern, rules: Rules) -> str:
    """`called, stage 2 of 4`, or that it is a referral, agreed, closed: shorter, and with how far it is."""
    if concern.stage in {Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ANSWERED}:
        return f"{concern.stage}, {tier_count(concern.tier or 1, rules)}"
    return place_on_ladder(concern, rules)


def tier_name(number: int, rules: Rules) -> str:
    """`stage 2 of 4: Line managers`, in the partnership's own word for a tier."""
    return f"{tier_count(number, rules)}: {rules.pathway.tier(number).name}"


def tier_count(number: int, rules: Rules) -> str:
    """`stage 2 of 4`."""
    return f"{rules.pathway.tier_word} {number} of {rules.pathway.top}"


def standing(concern: Concern, rules: Rules) -> tuple[str, ...]:
    """Who is accountable on each side, the clocks, and what happens by itself."""
    match concern.stage:
        case Stage.REFERRED:
            return _referred(concern, rules)
        case Stage.CALLED | Stage.ACKNOWLEDGED:
            return _awaited(concern, rules)
        case Stage.ANSWERED:
            manager = seat(concern.manager, rules.directory) if concern.manager else ""
            return (
                f"Answered{reported(concern)}. Waiting for: {manager or raising_side(concern, rules)}.",
                f"Called side: {challenged_side(concern, rules)}.",
                f"Asked again {_due(concern, rules)} if nothing is said. Silence never closes it.",
                *promised(concern, rules),
            )
        case Stage.AGREED:
            how = "Decided at the top of the ladder" if concern.outcome in DECISIONS else "Agreed"
            return (
                f"{how}. {_next_check(concern, rules)}",
                f"Waiting for: {raising_side(concern, rules)}.",
                f"Called side: {challenged_side(concern, rules)}.",
                *_objection(concern, rules),
                *promised(concern, rules),
            )
        case Stage.CLOSED:
            return (
                f"Closed: {_ending(concern)}.",
                "If the worry comes back, the raising side can reopen it.",
            )
        case _:
            assert_never(concern.stage)


def raising_side(concern: Concern, rules: Rules) -> str:
    """The one accountable seat of the raising side: the raiser's own at tier 1."""
    directory, call = rules.directory, concern.call
    if call and call.raising and directory.holders(call.raising):
        return seat(call.raising, directory)
    whose = "who carries it now" if concern.handed_over else "who raised it"
    return f"{role(rules.pathway.tier(1).raising)} {whose}, {directory.name_of(concern.raising)}"


def challenged_side(concern: Concern, rules: Rules) -> str:
    """The one accountable seat of the challenged side."""
    return seat(concern.call.challenged if concern.call else None, rules.directory)


def reported(concern: Concern) -> str:
    """That the raising side says so of the called side; the other side may correct it (design 4)."""
    return ", as reported by the raising side" if concern.reported else ""


def call_clocks(concern: Concern, rules: Rules) -> str:
    """What the running call still waits for, and until when."""
    call = concern.call
    if call is None:
        return ""
    if call.lapsed:
        return f"No answer came by {when(call.due, rules.calendar)}."
    answer = f"Answer due {when(call.due, rules.calendar)}."
    if concern.clock(ClockKind.ACKNOWLEDGE) is None or call.acknowledge_due is None:
        return answer
    return f"Acknowledge by {when(call.acknowledge_due, rules.calendar)}. {answer}"


def next_step(concern: Concern, rules: Rules) -> str:
    """What happens by itself if nobody answers; empty while no tier is called."""
    call = concern.call
    if call is None:
        return ""
    if at_the_end(call, rules):
        return "Nobody is above this: the call is repeated until somebody answers or decides."
    number = next_tier(concern, call.tier, rules)
    if number is None:
        return "Nobody above this can be called today: then the coordinator is."
    above = rules.pathway.tier(number)
    called = f"{rules.pathway.tier_word} {above.number} ({above.name}) is called"
    if call.lapsed:
        return f"Unless the raising side moves it up sooner, {called} {_due(concern, rules)}."
    if rules.pathway.on_lapse is OnLapse.ASK:
        return f"If nobody answers, the raising side is asked first, then {called}."
    return f"If nobody answers, {called}."


def at_the_end(call: Call, rules: Rules) -> bool:
    """Whether nobody is left to call after this one."""
    return call.tier >= rules.pathway.top or call.challenged is None


def next_action(concern: Concern, rules: Rules) -> tuple[str, ...]:
    """What somebody can do about it now, for an agency's own private channel."""
    match concern.stage:
        case Stage.REFERRED:
            word = rules.pathway.tier_word
            return (f"Next: log each contact, record the response when it comes, or open {word} 1.",)
        case Stage.CALLED:
            return ("Next: the called seat acknowledges, then answers; the raising side logs each contact.",)
        case Stage.ACKNOWLEDGED:
            return ("Next: the called seat answers, or hands it back; the raising side logs each contact.",)
        case Stage.ANSWERED:
            return ("Next: the raising side accepts the answer, or says it is not enough.",)
        case Stage.AGREED if concern.safer is Safer.NO:
            return ("Next: the raising side reopens it.",)
        case Stage.AGREED:
            return ("Next: the raising side looks whether the person is safer, and records the check.",)
        case Stage.CLOSED:
            return ()
        case _:
            assert_never(concern.stage)


DECISIONS = frozenset({Outcome.DECIDED, Outcome.DECIDED_WITH_DISSENT})
"""The outcomes the top of the ladder records, where no answer was accepted."""


def next_clock(concern: Concern) -> Clock | None:
    """The soonest clock that somebody waits for: what its stage is about, or an action that was promised."""
    quiet = {ClockKind.REMIND, ClockKind.OBJECTION}
    return next((clock for clock in concern.clocks if clock.kind not in quiet), None)


def promised(concern: Concern, rules: Rules) -> tuple[str, ...]:
    """How far the actions are, if any were promised; whose they are stands in the record."""
    owed = concern.open_actions
    if not concern.actions or concern.stage is Stage.CLOSED:
        return ()
    kept = [action for action in concern.actions if not action.dropped]
    done = f"Actions: {len(kept) - len(owed)} of {len(kept)} done"
    if not owed:
        return (f"{done}.",) if kept else ()
    first = min(owed, key=lambda action: action.due)
    is_due = "was due" if first.times else "is due"
    return (f"{done}; action {first.number} {is_due} {when(first.due, rules.calendar)}.",)


def asked_for_time(call: Call, rules: Rules) -> tuple[str, ...]:
    """What became of a request for more time."""
    extension = call.extension
    if extension is None or call.lapsed:
        return ()
    match extension.state:
        case ExtensionState.ASKED:
            until = when(extension.until, rules.calendar)
            return (f"More time is asked for, until {until}: the raising side agrees or declines.",)
        case ExtensionState.AGREED:
            return ("More time was agreed.",)
        case ExtensionState.DECLINED | ExtensionState.OVERTAKEN:
            return ()
        case _:
            assert_never(extension.state)


def _referred(concern: Concern, rules: Rules) -> tuple[str, ...]:
    word, asked = rules.pathway.tier_word, concern.clock(ClockKind.REFERRAL_ASK)
    clock = f"Response due {_due(concern, rules)}."
    after = f"If none comes, {word} 1 ({rules.pathway.tier(1).name}) can be opened."
    if asked:
        clock = "No response came in time."
        after = f"The raising side can open {word} 1 now; it opens by itself {_due(concern, rules)}."
    return (
        f"Waiting for: {rules.directory.name_of(concern.challenged)}. {clock}",
        f"Raising side: {raising_side(concern, rules)}.",
        after,
    )


def _awaited(concern: Concern, rules: Rules) -> tuple[str, ...]:
    call = concern.call
    if call is None:
        return ()
    acknowledged = concern.stage is Stage.ACKNOWLEDGED
    has_it = f"Acknowledged{reported(concern)}. The answer is still owed by"
    waiting = has_it if acknowledged else "Waiting for"
    convener = (f"Convener: {seat(call.convener, rules.directory)}.",) if call.convener else ()
    again = (f"Called again {call.again} time{'s' * (call.again > 1)}.",) if call.again else ()
    return (
        f"{waiting}: {challenged_side(concern, rules)}.",
        call_clocks(concern, rules),
        f"Raising side: {raising_side(concern, rules)}.",
        *convener,
        *again,
        *asked_for_time(call, rules),
        *promised(concern, rules),
        next_step(concern, rules),
        rules.pathway.emergency.text,
    )


def _next_check(concern: Concern, rules: Rules) -> str:
    """What is owed once it is settled, and since when; a no is not the end of it."""
    due = _due(concern, rules)
    if concern.safer is Safer.NO:
        return f"The check says the person is not safer. Next: reopen it. Asked again {due}."
    if concern.asked_again and concern.check_due:
        was = when(concern.check_due, rules.calendar)
        return f"The check whether the person is safer was due {was}; asked again {due}."
    return f"Next comes a check whether the person is safer, due {due}."


def _ending(concern: Concern) -> str:
    if concern.duplicate_of:
        return f"{concern.duplicate_of} carries it on"
    return ENDINGS[concern.ending] if concern.ending else "on record"


def _objection(concern: Concern, rules: Rules) -> tuple[str, ...]:
    clock = concern.clock(ClockKind.OBJECTION)
    until = when(clock.due, rules.calendar) if clock else ""
    return (f"Whoever raised it may object until {until}.",) if clock else ()


def _due(concern: Concern, rules: Rules) -> str:
    clock = stage_clock(concern)
    return when(clock.due, rules.calendar) if clock else "soon"
