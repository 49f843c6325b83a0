"""What holds for every rehearsal, on ladders nobody has seen before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rehearse import as_json
from bot.timetable import WIDTH, timetable
from concerns.pathway import OnLapse, Pathway, Tier, Urgent
from concerns.rehearsal import TIMES_AGAIN, Step, What, rehearsal_rules, rehearse
from concerns.rules import Rules
from concerns.window import Unit, Window
from tests.ladders import CALENDAR, DAILY, tier

_ORDER = list(What)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_AT_MOST = {Unit.SECOND: 7200, Unit.MINUTE: 3000, Unit.HOUR: 200, Unit.WORKING_HOUR: 60}

Rehearsal = tuple[Rules, list[Step], bool]


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window | None, Window]:
    """An acknowledge window, or none, and an answer window it cannot outlast."""
    unit = draw(st.sampled_from(list(Unit)))
    answer = draw(st.integers(1, _AT_MOST.get(unit, 12)))
    acknowledge = draw(st.none() | st.integers(1, answer))
    return Window(acknowledge, unit) if acknowledge else None, Window(answer, unit)


@st.composite
def rungs(draw: st.DrawFn, number: int) -> Tier:
    """One tier of any shape."""
    acknowledge, answer = draw(windows())
    remind = tuple(sorted(draw(st.sets(st.integers(1, 99), max_size=3))))
    role = draw(st.sampled_from(["practitioner", "manager", "director"]))
    convener = draw(st.sampled_from([None, "independent_chair"]))
    rung = tier(number, role, convener=convener, remind=remind)
    return replace(rung, acknowledge=acknowledge, answer=answer)


@st.composite
def ladders(draw: st.DrawFn) -> Pathway:
    """A pathway of one to four tiers, advancing or asking, always with an urgent way in."""
    count = draw(st.integers(1, 4))
    acknowledge, answer = draw(windows())
    often = draw(st.integers(-(-answer.count // 9), answer.count))
    return replace(
        DAILY,
        tiers=tuple(draw(rungs(number)) for number in range(1, count + 1)),
        on_lapse=draw(st.sampled_from(OnLapse)),
        ask=draw(windows())[1],
        repeat=draw(windows())[1],
        urgent=Urgent(draw(st.integers(1, count)), acknowledge, answer, replace(answer, count=often)),
    )


@st.composite
def rehearsals(draw: st.DrawFn) -> Rehearsal:
    """A ladder walked from any second of two hundred and fifty days: autumn, Christmas, Easter, spring."""
    rules, urgent = rehearsal_rules(draw(ladders()), CALENDAR), draw(st.booleans())
    start = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 250 * 86_400)))
    return rules, list(rehearse(rules, start, urgent=urgent)), urgent


@given(rehearsals())
def test_steps_come_in_time_order_and_at_one_instant_in_the_fixed_order(rehearsal: Rehearsal) -> None:
    """acknowledgement_lapsed, reminded, lapsed, called, called_again."""
    _, steps, _ = rehearsal
    for earlier, later in pairwise(steps):
        assert earlier.at <= later.at
        if earlier.at == later.at:
            assert _ORDER.index(earlier.what) < _ORDER.index(later.what)


@given(rehearsals())
def test_each_tier_is_called_once_and_the_top_three_times_again(rehearsal: Rehearsal) -> None:
    """From the first tier, or the urgent one, to the top; the third repeat is the end."""
    rules, steps, urgent = rehearsal
    first = rules.pathway.urgent.enter_at if urgent and rules.pathway.urgent else 1
    called = [step.call.tier for step in steps if step.what is What.CALLED]
    again = [step.call.tier for step in steps if step.what is What.CALLED_AGAIN]

    assert called == [*range(first, rules.pathway.top + 1)]
    assert again == [rules.pathway.top] * TIMES_AGAIN
    assert steps[0].what is What.CALLED
    assert steps[-1].what is What.CALLED_AGAIN


@given(rehearsals())
def test_every_lapse_ends_its_window_and_is_followed_by_its_consequence(rehearsal: Rehearsal) -> None:
    """`due` is `at`; the next tier, or the top again, is called at that instant, or when the ask ends."""
    rules, steps, _ = rehearsal
    for step, then in pairwise(steps):
        if step.what is What.LAPSED:
            top = step.call.tier == rules.pathway.top
            ask = rules.pathway.ask if rules.pathway.on_lapse is OnLapse.ASK and not top else None
            assert step.call.due == step.at
            assert then.what is (What.CALLED_AGAIN if top else What.CALLED)
            assert then.call.tier == step.call.tier + (not top)
            assert then.at == (CALENDAR.end_of(ask, step.at) if ask else step.at)


@given(rehearsals())
def test_reminders_and_acknowledgements_fall_within_their_call(rehearsal: Rehearsal) -> None:
    """Reminders strictly between call and due; an acknowledgement lapses at its own due instant, once."""
    _, steps, _ = rehearsal
    for step in steps:
        if step.what is What.REMINDED:
            assert step.call.started < step.at < step.call.due
        if step.what is What.CALLED_AGAIN:
            assert step.acknowledge_due is None
    late = [(step.call.tier, step.at) for step in steps if step.what is What.ACKNOWLEDGEMENT_LAPSED]
    owed = [(step.call.tier, step.acknowledge_due) for step in steps if step.what is What.CALLED]
    assert late == [(number, due) for number, due in owed if due]


@given(rehearsals())
def test_the_json_has_exactly_its_five_keys(rehearsal: Rehearsal) -> None:
    """Times are ISO 8601 with the nation's offset, and say the very instants of the steps."""
    _, steps, _ = rehearsal
    for step in steps:
        told = as_json(step, CALENDAR)
        assert list(told) == ["at", "what", "tier", "due", "acknowledge_due"]
        assert (told["what"], told["tier"]) == (step.what.value, step.call.tier)
        for key, instant in (("at", step.at), ("due", step.call.due)):
            written = datetime.fromisoformat(str(told[key]))
            assert written == instant
            assert written.utcoffset() in (timedelta(), timedelta(hours=1))


@given(rehearsals())
def test_the_table_tells_every_step_and_stays_narrow(rehearsal: Rehearsal) -> None:
    """As many dated rows as there are steps, none wider than a terminal."""
    rules, steps, urgent = rehearsal
    table = timetable(rules, steps, urgent=urgent).splitlines()
    body = table[table.index("-" * WIDTH) + 1 :]

    assert max(map(len, table)) <= WIDTH
    assert len([line for line in body if line.startswith(_DAYS)]) == len(steps)
