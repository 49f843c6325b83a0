"""The sweep's side of the ledger: what is due, in batches that happen whole or not at all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from concerns import commands as c
from concerns.evolve import Step
from concerns.model import Ref
from concerns.notice import NoticeKind
from concerns.rules import Rules
from storage import lapses
from storage.directory import Pathways
from storage.engine import Store
from storage.ledger import Changed, Ledger
from storage.outbox import Outbox, State
from storage.vault import Vault
from tests.ladders import MONDAY, RULES, london
from tests.partnership import AMIRA
from tests.storage.rows import Broken, dying_at_every_step, everything, statements
from tests.worlds import World, a_concern, called

EVENING = london("Mon 30 Nov 2026 17:00")
POISON = "f" * 64


def refs(many: int) -> list[Ref]:
    """So many references."""
    return [Ref(f"C-0000-{number:04}") for number in range(many)]


def raise_all(ledger: Ledger, many: int) -> list[Ref]:
    """So many concerns, raised a minute apart from Monday at ten."""
    for minutes, ref in enumerate(refs(many)):
        raised = ledger.change(None, replace(a_concern(), ref=ref), MONDAY + timedelta(minutes=minutes))
        assert isinstance(raised, Changed)
    return refs(many)


def test_what_the_clock_does_is_what_the_rules_say(ledger: Ledger, outbox: Outbox) -> None:
    raise_all(ledger, 1)
    queued = outbox.counts()[State.PENDING]
    world = called()
    while (due := ledger.next_due()) is not None and due < london("Tue 8 Dec 2026 17:30"):
        swept = ledger.lapse(due, 10)
        world.until(due)
        assert swept.count == 1
        queued += len(swept.notices)

    lived = ledger.history(refs(1)[0])
    assert [type(event) for event in lived] == [type(event) for event in world.events]
    assert [event.at for event in lived] == [event.at for event in world.events]
    assert ledger.next_due() == world.concern.due
    assert outbox.counts()[State.PENDING] == queued
    assert ledger.check() == []


def test_the_longest_overdue_come_first_and_no_more_than_asked_for(ledger: Ledger) -> None:
    due = raise_all(ledger, 5)

    assert ledger.lapse(EVENING, 2).refs == tuple(due[:2])
    assert ledger.lapse(EVENING, 2).refs == tuple(due[2:4])
    assert ledger.lapse(EVENING, 2).refs == tuple(due[4:])
    assert ledger.lapse(EVENING, 2).count == 0


def test_nothing_lapses_before_its_instant_and_all_of_it_at_its_instant(ledger: Ledger) -> None:
    raise_all(ledger, 1)
    due = ledger.next_due()
    assert due is not None

    assert ledger.lapse(due - timedelta(microseconds=1), 10).count == 0
    assert ledger.lapse(due, 10).count == 1


def test_several_clocks_of_one_concern_are_caught_up_in_one_look(ledger: Ledger) -> None:
    """After downtime: everything that is due happens once, and the concern rests."""
    raise_all(ledger, 1)
    late = london("Fri 4 Dec 2026 12:00")
    swept = ledger.lapse(late, 10)

    assert swept.count == 1
    assert ledger.lapse(late, 10).count == 0
    assert (
        ledger.history(refs(1)[0])[2:]
        == World(now=MONDAY).hear(replace(a_concern(), ref=refs(1)[0])).asleep_until(late).events[2:]
    )
    cards = [notice.place for notice in swept.notices if notice.kind is NoticeKind.CARD]
    assert len(cards) == len(set(cards))


def test_with_only_and_skip_a_sweep_looks_at_those_alone(ledger: Ledger) -> None:
    one, two, three = raise_all(ledger, 3)

    assert ledger.lapse(EVENING, 10, skip=[one, three]).refs == (two,)
    assert ledger.lapse(EVENING, 10, only=[three, two]).refs == (three,)
    assert ledger.lapse(EVENING, 10, only=[]).refs == ()
    assert ledger.lapse(EVENING, 10).refs == (one,)


def test_what_is_overdue_can_be_named_without_being_read(ledger: Ledger, store: Store) -> None:
    """So that a concern whose snapshot is unreadable can be set aside by its reference."""
    raise_all(ledger, 3)
    with store.write() as db:
        db.execute(text("UPDATE concerns SET snapshot = :junk"), {"junk": b"junk"})
    late = MONDAY + timedelta(days=30)
    first, *others = ledger.overdue(late, 10)

    assert len(others) == 2
    assert ledger.overdue(late, 1, skip=[first]) == tuple(others[:1])
    assert ledger.overdue(MONDAY, 10) == ()


def test_a_closed_concern_is_never_due(ledger: Ledger) -> None:
    (ref,) = raise_all(ledger, 1)
    ledger.change(ref, c.Withdraw(by=AMIRA, words=replace(a_concern()).words), MONDAY)
    refused = ledger.change(ref, c.Withdraw(by=AMIRA), MONDAY)
    assert not isinstance(refused, Changed)


# ---- all or nothing --------------------------------------------------------------------------------


def poisoned(store: Store, vault: Vault) -> Ledger:
    """A ledger in which the rules of one pathway fail as soon as they are asked for at a lapse."""
    opening = [RULES.digest]

    def rules(digest: str) -> Rules:
        if digest == POISON and not opening:
            raise Broken
        return replace(RULES, digest=digest)

    pathways = Pathways(store)
    for digest in (RULES.digest, POISON):
        pathways.keep(digest, "ladder", "1", "{}", MONDAY)
    ledger = Ledger(store, vault, rules, lambda strand: opening[-1])
    raise_all(ledger, 4)
    opening.append(POISON)
    ledger.change(None, replace(a_concern(), ref=Ref("C-0000-BAAD")), MONDAY)
    opening.clear()
    return ledger


def test_one_concern_that_fails_undoes_its_batch_and_can_be_set_aside(store: Store, vault: Vault) -> None:
    ledger = poisoned(store, vault)
    before = everything(store)
    bad = Ref("C-0000-BAAD")

    with pytest.raises(Broken):
        ledger.lapse(EVENING, 10)
    with pytest.raises(Broken):
        ledger.lapse(EVENING, 10, only=[bad])
    assert everything(store) == before
    assert ledger.lapse(EVENING, 10, only=[refs(4)[2]]).count == 1
    assert ledger.lapse(EVENING, 10, skip=[bad]).count == 3
    assert ledger.lapse(EVENING, 10, skip=[bad]).count == 0
    assert ledger.next_due() is not None
    assert ledger.check() == []


def test_a_process_that_dies_at_any_statement_of_a_sweep_leaves_nothing_behind(
    ledger: Ledger, store: Store
) -> None:
    raise_all(ledger, 3)
    swept, steps = dying_at_every_step(store, lambda: ledger.lapse(EVENING, 10))

    assert swept.count == 3
    assert steps >= 4, "too few statements for index, events, notices and commit"
    assert ledger.check() == []


def test_sweepers_side_by_side_move_each_concern_on_once(ledger: Ledger) -> None:
    due = raise_all(ledger, 24)

    def sweep(_: int) -> list[Ref]:
        moved: list[Ref] = []
        while swept := ledger.lapse(EVENING, 5).refs:
            moved += swept
        return moved

    with ThreadPoolExecutor(3) as sweepers:
        moved = [ref for some in sweepers.map(sweep, range(3)) for ref in some]

    assert sorted(moved) == due
    assert ledger.check() == []


@pytest.mark.parametrize(
    "says",
    [lambda concern, now, rules: (), lambda concern, now, rules: _never_rests()],
    ids=["nothing", "something for ever"],
)
def test_a_concern_the_rules_cannot_settle_is_an_error_and_not_an_endless_sweep(
    ledger: Ledger,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    says: Callable[..., tuple[Step, ...]],
) -> None:
    raise_all(ledger, 2)
    before = everything(store)
    monkeypatch.setattr(lapses, "lapses", says)

    with pytest.raises(RuntimeError):
        ledger.lapse(EVENING, 10)
    assert everything(store) == before


def _never_rests() -> tuple[Step, ...]:
    raise RuntimeError("the clock does not come to rest")


# ---- what it costs ---------------------------------------------------------------------------------


def test_a_sweep_reads_the_index_alone(ledger: Ledger, store: Store) -> None:
    raise_all(ledger, 3)
    with statements(store) as heard:
        ledger.lapse(EVENING, 10)

    read = [statement for statement in heard if statement.startswith("SELECT")]
    assert len(read) == 1
    assert "FROM concerns" in read[0]


def test_a_batch_costs_no_more_statements_than_one_concern(ledger: Ledger, store: Store) -> None:
    raise_all(ledger, 71)
    with statements(store) as one:
        ledger.lapse(EVENING, 1)
    with statements(store) as many:
        assert ledger.lapse(EVENING, 70).count == 70

    # New rows that are streamed to PostgreSQL are no statement at all.
    assert len(many) <= len(one)


def test_with_nothing_due_only_the_index_of_what_is_due_is_touched(ledger: Ledger, store: Store) -> None:
    """So that a tick costs the same with a hundred concerns open and with a hundred thousand."""
    raise_all(ledger, 1)
    asked = {
        "next_due": "SELECT next_due FROM concerns WHERE next_due IS NOT NULL ORDER BY next_due LIMIT 1",
        "lapse": "SELECT snapshot FROM concerns WHERE next_due <= 5 ORDER BY next_due, ref LIMIT 9",
    }
    on_sqlite = store.dialect == "sqlite"
    with store.read() as db:
        if not on_sqlite:
            db.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
        for statement in asked.values():
            plan = " ".join(str(row) for row in db.execute(text(explain + statement)))
            assert "concerns_due" in plan
            assert "SCAN concerns " not in plan
