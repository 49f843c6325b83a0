"""The book of accounts: no row is deleted, a race has one winner, and no code is ever stored in clear."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from concerns.directory import Directory
from concerns.enrolling import NOT_A_CODE, ask, confirm, invite, redeem, revoke
from concerns.enrolment import GOOD_FOR, REMINDED, Book, Enrolment, Entries, How, code, digest
from concerns.notice import NoticeKind
from concerns.people import Identity
from concerns.rules import Refused
from storage.directory import Directories
from storage.engine import Store
from storage.enrolments import Enrolments, Judge
from storage.outbox import Outbox
from storage.tables import enrolments as rows
from storage.tables import invitations as codes
from storage.tables import outbox as owed
from tests.ladders import MONDAY
from tests.owners import LOOKED_AFTER, SLACK, TELEGRAM
from tests.partnership import BEN, HELEN, JOEL, RUTH
from tests.storage.rows import dying_at_every_step, every_byte, statements

CODE = code(2**79 + 12_345)


@pytest.fixture
def book(store: Store) -> Enrolments:
    """Joel has given out a code for Ben."""
    kept = Enrolments(store)
    kept.change(lambda b: invite(b, BEN, JOEL, digest(CODE), LOOKED_AFTER, MONDAY), MONDAY)
    return kept


def used_from(account: Identity) -> Judge:
    """The code is used from this account."""
    return lambda b: redeem(b, account, digest(CODE), "Ben H", LOOKED_AFTER, MONDAY)


def confirmed(kept: Enrolments, account: Identity = SLACK, now: datetime = MONDAY) -> Enrolment:
    """It was used and Ruth has confirmed it."""
    kept.change(used_from(account), now)
    said = kept.change(lambda b: confirm(b, "E-1", RUTH, None, LOOKED_AFTER, now), now)
    assert isinstance(said, Entries)
    return said.enrolments[-1]


def count(store: Store) -> tuple[int, int]:
    """How many enrolments and codes there are."""
    with store.read() as db:
        found = [db.scalar(select(func.count()).select_from(table)) or 0 for table in (rows, codes)]
    return found[0], found[1]


def test_before_anything_happened_the_book_is_empty(store: Store) -> None:
    assert Enrolments(store).book() == Book()


def test_what_is_written_comes_back_as_it_was(book: Enrolments) -> None:
    done = confirmed(book)

    assert book.book().enrolments == (done,)
    assert book.find("E-1") == book.find("e-1") == done
    assert (done.called, done.how, done.by, done.confirmed_by) == ("Ben H", How.CODE, JOEL, RUTH)


@pytest.mark.parametrize("ref", ["", "E-", "E-2", "C-7F3K-9QMX", "E-99999999999999999999", "E-1 OR 1"])
def test_there_is_no_other(book: Enrolments, ref: str) -> None:
    confirmed(book)

    assert book.find(ref) is None


def test_no_row_is_deleted_and_who_ended_it_stays_on_record(store: Store, book: Enrolments) -> None:
    confirmed(book)
    book.change(lambda b: revoke(b, BEN, JOEL, LOOKED_AFTER, MONDAY), MONDAY)

    assert book.book() == Book(number=2)
    assert count(store) == (1, 1)
    ended = book.find("E-1")
    assert ended is not None
    assert (ended.ended_by, ended.ended_at, ended.confirmed_by) == (JOEL, MONDAY, RUTH)


def test_a_refusal_writes_nothing(store: Store, book: Enrolments) -> None:
    said = book.change(lambda b: redeem(b, SLACK, digest(code(1)), "", LOOKED_AFTER, MONDAY), MONDAY)

    assert said == NOT_A_CODE
    assert count(store) == (0, 1)


def test_of_many_who_use_one_code_at_once_one_wins(store: Store, book: Enrolments) -> None:
    accounts = [replace(SLACK, user=f"U{n}") for n in range(6)]
    with ThreadPoolExecutor(6) as people:
        said = list(people.map(lambda account: book.change(used_from(account), MONDAY), accounts))

    assert sum(isinstance(one, Entries) for one in said) == 1
    assert sum(one == NOT_A_CODE for one in said) == 5
    assert count(store) == (1, 1)


def test_of_many_requests_of_one_account_one_is_kept(store: Store) -> None:
    kept = Enrolments(store)
    with ThreadPoolExecutor(6) as people:
        list(
            people.map(
                lambda _: kept.change(lambda b: ask(b, SLACK, "", LOOKED_AFTER, MONDAY), MONDAY), range(6)
            )
        )

    assert count(store) == (1, 0)
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(owed)) == 2


def test_of_two_who_decide_at_once_one_is_heard(book: Enrolments) -> None:
    book.change(used_from(SLACK), MONDAY)

    def decide(_: int) -> Entries | Refused | None:
        return book.change(lambda b: confirm(b, "E-1", RUTH, None, LOOKED_AFTER, MONDAY), MONDAY)

    with ThreadPoolExecutor(2) as people:
        said = list(people.map(decide, range(2)))
    assert sorted(isinstance(one, Entries) for one in said) == [False, True]


def test_one_account_has_at_most_one_enrolment_that_is_open(store: Store, book: Enrolments) -> None:
    confirmed(book)
    with store.read() as db:
        row = dict(db.execute(select(rows)).mappings().one())

    with pytest.raises(IntegrityError), store.write() as db:
        db.execute(insert(rows).values(row | {"n": 2}))


def test_what_was_done_before_is_not_done_again(store: Store) -> None:
    kept = Enrolments(store)

    assert kept.change(lambda b: ask(b, SLACK, "", LOOKED_AFTER, MONDAY), MONDAY, lambda db: False) is None
    assert count(store) == (0, 0)


def test_a_refusal_takes_nothing_away(store: Store) -> None:
    kept, asked = Enrolments(store), list[bool]()

    def once(_: object) -> bool:
        asked.append(True)
        return True

    said = kept.change(lambda b: confirm(b, "E-1", RUTH, None, LOOKED_AFTER, MONDAY), MONDAY, once)
    assert isinstance(said, Refused)
    assert asked == []


def test_all_of_it_happens_or_nothing(store: Store, book: Enrolments) -> None:
    said, steps = dying_at_every_step(store, lambda: book.change(used_from(SLACK), MONDAY))

    assert isinstance(said, Entries)
    assert steps > 5


def test_the_notices_are_owed_in_the_same_transaction(store: Store, book: Enrolments, outbox: Outbox) -> None:
    book.change(used_from(SLACK), MONDAY)

    (delivery,) = outbox.claim(MONDAY, 10)
    assert (delivery.notice.kind, delivery.notice.place.id) == (NoticeKind.ENROLMENT_ASKED, RUTH)
    assert delivery.notice.ref == delivery.ref == "E-1"


def test_the_owners_are_reminded_once_and_in_between_nothing_is_written(
    store: Store, book: Enrolments, outbox: Outbox
) -> None:
    confirmed(book, TELEGRAM)
    while owed_now := outbox.claim(MONDAY, 10):
        for delivery in owed_now:
            outbox.superseded(delivery, "not of interest here", MONDAY)
    time = MONDAY + GOOD_FOR - REMINDED
    with statements(store) as heard:
        book.remind(LOOKED_AFTER, time - timedelta(seconds=1))
    assert not any(line.startswith(("INSERT", "UPDATE")) for line in heard)

    for _ in range(3):
        book.remind(LOOKED_AFTER, time)
    owed_now = outbox.claim(time, 10)
    assert [one.notice.kind for one in owed_now] == [NoticeKind.ENROLMENT_DUE] * 3
    assert {one.notice.place.id for one in owed_now} == {JOEL, RUTH, str(TELEGRAM)}


def test_a_code_is_never_stored_in_clear(store_url: str, store: Store, book: Enrolments) -> None:
    book.change(used_from(SLACK), MONDAY)
    kept = every_byte(store_url)

    assert digest(CODE).encode() in kept
    for written in (CODE, CODE.replace("-", ""), CODE.lower()):
        assert written.encode() not in kept
    assert CODE not in repr(book.book())


def test_a_new_directory_ends_what_it_overtakes_for_good(store: Store, book: Enrolments) -> None:
    confirmed(book)
    directories = Directories(store)
    directories.apply(LOOKED_AFTER, MONDAY, "command line")
    assert book.book().accounts(MONDAY) == ((SLACK, BEN),)

    directories.apply(_without(LOOKED_AFTER), MONDAY, "command line")
    directories.apply(LOOKED_AFTER, MONDAY, "command line")
    assert book.book().accounts(MONDAY) == ()
    assert count(store) == (1, 1)


def test_every_change_of_an_account_makes_a_new_edition_of_the_directory(
    store: Store, book: Enrolments
) -> None:
    directories = Directories(store)
    before = directories.edition()
    confirmed(book)

    assert directories.edition() > before


def _without(directory: Directory) -> Directory:
    return replace(directory, people=tuple(p for p in directory.people if p.id not in {BEN, HELEN}))
