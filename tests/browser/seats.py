"""Sitting in people's seats in the page: what a person does with eyes, hands and keys."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.playground.served import Served


@dataclass
class Screen:
    """The page, and the server behind it."""

    page: Page
    served: Served

    def open(self) -> None:
        """Open it and put the welcome away, if it is there."""
        self.page.goto(self.served.url)
        expect(self.page.locator("[data-clock]")).to_contain_text("2026")
        self.page.wait_for_selector("[data-pane=telegram] [data-place]", state="attached")
        done = self.page.locator("[data-start-done]")
        if done.is_visible():
            done.click()

    def seat(self, platform: str) -> "Seat":
        """One of the two chat apps."""
        return Seat(self.page, self.page.locator(f"[data-pane={platform}]"))

    def plays(self, situation: str) -> None:
        """Play a situation from the menu."""
        self.page.get_by_role("button", name="Play a situation").first.click()
        self.page.locator(f"[data-situation={situation}]").click()
        self.settles()

    def moves(self, by: str) -> None:
        """Move the clock with its button."""
        self.page.locator(f'[data-forward="{by}"]').click()
        self.settles()

    def settles(self) -> None:
        """Until the desk stands still again: while it moves, it takes no second wish."""
        expect(self.page.locator("body")).not_to_have_attribute("aria-busy", "true")

    def ladder(self) -> Locator:
        """The picture of who has the baton."""
        return self.page.locator("[data-ladder] svg")

    def stages(self) -> list[str]:
        """The stage of every concern, asked of the server."""
        return [concern["stage"] for concern in self.served.http.get("/api/world").json()["concerns"]]

    def scrolls_sideways(self) -> bool:
        """Whether anything sticks out of the window."""
        wide: bool = self.page.evaluate(
            "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
        )
        return wide


@dataclass
class Seat:
    """One chat app, and whoever sits at it."""

    page: Page
    pane: Locator

    def sit(self, person: str) -> None:
        """Become this person."""
        self.pane.locator("[data-person-switcher]").select_option(person)

    def go(self, place: str) -> None:
        """Open a channel, or the private chat."""
        self.pane.locator(f'[data-place="{place}"]').click()

    @property
    def composer(self) -> Locator:
        """Where lines are typed."""
        return self.pane.locator("[data-composer]")

    def says(self, line: str) -> None:
        """Type a line and send it."""
        self.composer.fill(line)
        self.pane.locator("[data-send]").click()

    def message(self, words: str) -> Locator:
        """The newest message that holds these words."""
        return self.pane.locator("[data-message]").filter(has_text=words).last

    def presses(self, label: str, words: str) -> None:
        """Press a button of the newest message that holds these words."""
        self.message(words).locator(f'[data-button="{label}"]').click()

    @property
    def form(self) -> Locator:
        """The open form."""
        return self.page.locator("dialog[data-form][open]")

    def fills(self, **answers: str) -> None:
        """Answer questions of the open form by their keys, whatever shape each has, and send it."""
        for key, answer in answers.items():
            field = self.form.locator(f'[name="{key}"]').first
            if field.get_attribute("type") in {"radio", "checkbox"}:
                self.form.locator(f'[name="{key}"][value="{answer}"]').check()
            elif field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(answer)
            else:
                field.fill(answer)
        self.form.locator("[data-submit]").click()
