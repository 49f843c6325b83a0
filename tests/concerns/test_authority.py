"""Who may speak and who may read: the directory as it stands today decides, never a channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns.authority import (
    for_challenged,
    for_raising,
    may_read,
    may_see,
    owes_action,
    parties,
    raising_people,
)
from concerns.directory import Directory
from concerns.model import Concern
from concerns.people import Cover, PersonId, Seat
from tests.ladders import MONDAY, ruled
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    BOARD,
    CARL,
    COUNCIL,
    DEV,
    DIRECTORY,
    GRACE,
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
    seating,
    vacated,
)
from tests.worlds import World, an_action, called, referred

Rule = Callable[[PersonId, Concern, Directory], bool]
EVERYBODY = {person.id for person in DIRECTORY.people} | {STRANGER}


def at_tier_2() -> World:
    """Tier 2 called on both sides, Tuesday 17:00."""
    return called().until("Tue 1 Dec 2026 17:00")


def test_a_referral_is_its_raisers_to_read() -> None:
    assert _who(may_read, referred()) == {AMIRA}


def test_the_words_are_for_the_raiser_and_the_seats_called_so_far_on_both_sides() -> None:
    assert _who(may_read, called()) == {AMIRA, TOM, LENA}
    assert _who(may_read, at_tier_2()) == {AMIRA, TOM, LENA, JOEL, PRIYA, GRACE, OWEN}


def test_the_convener_may_read_once_called() -> None:
    assert MIRIAM in _who(may_read, called().until("Thu 3 Dec 2026 17:00"))


def test_a_seat_that_was_skipped_was_not_called_and_may_not_read() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, COUNCIL, "practitioner")))
    world.rules = ruled()

    assert TOM not in _who(may_read, world)


def test_the_coordinator_the_auditor_and_the_raising_manager_see_the_clocks_and_not_the_words() -> None:
    assert _who(may_see, called()) - _who(may_read, called()) == {SAM, ALEX, JOEL, PRIYA}


def test_whoever_was_named_to_do_something_sees_the_clocks_and_not_the_words() -> None:
    world = called().hear(an_action(owner=CARL))
    assert CARL in _who(may_see, world) - _who(may_read, world)
    assert _who(owes_action, world) == {CARL}

    world.hear(c.FinishAction(by=CARL, number=1))
    assert CARL in _who(may_see, world)
    assert _who(owes_action, world) == set()


def test_whoever_stands_in_for_the_owner_of_an_action_sees_it_too() -> None:
    concern = called().hear(an_action(owner=CARL)).concern
    covered = DIRECTORY.covered([Cover(CARL, MONDAY, MONDAY + timedelta(days=5), DEV)])

    assert not may_see(DEV, concern, DIRECTORY)
    assert may_see(DEV, concern, covered)
    assert owes_action(DEV, concern, covered)


def test_a_coordinator_named_only_at_the_top_of_the_file_sees_too() -> None:
    named = replace(DIRECTORY, coordinator=DEV)

    assert may_see(DEV, called().concern, named)


def test_only_the_raiser_speaks_for_the_raising_side_at_tier_1() -> None:
    assert _who(for_raising, called()) == {AMIRA}


def test_from_tier_2_the_raising_seat_speaks_too() -> None:
    assert _who(for_raising, at_tier_2()) == {AMIRA, JOEL, PRIYA}


def test_the_called_seat_and_its_deputies_speak_for_the_challenged_side() -> None:
    assert _who(for_challenged, referred()) == set()
    assert _who(for_challenged, called()) == {TOM, LENA}
    assert _who(for_challenged, at_tier_2()) == {GRACE, OWEN}


def test_the_convener_speaks_beside_the_challenged_seat_at_its_tier() -> None:
    assert _who(for_challenged, called().until("Thu 3 Dec 2026 17:00")) == {VICTOR, MIRIAM}


def test_people_change_and_seats_stay() -> None:
    world = called()
    kept = tuple(s for s in DIRECTORY.seatings if s.seat != Seat(COUNCIL, "practitioner"))
    world.rules = ruled(
        directory=replace(DIRECTORY, seatings=(*kept, seating(COUNCIL, "practitioner", CARL)))
    )

    assert world.refusal(c.Acknowledge(by=TOM))
    assert world.hear(c.Acknowledge(by=CARL)).concern.acknowledged_by == CARL


def test_whoever_left_the_directory_no_longer_acts_for_a_seat() -> None:
    world = called()
    world.rules = ruled(
        directory=replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != TOM))
    )

    assert world.refusal(c.Acknowledge(by=TOM))


def test_exactly_one_person_answers_for_the_raising_side_first() -> None:
    assert raising_people(called().concern, DIRECTORY) == (AMIRA,)
    assert raising_people(at_tier_2().concern, DIRECTORY) == (JOEL, PRIYA)
    empty = vacated(DIRECTORY, RIVERSIDE, "manager")
    assert raising_people(at_tier_2().concern, empty) == (AMIRA,)


def test_the_board_is_a_party_from_its_tier_or_once_it_convenes() -> None:
    world = called()
    assert parties(world.concern, DIRECTORY, 1, 3) == {RIVERSIDE, COUNCIL}
    assert parties(world.concern, DIRECTORY, 3, 3) == {RIVERSIDE, COUNCIL, BOARD}
    assert parties(world.concern, DIRECTORY, 3, None) == {RIVERSIDE, COUNCIL}

    convened = world.until("Thu 3 Dec 2026 17:00").concern
    assert parties(convened, DIRECTORY, 4, None) == {RIVERSIDE, COUNCIL, BOARD}


@pytest.mark.parametrize("by", [BEN, NADIA, DEV])
def test_nobody_speaks_for_either_side_by_being_in_the_agency(by: PersonId) -> None:
    world = called()

    assert not for_raising(by, world.concern, DIRECTORY)
    assert not for_challenged(by, world.concern, DIRECTORY)


def _who(rule: Rule, world: World) -> set[PersonId]:
    return {person for person in EVERYBODY if rule(person, world.concern, DIRECTORY)}
