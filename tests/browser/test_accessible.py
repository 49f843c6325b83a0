"""The page for people who use the keyboard, a screen reader, or need strong contrast."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.seats import Screen
from tests.playground.served import Served

pytestmark = pytest.mark.browser

CONTROLS = {
    "button", "link", "textbox", "combobox", "checkbox", "radio", "listbox", "option", "menuitem", "tab",
    "dialog", "region", "navigation", "DisclosureTriangle", "article", "image", "svg root", "img",
}  # fmt: skip

FAINT = """
(() => {
  const parse = (text) => {
    const [red, green, blue, alpha = 1] = (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    return [red, green, blue, alpha];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
  };
  const words = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!words(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || element.closest("[aria-hidden=true], :disabled")) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const ink = over(parse(element.closest("svg") ? style.fill : style.color), back);
    const [high, low] = [light(ink), light(back)].sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      found.push(`${ratio.toFixed(2)} <${element.tagName} ${element.getAttribute("class") ?? ""}> `
        + element.textContent.trim().slice(0, 40));
    }
  }
  return found;
})()
"""

REACHABLE = """
[...document.querySelectorAll("button, select, textarea, summary, a[href], [tabindex='0']")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert], [hidden]"))
  .map((one, at) => (one.dataset.tried = String(at)))
"""


@pytest.fixture(params=["light", "dark"])
def shade(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    """What the system asks for."""
    return "dark" if request.param == "dark" else "light"


@pytest.fixture
def shaded(
    shade: Literal["light", "dark"], browser: Browser, fresh: Served, complaints: list[str]
) -> Iterator[Screen]:
    """The page in that shade, the situation played."""
    fresh.http.post("/api/situation", json={"name": "delayed"}).raise_for_status()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=shade)
    screen = Screen(watched(context.new_page(), complaints), fresh)
    screen.open()
    yield screen
    context.close()


def controls(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything a screen reader can land on, as Chromium tells it."""
    tree: Any = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in CONTROLS
    ]


def nameless(page: Page) -> list[str]:
    """The roles of what has no name."""
    return [role for role, name in controls(page) if not name]


def test_all_text_stands_out_from_what_is_behind_it(shaded: Screen) -> None:
    slack, telegram = shaded.seat("slack"), shaded.seat("telegram")
    telegram.sit("grace")
    telegram.go("private")
    expect(telegram.message("is called")).to_be_visible()
    assert shaded.page.evaluate(FAINT) == []

    slack.go("private")
    slack.says("/concern")
    slack.fills(danger="yes")
    expect(slack.form.locator('[name="decision"]')).to_be_visible()
    slack.form.locator("[data-submit]").click()
    expect(slack.form.locator(".wrong").first).to_be_visible()
    assert shaded.page.evaluate(FAINT) == []


def test_everything_a_screen_reader_lands_on_has_a_name(screen: Screen) -> None:
    screen.plays("delayed")
    expect(screen.seat("slack").message("is called")).to_be_visible()
    assert len(controls(screen.page)) > 40
    assert nameless(screen.page) == []

    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern refer")
    expect(slack.form).to_be_visible()
    assert nameless(screen.page) == []
    assert {"dialog", "radio", "textbox", "button"} <= {role for role, _ in controls(screen.page)}


def test_everything_can_be_reached_with_the_tab_key(screen: Screen) -> None:
    screen.plays("delayed")
    slack = screen.seat("slack")
    expect(slack.message("is called")).to_be_visible()
    wanted = set(screen.page.evaluate(REACHABLE))
    assert len(wanted) > 25

    reached = set()
    for _ in range(len(wanted) + 10):
        screen.page.keyboard.press("Tab")
        reached.add(screen.page.evaluate("document.activeElement.dataset.tried"))

    assert wanted - reached == set()


def test_the_focus_can_be_seen(screen: Screen) -> None:
    for _ in range(6):
        screen.page.keyboard.press("Tab")
        ring = screen.page.evaluate(
            "(({ outlineStyle, outlineWidth, boxShadow }) =>"
            " [outlineStyle, parseFloat(outlineWidth), boxShadow])"
            "(getComputedStyle(document.activeElement))"
        )
        assert (ring[0] != "none" and ring[1] >= 2) or ring[2] != "none"


def test_a_form_keeps_the_keyboard_inside_until_it_is_closed(screen: Screen) -> None:
    slack = screen.seat("slack")
    slack.go("private")
    slack.says("/concern refer")
    expect(slack.form).to_be_visible()

    for _ in range(30):
        screen.page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert screen.page.evaluate(inside)

    screen.page.keyboard.press("Escape")
    expect(slack.form).to_have_count(0)
    assert screen.page.evaluate("!!document.activeElement.closest('[data-pane=slack]')")


def test_what_happens_is_announced(screen: Screen) -> None:
    news = screen.page.locator('[data-news][role="status"]')

    screen.moves("next")
    expect(news).to_have_text("The clock has not moved: nothing is waiting for it.")
    screen.moves("1 hour")
    expect(news).to_have_text("It is now Mon 30 Nov 2026, 11:00.")
    screen.plays("delayed")
    expect(news).to_contain_text("now it is your turn")


def test_headings_and_landmarks_give_the_page_its_order(screen: Screen) -> None:
    levels = screen.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].filter((e) => e.checkVisibility())"
        ".map((e) => Number(e.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    expect(screen.page.get_by_role("main")).to_have_count(1)
    expect(screen.page.get_by_role("banner")).to_have_count(1)


def test_whoever_wants_less_motion_gets_none(browser: Browser, fresh: Served, complaints: list[str]) -> None:
    context = browser.new_context(reduced_motion="reduce")
    screen = Screen(watched(context.new_page(), complaints), fresh)
    screen.open()

    moving = screen.page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => [getComputedStyle(e).animationDuration,"
        " getComputedStyle(e).transitionDuration].some((text) => text.split(',').some("
        "(one) => parseFloat(one) > 0.01))).map((e) => e.outerHTML.slice(0, 80))"
    )

    assert moving == []
    context.close()
