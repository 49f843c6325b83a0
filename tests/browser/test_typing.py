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
    keys.press("Enter")
    keys.press("Escape")
    keys.press("Enter")

    expect(slack.form).to_be_visible()
    slack.form.locator('[name="danger"]').first.focus()
    keys.press("ArrowDown")
    keys.press("Enter")

    expect(slack.form.locator('[name="decision"]')).to_be_visible()


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


def test_escape_keeps_a_form_as_a_draft(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern")
    expect(slack.form).to_be_visible()
    screen.page.keyboard.press("Escape")

    expect(slack.form).to_have_count(0)
    expect(screen.page.get_by_text("draft").first).to_be_visible()


def test_somebody_in_danger_is_told_whom_to_ring_before_anything_else(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern")
    slack.fills(danger="yes")

    expect(slack.form).to_contain_text("Read this first")
    expect(slack.form).to_contain_text("ring 999")
    expect(slack.form).to_contain_text("not an emergency line")
