"""What people read in the page: threads, quotes, private replies, unread marks, and news as it comes."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watched
from tests.browser.seats import Screen
from tests.playground.served import Served

pytestmark = pytest.mark.browser

SHARED = "riverside-council"


def test_on_slack_a_concern_is_one_card_with_its_thread_folded_under_it(screen: Screen) -> None:
    screen.plays("delayed")
    slack = screen.seat("slack")
    slack.go(SHARED)
    thread = slack.pane.locator("details")
    expect(thread.locator("summary")).to_contain_text("replies")
    expect(slack.message("stage 2 of 4 is called")).to_be_visible()

    thread.locator("summary").click()
    expect(slack.message("stage 2 of 4 is called")).to_be_hidden()
    expect(slack.pane.locator("[data-message]").first).to_be_visible()


def test_on_telegram_each_message_quotes_the_card_it_answers(screen: Screen) -> None:
    screen.plays("delayed")
    telegram = screen.seat("telegram")
    telegram.sit("tom")
    telegram.go("council-escalations")

    ping = telegram.message("stage 2 of 4 is called")
    expect(ping).to_be_visible()
    expect(ping.locator(".quote")).to_contain_text("stage 2 of 4: Line managers")


def test_a_reply_in_a_channel_is_seen_by_nobody_else(screen: Screen, browser: Browser) -> None:
    slack = screen.seat("slack")
    slack.sit("amira")
    slack.go(SHARED)
    slack.says("/concern help")
    reply = slack.message("What you can do here")
    expect(reply).to_contain_text("Only visible to you")

    slack.sit("joel")
    slack.go(SHARED)
    expect(slack.message("What you can do here")).to_have_count(0)
    other = Screen(browser.new_context().new_page(), screen.served)
    other.open()
    other.seat("slack").sit("amira")
    other.seat("slack").go(SHARED)
    expect(other.seat("slack").pane.get_by_text("Nothing has been said here yet")).to_be_visible()
    expect(other.seat("slack").message("What you can do here")).to_have_count(0)
    other.page.context.close()


def test_marks_say_how_much_is_new_and_go_when_it_is_read(screen: Screen) -> None:
    screen.plays("delayed")
    slack = screen.seat("slack")
    slack.sit("joel")
    private = slack.pane.locator('[data-place="private"]')
    expect(private).to_contain_text("2 new")

    slack.go("private")
    expect(slack.message("stage 2 of 4 is called")).to_be_visible()
    expect(private).not_to_contain_text("new")

    screen.page.reload()
    expect(slack.pane.locator('[data-place="private"]')).not_to_contain_text("new")


def test_the_switcher_says_who_has_news(screen: Screen) -> None:
    telegram = screen.seat("telegram")
    telegram.sit("yusuf")
    expect(telegram.pane.locator("option", has_text="Grace")).not_to_contain_text("new")

    screen.plays("delayed")
    telegram.sit("yusuf")

    expect(telegram.pane.locator("option", has_text="Grace")).to_contain_text("new")
    expect(telegram.pane.locator("optgroup")).to_have_count(3)


def test_a_second_page_shows_at_once_what_is_done_in_the_first(
    screen: Screen, browser: Browser, complaints: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    second = Screen(watched(context.new_page(), complaints), screen.served)
    second.open()
    second.seat("slack").go(SHARED)

    screen.plays("delayed")
    expect(second.seat("slack").message("stage 2 of 4 is called")).to_be_visible()
    expect(second.page.locator("[data-clock]")).to_contain_text("Wed 2 Dec 2026, 17:00")
    expect(second.ladder()).to_be_visible()

    second.moves("1 hour")
    expect(screen.page.locator("[data-clock]")).to_contain_text("Wed 2 Dec 2026, 18:00")
    context.close()


def test_the_clock_moves_by_an_hour_by_a_day_and_to_the_next_thing_due(screen: Screen) -> None:
    clock = screen.page.locator("[data-clock]")
    expect(clock).to_have_text("Mon 30 Nov 2026, 10:00")
    for by, now in [
        ("1 hour", "Mon 30 Nov 2026, 11:00"),
        ("1 working day", "Tue 1 Dec 2026, 17:00"),
    ]:
        screen.moves(by)
        expect(clock).to_have_text(now)

    screen.plays("delayed")
    expect(clock).to_have_text("Thu 3 Dec 2026, 17:00")
    screen.moves("next")
    expect(clock).to_have_text("Fri 4 Dec 2026, 17:00")


def test_starting_again_asks_first_and_empties_everything(screen: Screen) -> None:
    screen.plays("delayed")
    slack = screen.seat("slack")
    slack.go(SHARED)
    expect(slack.message("is called")).to_be_visible()

    screen.page.locator("[data-reset]").click()
    screen.page.get_by_role("button", name="Keep everything").click()
    expect(slack.message("is called")).to_be_visible()

    screen.page.locator("[data-reset]").click()
    screen.page.locator("[data-reset-confirm]").click()
    expect(slack.pane.locator("[data-message]")).to_have_count(0)
    expect(screen.page.locator("[data-clock]")).to_have_text("Mon 30 Nov 2026, 10:00")


def test_with_the_server_away_the_page_says_so_and_carries_on_when_it_is_back(
    browser: Browser, fresh: Served
) -> None:
    page = browser.new_context().new_page()  # the browser itself complains of a lost connection
    screen = Screen(page, fresh)
    screen.open()
    slack = screen.seat("slack")
    slack.go("private")

    fresh.kill()
    expect(page.locator("[data-away]")).to_be_visible()
    slack.says("/concern help")
    expect(slack.pane).to_contain_text("What you wrote is still here")
    expect(slack.composer).to_have_value("/concern help")

    fresh.start()
    expect(page.locator("[data-away]")).to_be_hidden()
    slack.pane.locator("[data-send]").click()
    expect(slack.message("What you can do here")).to_be_visible()
    page.context.close()
