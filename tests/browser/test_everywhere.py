"""The page on every size of screen, in light and dark, for eyes and for screen readers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watched
from tests.browser.seats import Screen
from tests.playground.served import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def played(fresh: Served) -> Served:
    fresh.http.post("/api/situation", json={"name": "delayed"}, timeout=60).raise_for_status()
    return fresh


@pytest.fixture(params=[360, 390, 768, 1024, 1440])
def sized(
    request: pytest.FixtureRequest, browser: Browser, played: Served, complaints: list[str]
) -> Iterator[Screen]:
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    screen = Screen(watched(context.new_page(), complaints), played)
    screen.open()
    yield screen
    context.close()


def test_nothing_sticks_out_sideways(sized: Screen) -> None:
    for tab in ("slack", "telegram", "ladder"):
        button = sized.page.locator(f"[data-tab={tab}]")
        if button.is_visible():
            button.click()

        assert not sized.scrolls_sideways()

    if (slack := sized.page.locator("[data-tab=slack]")).is_visible():
        slack.click()
    seat = sized.seat("slack")
    seat.go("private")
    seat.says("/concern refer")
    expect(seat.form).to_be_visible()
    assert not sized.scrolls_sideways()


def test_a_phone_shows_one_app_at_a_time(browser: Browser, played: Served, complaints: list[str]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    screen = Screen(watched(context.new_page(), complaints), played)
    screen.open()
    slack, telegram = screen.seat("slack"), screen.seat("telegram")
    expect(slack.pane).to_be_visible()
    expect(telegram.pane).to_be_hidden()

    screen.page.locator("[data-tab=telegram]").click()
    expect(telegram.pane).to_be_visible()
    expect(slack.pane).to_be_hidden()

    screen.page.locator("[data-tab=ladder]").click()
    expect(screen.ladder()).to_be_visible()
    context.close()


def test_dark_is_dark_and_light_is_light(browser: Browser, played: Served, complaints: list[str]) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        screen = Screen(watched(context.new_page(), complaints), played)
        screen.open()
        shades[scheme] = screen.page.evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)"
            ".reduce((sum, part) => sum + Number(part), 0)"
        )
        context.close()

    assert shades["dark"] < 200
    assert shades["light"] > 500


def test_unread_marks_show_where_the_baton_is(screen: Screen) -> None:
    telegram = screen.seat("telegram")
    screen.plays("delayed")
    telegram.sit("tom")

    expect(telegram.pane.get_by_role("button", name="Grace")).to_be_visible()
    telegram.pane.get_by_role("button", name="Grace").click()
    expect(telegram.pane.locator("[data-person-switcher]")).to_have_value("grace")
