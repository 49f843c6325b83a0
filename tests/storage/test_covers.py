"""Who is away: every row is kept, and only the newest one of a person counts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from concerns.people import Cover
from storage.covers import Covers
from storage.drafts import Drafts
from storage.engine import Store
from storage.tables import covers as rows
from storage.tables import drafts as forms
from storage.vault import Vault
from tests.ladders import MONDAY, london
from tests.partnership import GRACE, JOEL, OWEN, PRIYA, RUTH, SAM
from tests.storage.rows import Broken, statements

WEEK = Cover(JOEL, london("Mon 30 Nov 2026 00:00"), london("Sat 5 Dec 2026 00:00"), PRIYA)
NEXT_WEEK = Cover(GRACE, london("Mon 7 Dec 2026 00:00"), london("Sat 12 Dec 2026 00:00"))


@pytest.fixture
def covers(store: Store) -> Covers:
    """Joel is away this week, Grace the next."""
    kept = Covers(store)
    assert kept.put(WEEK, JOEL, MONDAY)
    assert kept.put(NEXT_WEEK, SAM, MONDAY)
    return kept


def test_before_anything_is_set_nobody_is_away(store: Store) -> None:
    assert Covers(store).running(MONDAY) == ()
    assert Covers(store).ahead(MONDAY) == ()


@pytest.mark.parametrize(
    ("now", "running"),
    [
        (WEEK.start - datetime.resolution, ()),
        (WEEK.start, (WEEK,)),
        (WEEK.end - datetime.resolution, (WEEK,)),
        (WEEK.end, ()),
        (NEXT_WEEK.start, (NEXT_WEEK,)),
    ],
    ids=["before", "from its start", "to the last moment", "at its end no longer", "the next one"],
)
def test_a_cover_runs_from_its_start_until_its_end(
    covers: Covers, now: datetime, running: tuple[Cover, ...]
) -> None:
    assert covers.running(now) == running


def test_what_is_ahead_is_what_runs_and_what_is_still_to_come(covers: Covers) -> None:
    assert covers.ahead(MONDAY) == (NEXT_WEEK, WEEK)
    assert covers.ahead(WEEK.end) == (NEXT_WEEK,)
    assert covers.ahead(NEXT_WEEK.end) == ()


def test_covers_that_run_together_come_in_the_order_of_the_people(covers: Covers) -> None:
    covers.put(replace(WEEK, person=RUTH, stand_in=None), RUTH, MONDAY)
    covers.put(replace(WEEK, person=GRACE, stand_in=OWEN), GRACE, MONDAY)

    assert [cover.person for cover in covers.running(MONDAY)] == [GRACE, JOEL, RUTH]


def test_a_persons_newest_cover_takes_the_place_of_the_one_before_at_once(covers: Covers) -> None:
    later = replace(NEXT_WEEK, person=JOEL)
    covers.put(later, JOEL, MONDAY)

    assert covers.running(MONDAY) == ()
    assert covers.running(later.start) == (NEXT_WEEK, later)


def test_a_shorter_cover_does_not_bring_back_the_longer_one_it_replaced(covers: Covers) -> None:
    shorter = replace(WEEK, end=WEEK.end - timedelta(days=2), stand_in=RUTH)
    covers.put(shorter, JOEL, MONDAY)

    assert covers.running(MONDAY) == (shorter,)
    assert covers.running(shorter.end) == ()


def test_a_cover_that_ends_now_runs_no_more(covers: Covers) -> None:
    covers.put(replace(WEEK, end=MONDAY), JOEL, MONDAY)

    assert covers.running(MONDAY) == ()
    assert covers.running(WEEK.end - timedelta(days=1)) == ()


def test_every_row_is_kept_with_who_set_it_and_when(covers: Covers, store: Store) -> None:
    covers.put(replace(WEEK, end=MONDAY), SAM, MONDAY + timedelta(hours=1))

    with store.read() as db:
        kept = db.execute(
            select(rows.c.n, rows.c.ends, rows.c.by, rows.c.at).where(rows.c.person == JOEL)
        ).all()
    assert kept == [(1, WEEK.end, JOEL, MONDAY), (2, MONDAY, SAM, MONDAY + timedelta(hours=1))]


def test_all_who_look_see_it_at_once(covers: Covers, store: Store) -> None:
    assert Covers(store).running(MONDAY) == (WEEK,)


def test_a_form_takes_effect_at_most_once(covers: Covers, store: Store, vault: Vault) -> None:
    drafts = Drafts(store, vault)
    drafts.open("d1", JOEL, "cover", None, {"until": "2026-12-04"}, MONDAY)
    ended = replace(WEEK, end=MONDAY)

    assert covers.put(ended, JOEL, MONDAY, lambda db: drafts.take("d1", db))
    assert drafts.read("d1", JOEL) is None
    assert not covers.put(WEEK, JOEL, MONDAY, lambda db: drafts.take("d1", db))
    assert covers.running(MONDAY) == ()


def test_a_form_and_its_cover_are_one_transaction(store: Store, vault: Vault) -> None:
    drafts = Drafts(store, vault)
    drafts.open("d1", JOEL, "cover", None, {}, MONDAY)

    def fail_after(db: Connection) -> bool:
        drafts.take("d1", db)
        raise Broken

    with pytest.raises(Broken):
        Covers(store).put(WEEK, JOEL, MONDAY, fail_after)
    with store.read() as db:
        assert db.scalars(select(forms.c.id)).all() == ["d1"]
    assert Covers(store).running(MONDAY) == ()


def test_many_at_once_each_get_a_row_of_their_own(store: Store) -> None:
    covers = Covers(store)
    with ThreadPoolExecutor(4) as people:
        done = list(
            people.map(
                lambda n: covers.put(replace(WEEK, end=WEEK.end + timedelta(days=n)), JOEL, MONDAY), range(8)
            )
        )

    assert all(done)
    with store.read() as db:
        assert sorted(db.scalars(select(rows.c.n))) == list(range(1, 9))
    assert len(covers.running(MONDAY)) == 1


def test_to_look_is_one_statement(covers: Covers, store: Store) -> None:
    with statements(store) as heard:
        covers.running(MONDAY)

    assert len([said for said in heard if "covers" in said]) == 1
