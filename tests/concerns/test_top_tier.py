"""The top tier: called again each repeat until somebody answers, the convener with the pair."""

from dataclasses import replace

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Stage
from concerns.notice import NoticeKind
from concerns.people import Seat
from tests.ladders import DAILY, ruled, tier, wall, window
from tests.partnership import BOARD, COUNCIL, DIRECTORY, HELEN, MIRIAM, RIVERSIDE, VICTOR, vacated
from tests.worlds import World, an_answer, called


def at_the_top() -> World:
    """Tier 4 of 4 called, Thursday 17:00."""
    return called().until("Thu 3 Dec 2026 17:00")


def test_the_top_tier_is_called_again_each_repeat() -> None:
    world = at_the_top().until("Wed 9 Dec 2026 17:00")

    assert world.tiers() == [1, 2, 3, 4]
    assert [(wall(event.at), event.times) for event in world.all(e.CalledAgain)] == [
        ("Fri 4 Dec 2026 17:00", 1),
        ("Mon 7 Dec 2026 17:00", 2),
        ("Tue 8 Dec 2026 17:00", 3),
        ("Wed 9 Dec 2026 17:00", 4),
    ]


def test_each_lapse_at_the_top_is_on_record_with_the_call_that_follows_it() -> None:
    world = at_the_top().until("Fri 4 Dec 2026 17:00")

    lapsed, again = world.events[-2:]
    assert isinstance(lapsed, e.Lapsed)
    assert isinstance(again, e.CalledAgain)
    assert lapsed.due == lapsed.at == again.at


def test_both_the_seat_and_the_convener_are_called_again_in_the_channels_and_privately() -> None:
    world = at_the_top().until("Fri 4 Dec 2026 17:00")
    channel = world.notice(NoticeKind.CALLED_AGAIN, "board")

    assert channel.mentions == (Seat(COUNCIL, "director"), Seat(BOARD, "independent_chair"))
    assert world.told(NoticeKind.CALLED_AGAIN)[-2:] == [VICTOR, MIRIAM]


def test_silence_at_the_top_never_closes_anything() -> None:
    world = at_the_top().until("Thu 1 Apr 2027 17:00")

    assert world.stage is Stage.CALLED
    assert world.concern.due is not None


def test_an_acknowledgement_does_not_stop_the_calling() -> None:
    world = at_the_top().hear(c.Acknowledge(by=VICTOR)).until("Mon 7 Dec 2026 17:00")

    assert len(world.all(e.CalledAgain)) == 2
    assert world.stage is Stage.ACKNOWLEDGED


def test_an_answer_does() -> None:
    world = at_the_top().until("Fri 4 Dec 2026 17:00").hear(an_answer(VICTOR))

    assert len(world.until("Fri 11 Dec 2026 17:00").all(e.CalledAgain)) == 1


def test_a_button_on_the_first_top_call_is_still_good_on_the_third() -> None:
    world = at_the_top()
    turn = world.concern.turn

    assert world.until("Mon 7 Dec 2026 17:00").concern.turn == turn


def test_calling_again_asks_for_an_answer_only() -> None:
    world = at_the_top().until("Fri 4 Dec 2026 17:00")

    assert [clock.kind for clock in world.concern.clocks] == [ClockKind.ANSWER]


def test_the_raising_seat_of_the_top_tier_speaks_for_its_side() -> None:
    world = at_the_top().hear(an_answer(VICTOR), c.Accept(by=HELEN))

    assert world.stage is Stage.AGREED
    assert world.last(e.Called).raising == Seat(RIVERSIDE, "director")


def test_a_ladder_of_one_tier_is_top_from_the_start() -> None:
    short = replace(DAILY, tiers=(tier(1, "practitioner"),), repeat=window("2 hours"), urgent=None)
    world = called(ruled(short)).until("Tue 1 Dec 2026 19:00")

    assert [wall(event.due) for event in world.all(e.CalledAgain)] == [
        "Tue 1 Dec 2026 19:00",
        "Tue 1 Dec 2026 21:00",
    ]


def test_a_convener_nobody_holds_is_named_all_the_same_and_stops_nothing() -> None:
    world = called(ruled(directory=vacated(DIRECTORY, BOARD, "independent_chair")))

    assert world.until("Thu 3 Dec 2026 17:00").last(e.Called).convener == Seat(BOARD, "independent_chair")
    assert world.told(NoticeKind.CALLED)[-1] == VICTOR
