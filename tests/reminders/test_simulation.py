"""Seeded storms: nothing lost, nothing repeated unmarked; and planted bugs, each of which must be caught."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from concerns.notice import Notice
from reminders import parts, sending
from reminders.delivery import Delivery
from reminders.patience import Patience
from reminders.sending import Sending
from reminders.sweep import Sweep
from storage import outbox as storage_outbox
from storage.outbox import Delivery as Errand
from storage.outbox import Outbox
from storage.tables import outbox as rows
from storage.together import gathered
from tests.reminders.house import fresh_house
from tests.reminders.storm import flaws
from tests.stores import Databases

SEEDS = 16
ENOUGH = 20
"""A planted bug must show within so many storms."""


def flaws_of(seed: int, databases: Databases) -> list[str]:
    """What is wrong with the history of this storm."""
    with fresh_house(databases) as house:
        return flaws(seed, house)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_storm(seed: int, databases: Databases) -> None:
    """Whatever happens, every promise is kept."""
    assert flaws_of(seed, databases) == []


# ---- a simulation that has not caught a known bug proves nothing -----------------------------------


async def nothing_was_there(self: Sending, errand: Errand, *where: object) -> tuple[None, bool]:
    """Whatever was tried before, send it again as if for the first time."""
    return None, False


def it_must_have_arrived(self: Sending, errand: Errand, can_find: bool) -> None:
    """No answer is good news."""
    self._outbox.sent(errand, "?", self._clock())


def it_cannot_have_arrived(self: Sending, errand: Errand, can_find: bool) -> None:
    """No answer is a refusal."""
    self._outbox.waiting(errand, self._clock() + timedelta(seconds=10))


def it_is_final(self: Sending, errand: Errand, can_find: bool) -> None:
    """No answer is the end of it."""
    self._outbox.dead(errand, "no answer", self._clock())


def refused_is_done(self: Sending, errand: Errand, rest: timedelta) -> None:
    """Told to wait, it is left out."""
    self._outbox.superseded(errand, "busy", self._clock())


async def without_rest(self: Delivery, errand: Errand) -> None:
    """No place is ever left alone."""
    await self._sending.carry(errand)


def last_comes_first(db: Any, place: str, now: object) -> Any:
    """The newest of a place, whatever stands before it."""
    ripe = rows.c.not_before.is_(None) | (rows.c.not_before <= now)
    owed = rows.select().where(rows.c.finished_at.is_(None), rows.c.place == place, ripe)
    return db.execute(owed.order_by(rows.c.seq.desc(), rows.c.n.desc()).limit(1)).mappings().first()


def one_speaks_for_none(db: Any, row: Any) -> Notice:
    """Those that are said together are over, and only the first is said."""
    return replace(gathered(db, row), along=())


BUGS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "blind re-send": (Sending, "_earlier", nothing_was_there),
    "unknown is sent": (Sending, "_unknown", it_must_have_arrived),
    "unknown is refused": (Sending, "_unknown", it_cannot_have_arrived),
    "unknown is final": (Sending, "_unknown", it_is_final),
    "no settling": (Patience, "before", lambda self, attempt, can_find: timedelta(seconds=1)),
    "no recovery": (Outbox, "recover", lambda self, now, until, started_before=None: 0),
    "refused is lost": (Sending, "_waiting", refused_is_done),
    "no rest for a place": (Delivery, "_carry", without_rest),
    "dead is quiet": (sending, "instead", lambda notice, concern, rules: ()),
    "never looked at again": (parts, "still_true", lambda notice, concern: True),
    "card order ignored": (storage_outbox, "head", last_comes_first),
    "card forgotten": (Outbox, "card", lambda self, ref, place: None),
    "one speaks for none": (storage_outbox, "gathered", one_speaks_for_none),
    "sweep stops": (Sweep, "run", lambda self: 0),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught(bug: str, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these would break a promise, so some storm must show it."""
    monkeypatch.setattr(*BUGS[bug])

    assert any(flaws_of(seed, databases) for seed in range(ENOUGH)), "nobody would have noticed"
