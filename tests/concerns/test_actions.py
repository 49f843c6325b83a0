"""Actions: each has an owner and a day; late ones are called again every working day until done."""

from datetime import date

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import ClockKind, Ending, Stage
from concerns.notice import NoticeKind, still_true
from concerns.people import Cover, PersonId
from tests.ladders import MONDAY, RULES, london, ruled, wall
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    DEV,
    DIRECTORY,
    GRACE,
    JOEL,
    LENA,
    MIRIAM,
    SAM,
    STRANGER,
    TOM,
)
from tests.worlds import (
    AT_STAGE,
    World,
    a_check,
    a_dispute,
    agreed,
    an_action,
    an_answer,
    called,
    words,
)

DONE = c.FinishAction(by=TOM, number=1)
WHILE = [Stage.CALLED, Stage.ACKNOWLEDGED, Stage.ANSWERED, Stage.AGREED]


def promised(stage: Stage = Stage.AGREED) -> World:
    """Tom is to visit by Wednesday; said on Monday at 10:00."""
    return AT_STAGE[stage](RULES).hear(an_action())


# ---- setting one -----------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", WHILE)
def test_an_action_has_an_owner_and_is_due_at_the_close_of_business_of_its_day(stage: Stage) -> None:
    event = promised(stage).last(e.ActionSet)

    assert (event.number, event.owner, wall(event.due)) == (1, TOM, "Wed 2 Dec 2026 17:00")


def test_actions_are_counted_from_1_and_no_number_is_used_twice() -> None:
    world = promised().hear(DONE, an_action(BEN), an_action(GRACE))

    assert [action.number for action in world.concern.actions] == [1, 2, 3]


def test_on_a_day_nobody_works_it_is_due_when_the_next_one_opens() -> None:
    world = agreed().hear(an_action(due=date(2026, 12, 5)))

    assert wall(world.last(e.ActionSet).due) == "Mon 7 Dec 2026 09:00"


def test_today_will_do_while_work_goes_on_and_not_after() -> None:
    today = an_action(due=date(2026, 11, 30))
    assert wall(agreed().hear(today).last(e.ActionSet).due) == "Mon 30 Nov 2026 17:00"

    assert "work goes on" in agreed().until("Mon 30 Nov 2026 17:00").refusal(today)


@pytest.mark.parametrize("due", [date(2026, 11, 27), date(2027, 12, 6), date.max, date.min])
def test_a_day_gone_by_or_more_than_a_year_ahead_is_refused(due: date) -> None:
    assert "within a year" in agreed().refusal(an_action(due=due))


def test_its_owner_may_be_anybody_of_the_directory_and_nobody_else() -> None:
    assert agreed().hear(an_action(DEV)).told(NoticeKind.ACTION_SET) == [DEV]
    assert "directory" in agreed().refusal(an_action(STRANGER))


def test_it_says_what_is_to_be_done() -> None:
    assert "what" in agreed().refusal(c.SetAction(by=AMIRA, owner=TOM, due=date(2026, 12, 2)))


@pytest.mark.parametrize("by", [AMIRA, TOM, LENA])
def test_everybody_with_a_part_in_it_may_set_one(by: PersonId) -> None:
    assert agreed().hear(an_action(GRACE, by=by)).concern.open_actions


@pytest.mark.parametrize("by", [BEN, JOEL, GRACE, SAM, ALEX, MIRIAM, STRANGER])
def test_nobody_without_one_may(by: PersonId) -> None:
    assert "part in this concern" in agreed().refusal(an_action(by=by))


def test_whoever_takes_it_on_themselves_needs_no_telling() -> None:
    assert agreed().hear(an_action(AMIRA)).told(NoticeKind.ACTION_SET) == []


def test_an_owner_who_is_away_is_reached_through_whoever_stands_in() -> None:
    away = DIRECTORY.covered((Cover(DEV, MONDAY, london("Fri 4 Dec 2026 17:00"), GRACE),))
    world = agreed(ruled(directory=away)).hear(an_action(DEV))

    assert world.told(NoticeKind.ACTION_SET) == [GRACE]
    assert world.hear(c.FinishAction(by=GRACE, number=1)).concern.open_actions == ()


# ---- late ------------------------------------------------------------------------------------------


def test_a_late_one_is_asked_for_of_its_owner_and_the_raising_side() -> None:
    world = promised().until("Wed 2 Dec 2026 17:00")

    assert world.told(NoticeKind.ACTION_DUE) == [TOM, AMIRA]


def test_from_the_second_time_the_coordinator_hears_of_it_too() -> None:
    world = promised().until("Thu 3 Dec 2026 17:00")

    assert world.told(NoticeKind.ACTION_DUE) == [TOM, AMIRA, SAM]


def test_it_is_asked_for_every_working_day_until_it_is_done() -> None:
    world = promised().until("Tue 8 Dec 2026 12:00").hear(DONE).until("Fri 11 Dec 2026 17:00")

    assert [(wall(event.at), event.times) for event in world.all(e.ActionLapsed)] == [
        ("Wed 2 Dec 2026 17:00", 1),
        ("Thu 3 Dec 2026 17:00", 2),
        ("Fri 4 Dec 2026 17:00", 3),
        ("Mon 7 Dec 2026 17:00", 4),
    ]


def test_the_notice_names_the_action_and_the_day_it_was_due() -> None:
    notice = promised().until("Thu 3 Dec 2026 17:00").notice(NoticeKind.ACTION_DUE, TOM)

    assert (notice.action, notice.times, wall(notice.due)) == (1, 2, "Wed 2 Dec 2026 17:00")


def test_two_late_on_one_day_are_each_asked_for_once_that_day() -> None:
    world = agreed().hear(an_action(TOM), an_action(GRACE)).until("Thu 3 Dec 2026 17:00")

    assert [(event.number, event.times) for event in world.all(e.ActionLapsed)] == [
        (1, 1),
        (2, 1),
        (1, 2),
        (2, 2),
    ]


def test_after_an_outage_it_is_asked_for_once_and_then_steps_on() -> None:
    world = promised().asleep_until("Tue 8 Dec 2026 12:00")

    assert len(world.all(e.ActionLapsed)) == 1
    assert wall(world.concern.due) == "Wed 9 Dec 2026 17:00"


@pytest.mark.parametrize("stage", WHILE)
def test_its_clock_runs_whatever_the_stage(stage: Stage) -> None:
    world = promised(stage).until("Wed 2 Dec 2026 17:00")

    assert world.last(e.ActionLapsed).number == 1


def test_a_call_an_answer_a_dispute_and_an_acceptance_leave_it_running() -> None:
    world = called().hear(an_action(), an_answer(), a_dispute(), c.Escalate(by=AMIRA))
    world.hear(an_answer(PersonId("nadia")), c.Accept(by=AMIRA))

    clock = world.concern.clock(ClockKind.ACTION)
    assert clock is not None
    assert wall(clock.due) == "Wed 2 Dec 2026 17:00"


# ---- done ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [TOM, LENA, AMIRA])
def test_its_owner_or_somebody_with_a_part_says_that_it_is_done(by: PersonId) -> None:
    world = promised().hear(c.FinishAction(by=by, number=1))

    assert world.concern.open_actions == ()
    assert world.concern.clock(ClockKind.ACTION) is None


def test_an_owner_with_no_other_part_may_say_it_of_their_own_only() -> None:
    world = agreed().hear(an_action(DEV), an_action(TOM))

    assert "owner" in world.refusal(c.FinishAction(by=DEV, number=2))
    assert world.hear(c.FinishAction(by=DEV, number=1)).concern.open_actions[0].number == 2


@pytest.mark.parametrize("by", [GRACE, SAM, ALEX, BEN])
def test_nobody_else_says_it(by: PersonId) -> None:
    assert "owner" in promised().refusal(c.FinishAction(by=by, number=1))


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_number_nobody_gave_is_refused(number: int) -> None:
    assert "number" in promised().refusal(c.FinishAction(by=TOM, number=number))


def test_what_is_done_is_done() -> None:
    assert "done already" in promised().hear(DONE).refusal(DONE)


def test_once_done_the_reminder_that_waited_to_be_sent_is_not() -> None:
    world = promised().until("Wed 2 Dec 2026 17:00")
    notice = world.notice(NoticeKind.ACTION_DUE, TOM)
    assert still_true(notice, world.concern)

    assert not still_true(notice, world.hear(DONE).concern)


# ---- closing and reopening -------------------------------------------------------------------------


def test_the_check_does_not_close_while_one_is_open() -> None:
    world = promised()
    assert "action 1" in world.refusal(a_check())

    assert world.hear(DONE, a_check()).concern.ending is Ending.CHECKED


def test_the_refusal_counts_them() -> None:
    assert "2 actions" in promised().hear(an_action(BEN)).refusal(a_check())


def test_reopening_keeps_them_and_their_day() -> None:
    world = promised().hear(c.Reopen(by=AMIRA, words=words(reason="Nobody has come.")))

    assert world.stage is Stage.CALLED
    assert wall(world.until("Wed 2 Dec 2026 17:00").last(e.ActionLapsed).due) == "Wed 2 Dec 2026 17:00"


def test_closed_with_one_open_it_asks_nobody_and_once_reopened_asks_at_once() -> None:
    world = promised(Stage.CALLED).hear(c.Withdraw(by=AMIRA, words=words(reason="Settled.")))
    world.until("Wed 9 Dec 2026 10:00")
    assert world.all(e.ActionLapsed) == ()

    world.hear(c.Reopen(by=AMIRA, words=words(reason="It was not."))).wake()

    assert world.last(e.ActionLapsed).times == 1
    assert wall(world.concern.clocks[-1].due) == "Thu 10 Dec 2026 17:00"


def test_a_referral_has_no_actions_yet_and_a_closed_concern_no_more() -> None:
    for stage in (Stage.REFERRED, Stage.CLOSED):
        assert AT_STAGE[stage](RULES).refusal(an_action())


def test_the_dates_of_the_stage_are_told_whatever_is_promised_sooner() -> None:
    world = called().hear(an_action(due=date(2026, 12, 1)), an_answer())
    assert wall(world.notice(NoticeKind.ANSWERED, AMIRA).due) == "Wed 2 Dec 2026 17:00"

    world.hear(c.Accept(by=AMIRA))
    assert wall(world.notice(NoticeKind.ACCEPTED, "riverside-council").due) == "Mon 14 Dec 2026 17:00"
