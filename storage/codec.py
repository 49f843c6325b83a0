"""Our values as canonical JSON bytes and back. Words never enter: they are sealed apart from the rest.

Canonical means: UTF-8, no spaces, fields in the order the class declares them. An event's kind is its class
name in snake_case, and stands in stored history for ever.
"""

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, get_args

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import SchemaSerializer, SchemaValidator, core_schema

from concerns.directory import Directory
from concerns.events import Event
from concerns.model import NO_WORDS, Concern, Words
from concerns.notice import Notice
from concerns.people import PersonId
from storage.errors import Unreadable

T = TypeVar("T")

_APART = {"at", "by", "words"}
"""What an event keeps in columns of its own."""


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a naive datetime")
    return instant.astimezone(UTC)


def _in_utc(schema: Any) -> Any:
    """The same schema, reading every instant as aware UTC in Python's own `UTC`."""
    if isinstance(schema, list):
        return [_in_utc(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: _in_utc(part) for key, part in schema.items()}
    if whole.get("type") == "datetime":
        return core_schema.no_info_after_validator_function(_utc, whole)
    return whole


def _as_text(schema: Any) -> Any:
    """The same schema, writing every `StrEnum` as the text it is: asking each for its value is dear."""
    if isinstance(schema, list):
        return [_as_text(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: _as_text(part) for key, part in schema.items()}
    return whole | {"serialization": {"type": "str"}} if whole.get("type") == "enum" else whole


class Codec(Generic[T]):
    """One type, written and read. Reading checks every field; a `brief` one writes only what was set."""

    def __init__(self, kept: type[T], *, brief: bool = False) -> None:
        # A dataclass of ours cannot be given a config; a union around it can, and `Words` needs one.
        wrapped: Any = kept | None
        adapter: TypeAdapter[T | None] = TypeAdapter(wrapped, config=ConfigDict(arbitrary_types_allowed=True))
        self._write = SchemaSerializer(_as_text(adapter.core_schema)).to_json
        self._brief = brief
        self._reader = SchemaValidator(_in_utc(adapter.core_schema))
        self._name = kept.__name__

    def encode(self, value: T, leave_out: set[str] | None = None) -> bytes:
        """Canonical bytes of the value, without the fields left out."""
        return self._write(value, exclude=leave_out, exclude_defaults=self._brief)

    def decode(self, stored: bytes) -> T:
        """The value again. Raises `Unreadable`."""
        try:
            value: T = self._reader.validate_json(stored)
        except ValidationError:
            raise Unreadable(f"a stored {self._name} cannot be read") from None
        return value

    def build(self, fields: dict[str, object]) -> T:
        """The value with these fields, of which those read from JSON are still text. Raises `Unreadable`."""
        try:
            value: T = self._reader.validate_python(fields)
        except ValidationError:
            raise Unreadable(f"a stored {self._name} cannot be read") from None
        return value


concern_codec = Codec(Concern)
notice_codec = Codec(Notice, brief=True)
directory_codec = Codec(Directory)

KINDS: dict[type[Event], str] = {
    kind: re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in get_args(Event)
}
"""The name under which events of each class are stored."""

_EVENTS: dict[str, Codec[Event]] = {name: Codec(kind) for kind, name in KINDS.items()}
_INSTANTS = {kind: [one.name for one in fields(kind) if "datetime" in str(one.type)] for kind in KINDS}


def encode_event(event: Event) -> bytes:
    """The clear body: everything but when, by whom and the words. A naive datetime is a `ValueError`."""
    kind = type(event)
    for name in _INSTANTS[kind]:
        value = getattr(event, name)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"{name} of a {KINDS[kind]} event is a naive datetime")
    return _EVENTS[KINDS[kind]].encode(event, leave_out=_APART)


def decode_event(kind: str, at: datetime, by: str | None, body: bytes, words: Words = NO_WORDS) -> Event:
    """The event again. Raises `Unreadable`."""
    try:
        fields: dict[str, object] = json.loads(body)
        codec = _EVENTS[kind]
    except (ValueError, KeyError):
        raise Unreadable(f"a stored event of kind {kind} cannot be read") from None
    return codec.build({**fields, "at": at, "by": None if by is None else PersonId(by), "words": words})


def encode_said(said: dict[str, str]) -> bytes:
    """Words as bytes to be sealed; any text a person can type survives."""
    return json.dumps(said, separators=(",", ":")).encode()


def decode_said(stored: bytes) -> dict[str, str]:
    """Words again."""
    said: dict[str, str] = json.loads(stored)
    return said
