"""While somebody is away whoever stands in is asked, may read and may speak; nobody loses a right by it."""

from datetime import timedelta

from concerns import commands as c
from concerns import events as e
from concerns.authority import for_challenged, for_raising, may_read, may_see
from concerns.directory import Directory
from concerns.model import ClockKind, Stage
from concerns.notice import NoticeKind
from concerns.people import COORDINATOR, Cover, PersonId, Seat
from tests.ladders import MONDAY, ruled
from tests.partnership import (
    AMIRA,
    BEN,
    BOARD,
    CARL,
    COUNCIL,
    DIRECTORY,
    GRACE,
    HELEN,
    JOEL,
    LENA,
    MIRIAM,
    NADIA,
    OWEN,
    PRIYA,
    RIVERSIDE,
    SAM,
    STRANGER,
    TOM,
    VICTOR,
    vacated,
)
from tests.worlds import World, a_dispute, an_answer, answered, called

COUNCILS_MANAGER, FRONT_LINE = Seat(COUNCIL, "manager"), Seat(COUNCIL, "practitioner")


def away(*absent: PersonId, stand_in: PersonId | None = None, directory: Directory = DIRECTORY) -> Directory:
    """These people are away for a month, all with the same person standing in, or with nobody."""
    end = MONDAY + timedelta(days=30)
    return directory.covered(Cover(person, MONDAY, end, stand_in) for person in absent)


def living(directory: Directory) -> World:
    """A concern of Amira's with the council, raised while these people are away."""
    return called(ruled(directory=directory))


# ---- whom a seat calls -------------------------------------------------------------------------------


def test_whoever_stands_in_is_called_first_in_the_holders_place() -> None:
    assert away(GRACE, stand_in=CARL).holders(COUNCILS_MANAGER) == (CARL, OWEN)
    assert away(OWEN, stand_in=CARL).holders(COUNCILS_MANAGER) == (GRACE, CARL)


def test_with_nobody_standing_in_the_deputies_are_called() -> None:
    assert away(GRACE).holders(COUNCILS_MANAGER) == (OWEN,)


def test_a_deputy_who_stands_in_is_called_once() -> None:
    assert away(GRACE, stand_in=OWEN).holders(COUNCILS_MANAGER) == (OWEN,)


def test_whoever_stands_in_and_is_away_too_passes_it_to_the_deputies_not_further() -> None:
    month = MONDAY + timedelta(days=30)
    both = DIRECTORY.covered((Cover(GRACE, MONDAY, month, CARL), Cover(CARL, MONDAY, month, VICTOR)))

    assert both.holders(COUNCILS_MANAGER) == (OWEN,)
    assert both.reached(GRACE) is None
    assert both.reached(CARL) == VICTOR


def test_whoever_stands_in_but_has_left_the_directory_is_not_called() -> None:
    assert away(GRACE, stand_in=STRANGER).holders(COUNCILS_MANAGER) == (OWEN,)


def test_two_who_stand_in_for_each_other_are_both_away() -> None:
    month = MONDAY + timedelta(days=30)
    crossed = DIRECTORY.covered((Cover(GRACE, MONDAY, month, OWEN), Cover(OWEN, MONDAY, month, GRACE)))

    assert crossed.holders(COUNCILS_MANAGER) == ()


def test_a_person_who_stands_in_has_the_seats_of_the_one_away_and_no_others() -> None:
    assert away(GRACE, stand_in=CARL).seats_of(CARL) == (COUNCILS_MANAGER,)
    assert DIRECTORY.seats_of(CARL) == ()


def test_a_call_goes_to_whoever_stands_in_and_not_to_the_one_away() -> None:
    world = living(away(TOM, stand_in=CARL))

    assert CARL in world.told(NoticeKind.CALLED)
    assert TOM not in world.told(NoticeKind.CALLED)


# ---- what whoever stands in may do -------------------------------------------------------------------


def test_whoever_stands_in_may_read_acknowledge_and_answer() -> None:
    directory = away(TOM, stand_in=CARL)
    world = living(directory)
    assert may_read(CARL, world.concern, directory)

    world.hear(c.Acknowledge(by=CARL), an_answer(CARL))
    assert not world.last(e.Answered).reported
    assert world.last(e.Answered).seat == FRONT_LINE


def test_the_one_away_may_still_do_it_themselves() -> None:
    directory = away(TOM, stand_in=CARL)
    world = living(directory)

    assert may_read(TOM, world.concern, directory)
    assert world.hear(c.Acknowledge(by=TOM), an_answer(TOM)).stage is Stage.ANSWERED


def test_when_they_are_back_whoever_stood_in_may_read_nothing_more() -> None:
    world = living(away(TOM, stand_in=CARL)).hear(c.Acknowledge(by=CARL))
    world.rules = ruled()

    assert not may_see(CARL, world.concern, DIRECTORY)
    assert not for_challenged(CARL, world.concern, DIRECTORY)
    assert "Only the seat that was called" in world.refusal(an_answer(CARL))


def test_setting_cover_moves_no_clock() -> None:
    world = living(DIRECTORY)
    clocks = world.concern.clocks
    world.rules = ruled(directory=away(TOM, LENA))
    world.later(hours=1)

    assert world.concern.clocks == clocks


# ---- everybody away ----------------------------------------------------------------------------------


def test_a_seat_whose_people_are_all_away_is_skipped_on_record_and_the_coordinator_told_at_once() -> None:
    world = living(away(TOM, LENA))

    assert world.tiers() == [2]
    assert world.last(e.Skipped).empty == FRONT_LINE
    assert world.told(NoticeKind.SKIPPED) == [SAM]


def test_a_tier_whose_people_have_left_on_leave_by_then_is_skipped_when_the_window_lapses() -> None:
    world = living(DIRECTORY)
    world.rules = ruled(directory=away(GRACE, OWEN))
    world.until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 3]
    assert world.told(NoticeKind.SKIPPED) == [SAM]
    assert NADIA in world.told(NoticeKind.CALLED)


def test_with_everybody_at_every_tier_away_the_coordinator_is_called() -> None:
    world = living(away(TOM, LENA, GRACE, OWEN, NADIA, VICTOR))

    assert [skipped.tier for skipped in world.all(e.Skipped)] == [1, 2, 3, 4]
    assert world.told(NoticeKind.COORDINATOR_CALLED) == [SAM]


def test_the_convener_away_is_passed_over_for_whoever_stands_in() -> None:
    world = living(away(MIRIAM, stand_in=CARL)).until("Thu 3 Dec 2026 17:00")

    assert world.last(e.Called).convener == Seat(BOARD, "independent_chair")
    assert CARL in world.told(NoticeKind.CALLED)
    assert world.hear(an_answer(CARL)).last(e.Answered).seat == Seat(BOARD, "independent_chair")


# ---- the raising side --------------------------------------------------------------------------------


def test_the_raisers_cover_hears_for_them_reads_and_speaks_for_their_side() -> None:
    directory = away(AMIRA, stand_in=BEN)
    world = living(directory).hear(an_answer())

    assert BEN in world.told(NoticeKind.ANSWERED)
    assert AMIRA not in world.told(NoticeKind.ANSWERED)
    assert may_read(BEN, world.concern, directory)
    assert for_raising(BEN, world.concern, directory)


def test_what_the_raisers_cover_accepts_the_raiser_is_not_asked_to_object_to() -> None:
    world = living(away(AMIRA, stand_in=BEN)).hear(an_answer(), c.Accept(by=BEN))

    assert world.last(e.Accepted).objection_due is None
    assert world.concern.clock(ClockKind.OBJECTION) is None
    assert world.told(NoticeKind.ACCEPTED).count(BEN) == 0


def test_what_the_manager_accepts_the_raisers_cover_may_object_to() -> None:
    world = answered().until("Fri 4 Dec 2026 17:00")
    world.rules = ruled(directory=away(AMIRA, stand_in=BEN))
    world.hear(c.Accept(by=JOEL))
    assert world.concern.clock(ClockKind.OBJECTION) is not None
    assert BEN in world.told(NoticeKind.ACCEPTED)

    assert world.hear(a_dispute(BEN)).stage is Stage.CALLED


def test_a_raiser_away_with_nobody_standing_in_still_answers_for_their_side() -> None:
    world = living(away(AMIRA)).hear(an_answer())

    assert AMIRA in world.told(NoticeKind.ANSWERED)
    assert world.hear(c.Accept(by=AMIRA)).stage is Stage.AGREED


def test_whoever_covers_for_the_raiser_does_not_answer_for_the_other_side() -> None:
    directory = away(AMIRA, stand_in=TOM)
    world = living(directory)

    assert not for_challenged(TOM, world.concern, directory)
    assert for_challenged(LENA, world.concern, directory)


def test_an_empty_raising_seat_leaves_the_raisers_cover_answering_for_the_side() -> None:
    directory = away(AMIRA, stand_in=BEN, directory=vacated(DIRECTORY, RIVERSIDE, "manager"))
    world = living(directory).until("Tue 1 Dec 2026 17:00")

    assert world.told(NoticeKind.RAISING_TOLD) == [BEN]


def test_the_raising_manager_away_is_stood_in_for_when_nothing_is_said_about_an_answer() -> None:
    world = living(away(JOEL, stand_in=HELEN)).hear(an_answer()).until("Fri 4 Dec 2026 17:00")

    assert HELEN in world.told(NoticeKind.ACCEPTANCE_DUE)
    assert PRIYA not in world.told(NoticeKind.ACCEPTANCE_DUE)
    assert world.hear(c.Accept(by=HELEN)).stage is Stage.AGREED


# ---- the coordinator ---------------------------------------------------------------------------------


def test_whoever_stands_in_for_the_coordinator_is_told_of_every_gap() -> None:
    world = living(away(SAM, stand_in=MIRIAM, directory=vacated(DIRECTORY, COUNCIL, "practitioner")))

    assert world.told(NoticeKind.SKIPPED) == [MIRIAM]


def test_whoever_stands_in_for_the_coordinator_answers_where_nobody_could_be_called() -> None:
    roles = ("practitioner", "manager", "senior_manager", "director")
    directory = away(SAM, stand_in=MIRIAM, directory=vacated(DIRECTORY, COUNCIL, *roles))
    world = living(directory)
    assert directory.has_role(MIRIAM, COORDINATOR)
    assert directory.has_role(SAM, COORDINATOR)

    assert world.told(NoticeKind.COORDINATOR_CALLED) == [MIRIAM]
    assert may_read(MIRIAM, world.concern, directory)
    assert world.hear(an_answer(MIRIAM)).stage is Stage.ANSWERED


def test_a_coordinator_away_with_nobody_standing_in_leaves_the_raising_side_told_too() -> None:
    world = living(away(SAM, directory=vacated(DIRECTORY, COUNCIL, "practitioner")))

    assert world.told(NoticeKind.SKIPPED) == [SAM, AMIRA]
