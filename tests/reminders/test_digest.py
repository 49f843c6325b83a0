"""The morning digest: what waits on each person, once, at their agency's opening, and only while it is so."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from concerns import commands as c
from concerns.calendar import Span
from concerns.model import Ref
from concerns.notice import NoticeKind as K
from concerns.reference import make
from storage.digests import Digests
from storage.errors import NotSaved
from storage.outbox import State
from tests.ladders import london, ruled
from tests.partnership import AMIRA, BEN, COUNCIL, DIRECTORY, GRACE, PEOPLE, SAM, TOM
from tests.reminders.house import House, fresh_house
from tests.reminders.mortal import End, Killed, Life, mortal
from tests.reminders.platforms import Lost, parts_in, repeats
from tests.storage.rows import statements
from tests.stores import Databases
from tests.worlds import a_concern, an_answer

ONE, TWO, THREE = (Ref(make(n)) for n in (1, 2, 3))
TUESDAY = "Tue 1 Dec 2026 09:00"


@pytest.fixture
def awake(house: House) -> House:
    """A house that has looked at the clock once: every agency begins with its next opening."""
    house.digest.run()
    return house


def raised(house: House, *refs: Ref, answered: bool = False) -> House:
    """Amira has raised these with the council, one second after the other."""
    for ref in refs:
        house.hear(replace(a_concern(), ref=ref))
        if answered:
            house.hear(an_answer(), ref=ref)
        house.forward(seconds=1)
    house.deliver()
    return house


def at(house: House, written: str) -> int:
    """It is so late now: the clock speaks, then the digest. How many messages that makes; none is sent."""
    house.now = london(written)
    house.look()
    return house.digest.run()


def digests(house: House, person: str) -> list[list[str]]:
    """The digests this person has had: the concerns each lists, in order."""
    posts = [post for post in house.seen(person) if post.message.title == K.DIGEST]
    return [[part[0] for part in parts_in(post.message)] for post in posts]


def test_at_the_opening_each_person_gets_one_message_about_all_that_waits_on_them(awake: House) -> None:
    raised(awake, ONE, TWO)
    raised(awake, THREE, answered=True)
    assert at(awake, TUESDAY) == 2
    awake.deliver()

    assert digests(awake, TOM) == [[ONE, TWO]]
    assert digests(awake, AMIRA) == [[THREE]]


def test_where_nothing_waits_nothing_is_sent(awake: House) -> None:
    raised(awake, ONE)
    at(awake, TUESDAY)
    awake.deliver()

    told = {
        post.place.id for post in awake.slack.posts + awake.telegram.posts if post.message.title == K.DIGEST
    }
    assert told == {TOM}
    assert at(awake, "Wed 2 Dec 2026 08:59") == 0


def test_an_opening_is_served_once_and_the_next_one_again(awake: House) -> None:
    raised(awake, ONE, answered=True)
    assert [at(awake, f"Tue 1 Dec 2026 {hour}") for hour in ("08:59", "09:00", "09:01", "12:00")] == [
        0,
        1,
        0,
        0,
    ]
    assert at(awake, "Wed 2 Dec 2026 09:00") == 1
    awake.restart()
    assert at(awake, "Wed 2 Dec 2026 09:00") == 0


def test_the_overdue_come_first_then_the_soonest_due(awake: House) -> None:
    raised(awake, ONE)
    awake.hear(c.Acknowledge(by=TOM), ref=ONE)
    raised(awake, TWO)
    awake.now = london("Mon 30 Nov 2026 16:00")
    raised(awake, THREE)
    at(awake, TUESDAY)
    awake.deliver()

    # Nobody acknowledged the second in time; the third is due at 13:00, the first at 17:00.
    assert digests(awake, TOM) == [[TWO, THREE, ONE]]


def test_a_first_start_begins_with_the_next_opening(house: House) -> None:
    raised(house, ONE)

    assert at(house, "Tue 1 Dec 2026 09:30") == 0
    assert at(house, "Wed 2 Dec 2026 09:00") == 1


def test_after_downtime_the_opening_of_a_day_under_way_is_made_up_for(awake: House) -> None:
    raised(awake, ONE, answered=True)
    awake.restart()

    assert at(awake, "Thu 3 Dec 2026 14:00") == 1, "Thursday's alone"
    assert at(awake, "Thu 3 Dec 2026 15:00") == 0


@pytest.mark.parametrize("late", ["Tue 1 Dec 2026 17:00", "Tue 1 Dec 2026 23:00", "Sat 5 Dec 2026 10:00"])
def test_the_opening_of_a_day_that_is_over_is_not_made_up_for(awake: House, late: str) -> None:
    raised(awake, ONE, answered=True)
    awake.restart()

    assert at(awake, late) == 0


def test_on_a_bank_holiday_nobody_is_told(awake: House) -> None:
    raised(awake, ONE)

    assert at(awake, "Fri 25 Dec 2026 09:00") == 0
    assert at(awake, "Mon 28 Dec 2026 09:00") == 0
    assert at(awake, "Tue 29 Dec 2026 09:00") > 0


def test_it_goes_to_the_agency_of_the_person_not_of_the_seat(databases: Databases) -> None:
    """Ben of Riverside holds a seat of the council: he hears at Riverside's opening."""
    seatings = tuple(
        replace(one, holder=BEN) if one.seat.agency == COUNCIL and one.holder == TOM else one
        for one in DIRECTORY.seatings
    )
    with fresh_house(databases, ruled(directory=replace(DIRECTORY, seatings=seatings))) as house:
        house.digest.run()
        raised(house, ONE)
        at(house, TUESDAY)
        house.deliver()
        assert digests(house, BEN) == [[ONE]]


def test_somebody_the_directory_no_longer_lists_is_passed_over(awake: House) -> None:
    raised(awake, ONE, answered=True)
    awake.rules = ruled(directory=replace(DIRECTORY, people=tuple(p for p in PEOPLE if p.id != AMIRA)))
    awake.restart()

    assert at(awake, TUESDAY) == 0


# ---- looked at again when it is sent ---------------------------------------------------------------


def test_what_was_done_meanwhile_falls_out(awake: House) -> None:
    raised(awake, ONE, TWO)
    at(awake, TUESDAY)
    awake.hear(an_answer(), ref=ONE)
    awake.deliver()

    assert digests(awake, TOM) == [[TWO]]


def test_when_all_was_done_meanwhile_nothing_is_sent(awake: House) -> None:
    raised(awake, ONE)
    at(awake, TUESDAY)
    awake.hear(an_answer(), ref=ONE)
    awake.deliver()

    assert digests(awake, TOM) == []
    assert awake.outbox.next_wake() is None


def test_one_that_cannot_be_delivered_is_the_coordinators_to_mend_and_nobody_elses_to_read(
    awake: House,
) -> None:
    raised(awake, ONE, TWO)
    at(awake, TUESDAY)
    awake.deliver()
    before = len(awake.seen("council-escalations"))
    awake.telegram.kill(TOM)
    at(awake, "Tue 1 Dec 2026 17:00")
    awake.settle()
    at(awake, "Wed 2 Dec 2026 09:00")
    awake.telegram.kill(GRACE)
    letters = awake.said(SAM).count(K.DEAD_LETTER)
    awake.deliver()

    assert awake.said(SAM).count(K.DEAD_LETTER) == letters + 1
    assert K.DIGEST not in awake.said("council-escalations")
    assert before < len(awake.seen("council-escalations"))
    assert K.DIGEST not in awake.said("owen")


def test_a_copy_that_may_be_one_says_so_and_lists_the_same(awake: House) -> None:
    raised(awake, ONE, TWO)
    at(awake, "Tue 1 Dec 2026 08:59")
    awake.deliver()
    at(awake, TUESDAY)
    awake.telegram.will(TOM, Lost(accepted=True))
    awake.deliver()
    awake.forward(seconds=10).deliver()

    first, second = (p.message for p in awake.seen(TOM) if p.message.title == K.DIGEST)
    assert (repeats(first), repeats(second)) == (False, True)
    assert parts_in(first) == parts_in(second)


# ---- dying on the way ------------------------------------------------------------------------------


@contextmanager
def two_waiting(databases: Databases) -> Iterator[House]:
    """Two people something waits on, and an agency a transaction."""
    with fresh_house(databases) as house:
        house.digest.run()
        raised(house, ONE)
        raised(house, TWO, answered=True)
        house.now = london(TUESDAY)
        house.look()
        house.deliver()
        yield house


def mornings(house: House, life: Life) -> int:
    """The digests are made and sent by a process with this life, and by another if it dies; commits made."""
    house.open_store = mortal(life)
    house.start()
    try:
        house.digest.run()
        house.deliver()
    except Killed:
        house.open_store = mortal(Life.without_end())
        house.start()
        house.digest.run()
        house.settle()
    return life.commits


@pytest.mark.parametrize("end", End)
def test_a_process_may_die_at_any_commit_and_each_is_told_once(end: End, databases: Databases) -> None:
    with two_waiting(databases) as house:
        commits = mornings(house, Life.without_end())

    assert commits >= 5
    for last in range(1, commits + 1):
        with two_waiting(databases) as house:
            house.slack.alive = house.telegram.alive = lambda: None
            mornings(house, Life(last, end))
            copies = [p for p in house.seen(TOM) if p.message.title == K.DIGEST]
            assert [part[0] for part in parts_in(copies[0].message)] == [ONE]
            assert all(repeats(copy.message) for copy in copies[1:])
            assert digests(house, AMIRA) == [[TWO]]


# ---- what it costs ---------------------------------------------------------------------------------


def test_between_openings_a_ring_asks_the_database_nothing(awake: House) -> None:
    raised(awake, ONE)
    with statements(awake.store) as heard:
        for _ in range(240):
            awake.forward(seconds=1).digest.run()

    assert heard == []


def test_hours_that_are_changed_are_noticed_within_minutes(awake: House) -> None:
    """The directory is asked again now and then, so an earlier opening is not missed for a day."""
    raised(awake, ONE)
    at(awake, "Tue 1 Dec 2026 07:50")
    early = tuple(replace(one, hours=((Span(480, 1080),),) * 7) for one in DIRECTORY.agencies)
    awake.rules = ruled(directory=replace(DIRECTORY, agencies=early))

    assert [at(awake, f"Tue 1 Dec 2026 08:0{minute}") for minute in range(6)].count(1) == 1


def test_one_that_fails_is_tried_again_in_a_minute_and_not_with_every_ring(awake: House) -> None:
    raised(awake, ONE)
    awake.now = london(TUESDAY)
    tries = 0

    def busy(*_: object) -> None:
        nonlocal tries
        tries += 1
        raise NotSaved("The database is busy.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Digests, "serve", busy)
        for _ in range(30):
            with suppress(NotSaved):
                awake.digest.run()
            awake.forward(seconds=1)
    assert tries == 1

    assert awake.forward(seconds=30).digest.run() == 1
    assert awake.outbox.counts()[State.PENDING] == 1
