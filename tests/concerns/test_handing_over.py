"""Handing over: somebody else of the raising agency carries it; stage, clocks and history stay."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.authority import may_read
from concerns.directory import Directory
from concerns.model import Stage
from concerns.notice import NoticeKind
from concerns.people import Cover, PersonId
from tests.ladders import MONDAY, RULES, london, ruled
from tests.laws import offers_only_what_is_allowed
from tests.partnership import ALEX, AMIRA, BEN, DIRECTORY, GRACE, JOEL, MIRIAM, PRIYA, SAM, STRANGER, TOM
from tests.worlds import AT_STAGE, World, a_concern, a_dispute, an_answer, answered, called, closed, words
from views.pings import render

TO_BEN = c.HandOver(by=AMIRA, to=BEN)


@pytest.mark.parametrize("stage", Stage)
def test_stage_clocks_and_history_are_kept(stage: Stage) -> None:
    before = AT_STAGE[stage](RULES).concern
    after = AT_STAGE[stage](RULES).hear(TO_BEN).concern

    assert after == replace(before, raiser=BEN, handed_over=True, seq=before.seq + 1)


def test_the_new_raiser_speaks_for_the_raising_side_and_the_old_one_no_more() -> None:
    world = answered().hear(TO_BEN)

    assert "raising side" in world.refusal(a_dispute(AMIRA))
    assert world.hear(c.Accept(by=BEN)).stage is Stage.AGREED


def test_the_new_raiser_reads_the_words_and_the_old_one_no_more() -> None:
    directory = replace(DIRECTORY, seatings=tuple(s for s in DIRECTORY.seatings if AMIRA not in s.everyone))
    world = called(ruled(directory=directory)).hear(TO_BEN)

    assert may_read(BEN, world.concern, directory)
    assert not may_read(AMIRA, world.concern, directory)


@pytest.mark.parametrize("by", [AMIRA, SAM])
def test_the_raiser_hands_it_over_or_the_coordinator_when_somebody_has_left(by: PersonId) -> None:
    assert called().hear(c.HandOver(by=by, to=BEN)).concern.raiser == BEN


@pytest.mark.parametrize("by", [JOEL, PRIYA])
def test_so_does_the_raising_manager_once_the_ladder_is_open(by: PersonId) -> None:
    assert called().hear(c.HandOver(by=by, to=BEN)).concern.raiser == BEN
    assert called().until("Tue 1 Dec 2026 17:00").hear(c.HandOver(by=by, to=BEN)).concern.raiser == BEN


def test_the_raising_manager_does_not_take_it_over_for_themselves() -> None:
    assert "somebody else" in called().refusal(c.HandOver(by=JOEL, to=JOEL))
    assert called().hear(c.HandOver(by=AMIRA, to=JOEL)).concern.raiser == JOEL


@pytest.mark.parametrize("by", [TOM, GRACE, BEN, ALEX, MIRIAM, STRANGER])
def test_nobody_else_does(by: PersonId) -> None:
    assert "raising side" in called().refusal(c.HandOver(by=by, to=BEN))


@pytest.mark.parametrize("to", [TOM, SAM, STRANGER])
def test_it_stays_in_the_raising_agency(to: PersonId) -> None:
    assert "Riverside Home Care" in called().refusal(c.HandOver(by=AMIRA, to=to))


def test_whoever_carries_it_already_is_not_handed_it() -> None:
    assert "already" in called().refusal(c.HandOver(by=AMIRA, to=AMIRA))


def test_both_and_the_called_side_hear_of_it_but_not_whoever_said_it() -> None:
    assert called().hear(TO_BEN).told(NoticeKind.HANDED_OVER) == [BEN, TOM]
    assert called().hear(c.HandOver(by=SAM, to=BEN)).told(NoticeKind.HANDED_OVER) == [BEN, AMIRA, TOM]


def test_the_record_says_who_carried_it_before() -> None:
    event = called().hear(TO_BEN).last(e.HandedOver)

    assert (event.was, event.to, event.by) == (AMIRA, BEN, AMIRA)


def test_what_the_clock_asks_later_it_asks_the_new_raiser() -> None:
    world = answered().hear(TO_BEN).until("Wed 2 Dec 2026 17:00")

    assert world.told(NoticeKind.ACCEPTANCE_DUE) == [BEN]


def test_a_leavers_concern_is_handed_on_by_the_coordinator_after_they_have_gone() -> None:
    world = called().hear(an_answer())
    left = replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != AMIRA))
    world.rules = ruled(directory=left)

    assert world.hear(c.HandOver(by=SAM, to=BEN), c.Accept(by=BEN)).stage is Stage.AGREED


def test_whoever_covers_for_the_coordinator_or_the_raiser_may_do_it() -> None:
    def covered(person: PersonId) -> Directory:
        return DIRECTORY.covered((Cover(person, MONDAY, london("Fri 4 Dec 2026 17:00"), PRIYA),))

    for away in (SAM, AMIRA):
        world = World(rules=ruled(directory=covered(away)))
        assert world.hear(a_concern(), c.HandOver(by=PRIYA, to=BEN)).concern.raiser == BEN


def test_in_a_closed_concern_the_new_raiser_is_offered_only_what_it_allows() -> None:
    world = closed().hear(TO_BEN)
    message = render(world.notice(NoticeKind.HANDED_OVER, BEN), world.concern, world.rules)

    offers_only_what_is_allowed(message.buttons, world.concern)


def test_it_may_be_handed_on_again_and_back() -> None:
    world = called().hear(TO_BEN, c.HandOver(by=BEN, to=PRIYA), c.HandOver(by=PRIYA, to=AMIRA))

    assert world.concern.raiser == AMIRA


def test_the_note_that_goes_with_it_stands_on_record() -> None:
    said = words(reason="I am on leave from tomorrow.")

    assert called().hear(replace(TO_BEN, words=said)).last(e.HandedOver).words == said
