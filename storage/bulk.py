"""Many rows at once. It skips SQLAlchemy's bookkeeping a row, half the price of a sweep.

So rows hold what the drivers take: whole numbers for instants, bytes for sealed values.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Table, Update, bindparam, insert, update
from sqlalchemy.exc import DBAPIError

Row = dict[str, str | int | bool | bytes | None]

KEY = "of"
"""Under this name a row that changes says which one it is."""
_MANY = 50
"""From so many rows on PostgreSQL is handed them all together: a statement of its own for each costs more."""


class Bulk:
    """A statement, run for all rows given; its text is made once for each dialect."""

    def __init__(self, statement: Insert | Update, columns: Sequence[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns)
        self._texts: dict[str, str] = {}

    def run(self, db: Connection, rows: Sequence[Row]) -> None:
        """Execute it for all these rows; for none, do nothing."""
        if rows:
            self._execute(db, self._text(db.dialect), rows)

    def _execute(self, db: Connection, text: str, rows: Sequence[Row]) -> None:
        """By the driver itself: for the few rows of one change SQLAlchemy's way costs more than they do."""
        driver: Any = db.dialect.dbapi
        cursor = db.connection.cursor()
        try:
            if len(rows) == 1:
                cursor.execute(text, rows[0])
            else:
                cursor.executemany(text, rows)
        except driver.Error as error:
            raise DBAPIError.instance(None, None, error, driver.Error, dialect=db.dialect) from None
        finally:
            cursor.close()

    def _text(self, dialect: Dialect) -> str:
        if dialect.name not in self._texts:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            self._texts[dialect.name] = str(compiled)
        return self._texts[dialect.name]


class Additions:
    """New rows of a table, with these columns."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        self._columns = tuple(columns)
        self._bulk = Bulk(insert(table), columns)

    def run(self, db: Connection, rows: Iterable[Row]) -> None:
        """Add them. Of many on PostgreSQL, what goes wrong comes as the driver's own error.

        It takes in the first while the last are still being made.
        """
        later = iter(rows)
        first = list(islice(later, _MANY))
        if len(first) < _MANY or db.dialect.name != "postgresql":
            self._bulk.run(db, [*first, *later])
            return
        names, types = ", ".join(self._columns), _types(self._table, self._columns, db.dialect)
        values = itemgetter(*self._columns)
        cursor: Any = db.connection.cursor()
        with closing(cursor), cursor.copy(f"COPY {self._table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([of.lower() for of in types])
            for row in chain(first, later):
                copy.write_row(values(row))


class Changes:
    """These columns of rows there are already, each found by its `key`, which a row holds as `KEY`."""

    def __init__(self, table: Table, key: str, columns: Sequence[str]) -> None:
        self._table = table
        self._key = key
        self._columns = tuple(columns)
        changed = update(table).where(table.c[key] == bindparam(KEY))
        self._bulk = Bulk(changed.values({name: bindparam(name) for name in columns}))

    def run(self, db: Connection, rows: Sequence[Row]) -> None:
        """Change them."""
        if len(rows) < _MANY or db.dialect.name != "postgresql":
            self._bulk.run(db, rows)
            return
        (of, *types) = _types(self._table, (self._key, *self._columns), db.dialect)
        arrays = [f"%({KEY})b::{of}[]"]
        arrays += [f"%({name})b::{type}[]" for name, type in zip(self._columns, types, strict=True)]
        sets = ", ".join(f"{name} = new.{name}" for name in self._columns)
        names = ", ".join((KEY, *self._columns))
        db.exec_driver_sql(
            f"UPDATE {self._table} SET {sets} FROM unnest({', '.join(arrays)}) AS new({names})"  # noqa: S608 -- our own names
            f" WHERE {self._table}.{self._key} = new.{KEY}",
            {name: [row[name] for row in rows] for name in (KEY, *self._columns)},
        )


def _types(table: Table, columns: Sequence[str], dialect: Dialect) -> list[str]:
    return [table.c[name].type.compile(dialect) for name in columns]
