"""Enrolling on Slack, end to end: a stranger asks with a button or brings a code, and an owner decides."""

import asyncio
import logging
from pathlib import Path

import pytest

from concerns.enrolment import read_code
from concerns.people import Identity
from tests.owners import by_two_of_riverside
from tests.slack.doorway import said, written
from tests.slack.fake.hands import SOCKET, Person
from tests.slack.fake.workspace import Said
from tests.slack.partners import Partners, told
from tests.storage.rows import every_byte

NEW, RIVERSIDE = "U0NEWCOMER", "riverside"
MODES = pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])


class Newcomer:
    """Somebody in Riverside's workspace whom nobody knows."""

    def __init__(self, at: Partners, called: str = "B. O.", user: str = NEW) -> None:
        self.at = at
        self.space = at.slack.workspaces[RIVERSIDE]
        self.space.enrol(user, called)
        door = f"{at.root}/slack/{RIVERSIDE}/events" if at.root else SOCKET
        self.hands = Person(at.slack, RIVERSIDE, user, door, 30)

    async def types(self, line: str) -> str:
        """A command, and what it is answered with."""
        command, _, text = line.partition(" ")
        answer = await asyncio.wrap_future(self.hands.types(command, text))
        await self.at.settle()
        return said(answer)

    async def writes(self, text: str) -> None:
        """A message to Baton."""
        await asyncio.wrap_future(self.hands.writes(self.space.open_direct(self.hands.user).id, text))
        await self.at.settle()

    async def presses(self, label: str) -> None:
        """The newest button of that name before them."""
        *_, newest = (one for one in self.shown if f"'{label}'" in str(one.blocks))
        await asyncio.wrap_future(self.hands.presses(newest, label))
        await self.at.settle()

    @property
    def shown(self) -> list[Said]:
        """What Baton has said to them in private."""
        return self.space.direct(self.hands.user)

    def reads(self) -> str:
        """All of it."""
        return "\n".join(written(one.blocks) for one in self.shown)

    def known_as(self) -> str | None:
        """Who they are in the directory."""
        return self.at.house.desk.directory.whose(Identity("slack", RIVERSIDE, self.hands.user))


@MODES
def test_a_stranger_asks_with_a_button_and_an_owner_says_who_it_is(
    sqlite_url: str, tmp_path: Path, http: bool
) -> None:
    async def story(at: Partners) -> None:
        new = Newcomer(at)
        assert "You are not enrolled yet" in await new.types("/concern mine")
        await new.writes("hello, I am new here")
        await new.presses("Ask to be enrolled")
        for owner in ("joel", "ruth"):
            assert "An account asks to be enrolled" in at.reads(owner)
            assert f"<@{NEW}>" in str(at.shown(owner)[-1].blocks)
        assert "asks to be enrolled" not in at.reads("amira")
        assert new.known_as() is None

        await at.presses("joel", "Choose who it is", person="ben")
        assert new.known_as() == "ben"
        assert "You are enrolled" in new.reads()
        assert "Nothing is open for you" in await new.types("/concern mine")
        assert "Ben Oakley" not in at.everything()

    told(sqlite_url, tmp_path, story, http=http, but=by_two_of_riverside)


def test_one_button_approves_whoever_bears_the_name_of_just_one_person_without_an_account(
    sqlite_url: str, tmp_path: Path
) -> None:
    async def story(at: Partners) -> None:
        new = Newcomer(at, "ben oakley")
        await new.types("/concern join")
        assert "“ben oakley”" in at.reads("ruth")
        await at.presses("ruth", "Approve as Ben Oakley")
        assert new.known_as() == "ben"
        await at.presses("joel", "Approve as Ben Oakley")
        assert new.reads().count("You are enrolled") == 1

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)


def test_a_request_is_refused_with_one_button_and_the_stranger_is_told(
    sqlite_url: str, tmp_path: Path
) -> None:
    async def story(at: Partners) -> None:
        new = Newcomer(at)
        await new.types("/concern join")
        await new.types("/concern join")
        assert len(at.shown("joel")) == 1
        await at.presses("joel", "Refuse")
        assert "Not enrolled" in new.reads()
        await at.presses("ruth", "Choose who it is")
        assert new.known_as() is None
        assert "You are not enrolled yet" in await new.types("/concern mine")

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)


def test_a_code_binds_an_account_that_a_second_owner_confirms(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def story(at: Partners) -> None:
        new = Newcomer(at)
        shown = await at.does("joel", "/concern enrol", person="ben")
        code = next(filter(None, map(read_code, shown.split("\n"))))
        assert "Waiting to be confirmed" in await new.types(f"/concern join {code}")
        assert "An account asks to be enrolled" not in at.reads("joel")
        await at.presses("ruth", "Approve as Ben Oakley")
        assert new.known_as() == "ben"
        assert code not in at.everything()
        assert code.encode() not in every_byte(sqlite_url)
        assert not any(code in record.getMessage() for record in caplog.records if _ours(record))

        await at.does("ruth", "/concern revoke", person="ben")
        assert new.known_as() is None
        assert "This account is not enrolled any more" in new.reads()
        assert "Accounts in chat have ended" in at.reads("joel")

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)


def test_an_owner_finds_what_waits_on_the_home_page(sqlite_url: str, tmp_path: Path) -> None:
    async def story(at: Partners) -> None:
        new = Newcomer(at)
        await new.types("/concern join")
        joel = at._hands("joel")
        await asyncio.wrap_future(joel.looks_home())
        await at.settle()
        assert "1 account to decide on" in written(joel.views.homes[joel.user].shown["blocks"])
        await asyncio.wrap_future(new.hands.looks_home())
        await at.settle()
        page = written(new.hands.views.homes[NEW].shown["blocks"])
        assert "You are not enrolled yet" in page
        assert "Ask to be enrolled" in page

    told(sqlite_url, tmp_path, story, http=False, but=by_two_of_riverside)


def _ours(record: logging.LogRecord) -> bool:
    """The fake's own web server and the test's own client log what they are given."""
    return record.name.startswith("baton")
