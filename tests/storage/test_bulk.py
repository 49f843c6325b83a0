"""Rows in bulk: few or many, on either database, the same ends up in the table."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from psycopg import Error as PostgresqlError
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.bulk import KEY, Additions, Changes, Row
from storage.engine import Store, open_store
from storage.errors import NotSaved
from storage.tables import outbox

_COLUMNS = ("ref", "seq", "n", "place", "kind", "rank", "notice", "created_at", "why", "not_before")
ADD = Additions(outbox, _COLUMNS)
CHANGE = Changes(outbox, "ref", ("rank", "why", "notice", "not_before"))
FEW, MANY = 3, 300
ODD = 'tab\tnew\nline \\N \\ "quoted" – naïve ✓'


def rows(count: int) -> list[Row]:
    """So many, with all a column can hold."""
    return [_row(n) for n in range(count)]


def _row(n: int) -> Row:
    row: Row = {"ref": f"C-{n:04}", "seq": n, "n": 0, "place": "channel:x", "kind": ODD, "rank": n % 2}
    row |= {"notice": bytes([0, n % 256, 255, 9, 10]), "created_at": -n, "why": None if n % 3 else ODD}
    return row | {"not_before": None if n % 2 else n}


def _news(n: int) -> Row:
    new: Row = {"rank": n, "why": None if n % 2 else ODD, "notice": bytes([n % 256])}
    return new | {"not_before": None if n % 3 else -n}


def stored(store: Store) -> list[Row]:
    """What the table holds of these columns, as the drivers give it."""
    # As text, so that no type of ours comes between.
    wanted = text("SELECT * FROM outbox ORDER BY ref")
    with store.read() as db:
        found = [{name: row[name] for name in _COLUMNS} for row in db.execute(wanted).mappings()]
    return [{**row, "notice": bytes(row["notice"])} for row in found]


@pytest.mark.parametrize("count", [0, 1, FEW, MANY])
def test_what_is_added_is_there(store: Store, count: int) -> None:
    with store.write() as db:
        ADD.run(db, rows(count))

    assert stored(store) == rows(count)


@pytest.mark.parametrize("count", [0, 1, FEW, MANY])
def test_what_is_changed_is_changed_in_its_own_row_alone(store: Store, count: int) -> None:
    before = rows(MANY + 1)
    with store.write() as db:
        ADD.run(db, before)
        CHANGE.run(db, [_news(n) | {KEY: f"C-{n:04}"} for n in range(count)])

    assert stored(store) == [row | _news(n) if n < count else row for n, row in enumerate(before)]


@pytest.mark.parametrize("count", [FEW, MANY])
def test_one_row_too_many_adds_none(store: Store, count: int) -> None:
    with pytest.raises((IntegrityError, PostgresqlError)), store.write() as db:
        ADD.run(db, [*rows(count), rows(1)[0]])

    assert stored(store) == []
    with store.write() as db:
        ADD.run(db, rows(count))
    assert stored(store) == rows(count)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_a_row_that_cannot_be_made_leaves_none_behind(store: Store, count: int) -> None:
    def made() -> Iterator[Row]:
        yield from rows(count)
        raise KeyError("no such place")

    with pytest.raises(KeyError), store.write() as db:
        ADD.run(db, made())

    assert stored(store) == []
    with store.write() as db:
        ADD.run(db, iter(rows(count)))
    assert stored(store) == rows(count)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_a_server_that_goes_away_meanwhile_is_trouble_and_no_defect(postgresql_url: str, count: int) -> None:
    with closing(open_store(postgresql_url)) as store:
        with pytest.raises(NotSaved):
            _add_while_it_goes(store, count)

        assert stored(store) == []


def _add_while_it_goes(store: Store, count: int) -> None:
    with store.write() as db, store.write() as other:
        backend = db.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": backend})
        ADD.run(db, rows(count))
