"""Nobody to call: an empty seat is passed over on record; an agency without a channel is rung up instead."""

from dataclasses import replace

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_challenged, may_read
from concerns.directory import Directory
from concerns.model import Stage
from concerns.notice import NoticeKind
from concerns.people import Seat
from tests.ladders import MONDAY, ruled, wall
from tests.partnership import (
    AMIRA,
    COUNCIL,
    DIRECTORY,
    ELSEWHERE,
    HELEN,
    JOEL,
    LENA,
    OWEN,
    RIVERSIDE,
    SAM,
    SURGERY,
    TOM,
    VICTOR,
    seating,
    vacated,
    without_channels,
)
from tests.worlds import World, a_concern, a_contact, a_dispute, an_answer, called, words

ALL_ROLES = ("practitioner", "manager", "senior_manager", "director")
NOBODY = vacated(DIRECTORY, COUNCIL, *ALL_ROLES)
OFF_BATON = without_channels(DIRECTORY, COUNCIL)


def nobody_answers(directory: Directory = NOBODY) -> World:
    """A concern against an agency none of whose seats is held."""
    return called(ruled(directory=directory))


# ---- empty seats -----------------------------------------------------------------------------------


def test_an_empty_seat_is_skipped_on_record_and_the_tier_above_is_called_at_once() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner")))

    assert world.tiers() == [2]
    assert world.last(e.Skipped).empty == Seat(COUNCIL, "practitioner")
    assert wall(world.last(e.Called).due) == "Tue 1 Dec 2026 17:00"


def test_the_coordinator_is_told_of_the_empty_seat_at_once() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner")))
    notice = world.notice(NoticeKind.SKIPPED, SAM)

    assert (notice.tier, notice.mentions) == (1, (Seat(COUNCIL, "practitioner"),))


def test_a_seat_with_only_a_deputy_is_not_empty() -> None:
    kept = [s for s in DIRECTORY.seatings if s.seat != Seat(COUNCIL, "practitioner")]
    deputy = replace(seating(COUNCIL, "practitioner", TOM, LENA), holder=None)
    world = called(ruled(directory=replace(DIRECTORY, seatings=(*kept, deputy))))

    assert world.tiers() == [1]
    assert LENA in world.told(NoticeKind.CALLED)


def test_a_seat_whose_people_have_left_the_directory_is_empty() -> None:
    kept = tuple(person for person in DIRECTORY.people if person.id not in {TOM, LENA})

    assert called(ruled(directory=replace(DIRECTORY, people=kept))).tiers() == [2]


def test_a_seat_may_be_held_by_a_person_of_another_agency() -> None:
    kept = tuple(s for s in DIRECTORY.seatings if s.seat != Seat(COUNCIL, "practitioner"))
    lent = replace(DIRECTORY, seatings=(*kept, seating(COUNCIL, "practitioner", SAM)))

    assert called(ruled(directory=lent)).hear(an_answer(SAM)).stage is Stage.ANSWERED


def test_several_empty_tiers_are_each_on_record() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner", "manager")))

    assert [event.tier for event in world.all(e.Skipped)] == [1, 2]
    assert world.tiers() == [3]


def test_an_empty_tier_above_is_skipped_when_the_window_lapses() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "manager"))).until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 3]
    assert world.told(NoticeKind.SKIPPED) == [SAM]


def test_an_empty_raising_seat_leaves_the_raiser_answering_for_the_side() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, RIVERSIDE, "manager"))).until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 2]
    assert world.told(NoticeKind.RAISING_TOLD) == [AMIRA]


# ---- every tier empty ------------------------------------------------------------------------------


def test_when_every_tier_is_empty_the_coordinator_is_called_as_the_top_tier() -> None:
    world = nobody_answers()

    assert [event.tier for event in world.all(e.Skipped)] == [1, 2, 3, 4]
    assert world.last(e.Called).tier == 4
    assert world.last(e.Called).challenged is None
    assert world.told(NoticeKind.COORDINATOR_CALLED) == [SAM]


def test_the_coordinator_is_called_again_until_somebody_answers() -> None:
    world = nobody_answers().until("Wed 2 Dec 2026 17:00")

    assert SAM in world.told(NoticeKind.CALLED_AGAIN)
    assert len(world.all(e.CalledAgain)) == 2


def test_the_coordinator_called_is_reminded_and_told_of_a_missed_acknowledgement_too() -> None:
    world = nobody_answers().until("Mon 30 Nov 2026 14:00")
    assert SAM in world.told(NoticeKind.ACKNOWLEDGEMENT_LAPSED)

    assert SAM in world.until("Tue 1 Dec 2026 09:30").told(NoticeKind.REMINDED)


def test_the_coordinator_called_may_acknowledge_answer_and_log_contacts() -> None:
    world = nobody_answers().hear(a_contact(when=MONDAY, by=SAM), c.Acknowledge(by=SAM), an_answer(SAM))

    assert world.stage is Stage.ANSWERED


def test_a_coordinator_who_was_not_called_may_not() -> None:
    assert not for_challenged(SAM, called().concern, DIRECTORY)
    assert called().refusal(an_answer(SAM))
    assert called().refusal(a_contact(when=MONDAY, by=SAM))


def test_without_a_coordinator_the_raising_side_hears_of_it_instead() -> None:
    world = nobody_answers(replace(NOBODY, coordinator=None))

    assert world.told(NoticeKind.SKIPPED) == [AMIRA] * 4
    assert world.told(NoticeKind.COORDINATOR_CALLED) == [HELEN]


def test_a_dispute_when_the_tiers_above_have_emptied_reaches_the_coordinator() -> None:
    world = called().hear(an_answer())
    world.rules = ruled(directory=NOBODY)

    assert world.hear(a_dispute()).told(NoticeKind.COORDINATOR_CALLED) == [SAM]


def test_a_seat_filled_later_is_called_when_the_coordinators_time_is_up() -> None:
    world = nobody_answers()
    world.rules = ruled()
    world.until("Wed 2 Dec 2026 17:00")

    assert world.last(e.Called).challenged == Seat(COUNCIL, "director")
    assert world.hear(an_answer(VICTOR)).stage is Stage.ANSWERED


def test_a_top_seat_emptied_after_its_call_hands_the_call_to_the_coordinator() -> None:
    world = called().until("Thu 3 Dec 2026 17:00")
    assert world.last(e.Called).tier == 4
    world.rules = ruled(directory=NOBODY)
    world.until("Fri 4 Dec 2026 17:00")

    assert world.last(e.Called).challenged is None
    assert world.hear(an_answer(SAM)).stage is Stage.ANSWERED


def test_the_coordinator_called_may_read_what_is_to_be_answered_and_no_other_time() -> None:
    assert may_read(SAM, nobody_answers().concern, NOBODY)
    assert not may_read(SAM, called().concern, DIRECTORY)


# ---- no channel ------------------------------------------------------------------------------------


def test_an_agency_without_a_channel_is_called_all_the_same_and_rung_up_by_the_raising_side() -> None:
    world = called(ruled(directory=OFF_BATON))

    assert world.tiers() == [1]
    assert world.told(NoticeKind.RING_THEM) == [AMIRA]


def test_an_agency_without_a_channel_or_a_seat_is_not_nobody_to_call() -> None:
    world = World().hear(a_concern(agency=SURGERY))

    assert world.until("Wed 2 Dec 2026 17:00").tiers() == [1, 2, 3]
    assert world.all(e.Skipped) == ()
    assert world.told(NoticeKind.RING_THEM) == ["ruth"]


def test_its_reminders_and_missed_acknowledgements_go_to_the_raising_side_too() -> None:
    world = World().hear(a_concern(agency=SURGERY)).until("Mon 30 Nov 2026 14:00")
    assert world.told(NoticeKind.RING_THEM) == [AMIRA]

    assert world.until("Tue 1 Dec 2026 09:30").told(NoticeKind.RING_THEM) == [AMIRA]


def test_its_answer_is_reported_by_the_raising_side() -> None:
    world = World().hear(a_concern(agency=SURGERY))
    world.hear(an_answer(AMIRA, when=MONDAY, who="Practice manager", how="by phone"), c.Accept(by=AMIRA))

    assert world.stage is Stage.AGREED


def test_a_side_whose_channels_do_not_carry_it_is_told_privately_and_the_coordinator_hears() -> None:
    world = called(ruled(directory=ELSEWHERE))

    assert world.told(NoticeKind.CALLED) == [TOM, LENA]
    assert world.told(NoticeKind.NO_CHANNEL) == [SAM]
    assert world.told(NoticeKind.RING_THEM) == []


def test_its_reminders_and_repeats_reach_the_seat_privately() -> None:
    world = called(ruled(directory=ELSEWHERE)).until("Tue 1 Dec 2026 09:30")
    assert world.told(NoticeKind.REMINDED) == [TOM, LENA]

    assert "victor" in world.until("Fri 4 Dec 2026 17:00").told(NoticeKind.CALLED_AGAIN)


def test_a_raising_side_without_a_channel_is_still_told_privately() -> None:
    world = called(ruled(directory=without_channels(DIRECTORY, RIVERSIDE)))

    assert world.told(NoticeKind.RAISING_TOLD) == [JOEL]
    assert world.told(NoticeKind.NO_CHANNEL) == [SAM]


def test_a_withdrawal_reaches_a_called_seat_that_has_no_channel() -> None:
    world = called(ruled(directory=ELSEWHERE)).until("Tue 1 Dec 2026 17:00")

    assert OWEN in world.hear(c.Withdraw(by=AMIRA, words=words(reason="Settled."))).told(NoticeKind.CLOSED)
