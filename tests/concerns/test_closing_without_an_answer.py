"""Closed without an answer: withdrawn, taken to the door it belongs to, or one and the same as another."""

import pytest

from concerns import commands as c
from concerns.decide import ALLOWED
from concerns.model import Ending, Route, Stage
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import RULES
from tests.partnership import AMIRA, BEN, GRACE, JOEL, MIRIAM, SAM, TOM
from tests.worlds import (
    AT_STAGE,
    OTHER_REF,
    REF,
    a_check,
    an_action,
    called,
    words,
)

_REASON = words(reason="Taken to the complaints team, who have it.")
ENDINGS: list[tuple[c.LaterCommand, Ending]] = [
    (c.Withdraw(by=AMIRA, words=_REASON), Ending.WITHDRAWN),
    (c.Redirect(by=AMIRA, route=Route.COMPLAINT, words=_REASON), Ending.REDIRECTED),
    (c.MarkDuplicate(by=AMIRA, of=OTHER_REF, words=_REASON), Ending.DUPLICATE),
]
OPEN = [Stage.REFERRED, Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ANSWERED]


@pytest.mark.parametrize("stage", OPEN)
@pytest.mark.parametrize(("said", "ending"), ENDINGS)
def test_until_it_is_agreed_the_raising_side_may_close_it_in_each_of_these_ways(
    stage: Stage, said: c.LaterCommand, ending: Ending
) -> None:
    world = AT_STAGE[stage](RULES).hear(said)

    assert (world.stage, world.concern.ending, world.concern.due) == (Stage.CLOSED, ending, None)
    assert world.events[-1].words == _REASON


@pytest.mark.parametrize(("said", "ending"), ENDINGS)
def test_once_agreed_it_is_checked_or_reopened_instead(said: c.LaterCommand, ending: Ending) -> None:
    assert type(said) not in ALLOWED[Stage.AGREED] | ALLOWED[Stage.CLOSED]
    assert "check" in AT_STAGE[Stage.AGREED](RULES).refusal(said)
    assert AT_STAGE[Stage.CLOSED](RULES).concern.ending is not ending


@pytest.mark.parametrize("by", [TOM, GRACE, JOEL, BEN, SAM, MIRIAM])
def test_only_the_raising_side_closes_it(by: PersonId) -> None:
    for said in (
        c.Withdraw(by=by, words=_REASON),
        c.Redirect(by=by, route=Route.EMERGENCY, words=_REASON),
        c.MarkDuplicate(by=by, of=OTHER_REF),
    ):
        assert "raising side" in called().refusal(said)


def test_the_raising_seat_of_the_tier_called_may_close_it_too() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(c.Withdraw(by=JOEL, words=_REASON))

    assert AMIRA in world.told(NoticeKind.CLOSED)


def test_withdrawing_and_redirecting_give_a_reason() -> None:
    for said in (c.Withdraw(by=AMIRA), c.Redirect(by=AMIRA, route=Route.ALLEGATION)):
        assert "reason" in called().refusal(said)


def test_nothing_is_a_duplicate_of_itself() -> None:
    assert "same concern" in called().refusal(c.MarkDuplicate(by=AMIRA, of=REF))


@pytest.mark.parametrize("route", Route)
def test_every_door_it_may_belong_to_stands_on_record(route: Route) -> None:
    world = called().hear(c.Redirect(by=AMIRA, route=route, words=_REASON))

    assert world.events[-1] == world.last(type(world.events[-1]))
    assert getattr(world.events[-1], "route", None) is route


@pytest.mark.parametrize(("said", "ending"), ENDINGS)
def test_the_called_side_hears_that_it_is_over_and_the_clock_stays_quiet(
    said: c.LaterCommand, ending: Ending
) -> None:
    world = called().hear(an_action(), said)

    assert "riverside-council" in world.told(NoticeKind.CLOSED)
    assert world.until("Fri 1 Jan 2027 12:00").concern.ending is ending


@pytest.mark.parametrize(("said", "ending"), ENDINGS)
def test_if_the_worry_comes_back_it_is_reopened_with_its_history_and_what_is_owed(
    said: c.LaterCommand, ending: Ending
) -> None:
    world = called().hear(an_action(), said, c.Reopen(by=AMIRA, words=words(reason="It was not settled.")))

    assert world.tiers() == [1, 1]
    assert world.concern.ending is not ending
    assert len(world.concern.open_actions) == 1


def test_what_was_taken_elsewhere_needs_no_check() -> None:
    world = called().hear(ENDINGS[1][0])

    assert "reopen" in world.refusal(a_check())
