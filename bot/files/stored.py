"""A pathway version as it is kept: one canonical JSON text, named by its digest, and read back from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from bot.files.hours import Week, hours_in_words
from concerns.calendar import Calendar
from concerns.pathway import Pathway


@dataclass(frozen=True, slots=True)
class LoadedPathway:
    """A pathway version ready for use. `body` is all that decides its behaviour; `digest` is its SHA-256."""

    pathway: Pathway
    calendar: Calendar
    body: str
    digest: str

    @property
    def hours(self) -> str:
        """The working hours in words, for people."""
        return hours_in_words(self.calendar.hours)


@dataclass(frozen=True, slots=True)
class _Body:
    """What is kept. The bank holidays are in it: a later edition of them must not move a running window."""

    pathway: Pathway
    zone: str
    hours: Week
    days_off: Mapping[date, str]


def loaded(pathway: Pathway, calendar: Calendar) -> LoadedPathway:
    """The version with its body and digest; key order and comments of the file leave no trace in them."""
    content = _Body(pathway, calendar.zone, calendar.hours, calendar.days_off)
    plain = _adapter().dump_python(content, mode="json")
    body = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return LoadedPathway(pathway, calendar, body, hashlib.sha256(body.encode()).hexdigest())


def pathway_from_body(body: str) -> LoadedPathway:
    """The same version again, from the body that storage kept; a damaged body is a `ValueError`."""
    content = _adapter().validate_json(body)
    return loaded(content.pathway, Calendar(content.zone, content.hours, content.days_off))


@cache
def _adapter() -> TypeAdapter[_Body]:
    return TypeAdapter(_Body)
