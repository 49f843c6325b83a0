"""Fakes for the desk: a database that fails when told to, a ledger that can be interrupted, chance."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection

from concerns import enrolment, reference
from concerns.commands import Command
from concerns.model import Ref
from concerns.notice import Notice
from concerns.rules import Refused, Rules
from storage.engine import Store
from storage.errors import NotSaved
from storage.ledger import Changed, Ledger, Repeated
from storage.look import Look


class Names:
    """References and ids, the same on every run."""

    def __init__(self) -> None:
        self._refs = 0
        self._tokens = count(1)  # drawn by many threads at once
        self._codes = count(1)

    def again(self) -> None:
        """Begin at the first reference again; ids stay fresh."""
        self._refs = 0

    def ref(self) -> Ref:
        """The next reference."""
        self._refs += 1
        return reference.make(self._refs * 7_654_321 % reference.SPACE)

    def token(self) -> str:
        """The next id."""
        return f"token-{next(self._tokens)}"

    def code(self) -> str:
        """The next one-time code."""
        return enrolment.code(next(self._codes) * 7_654_321_987_654_321)


class Interrupted(Ledger):
    """A ledger that remembers what it announced; `meanwhile` happens once, before the next change."""

    meanwhile: Callable[[], object] | None = None
    notices: tuple[Notice, ...] = ()

    def change(
        self,
        ref: Ref | None,
        command: Command,
        now: datetime,
        request: str = "",
        also: Callable[[Connection], None] | None = None,
        rules: Callable[[str], Rules] | None = None,
    ) -> Changed | Refused | Repeated:
        """Let the other thing happen first."""
        first, self.meanwhile = self.meanwhile, None
        if first:
            first()
        outcome = super().change(ref, command, now, request, also, rules)
        self.notices += outcome.notices if isinstance(outcome, Changed) else ()
        return outcome


class Moody(Store):
    """A database that fails when it is told to."""

    fails: NotSaved | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As ever, unless it fails."""
        self.fail()
        with super().read() as db:
            yield db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As ever, unless it fails."""
        self.fail()
        with super().write() as db:
            yield db

    def glance(self, look: Look, **named: str) -> tuple[Any, ...] | None:
        """As ever, unless it fails."""
        self.fail()
        return super().glance(look, **named)

    def fail(self) -> None:
        """Raises what it was told to."""
        if self.fails:
            raise self.fails
