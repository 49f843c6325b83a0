"""`baton directory accounts`, and what doctor and `directory apply` say of accounts bound in chat."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.accounts import NONE, counted, listing
from concerns.enrolling import ask, confirm, invite, redeem
from concerns.enrolment import GOOD_FOR, REMINDED, code, digest
from storage.directory import Directories
from storage.engine import open_store
from storage.enrolments import Enrolments
from storage.migrate import upgrade
from tests.command_line import Baton
from tests.ladders import MONDAY
from tests.owners import LOOKED_AFTER, SLACK, TELEGRAM
from tests.partnership import BEN, HELEN, JOEL, RUTH


@pytest.fixture
def kept(tmp_path: Path, baton: Baton) -> Iterator[Enrolments]:
    """The book of the database in the current folder."""
    with closing(open_store(f"sqlite:///{tmp_path}/baton.db")) as store:
        upgrade(store)
        Directories(store).apply(LOOKED_AFTER, MONDAY, "sam")
        yield Enrolments(store)


def test_nothing_was_bound_in_chat(kept: Enrolments, baton: Baton) -> None:
    assert baton("directory", "accounts") == (0, f"{NONE}\n", "")
    assert counted(kept.book(), MONDAY) == ""


def test_without_a_database_there_is_one_line(baton: Baton) -> None:
    code_, out, err = baton("directory", "accounts")

    assert (code_, out) == (2, "")
    assert "There is no database" in err


def test_each_is_listed_with_who_confirmed_it_and_when(kept: Enrolments) -> None:
    for judge in (
        lambda b: invite(b, BEN, JOEL, digest(code(1)), LOOKED_AFTER, MONDAY),
        lambda b: redeem(b, TELEGRAM, digest(code(1)), "", LOOKED_AFTER, MONDAY),
        lambda b: confirm(b, "E-1", RUTH, None, LOOKED_AFTER, MONDAY),
        lambda b: ask(b, SLACK, "Helen Stroud", LOOKED_AFTER, MONDAY),
        lambda b: invite(b, HELEN, JOEL, digest(code(2)), LOOKED_AFTER, MONDAY),
    ):
        kept.change(judge, MONDAY)

    said = listing(lambda: MONDAY)
    assert "Ben Hale: the Telegram account 4711, confirmed by Ruth Bell on 2026-11-30 10:00 UTC" in said
    assert "E-2: the Slack account U-new in the workspace riverside as Helen Stroud, since 2026-11-30" in said
    assert "for Helen Stroud, until 2026-12-01 10:00 UTC" in said
    assert code(2) not in said
    assert "To be confirmed again" not in said
    assert counted(kept.book(), MONDAY) == "1 enrolled in chat, 1 waiting to be decided"

    later = MONDAY + GOOD_FOR - REMINDED
    assert "E-1: the Telegram account 4711 of Ben Hale, by 2027-02-28 10:00 UTC" in listing(lambda: later)
    over = MONDAY + GOOD_FOR + timedelta(days=1)
    assert "Enrolled in chat" not in listing(lambda: over)
    assert counted(kept.book(), over) == "1 waiting to be decided, 1 to be confirmed again"
