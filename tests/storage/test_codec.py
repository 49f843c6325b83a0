"""What is stored reads back as it was, and what people typed is never part of it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerns import events as e
from concerns.directory import Directory
from concerns.model import NO_WORDS, Concern, Stage, Words
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from storage.codec import (
    KINDS,
    concern_codec,
    decode_event,
    decode_said,
    directory_codec,
    encode_event,
    encode_said,
    notice_codec,
)
from storage.errors import Unreadable
from tests.ladders import MONDAY, RULES
from tests.partnership import AMIRA, DIRECTORY
from tests.worlds import AT_STAGE, REF, World, a_check, a_contact, a_dispute, called, closed

MARK = "marked-words-7f3k"


def again(event: e.Event) -> e.Event:
    """The event after a stay in storage, its words aside."""
    return decode_event(KINDS[type(event)], event.at, event.by, encode_event(event))


def lives() -> list[World]:
    """Concerns of every stage, and two that lapsed all the way up."""
    upwards = called().until("Fri 11 Dec 2026 17:00")
    disputed = AT_STAGE[Stage.ANSWERED]().hear(a_dispute(), a_contact(MONDAY))
    late = AT_STAGE[Stage.REFERRED]().asleep_until("Fri 11 Dec 2026 12:00")
    forgotten = AT_STAGE[Stage.AGREED]().until("Fri 29 Jan 2027 17:00").hear(a_check())
    return [*(begin() for begin in AT_STAGE.values()), upwards, disputed, late, forgotten]


def test_the_kinds_of_events_stand_in_stored_history_for_ever() -> None:
    """Renaming a class renames its kind: history written before could no longer be read."""
    expected = """
        acceptance_lapsed accepted acknowledged acknowledgement_lapsed action_done action_dropped
        action_lapsed action_set answered called called_again checked contact_logged corrected decided
        disputed extension_agreed extension_asked extension_declined follow_up_lapsed handed_over lapsed
        marked_duplicate note_added
        objection_lapsed opened raised redirected referral_lapsed referred released reminded reopened
        responded retimed skipped turned_urgent withdrawn
    """
    assert expected.split() == sorted(KINDS.values())


def test_every_class_of_event_has_a_kind() -> None:
    assert set(KINDS) == set(get_args(e.Event))


@pytest.mark.parametrize("world", lives(), ids=lambda world: f"{world.stage} after {len(world.events)}")
def test_events_and_concerns_read_back_as_they_were(world: World) -> None:
    for event in world.events:
        assert again(event) == replace(event, words=NO_WORDS)
    assert concern_codec.decode(concern_codec.encode(world.concern)) == world.concern


@pytest.mark.parametrize("world", lives(), ids=lambda world: f"{world.stage} after {len(world.events)}")
def test_notices_read_back_as_they_were(world: World) -> None:
    for notice in world.said:
        assert notice_codec.decode(notice_codec.encode(notice)) == notice


def test_a_directory_reads_back_as_it_was_and_answers_questions() -> None:
    stored = directory_codec.encode(DIRECTORY)
    read: Directory = directory_codec.decode(stored)

    assert read == DIRECTORY
    assert read.person(AMIRA) == DIRECTORY.person(AMIRA)
    assert directory_codec.encode(read) == stored


def test_the_clear_body_holds_everything_but_when_by_whom_and_the_words() -> None:
    event = replace(closed().events[0], words=Words({"decision": MARK}))
    body = encode_event(event)

    assert MARK.encode() not in body
    assert body.startswith(b'{"ref":"C-7F3K-9QMX","raiser":"amira","raising":"riverside",')
    assert b'"words"' not in body
    assert b'"at"' not in body
    assert b'"by"' not in body


def test_the_same_value_is_always_the_same_bytes() -> None:
    one, other = called(), called()

    assert concern_codec.encode(one.concern) == concern_codec.encode(other.concern)
    assert [encode_event(event) for event in one.events] == [encode_event(event) for event in other.events]


instants = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001 -- the zone is drawn apart
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(instants, offsets)
def test_an_instant_reads_back_exactly_and_in_utc(wall: datetime, zone: timezone) -> None:
    written = wall.replace(tzinfo=zone)
    noted = again(e.NoteAdded(at=MONDAY, by=AMIRA, evidence_at=written))

    assert isinstance(noted, e.NoteAdded)
    assert noted.evidence_at == written
    assert noted.evidence_at is not None
    assert noted.evidence_at.tzinfo is UTC
    concern = concern_codec.decode(concern_codec.encode(replace(called().concern, opened=written)))
    assert concern.opened == written
    assert concern.opened.tzinfo is UTC


def test_a_naive_instant_is_refused_before_it_can_spoil_the_record() -> None:
    naive = datetime(2026, 11, 30, 10)  # noqa: DTZ001 -- that is the point

    with pytest.raises(ValueError, match="evidence_at of a note_added event is a naive datetime"):
        encode_event(e.NoteAdded(at=MONDAY, by=AMIRA, evidence_at=naive))


def test_a_date_stays_a_date() -> None:
    logged = AT_STAGE[Stage.REFERRED]().hear(a_contact(MONDAY)).last(e.ContactLogged)
    event = replace(logged, next_date=date(2026, 12, 1))

    assert again(event) == event


@given(st.dictionaries(st.text(), st.text().filter(str.strip)))
def test_any_words_a_person_can_type_read_back(said: dict[str, str]) -> None:
    assert decode_said(encode_said(said)) == said


def test_even_half_a_character_can_be_stored() -> None:
    """Some clients send unpaired surrogates, which no encoding of text can hold."""
    assert decode_said(encode_said({"text": "\ud83d"})) == {"text": "\ud83d"}


UNREADABLE: dict[str, Callable[[], object]] = {
    "empty": lambda: concern_codec.decode(b"{}"),
    "no text": lambda: concern_codec.decode(b"\xff"),
    "wrong type": lambda: notice_codec.decode(b'{"place": 3}'),
    "no json": lambda: decode_event("note_added", MONDAY, "amira", b"not json"),
    "naive": lambda: decode_event("note_added", MONDAY, "amira", b'{"evidence_at": "2026-11-30T10:00:00"}'),
    "fields missing": lambda: decode_event("lapsed", MONDAY, None, b'{"tier": "one"}'),
    "unknown kind": lambda: decode_event("renamed_since", MONDAY, None, b"{}"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_says_so_and_quotes_nothing(case: str) -> None:
    with pytest.raises(Unreadable, match=r"^a stored [\w ]+ cannot be read$"):
        UNREADABLE[case]()


def test_the_snapshot_has_every_field_of_a_concern() -> None:
    """A field left out would be lost at the next lapse."""
    stored = concern_codec.encode(called(RULES).concern)

    assert all(f'"{field.name}":'.encode() in stored for field in fields(Concern))


def test_a_notice_has_nowhere_to_put_words() -> None:
    notice = Notice(Place(PlaceKind.CHANNEL, "board"), NoticeKind.CARD, REF, turn=1, urgent=False)

    assert b"words" not in notice_codec.encode(notice)
