"""Calling a tier: both sides in pairs, two clocks fixed at once, and buttons that stay good."""

from dataclasses import replace
from datetime import date

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.calendar import Calendar
from concerns.model import ClockKind, Direction, Ground, Method, Reached, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import AgencyId, PersonId, Seat
from tests.ladders import CALENDAR, DAILY, DAYS_OFF, MONDAY, london, ruled, tier, wall, window
from tests.partnership import (
    AMIRA,
    BOARD,
    COUNCIL,
    DIRECTORY,
    GRACE,
    JOEL,
    RIVERSIDE,
    STRANGER,
    TOM,
    vacated,
)
from tests.worlds import World, a_concern, a_contact, a_dispute, an_answer, called, words


def test_raising_calls_tier_1_and_starts_two_clocks() -> None:
    world = called()

    assert world.stage is Stage.CALLED
    assert world.tiers() == [1]
    assert wall(world.last(e.Called).acknowledge_due) == "Mon 30 Nov 2026 14:00"
    assert wall(world.last(e.Called).due) == "Tue 1 Dec 2026 17:00"


def test_a_daily_ladder_steps_daily() -> None:
    world = called().until("Thu 3 Dec 2026 17:00")

    assert world.tiers() == [1, 2, 3, 4]
    assert [wall(lapsed.due) for lapsed in world.all(e.Lapsed)] == [
        "Tue 1 Dec 2026 17:00",
        "Wed 2 Dec 2026 17:00",
        "Thu 3 Dec 2026 17:00",
    ]


def test_raised_after_hours_counts_from_the_next_opening() -> None:
    world = World(now=london("Fri 4 Dec 2026 17:01")).hear(a_concern())

    assert wall(world.last(e.Called).acknowledge_due) == "Mon 7 Dec 2026 13:00"
    assert wall(world.last(e.Called).due) == "Tue 8 Dec 2026 17:00"


def test_nobody_is_hurried_through_christmas() -> None:
    world = World(now=london("Wed 23 Dec 2026 16:30")).hear(a_concern()).until("Thu 24 Dec 2026 17:00")

    assert world.tiers() == [1, 2]
    assert wall(world.last(e.Called).due) == "Tue 29 Dec 2026 17:00"


def test_tier_1_is_the_raiser_themself_against_the_practitioner_called() -> None:
    call = called().concern.call

    assert call is not None
    assert (call.raising, call.challenged) == (None, Seat(COUNCIL, "practitioner"))


def test_from_tier_2_on_both_sides_are_called_in_pairs() -> None:
    world = called().until("Thu 3 Dec 2026 17:00")

    for event in world.all(e.Called)[1:]:
        role = DAILY.tier(event.tier).challenged
        assert (event.raising, event.challenged) == (Seat(RIVERSIDE, role), Seat(COUNCIL, role))


def test_a_convener_is_called_with_the_pair_where_the_tier_names_one() -> None:
    world = called().until("Thu 3 Dec 2026 17:00")

    conveners = [event.convener for event in world.all(e.Called)]
    assert conveners == [None, None, None, Seat(BOARD, "independent_chair")]


def test_a_role_may_differ_between_the_two_sides() -> None:
    first = replace(tier(1, "practitioner"), challenged="manager")
    world = called(ruled(replace(DAILY, tiers=(first, *DAILY.tiers[1:]))))

    assert world.last(e.Called).challenged == Seat(COUNCIL, "manager")


def test_why_it_moved_up_is_on_record_and_only_the_clock_says_no_answer_in_time() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(c.Escalate(by=JOEL))
    world.hear(an_answer(by=PersonId("nadia")), a_dispute())

    assert [event.why for event in world.all(e.Called)] == [
        Why.CHOICE,
        Why.NO_ANSWER_IN_TIME,
        Why.CHOICE,
        Why.ANSWER_NOT_SUFFICIENT,
    ]
    assert [event.by for event in world.all(e.Called)] == [AMIRA, None, JOEL, AMIRA]


def test_a_tier_without_an_acknowledge_window_has_only_the_answer_clock() -> None:
    quiet = ruled(replace(DAILY, tiers=(tier(1, "practitioner", acknowledge=None, remind=()),)))

    assert [clock.kind for clock in called(quiet).concern.clocks] == [ClockKind.ANSWER]


# ---- what a button carries -------------------------------------------------------------------------


def test_the_turn_grows_when_a_tier_is_called_answered_or_disputed() -> None:
    world = called()
    turns = [world.concern.turn]
    for command in (an_answer(), a_dispute()):
        turns.append(world.hear(command).concern.turn)

    assert turns == sorted(set(turns))


def test_the_turn_does_not_grow_for_a_contact_a_note_or_an_acknowledgement() -> None:
    world = called()
    turn = world.concern.turn

    world.hear(a_contact(when=MONDAY), c.AddNote(by=AMIRA, words=words(text="Seen today.")))
    world.hear(c.Acknowledge(by=TOM), c.Release(by=TOM)).until("Mon 30 Nov 2026 14:00")

    assert world.concern.turn == turn


# ---- frozen ----------------------------------------------------------------------------------------


def test_no_later_change_of_hours_closures_ladder_or_people_moves_a_running_window() -> None:
    world = called()
    clocks = world.concern.clocks
    slower = replace(DAILY, tiers=tuple(replace(t, answer=window("5 working days")) for t in DAILY.tiers))
    shut = Calendar("Europe/London", CALENDAR.hours, DAYS_OFF | {date(2026, 12, 1): "Snow"})

    world.rules = ruled(slower, vacated(DIRECTORY, COUNCIL, "practitioner"), shut)
    world.hear(a_contact(when=MONDAY))

    assert world.concern.clocks == clocks
    assert world.until("Tue 1 Dec 2026 17:00").all(e.Lapsed)[0].due == clocks[-1].due


# ---- who and what can be raised --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "agency", "says"),
    [
        (STRANGER, COUNCIL, "directory owner"),
        (AMIRA, RIVERSIDE, "your own agency"),
        (AMIRA, BOARD, "Choose the agency"),
        (AMIRA, AgencyId("nowhere"), "Choose the agency"),
    ],
)
def test_a_concern_that_cannot_go_there_is_refused_and_says_where_to_turn(
    by: PersonId, agency: AgencyId, says: str
) -> None:
    assert says in World().refusal(a_concern(by=by, agency=agency))


def test_raising_asks_for_a_ground_what_is_challenged_and_what_is_wanted() -> None:
    world = World()

    assert "ground" in world.refusal(a_concern(grounds=()))
    assert "challenged" in world.refusal(a_concern(words=words(wanted="An enquiry.")))
    assert "what you want" in world.refusal(a_concern(words=words(decision="No enquiry.")))


def test_words_of_nothing_but_spaces_are_no_words() -> None:
    assert World().refusal(a_concern(words=words(decision="   ", wanted="An enquiry.")))


def test_an_alert_ladder_inside_one_agency_may_challenge_ones_own() -> None:
    rungs = tuple(replace(t, number=t.number - 1, raising="iro") for t in DAILY.tiers[1:])
    inside = ruled(replace(DAILY, tiers=rungs, urgent=None))
    world = World(rules=inside).hear(a_concern(agency=RIVERSIDE))

    assert world.last(e.Called).challenged == Seat(RIVERSIDE, "manager")


def test_every_ground_named_is_kept() -> None:
    grounds = (Ground.THRESHOLD, Ground.DRIFT)

    assert World().hear(a_concern(grounds=grounds)).concern.grounds == grounds


# ---- the channels ----------------------------------------------------------------------------------


def test_a_call_is_told_in_the_channels_of_both_agencies_and_to_the_holder_called() -> None:
    world = called()

    told = ["riverside-escalations", "council-escalations", "riverside-council", TOM]
    assert world.told(NoticeKind.CALLED) == told
    assert world.told(NoticeKind.CARD) == told[:3]


def test_the_second_tiers_raising_seat_is_told_when_the_ladder_opens() -> None:
    assert called().told(NoticeKind.RAISING_TOLD) == [JOEL]


def test_when_the_next_tier_is_called_the_raiser_and_the_raising_seat_are_told() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")

    assert world.told(NoticeKind.RAISING_TOLD) == [JOEL, AMIRA]
    assert GRACE in world.told(NoticeKind.CALLED)


def test_the_board_is_told_from_the_tier_the_pathway_names() -> None:
    world = called().until("Wed 2 Dec 2026 16:00")
    assert "board" not in world.told(NoticeKind.CARD)

    world.until("Wed 2 Dec 2026 17:00")
    assert world.tiers()[-1] == 3
    assert "board" in world.told(NoticeKind.CALLED)
    assert "board" in world.told(NoticeKind.CARD)


def test_a_contact_moves_no_clock() -> None:
    world = called()
    clocks = world.concern.clocks
    contact = c.LogContact(
        by=TOM, direction=Direction.RECEIVED, method=Method.EMAIL, reached=Reached.SPOKE, when=MONDAY
    )

    assert world.hear(contact).concern.clocks == clocks
