"""Typing commands and filling forms, with the keyboard alone and with mistakes."""

import pytest
from playwright.sync_api import expect

from tests.browser.seats import Screen

pytestmark = pytest.mark.browser


def test_a_concern_is_raised_with_the_keyboard_alone(screen: Screen) -> None:
    slack, keys = screen.seat("slack"), screen.page.keyboard
    slack.go("private")
    slack.composer.focus()
    keys.type("/con")
    options = slack.pane.locator('[role="option"]')
    expect(options.first).to_contain_text("/concern")
    keys.press("Enter")
    keys.type("rai")
    expect(options.first).to_contain_text("/concern raise")
    expect(slack.composer).to_have_attribute("aria-expanded", "true")
    keys.press("Enter")
    keys.press("Escape")
    keys.press("Enter")

    expect(slack.form).to_be_visible()
    until(screen, "danger")
    keys.press("ArrowDown")
    keys.press("Enter")

    expect(slack.form.locator('[name="decision"]')).to_be_visible()
    for key, press in {
        "strand": "ArrowDown",
        "agency": "Space",
        "ground": "Space",
        "decision": "No enquiry was opened.",
        "wanted": "An enquiry, this week.",
    }.items():
        until(screen, key)
        keys.press(press) if press in {"ArrowDown", "Space"} else keys.type(press)
    until(screen, None)
    keys.press("Enter")

    expect(slack.message("on record")).to_be_visible()
    assert screen.stages() == ["called"]


def until(screen: Screen, key: str | None) -> None:
    """Press Tab until the field of this key has the focus, or the button that sends the form."""
    wanted = f'[name="{key}"]' if key else "[data-submit]"
    for _ in range(60):
        if screen.page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
        screen.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached")


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern")
    slack.fills(danger="no")
    slack.fills(decision="No answer to our referral.")

    expect(slack.form).to_contain_text("Please")
    expect(slack.form.locator('[name="decision"]')).to_have_value("No answer to our referral.")


def test_a_refused_line_stays_in_the_box(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern answer C-0000-0000 we will visit")

    expect(slack.pane).to_contain_text("No concern with that reference is open to you")
    expect(slack.composer).to_have_value("/concern answer C-0000-0000 we will visit")


def test_escape_keeps_a_form_as_a_draft_to_carry_on_with(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern refer")
    slack.form.locator('[name="summary"]').fill("Cash is missing again.")
    screen.page.keyboard.press("Escape")

    expect(slack.form).to_have_count(0)
    expect(slack.pane).to_contain_text("Draft: ")
    slack.pane.get_by_role("button", name="Carry on").click()
    expect(slack.form.locator('[name="summary"]')).to_have_value("Cash is missing again.")
    slack.fills(strand="adult", agency="council", how="phone")
    expect(slack.message("on record")).to_be_visible()
    expect(slack.pane.get_by_text("Draft: ")).to_have_count(0)


def test_completion_is_walked_with_the_arrows_and_left_with_escape(screen: Screen) -> None:
    slack, keys = screen.seat("slack"), screen.page.keyboard
    slack.go("private")
    slack.composer.focus()
    keys.type("/concern ")
    options = slack.pane.locator('[role="option"]')
    expect(options.nth(2)).to_be_visible()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    chosen = slack.pane.locator('[role="option"][aria-selected="true"]')
    expect(chosen).to_have_count(1)
    assert slack.composer.get_attribute("aria-activedescendant") == chosen.get_attribute("id")

    keys.press("Escape")
    expect(options.first).to_be_hidden()
    expect(slack.composer).to_have_value("/concern ")


def test_somebody_in_danger_is_told_whom_to_ring_before_anything_else(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern")
    slack.fills(danger="yes")

    expect(slack.form).to_contain_text("Read this first")
    expect(slack.form).to_contain_text("ring 999")
    expect(slack.form).to_contain_text("not an emergency line")
