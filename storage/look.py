"""One SELECT of one row, asked very often: its text is made once, and the driver is asked itself.

So it is handed, and gives back, what the drivers take: whole numbers for instants, bytes for sealed values.
"""

from typing import Any

from sqlalchemy import Connection, Dialect, Select


class Look:
    """A SELECT whose parameters are all bound by name."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._texts: dict[str, str] = {}

    def within(self, db: Connection, **named: str) -> tuple[Any, ...] | None:
        """Its first row, as this connection sees it now; None when there is none."""
        cursor = db.connection.cursor()
        try:
            cursor.execute(self._text(db.dialect), named)
            row: tuple[Any, ...] | None = cursor.fetchone()
        finally:
            cursor.close()
        return row

    def _text(self, dialect: Dialect) -> str:
        if dialect.name not in self._texts:
            self._texts[dialect.name] = str(self._statement.compile(dialect=dialect))
        return self._texts[dialect.name]
