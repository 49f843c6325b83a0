"""Marked words typed on either platform come out to those with a right to them, and in no shared place."""

import asyncio
import logging
from pathlib import Path

import pytest

from concerns.model import Stage
from tests.across.partners import Answer, Both, told
from tests.handlers.moments import UNTIL
from tests.storage.rows import every_byte

MARK = "ORANGE HERON"
GROUP = -1007001002001
SHARED = "C07RSCNC2"
SHUT_OUT = ("ben", "kofi", "wendy", "sam")
"""A colleague who is nothing to the concern, two of other agencies, and the coordinator: clocks, no words."""


def marked(*keys: str, **given: Answer) -> dict[str, Answer]:
    """These questions answered with marked words, and the others as given."""
    return dict.fromkeys(keys, f"{MARK} lives at 4 Mill Lane") | given


RAISED = marked(
    "decision",
    "why_unsafe",
    "wanted",
    "interim",
    "views",
    "own_manager",
    "own_ref",
    "level",
    danger="no",
    strand="adult",
    agency="council",
    ground=["threshold"],
)
ANSWERED = marked(
    "agreed_risks",
    "not_agreed",
    "response",
    "reasons",
    "actions",
    "other_ref",
    outcome="agreed_plan_with_actions",
)
STORY: tuple[tuple[str, str, dict[str, Answer]], ...] = (
    ("amira", f"/contact REF made phone spoke {MARK}", {}),
    ("tom", f"/concern ack REF {MARK}", {}),
    ("tom", f"/concern release REF {MARK}", {}),
    ("tom", "/concern extend REF", marked("reason", until=UNTIL)),
    ("amira", f"/concern decline REF {MARK}", {}),
    ("tom", f"/concern note REF {MARK}", {}),
    ("tom", "/concern answer REF", ANSWERED),
    ("amira", f"/concern dispute REF {MARK}", {}),
    ("grace", "/concern correct REF", marked("text", of="1")),
    ("grace", "/concern action REF", marked("what", does="set", owner="tom", due="2026-12-02")),
    ("tom", "/concern done REF", marked("note", number="1")),
    ("amira", "/concern answer REF", marked("who", "how", "response", outcome="agreed_decision_changed")),
    ("amira", "/concern accept REF", marked("reservation", how="reservation")),
    ("amira", f"/concern check REF no {MARK}", {}),
    ("amira", f"/concern reopen REF {MARK}", {}),
    ("amira", f"/concern redirect REF complaint {MARK}", {}),
)


def test_through_every_step_on_both_platforms(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """By forms, by lines, and by habit in the wrong place."""
    caplog.set_level(logging.DEBUG, "baton")

    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **RAISED)
        await by_habit_in_shared_places(at)
        for person, line, given in STORY:
            before = len(at.house.ledger.history(at.concern.ref))
            await at.does(person, line, **given)
            assert len(at.house.ledger.history(at.concern.ref)) > before, line
        assert at.stage() is Stage.CLOSED

        for person in ("amira", "tom"):
            assert MARK in await at.does(person, "/concern show REF")
        for person in SHUT_OUT:
            await at.does(person, "/concern show REF")
            assert MARK not in at.reads(person)
        assert at.ref in at.everything()
        assert MARK not in at.everything()
        assert MARK not in caplog.text
        assert MARK.encode() not in every_byte(sqlite_url)

    told(sqlite_url, tmp_path, story)


async def by_habit_in_shared_places(at: Both) -> None:
    """Words behind a command in a group are taken away; in a Slack channel nobody else sees the command."""
    toms = at.telegram.telegram.hand(700100211)
    toms.promote_bot(GROUP)
    toms.say(f"/note {at.ref} {MARK}", GROUP)
    await at.settle()
    assert MARK not in str([one.text for one in at.telegram.telegram.chats.seen(GROUP)])
    typed = at.slack._hands("amira").types("/concern", f"note {at.ref} {MARK}", SHARED)
    assert (await asyncio.wrap_future(typed)).in_time
    await at.settle()
