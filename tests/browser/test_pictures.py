"""A picture in a message: seen, read out, enlarged, in the page's own colours, and unable to do anything."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import watched
from tests.browser.seats import Screen
from tests.playground.served import Served
from views.staircase import WIDTH

pytestmark = pytest.mark.browser

CORNER = """
(image) => {
  const board = document.createElement("canvas").getContext("2d");
  board.drawImage(image, 0, 0);
  return [...board.getImageData(2, 2, 1, 1).data].slice(0, 3).reduce((sum, part) => sum + part, 0);
}
"""


def shown(screen: Screen) -> Locator:
    """The pathway's picture, asked for by Amira and arrived."""
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern pathway")
    image = slack.message("The pathway").locator("[data-picture] img")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", True)
    return image


@pytest.fixture(params=["light", "dark"])
def shade(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    """What the system asks for."""
    return "dark" if request.param == "dark" else "light"


@pytest.fixture
def phone(
    shade: Literal["light", "dark"], browser: Browser, fresh: Served, complaints: list[str]
) -> Iterator[Screen]:
    """The page on a small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=shade)
    screen = Screen(watched(context.new_page(), complaints), fresh)
    screen.open()
    yield screen
    context.close()


def test_the_picture_is_an_image_with_its_content_in_words(screen: Screen) -> None:
    image = shown(screen)

    assert image.evaluate("(image) => image.naturalWidth") == WIDTH
    assert str(image.get_attribute("src")).startswith("data:image/svg+xml,")
    assert "Stage 1, Practitioners. Called Mon 30 Nov, 10:00." in str(image.get_attribute("alt"))
    assert screen.page.locator("svg.staircase").count() == 0


def test_a_click_enlarges_it_and_escape_puts_it_away(screen: Screen) -> None:
    image = shown(screen)
    small = image.bounding_box()
    image.click()

    large = screen.page.locator("dialog[open] img")
    expect(large).to_be_visible()
    box = large.bounding_box()
    assert box
    assert small
    assert box["width"] > 2 * small["width"]
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator("dialog[open]")).to_have_count(0)


def test_the_keyboard_enlarges_it_too_and_comes_back_to_where_it_was(screen: Screen) -> None:
    shown(screen)
    button = screen.page.get_by_role("button", name="Enlarge the picture")
    button.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_role("dialog", name="The pathway: 4 stages")).to_be_visible()

    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("dialog[open]")).to_have_count(0)
    expect(button).to_be_focused()


def test_on_a_phone_it_fits_the_message_and_enlarged_it_can_be_scrolled(
    phone: Screen, shade: Literal["light", "dark"]
) -> None:
    image = shown(phone)
    box = image.bounding_box()

    assert box
    assert box["x"] + box["width"] <= 360
    assert not phone.scrolls_sideways()
    image.click()
    whole = phone.page.locator("dialog[open] .whole")
    expect(whole).to_be_visible()
    assert whole.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert not phone.scrolls_sideways()


def test_it_is_painted_in_the_pages_own_colours(phone: Screen, shade: Literal["light", "dark"]) -> None:
    light = shown(phone).evaluate(CORNER) > 500

    assert light is (shade == "light")


def test_changing_the_theme_paints_it_anew(screen: Screen) -> None:
    image = shown(screen)
    before = image.get_attribute("src")
    screen.page.evaluate("document.documentElement.dataset.theme = 'dark'")

    expect(image).not_to_have_attribute("src", str(before))
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate(CORNER) < 200
