"""The live card: where it stands, who has the baton, until when; how much more is a matter of trust."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns.model import Ending, Stage
from concerns.pathway import OnLapse
from tests.ladders import DAILY, RULES, ruled
from tests.partnership import AMIRA, COUNCIL, DIRECTORY, RIVERSIDE, vacated
from tests.worlds import AT_STAGE, called, referred, words
from views.cards import card, card_title
from views.labels import ENDINGS
from views.standing import next_clock, next_step, raising_side, standing, state


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_has_its_card(stage: Stage) -> None:
    world = AT_STAGE[stage]()

    shown = card(world.concern, RULES, 0)

    assert shown.title == card_title(world.concern, RULES)
    assert shown.lines
    assert shown.buttons[-1].command == "show"


@pytest.mark.parametrize("stage", Stage)
def test_more_trust_adds_lines_and_takes_none_away(stage: Stage) -> None:
    concern = AT_STAGE[stage]().concern
    least, shared, own = (card(concern, RULES, trust).lines for trust in (0, 1, 2))

    assert shared[1:] == least
    assert shared[0].startswith("Adult.")
    assert own[: len(shared)] == shared
    assert len(own) == len(shared) + (stage is not Stage.CLOSED)


def test_a_called_card_shows_one_accountable_seat_a_side_both_clocks_and_what_comes() -> None:
    assert card(called().concern, RULES, 1).lines == (
        "Adult. Disagreement on threshold or level of need.",
        "Waiting for: practitioner, Northshire Council.",
        "Acknowledge by Mon 30 Nov at 14:00. Answer due Tue 1 Dec at 17:00.",
        "Raising side: practitioner who raised it, Riverside Home Care.",
        "If nobody answers, stage 2 (Manager) is called.",
        "If someone is in immediate danger ring 999.",
    )


def test_a_clock_that_has_stopped_is_not_shown() -> None:
    acknowledged = AT_STAGE[Stage.ACKNOWLEDGED]().concern
    lapsed = called().until("Mon 30 Nov 2026 15:00").concern

    for concern in (acknowledged, lapsed):
        assert "Answer due Tue 1 Dec at 17:00." in standing(concern, RULES)
        assert not any("Acknowledge by" in line for line in standing(concern, RULES))


def test_a_referral_that_lapsed_says_when_it_opens_by_itself() -> None:
    world = referred()
    assert "Response due Tue 1 Dec at 17:00." in standing(world.concern, RULES)[0]

    world.until("Tue 1 Dec 2026 17:30")
    assert standing(world.concern, RULES)[-1] == (
        "The raising side can open stage 1 now; it opens by itself Wed 2 Dec at 17:00."
    )


def test_where_moving_up_is_asked_about_the_card_says_so() -> None:
    rules = ruled(replace(DAILY, on_lapse=OnLapse.ASK))
    world = called(rules)
    assert next_step(world.concern, rules) == (
        "If nobody answers, the raising side is asked first, then stage 2 (Manager) is called."
    )

    world.until("Tue 1 Dec 2026 17:30")
    lines = standing(world.concern, rules)
    assert "No answer came by Tue 1 Dec at 17:00." in lines
    assert (
        "Unless the raising side moves it up sooner, stage 2 (Manager) is called Wed 2 Dec at 13:00." in lines
    )


def test_at_the_top_the_call_is_repeated_and_counted() -> None:
    world = called().until("Mon 7 Dec 2026 17:30")

    lines = standing(world.concern, RULES)

    assert "Called again 2 times." in lines
    assert "Nobody is above this: the call is repeated until somebody answers or decides." in lines
    assert "Convener: independent chair, Northshire Safeguarding Partnership Board." in lines


def test_an_empty_raising_seat_leaves_the_raiser_accountable() -> None:
    rules = ruled(directory=vacated(DIRECTORY, RIVERSIDE, "manager"))
    world = called(rules).until("Tue 1 Dec 2026 17:30")

    assert raising_side(world.concern, rules) == "practitioner who raised it, Riverside Home Care"


def test_with_nobody_to_call_the_coordinator_is_waited_for() -> None:
    roles = (tier.challenged for tier in DAILY.tiers)
    rules = ruled(directory=vacated(DIRECTORY, COUNCIL, *roles))

    assert "Waiting for: the coordinator." in standing(called(rules).concern, rules)


def test_an_answer_waits_for_the_raising_side_and_later_its_manager() -> None:
    world = AT_STAGE[Stage.ANSWERED]()
    raiser = "practitioner who raised it, Riverside Home Care"
    assert standing(world.concern, RULES)[0] == f"Answered. Waiting for: {raiser}."

    world.until("Fri 4 Dec 2026 17:30")
    assert standing(world.concern, RULES)[0] == "Answered. Waiting for: manager, Riverside Home Care."


@pytest.mark.parametrize("ending", Ending)
def test_a_closed_card_says_how_it_ended(ending: Ending) -> None:
    concern = replace(AT_STAGE[Stage.CLOSED]().concern, ending=ending)

    assert standing(concern, RULES)[0] == f"Closed: {ENDINGS[ending]}."


def test_an_urgent_concern_is_marked_until_it_is_closed() -> None:
    urgent = replace(called().concern, urgent=True)
    closed = replace(AT_STAGE[Stage.CLOSED]().concern, urgent=True)

    assert (card_title(urgent, RULES)[:8], card(urgent, RULES, 0).urgent) == ("Urgent: ", True)
    assert (card_title(closed, RULES)[:8], card(closed, RULES, 0).urgent) == ("C-7F3K-9", False)


def test_a_reminder_is_nothing_anybody_waits_for() -> None:
    concern = called().until("Tue 1 Dec 2026 09:00").concern

    clock = next_clock(concern)
    assert clock is not None
    assert clock.due != concern.due
    assert state(concern, RULES) == "called, stage 1 of 4"


def test_a_withdrawn_concern_has_no_clock_to_show() -> None:
    world = called().hear(c.Withdraw(by=AMIRA, words=words(reason="They moved away.")))

    assert next_clock(world.concern) is None
    assert standing(world.concern, RULES)[0] == "Closed: withdrawn by the raising side."
