"""Reminders: shares of the window in its own kind of time, to the side called, none after an answer."""

from dataclasses import replace

from concerns import commands as c
from concerns import events as e
from concerns.notice import NoticeKind
from concerns.people import Seat
from tests.ladders import DAILY, ruled, tier, wall
from tests.partnership import COUNCIL, TOM
from tests.worlds import an_answer, called


def test_reminders_come_at_their_share_of_working_time() -> None:
    world = called().until("Tue 1 Dec 2026 16:59")

    # Monday 10:00 to Tuesday 17:00 is fifteen working hours; half of it and four fifths of it.
    assert [wall(reminded.at) for reminded in world.all(e.Reminded)] == [
        "Tue 1 Dec 2026 09:30",
        "Tue 1 Dec 2026 14:00",
    ]


def test_reminders_of_an_elapsed_window_come_at_their_share_of_elapsed_time() -> None:
    hours = ruled(replace(DAILY, tiers=(tier(1, "practitioner", "20 hours", None),)))
    world = called(hours).until("Tue 1 Dec 2026 05:59")

    assert [wall(r.at) for r in world.all(e.Reminded)] == ["Mon 30 Nov 2026 20:00", "Tue 1 Dec 2026 02:00"]


def test_a_reminder_goes_to_the_called_side_and_never_makes_a_button_stale() -> None:
    world = called()
    turn = world.concern.turn

    world.until("Tue 1 Dec 2026 09:30")

    assert world.told(NoticeKind.REMINDED) == [
        "riverside-escalations",
        "council-escalations",
        "riverside-council",
    ]
    reminded = world.notice(NoticeKind.REMINDED, "council-escalations")
    assert reminded.mentions == (Seat(COUNCIL, "practitioner"),)
    assert reminded.turn == world.concern.turn == turn


def test_reminders_go_on_after_an_acknowledgement() -> None:
    world = called().hear(c.Acknowledge(by=TOM)).until("Tue 1 Dec 2026 16:59")

    assert len(world.all(e.Reminded)) == 2


def test_no_reminder_is_sent_after_an_answer() -> None:
    world = called().hear(an_answer()).until("Tue 1 Dec 2026 17:00")

    assert world.all(e.Reminded) == ()
