"""On whom a concern waits: one accountable person for each seat, and how late it is."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns.model import Concern, Stage
from concerns.pathway import OnLapse
from concerns.people import PersonId
from concerns.promise import Action
from concerns.rules import Rules
from concerns.waiting import Matter, Waiting, waiting, waits_for, waits_on
from tests.ladders import DAILY, MONDAY, RULES, london, ruled, wall
from tests.partnership import (
    AMIRA,
    BOARD,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    LENA,
    MIRIAM,
    NADIA,
    OWEN,
    PEOPLE,
    SAM,
    TOM,
    VICTOR,
    vacated,
)
from tests.worlds import (
    AT_STAGE,
    World,
    a_check,
    acknowledged,
    agreed,
    an_answer,
    answered,
    called,
    referred,
    words,
)


def on(world: World) -> dict[PersonId, Matter]:
    """Who is waited on now, and for what."""
    return {one.person: one.matter for one in waiting(world.concern, world.rules, world.now)}


def of(world: World, person: PersonId) -> Waiting:
    """What this person is waited on for."""
    found = waits_for(person, world.concern, world.rules, world.now)
    assert found is not None
    return found


def test_a_call_waits_on_the_holder_of_its_seat_and_on_no_deputy() -> None:
    assert on(called()) == {TOM: Matter.ANSWER}


def test_a_deputy_who_said_they_have_it_is_waited_on_too() -> None:
    world = called().hear(c.Acknowledge(by=LENA))

    assert on(world) == {TOM: Matter.ANSWER, LENA: Matter.ANSWER}


def test_a_seat_whose_holder_has_left_waits_on_the_first_deputy() -> None:
    gone = tuple(person for person in PEOPLE if person.id != TOM)

    assert on(called(ruled(directory=replace(DIRECTORY, people=gone)))) == {LENA: Matter.ANSWER}


def test_the_convener_called_with_the_pair_is_waited_on_as_well() -> None:
    assert on(called().until("Fri 4 Dec 2026 12:00")) == {VICTOR: Matter.ANSWER, MIRIAM: Matter.ANSWER}


def test_with_every_seat_empty_it_waits_on_the_coordinator() -> None:
    roles = ("practitioner", "manager", "senior_manager", "director")
    empty = vacated(vacated(DIRECTORY, COUNCIL, *roles), BOARD, "independent_chair")

    assert on(called(ruled(directory=empty))) == {SAM: Matter.ANSWER}


def test_an_answer_waits_on_the_raiser_and_on_the_seat_that_speaks_for_their_side() -> None:
    assert on(answered()) == {AMIRA: Matter.ACCEPTANCE}
    at_tier_2 = called().until("Tue 1 Dec 2026 18:00").hear(an_answer(GRACE))
    assert on(at_tier_2) == {AMIRA: Matter.ACCEPTANCE, JOEL: Matter.ACCEPTANCE}


def test_a_referral_waits_on_nobody_of_ours_until_the_raiser_is_asked() -> None:
    world = referred()
    assert on(world) == {}

    assert on(world.until("Tue 1 Dec 2026 17:00")) == {AMIRA: Matter.REFERRAL}


def test_where_moving_up_is_asked_about_both_sides_are_waited_on() -> None:
    world = called(ruled(replace(DAILY, on_lapse=OnLapse.ASK))).until("Tue 1 Dec 2026 17:00")

    assert on(world) == {TOM: Matter.ANSWER, AMIRA: Matter.MOVE_UP, JOEL: Matter.MOVE_UP}


def test_more_time_asked_for_waits_on_the_raising_side() -> None:
    asked = c.AskExtension(by=TOM, until=london("Fri 4 Dec 2026 17:00"), words=words(reason="A meeting."))
    world = called().hear(asked)

    assert on(world) == {TOM: Matter.ANSWER, AMIRA: Matter.EXTENSION}


def test_a_check_waits_on_nobody_before_its_day() -> None:
    """Ten mornings of "check due in a week" would teach people not to read the eleventh."""
    world = agreed()
    assert wall(world.concern.due) == "Mon 14 Dec 2026 17:00"
    assert on(world.until("Fri 11 Dec 2026 18:00")) == {}

    assert on(world.until("Mon 14 Dec 2026 08:00")) == {AMIRA: Matter.CHECK}


def test_an_action_waits_on_its_owner_from_its_day_on() -> None:
    due = london("Thu 3 Dec 2026 17:00")
    world = agreed()
    concern = replace(world.concern, actions=(Action(1, LENA, due, due),))

    def owners(written: str) -> tuple[Waiting, ...]:
        return waiting(concern, RULES, london(written))

    assert owners("Wed 2 Dec 2026 09:00") == ()
    assert owners("Thu 3 Dec 2026 09:00") == (Waiting(LENA, Matter.ACTION, due),)
    (late,) = owners("Fri 4 Dec 2026 09:00")
    assert late.late.total_seconds() == 16 * 3600
    (action,) = concern.actions
    for over in (replace(action, done=True), replace(action, dropped=True)):
        assert waiting(replace(concern, actions=(over,)), RULES, london("Fri 4 Dec 2026 09:00")) == ()


def test_what_is_closed_waits_on_nobody() -> None:
    assert on(agreed().hear(a_check())) == {}


# ---- how late --------------------------------------------------------------------------------------


def test_in_time_nothing_is_late_and_the_soonest_clock_is_named() -> None:
    tom = of(called(), TOM)

    assert (wall(tom.due), tom.overdue) == ("Mon 30 Nov 2026 14:00", False)


def test_an_acknowledgement_that_did_not_come_is_late_since_its_own_instant() -> None:
    tom = of(called().until("Tue 1 Dec 2026 09:00"), TOM)

    assert (wall(tom.due), tom.late.total_seconds()) == ("Tue 1 Dec 2026 17:00", 19 * 3600)
    assert not of(acknowledged().until("Tue 1 Dec 2026 09:00"), TOM).overdue


def test_the_top_called_again_is_late_since_its_first_window_ended() -> None:
    world = called().until("Wed 9 Dec 2026 09:00")
    assert world.concern.call
    assert world.concern.call.again == 3

    victor = of(world, VICTOR)
    assert wall(world.now - victor.late) == "Fri 4 Dec 2026 17:00"


def test_an_answer_nobody_took_says_how_often_it_was_asked_about() -> None:
    amira = of(answered().until("Mon 7 Dec 2026 09:00"), AMIRA)

    assert (amira.times, amira.overdue) == (2, True)


def test_the_overdue_press_first_the_longest_overdue_of_them_then_the_soonest_due() -> None:
    a_day = london("Tue 1 Dec 2026 09:00") - london("Mon 30 Nov 2026 09:00")
    later, sooner = (Waiting(TOM, Matter.ANSWER, MONDAY + days * a_day) for days in (2, 1))
    asked = replace(sooner, times=1)
    late, very_late = (replace(later, late=days * a_day) for days in (1, 3))

    mixed = [later, asked, late, sooner, very_late]
    assert sorted(mixed, key=lambda one: one.pressing) == [very_late, late, asked, sooner, later]


# ---- accountable is narrower than allowed ----------------------------------------------------------


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("until", ["Mon 30 Nov 2026 10:00", "Tue 1 Dec 2026 17:00", "Fri 18 Dec 2026 17:00"])
def test_nobody_is_waited_on_who_could_not_act(stage: Stage, until: str) -> None:
    for law in (RULES, ruled(replace(DAILY, on_lapse=OnLapse.ASK))):
        world = AT_STAGE[stage](law).until(until)
        accountable = {one.person for one in waiting(world.concern, law, world.now)}
        allowed = {p.id for p in PEOPLE if waits_on(p.id, world.concern, law.directory)}

        assert accountable <= allowed
        awaited = world.stage is not Stage.AGREED
        assert bool(accountable) == bool(allowed) or not awaited


def test_everybody_in_the_seat_may_act() -> None:
    def allowed(concern: Concern, rules: Rules = RULES) -> set[PersonId]:
        return {person.id for person in PEOPLE if waits_on(person.id, concern, rules.directory)}

    assert allowed(called().concern) == {TOM, LENA}
    assert allowed(called().until("Tue 1 Dec 2026 17:00").concern) == {GRACE, OWEN}
    assert allowed(called().until("Wed 2 Dec 2026 17:00").concern) == {NADIA}
