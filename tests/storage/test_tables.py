"""An instant survives every database exactly, and one that names no instant never gets in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from storage.engine import Store
from storage.tables import instant, micros, pathways

NAIVE = datetime(2026, 11, 30, 10)  # noqa: DTZ001 -- that is the point
OFFSETS = (timedelta(hours=-14), timedelta(0), timedelta(hours=1), timedelta(hours=14))
WALLS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 1, 1))  # noqa: DTZ001 -- the zone is drawn apart


@given(WALLS, st.sampled_from(OFFSETS))
def test_an_instant_is_a_whole_number_and_back(wall: datetime, offset: timedelta) -> None:
    written = wall.replace(tzinfo=timezone(offset))

    assert instant(micros(written)) == written
    assert instant(micros(written)).tzinfo is UTC


@given(WALLS, WALLS)
def test_instants_sort_as_their_numbers_do(one: datetime, other: datetime) -> None:
    here, there = one.replace(tzinfo=timezone(OFFSETS[2])), other.replace(tzinfo=UTC)

    assert (here < there) == (micros(here) < micros(there))


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="names no instant"):
        micros(NAIVE)
    row = {"digest": "d", "name": "n", "version": "1", "body": "{}", "stored_at": NAIVE}
    with pytest.raises(StatementError, match="names no instant"), store.write() as db:
        db.execute(insert(pathways).values(row))


def test_every_database_returns_instants_exactly_and_in_order(store: Store) -> None:
    written = sorted(
        datetime(year, 10, 25, 0, 59, 59, micro, tzinfo=timezone(offset))
        for year in (1901, 1970, 2026, 2900)
        for micro in (0, 1, 999_999)
        for offset in OFFSETS
    )
    rows = [
        {"digest": f"{number}", "name": "n", "version": "1", "body": "{}", "stored_at": at}
        for number, at in enumerate(written)
    ]
    with store.write() as db:
        db.execute(insert(pathways), rows)
    with store.read() as db:
        read = db.scalars(select(pathways.c.stored_at).order_by(pathways.c.stored_at)).all()

    assert read == written
    assert {at.tzinfo for at in read} == {UTC}
