"""Waking late: a call counts from the lapse when hardly late, else from when it is made, and says so."""

from dataclasses import replace

import pytest

from concerns import events as e
from concerns.notice import NoticeKind
from concerns.pathway import OnLapse, Pathway, Urgent
from tests.ladders import DAILY, london, ruled, tier, wall, window
from tests.partnership import GRACE
from tests.worlds import World, a_concern, a_referral, agreed, answered, called, referred

LAPSE = london("Tue 1 Dec 2026 17:00")


def hourly() -> Pathway:
    """Two tiers of ten elapsed hours each."""
    rungs = (tier(1, "practitioner", "10 hours", None), tier(2, "manager", "10 hours", "1 hour", remind=()))
    return replace(DAILY, tiers=rungs, urgent=None)


@pytest.mark.parametrize("woke", ["Tue 1 Dec 2026 22:00", "Wed 2 Dec 2026 09:00", "Wed 2 Dec 2026 09:05"])
def test_no_more_than_five_working_minutes_late_counts_from_the_lapse(woke: str) -> None:
    event = called().asleep_until(woke).last(e.Called)

    assert event.started == LAPSE
    assert wall(event.due) == "Wed 2 Dec 2026 17:00"
    assert event.late == 0


def test_later_than_that_counts_from_when_it_is_really_made_and_says_how_late() -> None:
    world = called().asleep_until("Wed 2 Dec 2026 09:06")
    event = world.last(e.Called)

    assert event.started == world.now
    assert wall(event.due) == "Thu 3 Dec 2026 17:00"
    assert event.late == (16 * 60 + 6) * 60
    assert world.notice(NoticeKind.CALLED, GRACE).late == event.late


def test_an_elapsed_window_counts_lateness_in_elapsed_time() -> None:
    on_time = called(ruled(hourly())).asleep_until("Mon 30 Nov 2026 20:05").last(e.Called)
    late = called(ruled(hourly())).asleep_until("Mon 30 Nov 2026 20:06").last(e.Called)

    assert (wall(on_time.due), on_time.late) == ("Tue 1 Dec 2026 06:00", 0)
    assert (wall(late.due), late.late) == ("Tue 1 Dec 2026 06:06", 360)


def test_the_kind_of_time_is_that_of_the_window_that_opens_not_of_the_one_that_ended() -> None:
    rungs = (tier(1, "practitioner", "10 hours", None, remind=()), tier(2, "manager", "1 working day", None))
    mixed = ruled(replace(DAILY, tiers=rungs, urgent=None))

    # Lapsed Monday 20:00; nothing of Tuesday's work has gone by at 09:05.
    assert called(mixed).asleep_until("Tue 1 Dec 2026 09:05").last(e.Called).late == 0


def test_after_weeks_asleep_only_the_next_tier_is_called_with_its_whole_window() -> None:
    world = called().asleep_until("Fri 15 Jan 2027 11:00")

    assert world.tiers() == [1, 2]
    assert len(world.all(e.Lapsed)) == 1
    assert wall(world.concern.clocks[-1].due) == "Mon 18 Jan 2027 17:00"


def test_after_waking_the_ladder_steps_on_as_usual() -> None:
    world = called().asleep_until("Fri 15 Jan 2027 11:00").until("Tue 19 Jan 2027 17:00")

    assert world.tiers() == [1, 2, 3, 4]


def test_a_window_so_short_that_it_would_be_over_already_counts_from_now() -> None:
    rungs = tuple(
        tier(n, r, "2 minutes", None) for n, r in enumerate(("practitioner", "manager", "director"), 1)
    )
    world = called(ruled(replace(DAILY, tiers=rungs, urgent=None))).asleep_until("Mon 30 Nov 2026 10:06")

    assert world.tiers() == [1, 2]
    assert wall(world.last(e.Called).due) == "Mon 30 Nov 2026 10:08"


def test_nobody_is_late_to_acknowledge_what_they_were_only_just_asked() -> None:
    rungs = (tier(1, "practitioner"), tier(2, "manager", "1 working day", "1 hour"))
    world = called(ruled(replace(DAILY, tiers=rungs, urgent=None))).asleep_until("Tue 1 Dec 2026 22:00")

    event = world.last(e.Called)
    assert wall(event.due) == "Wed 2 Dec 2026 17:00"
    assert wall(event.acknowledge_due) == "Tue 1 Dec 2026 23:00"
    assert world.last(e.AcknowledgementLapsed).tier == 1


def test_no_reminder_is_due_before_the_call_that_it_reminds_of() -> None:
    rungs = (tier(1, "practitioner"), tier(2, "manager", "8 minutes", None))
    rules = ruled(replace(DAILY, tiers=rungs, urgent=None))
    world = called(rules).asleep_until("Tue 1 Dec 2026 17:05")

    # Half of the eight minutes was gone when it was called; four fifths were not.
    assert [wall(instant) for instant in world.last(e.Called).reminders] == ["Tue 1 Dec 2026 17:06"]


def test_an_urgent_call_hardly_late_is_still_repeated() -> None:
    often = Urgent(enter_at=3, acknowledge=None, answer=window("1 hour"), repeat=window("3 minutes"))
    world = World(rules=ruled(replace(DAILY, urgent=often))).hear(a_concern(danger=True))
    world.asleep_until("Mon 30 Nov 2026 11:04").until("Mon 30 Nov 2026 11:10")

    assert world.last(e.Called).late == 0
    assert [wall(event.at)[-5:] for event in world.all(e.Reminded)] == ["11:07", "11:10"]


def test_reminders_missed_while_asleep_are_one_and_none_comes_with_a_lapse() -> None:
    one = called().asleep_until("Tue 1 Dec 2026 15:00")
    none = called().asleep_until("Tue 1 Dec 2026 18:00")

    assert len(one.all(e.Reminded)) == 1
    assert none.all(e.Reminded) == ()


def test_a_missed_acknowledgement_is_on_record_before_the_lapse_it_slept_through() -> None:
    events = called().asleep_until("Tue 1 Dec 2026 18:00").events[-3:]

    assert [type(event) for event in events] == [e.AcknowledgementLapsed, e.Lapsed, e.Called]


def test_the_top_tier_is_called_again_once_however_long_nobody_looked() -> None:
    world = called().until("Thu 3 Dec 2026 17:00").asleep_until("Wed 16 Dec 2026 11:00")

    (again,) = world.all(e.CalledAgain)
    assert wall(again.due) == "Thu 17 Dec 2026 17:00"
    assert again.late == int((world.now - london("Fri 4 Dec 2026 17:00")).total_seconds())


def test_an_acceptance_nobody_looked_at_is_asked_for_once() -> None:
    world = answered().asleep_until("Wed 16 Dec 2026 11:00")

    (asked,) = world.all(e.AcceptanceLapsed)
    assert wall(asked.next_due) == "Fri 18 Dec 2026 17:00"


def test_a_check_nobody_looked_at_is_asked_for_once() -> None:
    world = agreed().asleep_until("Wed 6 Jan 2027 11:00")

    (asked,) = world.all(e.FollowUpLapsed)
    assert wall(asked.next_due) == "Thu 7 Jan 2027 17:00"


def test_a_referral_that_lapsed_long_ago_gives_the_raiser_a_whole_window_to_say() -> None:
    world = referred().asleep_until("Wed 16 Dec 2026 11:00")

    assert wall(world.concern.due) == "Thu 17 Dec 2026 17:00"
    assert world.tiers() == []


def test_a_referral_logged_after_its_window_had_ended_asks_at_once() -> None:
    world = World().hear(a_referral(when=london("Mon 23 Nov 2026 10:00")))

    assert [type(event) for event in world.wake()] == [e.ReferralLapsed]
    assert wall(world.concern.due) == "Tue 1 Dec 2026 17:00"


def test_an_ask_window_slept_through_moves_up_once() -> None:
    asking = ruled(replace(DAILY, on_lapse=OnLapse.ASK, ask=window("4 working hours")))
    world = called(asking).until("Tue 1 Dec 2026 17:00").asleep_until("Wed 16 Dec 2026 11:00")

    assert world.tiers() == [1, 2]


@pytest.mark.parametrize(("woke", "due"), [("22:00", "Thu 3 Dec 2026 17:00"), ("16:59", "never")])
def test_an_ask_window_and_a_referrals_second_window_are_hardly_late_in_the_evening(
    woke: str, due: str
) -> None:
    a_day = replace(DAILY, on_lapse=OnLapse.ASK, ask=window("1 working day"))
    asked = called(ruled(a_day)).until("Tue 1 Dec 2026 17:00").asleep_until(f"Wed 2 Dec 2026 {woke}")
    opened = referred().until("Tue 1 Dec 2026 17:00").asleep_until(f"Wed 2 Dec 2026 {woke}")

    for world in (asked, opened):
        calls = [event for event in world.all(e.Called) if event.by is None]
        assert wall(calls[-1].due if calls else None) == due


def test_looking_twice_says_nothing_the_second_time() -> None:
    world = called().asleep_until("Wed 16 Dec 2026 11:00")

    assert world.wake() == ()
