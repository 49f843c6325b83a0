"""Corrections are new entries: the one corrected stays as it was, and no clock moves."""

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import Outcome, Stage
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import MONDAY, RULES
from tests.partnership import ALEX, AMIRA, BEN, GRACE, JOEL, LENA, MIRIAM, SAM, STRANGER, TOM
from tests.worlds import AT_STAGE, World, a_contact, an_answer, called, closed, words

IT_WAS_TUESDAY = words(text="It was Tuesday, not Monday.")


def a_correction(of: int = 1, by: PersonId = AMIRA) -> c.Correct:
    """An entry should have said Tuesday."""
    return c.Correct(by=by, of=of, words=IT_WAS_TUESDAY)


@pytest.mark.parametrize("stage", Stage)
def test_a_correction_changes_nothing_but_the_record(stage: Stage) -> None:
    before = AT_STAGE[stage](RULES)
    world = AT_STAGE[stage](RULES).hear(a_correction())

    assert world.events[:-1] == before.events
    assert world.last(e.Corrected).of == 1
    assert world.concern.clocks == before.concern.clocks
    assert world.concern.turn == before.concern.turn


@pytest.mark.parametrize("of", [0, -1, 3, 99])
def test_only_what_is_on_record_can_be_corrected(of: int) -> None:
    assert len(called().events) == 2

    assert "list" in called().refusal(a_correction(of))


def test_a_correction_can_itself_be_corrected() -> None:
    assert called().hear(a_correction(1), a_correction(3)).last(e.Corrected).of == 3


def test_it_says_what_the_entry_should_have_said() -> None:
    assert "Write" in called().refusal(c.Correct(by=AMIRA, of=1))


@pytest.mark.parametrize("by", [AMIRA, TOM, LENA])
def test_both_sides_may_correct(by: PersonId) -> None:
    assert called().hear(a_correction(by=by)).last(e.Corrected).by == by


@pytest.mark.parametrize("by", [BEN, JOEL, GRACE, SAM, ALEX, MIRIAM, STRANGER])
def test_nobody_without_a_part_may(by: PersonId) -> None:
    assert "part of this concern" in called().refusal(a_correction(by=by))


def test_what_was_reported_of_the_called_side_it_may_put_right() -> None:
    told = words(who="Duty social worker", how="by phone", response="A visit on Friday.")
    world = called().hear(c.Answer(by=AMIRA, outcome=Outcome.DECISION_STANDS, when=MONDAY, words=told))

    world.hear(a_correction(of=len(world.events), by=TOM))

    assert world.told(NoticeKind.CORRECTED) == [AMIRA]
    assert world.stage is Stage.ANSWERED


def test_the_other_side_hears_of_it_and_the_speaker_does_not() -> None:
    assert called().hear(a_correction(by=AMIRA)).told(NoticeKind.CORRECTED) == [TOM]
    assert called().hear(a_correction(by=TOM)).told(NoticeKind.CORRECTED) == [AMIRA]


def test_a_contact_corrected_still_counts_as_it_was_logged() -> None:
    world: World = called().hear(a_contact(when=MONDAY), a_correction(of=3))

    assert world.concern.unanswered_contacts == 1


def test_a_closed_record_can_still_be_put_right() -> None:
    world = closed().hear(a_correction(by=TOM))

    assert world.stage is Stage.CLOSED
    assert an_answer().words not in [event.words for event in world.events[-1:]]
