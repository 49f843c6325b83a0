"""Behind `/readyz`: silent when all is well, and otherwise one calm sentence for each thing that is not."""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from concerns.model import Ref
from reminders.watchdog import Watchdog
from storage.engine import Store
from storage.errors import NotSaved
from storage.lapses import Swept
from storage.vault import Vault
from tests.partnership import PEOPLE
from tests.reminders.house import House
from tests.reminders.platforms import Wait
from tests.storage.chance import Chance
from tests.worlds import REF, a_concern


def watchdog(house: House) -> Watchdog:
    """A watchdog over this house."""
    return Watchdog(
        house.store, house.ledger, house.outbox, house.vault, house.sweep, house.delivery, house.clock
    )


def look(house: House) -> None:
    """One tick of a house at work."""
    house.sweep.run()
    house.deliver()


def test_when_all_is_well_there_is_no_reason(house: House) -> None:
    """A concern on record, told and waiting: ready."""
    house.hear(a_concern())
    look(house)
    house.forward(seconds=14)

    assert watchdog(house).reasons() == ()


def test_a_sweep_that_has_stopped_is_noticed(house: House) -> None:
    """Delivery alone does not make a house."""
    look(house)
    house.forward(seconds=16).deliver()

    assert watchdog(house).reasons() == ("Nobody has looked for lapses for 16 seconds.",)


def test_a_delivery_that_has_stopped_is_noticed(house: House) -> None:
    """Nor does the sweep."""
    look(house)
    house.forward(seconds=16).sweep.run()

    assert watchdog(house).reasons() == ("Nobody has looked for notices to send for 16 seconds.",)


def test_a_window_that_ended_and_called_nobody_is_noticed(house: House) -> None:
    """A minute is enough for the slowest tick."""
    house.hear(a_concern())
    house.now = house.ledger.next_due() or house.now
    house.deliver()
    house.sweep.heart.beat()
    house.now += timedelta(seconds=60)
    assert watchdog(house).reasons() == ()

    house.now += timedelta(seconds=1)
    assert watchdog(house).reasons() == (
        "A window ended at 14:00 on 30 November (UTC) and nobody has been called yet.",
    )


def test_a_notice_that_waits_too_long_is_noticed(house: House) -> None:
    """Whatever the reason: refused, unknown, or simply never sent."""
    house.hear(a_concern())
    house.slack.will("joel", Wait(timedelta(hours=1)))
    house.deliver()
    house.forward(minutes=5, seconds=1)
    look(house)

    assert watchdog(house).reasons() == (
        "A notice has been waiting to be sent since 10:00 on 30 November (UTC).",
    )


def test_a_concern_put_aside_is_named_by_its_reference(house: House) -> None:
    """So that somebody can look at it."""

    def fails(
        now: datetime, limit: int, only: Collection[Ref] | None = None, skip: Collection[Ref] = ()
    ) -> Swept:
        if REF not in skip:
            raise ZeroDivisionError
        return Swept((), ())

    house.ledger.lapse = fails  # type: ignore[method-assign]  # a stand-in
    house.hear(a_concern())
    house.now = house.ledger.next_due() or house.now
    look(house)

    assert watchdog(house).reasons() == (
        "The rules failed on C-7F3K-9QMX; the clock runs on for all others.",
    )


def test_a_letter_nobody_could_be_given_is_noticed(house: House) -> None:
    """The chain has ended without anybody hearing of it, except here."""
    house.hear(a_concern())
    house.telegram.kill("sam")
    house.telegram.kill("tom")
    house.slack.kill("amira")
    look(house)

    assert watchdog(house).reasons() == (
        "Notices that reached nobody since the start: 1. The log names them.",
    )


def test_a_missing_key_is_said_and_nothing_else_stops(house: House, tmp_path: Path) -> None:
    """Words cannot be saved; clocks and notices run."""
    house.vault = Vault(tmp_path / "nowhere.key", Chance("none"))
    look(house)

    (reason,) = watchdog(house).reasons()
    assert "key file" in reason


def test_a_database_that_cannot_be_written_is_the_reason(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own sentence, and no further questions to it."""
    look(house)
    monkeypatch.setattr(Store, "writable", lambda store: "The disk is full.")
    monkeypatch.setattr(house.ledger, "next_due", lambda: pytest.fail("asked all the same"))

    assert watchdog(house).reasons() == ("The disk is full.",)


def test_a_database_that_goes_away_while_it_is_asked_is_the_reason(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watchdog itself never fails."""

    def gone() -> None:
        raise NotSaved("The database cannot be reached.")

    look(house)
    monkeypatch.setattr(house.outbox, "oldest_pending", gone)

    assert watchdog(house).reasons() == ("The database cannot be reached.",)


def test_no_reason_names_a_person(house: House) -> None:
    """Everything wrong at once, and still only references and times."""
    house.hear(a_concern())
    for person in PEOPLE:
        house.cut_off.add(person.id)
    house.slack.will("riverside-council", Wait(timedelta(days=1)))
    house.deliver()
    house.forward(days=2)

    said = " ".join(watchdog(house).reasons()).lower()
    assert len(watchdog(house).reasons()) == 5
    assert not any(person.id in said for person in PEOPLE)


def test_the_figures_say_the_same(house: House) -> None:
    """What `/metrics` shows, each a plain number."""
    house.hear(a_concern())
    house.slack.will("joel", Wait(timedelta(hours=1)))
    look(house)
    house.forward(seconds=30)
    numbers = watchdog(house).numbers()

    assert numbers["notices_sent"] == 7
    assert numbers["notices_waiting"] == 1
    assert numbers["oldest_notice_seconds"] == 30
    assert numbers["overdue_seconds"] == 0
    assert numbers["sweep_age_seconds"] == numbers["delivery_age_seconds"] == 30
    assert numbers["concerns_put_aside"] == numbers["notices_unheard"] == 0
    assert {type(number) for number in numbers.values()} == {float}
