"""Enrolling on Telegram, end to end: a code opened as a deep link, a second person, ninety days."""

from pathlib import Path

import pytest

from concerns.enrolment import GOOD_FOR, REMINDED, read_code
from concerns.people import Identity
from tests.owners import by_two_of_riverside
from tests.storage.rows import every_byte
from tests.telegram.fake.chats import Said
from tests.telegram.partners import Partners, PersonsHand, told

NEW = 7_777_777_777


class Newcomer:
    """Somebody who has found the bot and whom nobody knows."""

    def __init__(self, at: Partners, user: int = NEW) -> None:
        self.at, self.user = at, user
        at.telegram.chats.enrol(user, "Ben Oakley", started=False)
        self.hand = PersonsHand(at.telegram, user)

    async def starts(self, payload: str = "") -> None:
        """Press Start, perhaps by a deep link."""
        self.hand.start(payload)
        await self.at.settle()

    async def says(self, line: str) -> None:
        """Write to Baton."""
        self.hand.say(line)
        await self.at.settle()

    def shown(self) -> list[Said]:
        """What Baton has said to them."""
        return self.at.telegram.chats.heard(self.user)

    def reads(self) -> str:
        """All of it."""
        return "\n".join(one.text for one in self.shown())

    def known_as(self) -> str | None:
        """Who they are in the directory."""
        account = Identity("telegram", "telegram", str(self.user))
        return self.at.house.desk.directory.whose(account)


@pytest.mark.parametrize("http", [False, True], ids=["asking", "rung"])
def test_a_deep_link_and_a_second_owner_let_somebody_in(sqlite_url: str, tmp_path: Path, http: bool) -> None:
    async def story(at: Partners) -> None:
        shown = await at.does("joel", "/concern enrol", person="ben")
        (link,) = (word for word in shown.split() if word.startswith("https://t.me/"))
        code = link.partition("?start=")[2]
        assert read_code(code) == code

        new = Newcomer(at)
        await new.starts()
        assert "You are not enrolled yet" in new.reads()
        assert "one-time code" in new.reads()
        await new.starts(code)
        assert "Waiting to be confirmed" in new.reads()
        assert new.known_as() is None
        assert "An account asks to be enrolled" not in at.reads("joel")
        assert str(NEW) in at.reads("ruth")
        await at.presses("ruth", "Approve as Ben Oakley")
        assert new.known_as() == "ben"
        assert "You are enrolled" in new.reads()
        await new.says("/mine")
        assert "Nothing is open for you" in new.reads()
        assert code.encode() not in every_byte(sqlite_url)
        assert code not in at.everything()

    told(sqlite_url, tmp_path, story, http=http, but=by_two_of_riverside)


def test_somebody_who_only_has_the_name_is_let_in_by_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async def story(at: Partners) -> None:
        new = Newcomer(at)
        await new.starts()
        await new.says("/join")
        await new.says("/join J-0000-0000-0000-0000")
        assert "This code cannot be used" in new.reads()
        assert new.known_as() is None
        assert "asks to be enrolled" not in at.reads("joel")

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)


def test_after_ninety_days_it_ends_unless_somebody_has_said_that_it_is_still_theirs(
    sqlite_url: str, tmp_path: Path
) -> None:
    async def story(at: Partners) -> None:
        shown = await at.does("joel", "/concern enrol", person="ben")
        code = next(filter(None, map(read_code, shown.split())))
        new = Newcomer(at)
        await new.starts(code)
        await at.presses("ruth", "Approve as Ben Oakley")
        held = at.clock.now

        at.clock.now = held + GOOD_FOR - REMINDED
        await at.settle()
        await at.settle()
        assert "An account to be confirmed again" in at.reads("joel")
        at.clock.now = held + GOOD_FOR
        assert new.known_as() is None
        await at.presses("joel", "Confirm Ben Oakley again")
        assert new.known_as() == "ben"

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)
