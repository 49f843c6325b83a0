"""Somebody is in danger now: whatever runs turns urgent, and the urgent windows hold from there up."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Ground, Stage, Why
from concerns.notice import NoticeKind, still_true
from concerns.people import PersonId
from tests.ladders import DAILY, RULES, ruled, wall
from tests.partnership import AMIRA, JOEL, MIRIAM, NADIA, TOM, VICTOR
from tests.worlds import (
    AT_STAGE,
    World,
    a_decision,
    a_dispute,
    a_retiming,
    an_answer,
    called,
    more_time,
    referred,
    words,
)

DANGER = c.Escalate(by=AMIRA, why=Why.IMMEDIATE_RISK, words=words(reason="She has been locked in."))
CALM = c.Escalate(by=AMIRA, why=Why.CHOICE)


def at_the_top() -> World:
    """Tier 4 of 4 called, Thursday 17:00, not urgent."""
    return called().until("Thu 3 Dec 2026 17:00")


@pytest.mark.parametrize("stage", [Stage.REFERRED, Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ANSWERED])
def test_it_is_called_at_the_urgent_tier_with_the_urgent_windows(stage: Stage) -> None:
    world = AT_STAGE[stage](RULES).hear(DANGER)
    call = world.last(e.Called)

    assert world.concern.urgent
    assert (world.stage, call.tier, call.why) == (Stage.CALLED, 3, Why.IMMEDIATE_RISK)
    assert (wall(call.acknowledge_due), wall(call.due)) == ("Mon 30 Nov 2026 11:00", "Mon 30 Nov 2026 14:00")
    assert all(notice.urgent for notice in world.said)


def test_the_words_of_the_danger_stand_on_record_once() -> None:
    for stage in (Stage.REFERRED, Stage.CALLED):
        heard = AT_STAGE[stage](RULES).hear(DANGER).events
        assert [event.words for event in heard].count(DANGER.words) == 1


def test_a_referral_nobody_answered_opens_with_that_as_its_ground() -> None:
    world = referred().hear(DANGER)

    assert world.concern.grounds == (Ground.NO_RESPONSE,)
    assert world.tiers() == [3]


def test_once_agreed_or_closed_it_is_reopened_first() -> None:
    for stage in (Stage.AGREED, Stage.CLOSED):
        world = AT_STAGE[stage](RULES)
        assert "reopen" in world.refusal(DANGER)
        world.hear(c.Reopen(by=AMIRA, words=words(reason="She is in danger.")), DANGER)
        assert world.concern.urgent


def test_above_the_urgent_tier_it_moves_up_one_with_the_urgent_windows() -> None:
    world = called().until("Wed 2 Dec 2026 17:00").hear(DANGER)

    assert world.tiers() == [1, 2, 3, 4]
    assert wall(world.last(e.Called).due) == "Wed 2 Dec 2026 21:00"


def test_at_the_top_the_same_tier_is_called_again_urgently() -> None:
    world = at_the_top().hear(DANGER)

    assert world.tiers() == [1, 2, 3, 4, 4]
    assert wall(world.last(e.Called).due) == "Thu 3 Dec 2026 21:00"


def test_at_the_top_an_answered_one_turns_urgent_once_too() -> None:
    world = at_the_top().hear(an_answer(VICTOR), DANGER)

    assert (world.stage, world.concern.urgent) == (Stage.CALLED, True)
    assert world.hear(an_answer(MIRIAM)).refusal(DANGER) == world.refusal(CALM)


def test_what_is_urgent_already_moves_up_one_and_at_the_top_is_called_every_hour_as_it_is() -> None:
    world = called().hear(DANGER, DANGER)
    assert world.tiers() == [1, 3, 4]
    assert len(world.all(e.TurnedUrgent)) == 1

    assert "top" in world.refusal(DANGER)
    world.until("Mon 30 Nov 2026 16:00")
    assert [wall(event.at) for event in world.all(e.CalledAgain)] == [
        "Mon 30 Nov 2026 14:00",
        "Mon 30 Nov 2026 15:00",
        "Mon 30 Nov 2026 16:00",
    ]


def test_nobody_of_the_called_side_turns_it_urgent() -> None:
    for by in (TOM, JOEL, MIRIAM):
        assert "raising side" in called().refusal(replace(DANGER, by=by))


def test_without_an_urgent_way_in_it_moves_up_one_for_that_reason() -> None:
    world = called(ruled(replace(DAILY, urgent=None))).hear(DANGER)

    assert (world.tiers(), world.concern.urgent) == ([1, 2], False)
    assert world.last(e.Called).why is Why.IMMEDIATE_RISK


def test_after_an_answer_it_stays_urgent_for_the_tiers_above() -> None:
    world = called().hear(DANGER, an_answer(NADIA), a_dispute())

    assert wall(world.last(e.Called).due) == "Mon 30 Nov 2026 14:00"
    assert world.hear(a_decision(VICTOR)).stage is Stage.AGREED


def test_when_more_time_is_agreed_in_danger_the_hourly_reminders_go_on_in_it() -> None:
    world = called().hear(DANGER, more_time("Mon 30 Nov 2026 18:00", by=NADIA))
    world.until("Mon 30 Nov 2026 13:30").hear(c.Agree(by=AMIRA)).until("Mon 30 Nov 2026 17:50")

    assert _hours(world) == ["11:00", "12:00", "13:00", "14:30", "15:30", "16:30", "17:30"]


def test_agreed_early_they_are_not_doubled() -> None:
    world = called().hear(DANGER, more_time("Mon 30 Nov 2026 18:00", by=NADIA), c.Agree(by=AMIRA))

    assert _hours(world.until("Mon 30 Nov 2026 14:50")) == ["11:00", "12:00", "13:00", "14:00"]


def test_a_window_the_coordinator_moves_back_keeps_its_hourly_reminders() -> None:
    world = called().hear(DANGER).until("Mon 30 Nov 2026 13:30")
    world.hear(a_retiming(ClockKind.ANSWER, "Mon 30 Nov 2026 17:00")).until("Mon 30 Nov 2026 16:50")

    assert _hours(world) == ["11:00", "12:00", "13:00", "14:30", "15:30", "16:30"]


def test_a_window_moved_back_after_a_repeat_at_the_top_says_nothing_on_record_that_is_not_sent() -> None:
    world = called().hear(DANGER, DANGER).until("Mon 30 Nov 2026 14:00")
    world.hear(a_retiming(ClockKind.ANSWER, "Mon 30 Nov 2026 18:00"))
    world.until(world.concern.clocks[0].due)

    assert all(still_true(n, world.concern) for n in world.said if n.kind is NoticeKind.REMINDED)
    assert not isinstance(world.events[-1], e.Reminded) or world.told(NoticeKind.REMINDED)


def test_the_raising_manager_may_turn_it_urgent_once_their_tier_is_called() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(replace(DANGER, by=PersonId("joel")))

    assert AMIRA in world.told(NoticeKind.RAISING_TOLD)


def _hours(world: World) -> list[str]:
    return [wall(event.at)[-5:] for event in world.all(e.Reminded)]
