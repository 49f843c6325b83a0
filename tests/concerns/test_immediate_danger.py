"""Somebody in danger: the urgent tier, its windows there and above, repeats instead of reminders."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import Why
from concerns.notice import NoticeKind
from concerns.pathway import Pathway
from tests.ladders import DAILY, ruled, wall
from tests.partnership import AMIRA, COUNCIL, DIRECTORY, JOEL, NADIA, RUTH, VICTOR, vacated
from tests.worlds import World, a_concern, a_dispute, an_answer, answered, called

NOT_URGENT: Pathway = replace(DAILY, urgent=None)
IN_DANGER = c.Escalate(by=AMIRA, why=Why.IMMEDIATE_RISK)


def in_danger() -> World:
    """Raised Monday 10:00 with somebody in immediate danger."""
    return World().hear(a_concern(danger=True))


def test_it_enters_at_the_urgent_tier_with_the_urgent_windows() -> None:
    event = in_danger().last(e.Called)

    assert (event.tier, event.why) == (3, Why.IMMEDIATE_RISK)
    assert wall(event.acknowledge_due) == "Mon 30 Nov 2026 11:00"
    assert wall(event.due) == "Mon 30 Nov 2026 14:00"


def test_the_seats_of_the_urgent_tier_are_called_on_both_sides() -> None:
    world = in_danger()

    assert NADIA in world.told(NoticeKind.CALLED)
    assert RUTH in world.told(NoticeKind.RAISING_TOLD)
    assert all(notice.urgent for notice in world.said)


def test_it_is_repeated_each_hour_until_answered_instead_of_reminded_by_shares() -> None:
    world = in_danger().until("Mon 30 Nov 2026 14:00")

    assert [wall(event.at) for event in world.all(e.Reminded)] == [
        "Mon 30 Nov 2026 11:00",
        "Mon 30 Nov 2026 12:00",
        "Mon 30 Nov 2026 13:00",
    ]


def test_the_urgent_windows_hold_for_every_tier_above() -> None:
    world = in_danger().until("Mon 30 Nov 2026 14:00")

    assert world.last(e.Called).tier == 4
    assert wall(world.last(e.Called).due) == "Mon 30 Nov 2026 18:00"


def test_the_top_is_called_again_each_urgent_repeat_also_at_night() -> None:
    world = in_danger().until("Mon 30 Nov 2026 21:30")

    assert [wall(again.at) for again in world.all(e.CalledAgain)] == [
        "Mon 30 Nov 2026 18:00",
        "Mon 30 Nov 2026 19:00",
        "Mon 30 Nov 2026 20:00",
        "Mon 30 Nov 2026 21:00",
    ]


def test_no_repeat_comes_after_an_answer() -> None:
    world = in_danger().until("Mon 30 Nov 2026 11:30").hear(an_answer(NADIA))
    before = len(world.all(e.Reminded))

    assert len(world.until("Tue 1 Dec 2026 17:00").all(e.Reminded)) == before


def test_repeats_missed_while_asleep_are_one() -> None:
    world = in_danger().asleep_until("Mon 30 Nov 2026 13:30")

    assert len(world.all(e.Reminded)) == 1
    assert wall(world.concern.due) == "Mon 30 Nov 2026 14:00"


def test_a_running_concern_turns_urgent_when_somebody_is_at_risk() -> None:
    world = called().hear(IN_DANGER)

    assert world.concern.urgent
    assert world.tiers() == [1, 3]
    assert world.last(e.Called).why is Why.IMMEDIATE_RISK


def test_above_the_urgent_tier_it_moves_up_one() -> None:
    world = called().until("Wed 2 Dec 2026 17:00").hear(IN_DANGER)

    assert world.tiers() == [1, 2, 3, 4]
    assert wall(world.last(e.Called).due) == "Wed 2 Dec 2026 21:00"


def test_at_the_top_it_is_called_once_more_with_the_urgent_windows() -> None:
    world = called().until("Thu 3 Dec 2026 17:00").hear(IN_DANGER)

    assert world.tiers()[-2:] == [4, 4]
    assert wall(world.last(e.Called).due) == "Thu 3 Dec 2026 21:00"
    assert "top of the ladder" in world.refusal(IN_DANGER)


def test_an_answer_does_not_stand_in_the_way_of_immediate_risk() -> None:
    world = answered().hear(IN_DANGER)

    assert world.tiers() == [1, 3]
    assert world.concern.outcome is None


def test_an_urgent_answer_at_the_top_is_disputed_when_it_is_not_enough() -> None:
    world = in_danger().until("Mon 30 Nov 2026 14:00").hear(an_answer(VICTOR))

    assert "dispute it" in world.refusal(IN_DANGER)
    assert world.hear(a_dispute()).tiers() == [3, 4, 4]


def test_what_is_typed_when_moving_up_is_kept() -> None:
    said = replace(IN_DANGER, words=an_answer(response="He has the keys again.").words)

    assert called().hear(said).last(e.TurnedUrgent).words == said.words


@pytest.mark.parametrize("danger", [True, False])
def test_a_ladder_without_an_urgent_way_in_starts_at_the_bottom(danger: bool) -> None:
    world = World(rules=ruled(NOT_URGENT)).hear(a_concern(danger=danger))

    assert world.tiers() == [1]
    assert not world.concern.urgent


def test_without_an_urgent_way_in_immediate_risk_moves_it_up_one() -> None:
    world = called(ruled(NOT_URGENT)).hear(IN_DANGER)

    assert world.tiers() == [1, 2]
    assert world.last(e.Called).why is Why.IMMEDIATE_RISK
    assert not world.concern.urgent


def test_an_empty_urgent_seat_is_passed_over_like_any_other() -> None:
    world = World(rules=ruled(directory=vacated(DIRECTORY, COUNCIL, "senior_manager")))

    assert world.hear(a_concern(danger=True)).tiers() == [4]


def test_danger_stays_on_record_where_the_ladder_has_no_urgent_tier() -> None:
    event = World(rules=ruled(NOT_URGENT)).hear(a_concern(danger=True)).last(e.Called)

    assert (event.tier, event.why) == (1, Why.IMMEDIATE_RISK)


def test_the_raising_manager_is_told_at_opening_also_when_it_enters_higher_up() -> None:
    assert JOEL in in_danger().told(NoticeKind.RAISING_TOLD)
