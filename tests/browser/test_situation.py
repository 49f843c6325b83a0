"""The situation "delayed", played and finished by hand in the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.seats import Screen

pytestmark = pytest.mark.browser


def test_a_newcomer_plays_the_situation_and_carries_it_to_agreement(screen: Screen) -> None:
    screen.plays("delayed")
    slack, telegram = screen.seat("slack"), screen.seat("telegram")
    slack.go("riverside-escalations")
    expect(slack.message("stage 2 of 4 is called")).to_be_visible()
    telegram.sit("grace")
    telegram.go("council-escalations")
    expect(telegram.message("stage 2 of 4 is called")).to_be_visible()

    telegram.go("private")
    telegram.presses("Acknowledge", "is called")
    expect(telegram.message("acknowledged")).to_be_visible()
    assert screen.stages() == ["acknowledged"]

    telegram.presses("Answer", "is called")
    telegram.fills(outcome="agreed_plan_with_actions", response="A review meeting on Friday with the bank.")
    expect(telegram.message("answered")).to_be_visible()

    slack.sit("amira")
    slack.go("private")
    slack.presses("Accept", "answered")
    slack.fills(how="plain")
    expect(slack.message("agreed")).to_be_visible()
    assert screen.stages() == ["agreed"]


def test_what_one_agency_does_is_seen_by_the_other_at_once(screen: Screen) -> None:
    screen.plays("delayed")
    slack, telegram = screen.seat("slack"), screen.seat("telegram")
    slack.go("riverside-escalations")
    telegram.sit("grace")
    telegram.go("private")
    telegram.presses("Acknowledge", "is called")

    card = slack.pane.locator("[data-message]").first
    expect(card).to_contain_text("Acknowledged")
    expect(card).to_contain_text("edited")


def test_the_ladder_shows_who_has_the_baton_and_moves_with_the_clock(screen: Screen) -> None:
    screen.plays("delayed")
    expect(screen.ladder()).to_contain_text("has the baton")
    before = screen.ladder().text_content()

    screen.moves("1 working day")

    expect(screen.page.locator("[data-clock]")).to_contain_text("Thu 3 Dec")
    expect(screen.ladder()).not_to_have_text(before or "")


def test_no_typed_word_reaches_a_channel_or_the_browser_s_store(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern")
    slack.fills(danger="no")
    slack.fills(
        strand="adult", agency="council", ground="threshold", decision="MARKEDWORDS", wanted="MARKEDWORDS"
    )
    expect(slack.message("on record")).to_be_visible()

    slack.go("riverside-escalations")
    expect(slack.message("stage 1 of 4")).to_be_visible()

    assert "MARKEDWORDS" not in slack.pane.inner_text()
    assert "MARKEDWORDS" not in screen.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


def test_each_situation_seats_you_where_you_take_over(screen: Screen) -> None:
    for situation, raiser, answerer, place in (
        ("threshold", "dele", "grace", "council-escalations"),
        ("partnership", "kofi", "miriam", "board"),
    ):
        screen.plays(situation)
        slack, telegram = screen.seat("slack"), screen.seat("telegram")

        expect(slack.pane.locator("[data-person-switcher]")).to_have_value(raiser)
        expect(telegram.pane.locator("[data-person-switcher]")).to_have_value(answerer)
        telegram.go(place)
        expect(telegram.message("is called")).to_be_visible()
        expect(screen.ladder()).to_contain_text("has the baton")


def test_the_board_decides_and_the_nurse_reads_its_decision(screen: Screen) -> None:
    screen.plays("partnership")
    slack, telegram = screen.seat("slack"), screen.seat("telegram")
    telegram.go("board")
    telegram.presses("Record a decision", "is called")
    telegram.fills(
        decision="A review every fortnight.",
        reasons="Both hold half of it.",
        dissent="The home wants a month.",
    )
    expect(telegram.message("a decision is on record")).to_be_visible()
    assert screen.stages() == ["agreed"]

    slack.go("private")
    slack.presses("Read the decision", "a decision is on record")
    expect(slack.message("The home wants a month.")).to_be_visible()
