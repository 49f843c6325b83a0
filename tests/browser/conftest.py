"""A real browser in front of the real playground; whatever it complains of fails the test."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.seats import Screen
from tests.playground.served import Served

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(
    scope="module"
)  # an open one keeps an event loop running, which other rooms' tests cannot have
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("There is no Chromium here: please install it (on Debian: apt install chromium).")
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
        opened = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("browser") / "demo")
    server.start()
    yield server
    server.close()


@pytest.fixture
def fresh(served: Served) -> Served:
    """The playground as a newcomer finds it."""
    served.http.post("/api/reset", json={}).raise_for_status()
    return served


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser's console complained of: nothing, or the test fails."""
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def screen(browser: Browser, fresh: Served, complaints: list[str]) -> Iterator[Screen]:
    """The page on a desk, its welcome put away."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = Screen(watched(context.new_page(), complaints), fresh)
    opened.open()
    yield opened
    context.close()


def watched(page: Page, complaints: list[str]) -> Page:
    """Hear everything the page complains of."""

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page
