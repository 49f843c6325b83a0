"""More time: the called side asks once a call, the raising side says yes or no; or agrees to move up."""

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.decide import decide
from concerns.model import ClockKind, Stage, Why
from concerns.notice import NoticeKind, still_true
from concerns.people import PersonId
from concerns.rules import Refused, Rules
from concerns.waiting import Matter, waits_for
from tests.ladders import ASKING, RULES, london, ruled, wall
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    LENA,
    MIRIAM,
    NADIA,
    OWEN,
    PRIYA,
    SAM,
    TOM,
    VICTOR,
    without_channels,
)
from tests.worlds import World, a_dispute, a_retiming, an_answer, answered, called, more_time, words

AGREE, DECLINE = c.Agree(by=AMIRA), c.Decline(by=AMIRA)
WEDNESDAY_NOON = london("Wed 2 Dec 2026 12:00")


def asked(rules: Rules = RULES) -> World:
    """Tier 1 has asked for time until Wednesday noon; its answer is due Tuesday 17:00."""
    return called(rules).hear(more_time())


# ---- asking ----------------------------------------------------------------------------------------


def test_asking_for_more_time_moves_nothing_yet() -> None:
    before, after = called().concern, asked().concern

    assert after.clocks == before.clocks
    assert after.turn == before.turn


@pytest.mark.parametrize("by", [TOM, LENA])
def test_the_called_seat_and_its_deputies_ask(by: PersonId) -> None:
    assert called().hear(more_time(by=by)).last(e.ExtensionAsked).until == WEDNESDAY_NOON


@pytest.mark.parametrize("by", [AMIRA, JOEL, GRACE, MIRIAM, SAM, ALEX])
def test_nobody_else_asks(by: PersonId) -> None:
    assert "called" in called().refusal(more_time(by=by))


def test_whoever_has_acknowledged_may_ask_too() -> None:
    world = called().hear(c.Acknowledge(by=TOM), more_time())

    assert world.stage is Stage.ACKNOWLEDGED


def test_a_reason_is_given() -> None:
    assert "reason" in called().refusal(c.AskExtension(by=TOM, until=WEDNESDAY_NOON))


@pytest.mark.parametrize("until", ["Mon 30 Nov 2026 09:00", "Tue 1 Dec 2026 17:00", "Mon 6 Dec 2027 12:00"])
def test_more_time_ends_after_the_answer_is_due_and_within_a_year(until: str) -> None:
    assert "after" in called().refusal(more_time(until))


def test_the_raising_side_is_asked_in_the_channels_and_in_private() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(more_time("Thu 3 Dec 2026 12:00", by=GRACE))

    told = world.told(NoticeKind.EXTENSION_ASKED)
    assert {"riverside-council", AMIRA, JOEL} <= set(told)
    assert wall(world.notice(NoticeKind.EXTENSION_ASKED, AMIRA).due) == "Thu 3 Dec 2026 12:00"


# ---- agreeing and declining ------------------------------------------------------------------------


def test_the_window_moves_when_the_raising_side_agrees() -> None:
    world = asked().hear(AGREE)

    assert world.last(e.ExtensionAgreed).due == WEDNESDAY_NOON
    assert world.until("Wed 2 Dec 2026 11:59").tiers() == [1]
    assert world.until("Wed 2 Dec 2026 12:00").tiers() == [1, 2]


def test_agreeing_moves_no_other_clock() -> None:
    world = asked().hear(AGREE)

    assert wall(world.concern.clocks[0].due) == "Mon 30 Nov 2026 14:00"
    assert [clock.kind for clock in world.concern.clocks].count(ClockKind.REMIND) == 2


def test_when_it_declines_the_window_stays_as_it_was() -> None:
    world = asked().hear(DECLINE)

    assert world.concern.clocks == called().concern.clocks
    assert "riverside-council" in world.told(NoticeKind.EXTENSION_DECLINED)
    assert world.until("Tue 1 Dec 2026 17:00").tiers() == [1, 2]


@pytest.mark.parametrize("word", [AGREE, DECLINE])
def test_the_word_once_given_stands(word: c.LaterCommand) -> None:
    world = asked().hear(word)

    assert "Nothing waits" in world.refusal(AGREE)
    assert "Nothing waits" in world.refusal(DECLINE)


@pytest.mark.parametrize("by", [TOM, JOEL, BEN, SAM])
def test_at_tier_1_only_the_raiser_gives_it(by: PersonId) -> None:
    for word in (c.Agree(by=by), c.Decline(by=by)):
        assert "raising side" in asked().refusal(word)


@pytest.mark.parametrize("by", [AMIRA, JOEL, PRIYA])
def test_higher_up_the_raising_seat_gives_it_too(by: PersonId) -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(more_time("Thu 3 Dec 2026 12:00", by=GRACE))

    assert wall(world.hear(c.Agree(by=by)).concern.clocks[-1].due) == "Thu 3 Dec 2026 12:00"


def test_the_called_side_hears_of_it_also_without_a_channel() -> None:
    unheard = ruled(directory=without_channels(DIRECTORY, COUNCIL))

    assert {TOM, LENA} <= set(asked(unheard).hear(AGREE).told(NoticeKind.EXTENSION_AGREED))
    assert {TOM, LENA} <= set(asked(unheard).hear(DECLINE).told(NoticeKind.EXTENSION_DECLINED))


def test_an_answer_needs_no_word_on_the_time_it_took() -> None:
    world = asked().hear(an_answer())
    question = next(n for n in world.ever_said if n.kind is NoticeKind.EXTENSION_ASKED)

    assert world.stage is Stage.ANSWERED
    assert not still_true(question, world.concern)


# ---- once a call -----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [(), (AGREE,), (DECLINE,)])
def test_a_second_request_in_the_same_call_is_refused(said: tuple[c.LaterCommand, ...]) -> None:
    world = asked().hear(*said)

    assert "once a call" in world.refusal(more_time("Thu 3 Dec 2026 12:00"))


def test_the_next_tier_may_ask_again() -> None:
    world = asked().hear(AGREE).until("Wed 2 Dec 2026 12:00")
    due = world.last(e.Called).due

    world.hear(more_time("Fri 4 Dec 2026 12:00", by=GRACE), c.Agree(by=JOEL))

    assert due < world.last(e.ExtensionAgreed).due == world.concern.clocks[-1].due


def test_a_dispute_calls_anew_and_the_new_call_may_ask() -> None:
    world = asked().hear(AGREE, an_answer(), a_dispute())

    assert world.hear(more_time("Fri 4 Dec 2026 12:00", by=OWEN)).all(e.ExtensionAsked)


# ---- a request nobody said a word to ---------------------------------------------------------------


def test_a_lapse_overtakes_a_request_nobody_said_a_word_to() -> None:
    world = asked().until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 2]
    assert "Nothing waits" in world.refusal(AGREE)


def top_asked() -> World:
    """The top tier, due Friday 17:00, asked until Friday 20:00; nobody has said a word by Monday."""
    world = called().until("Thu 3 Dec 2026 17:00").hear(more_time("Fri 4 Dec 2026 20:00", by=VICTOR))
    return world.until("Mon 7 Dec 2026 10:00")


def test_after_a_repeat_at_the_top_the_old_request_cannot_be_agreed_to_any_more() -> None:
    world = top_asked()

    assert world.refusal(AGREE)
    assert wall(world.concern.clocks[-1].due) == "Mon 7 Dec 2026 17:00"


def test_agreeing_to_more_time_never_takes_time_away() -> None:
    world = asked().hear(a_retiming(ClockKind.ANSWER, "Fri 4 Dec 2026 17:00"))

    assert world.refusal(AGREE)
    assert wall(world.concern.clocks[-1].due) == "Fri 4 Dec 2026 17:00"


def test_time_that_has_passed_already_cannot_be_agreed_to_even_before_the_bot_has_looked() -> None:
    world = asked()

    refused = decide(world.concern, AGREE, WEDNESDAY_NOON, world.rules)
    assert isinstance(refused, Refused)
    assert "time has ended" in refused.sentence


def test_once_the_window_has_lapsed_the_old_question_is_not_sent_and_waits_on_nobody() -> None:
    world = asked(ASKING).until("Tue 1 Dec 2026 17:00")
    question = next(n for n in world.ever_said if n.kind is NoticeKind.EXTENSION_ASKED)
    waits = waits_for(AMIRA, world.concern, world.rules, world.now)

    assert not still_true(question, world.concern)
    assert waits is not None
    assert waits.matter is Matter.MOVE_UP


def test_a_button_that_agreed_to_more_time_never_moves_it_up() -> None:
    world = asked(ASKING)
    turn = world.concern.turn
    world.until("Tue 1 Dec 2026 17:00")

    # A button is stale when the turn has grown; else the rule itself must not take it for the other yes.
    assert world.concern.turn > turn or world.refusal(AGREE)


# ---- on_lapse = "ask": agreeing to move up ---------------------------------------------------------


def lapsed() -> World:
    """Tier 1's answer is late, and the raising side is asked."""
    return called(ASKING).until("Tue 1 Dec 2026 17:00")


@pytest.mark.parametrize("by", [AMIRA, JOEL, PRIYA])
def test_the_raiser_or_the_raising_manager_agrees_to_moving_up(by: PersonId) -> None:
    world = lapsed().hear(c.Agree(by=by))

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.CHOICE
    assert world.last(e.Called).by == by


@pytest.mark.parametrize("by", [TOM, GRACE, NADIA, BEN, SAM])
def test_nobody_else_agrees_to_it(by: PersonId) -> None:
    assert "raising side" in lapsed().refusal(c.Agree(by=by))


def test_before_the_lapse_there_is_nothing_to_agree_to() -> None:
    assert "Nothing waits" in called(ASKING).refusal(AGREE)


def test_moving_up_cannot_be_declined_and_happens_by_itself() -> None:
    world = lapsed()
    assert "by itself" in world.refusal(DECLINE)

    assert world.until("Wed 2 Dec 2026 13:00").tiers() == [1, 2]


def test_an_answer_in_the_ask_window_still_counts() -> None:
    world = lapsed().hear(an_answer())

    assert world.stage is Stage.ANSWERED
    assert world.until("Wed 2 Dec 2026 13:00").tiers() == [1]


def test_in_the_ask_window_no_more_time_can_be_asked_for() -> None:
    assert "passed" in lapsed().refusal(more_time("Thu 3 Dec 2026 12:00"))


def test_a_note_may_go_with_the_word() -> None:
    said = words(note="We can wait; she is with her daughter.")

    assert asked().hear(c.Agree(by=AMIRA, words=said)).last(e.ExtensionAgreed).words == said
    assert lapsed().hear(c.Agree(by=AMIRA, words=said)).last(e.Called).words == said


def test_answered_concerns_have_nothing_to_agree_to() -> None:
    assert "accept" in answered().refusal(AGREE)
