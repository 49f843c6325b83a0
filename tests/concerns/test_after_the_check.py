"""What is told when it is not over, taken up again, passed over, or handed on: nobody has to guess."""

from dataclasses import replace
from datetime import date

from concerns import commands as c
from concerns import events as e
from concerns.model import Ground, Safer
from concerns.notice import NoticeKind
from concerns.people import ChannelId
from tests.ladders import DAILY, MONDAY, RULES, ruled
from tests.partnership import AMIRA, COUNCIL, DEV, DIRECTORY, GRACE, JOEL, RUTH, TOM, vacated
from tests.worlds import CHALLENGE, a_check, a_dispute, agreed, an_action, an_answer, called, referred, words
from views.pings import render
from views.standing import standing

K = NoticeKind
AGAIN = c.Reopen(by=AMIRA, words=words(reason="It has happened again."))


def test_that_the_person_is_not_safer_both_sides_hear_and_what_comes_next() -> None:
    world = agreed().hear(a_check(safer=Safer.NO))

    assert {"riverside-council", "council-escalations"} <= set(world.told(K.NOT_SAFER))
    assert "The check says the person is not safer. Next: reopen it." in standing(world.concern, RULES)[0]
    message = render(world.notice(K.NOT_SAFER, ChannelId("riverside-council")), world.concern, RULES)
    assert message.buttons[0].command == "reopen"


def test_the_raiser_hears_what_somebody_else_of_their_side_found() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), c.Accept(by=AMIRA))
    world.hear(a_check(by=JOEL, safer=Safer.NO))

    assert AMIRA in world.told(K.NOT_SAFER)


def test_what_is_taken_up_again_says_so() -> None:
    world = agreed().hear(AGAIN)
    message = render(world.notice(K.CALLED, ChannelId("riverside-council")), world.concern, RULES)
    assert message.lines[0].startswith("It had been settled, and the raising side takes it up again.")

    world.until(world.concern.call.due if world.concern.call else world.now)
    message = render(world.notice(K.CALLED, ChannelId("riverside-council")), world.concern, RULES)
    assert message.lines[0] == "No answer came in time."


def test_a_check_that_is_late_says_since_when() -> None:
    world = agreed()
    due = world.concern.check_due
    world.until("Tue 15 Dec 2026 10:00")

    assert world.concern.check_due == due
    assert "was due Mon 14 Dec at 17:00; asked again" in standing(world.concern, RULES)[0]


def test_a_tier_with_nobody_to_call_is_neither_announced_nor_passed_over_in_silence() -> None:
    rules = ruled(directory=vacated(DIRECTORY, COUNCIL, "senior_manager"))
    world = called(rules).until("Tue 1 Dec 2026 17:00")
    assert any("stage 4" in line and "is called" in line for line in standing(world.concern, rules))

    world.until("Wed 2 Dec 2026 17:00")
    message = render(world.notice(K.CALLED, ChannelId("riverside-council")), world.concern, rules)
    assert message.lines[0] == "No answer came in time at stage 2. Stage 3 had nobody to call."


def test_a_missed_acknowledgement_and_a_reminder_of_one_instant_are_said_once() -> None:
    first = replace(DAILY.tiers[0], remind=(50,))
    rules = ruled(replace(DAILY, tiers=(first, *DAILY.tiers[1:])))
    world = called(rules)
    last = world.concern.call
    assert last is not None
    world.until("Mon 30 Nov 2026 14:00")

    assert not set(world.told(K.REMINDED)) & set(world.told(K.ACKNOWLEDGEMENT_LAPSED))


def test_two_actions_late_at_one_instant_are_asked_for_in_one_message() -> None:
    world = agreed().hear(an_action(due=date(2026, 12, 1)), an_action(due=date(2026, 12, 1)))
    world.until("Tue 1 Dec 2026 17:00")

    assert len(world.all(e.ActionLapsed)) == 2
    assert world.told(K.ACTION_DUE).count(TOM) == 1
    message = render(world.notice(K.ACTION_DUE, TOM), world.concern, RULES)
    assert message.title.endswith("actions 1 and 2 are not marked done yet")


def test_an_action_that_cannot_be_done_is_dropped_with_the_reason() -> None:
    world = agreed().hear(an_action(due=date(2026, 12, 1)))
    assert "reason" in world.refusal(c.DropAction(by=AMIRA, number=1))
    world.hear(c.DropAction(by=AMIRA, number=1, words=words(reason="The service has closed.")))

    assert world.concern.open_actions == ()
    assert all(clock.kind != "action" for clock in world.concern.clocks)
    assert world.hear(a_check()).concern.due is None


def test_whoever_was_to_do_it_hears_that_it_is_dropped_unless_they_dropped_it() -> None:
    dropped = c.DropAction(by=AMIRA, number=1, words=words(reason="The service has closed."))

    assert agreed().hear(an_action(DEV)).hear(dropped).told(K.ACTION_DROPPED) == [DEV]
    assert agreed().hear(an_action(AMIRA)).hear(dropped).told(K.ACTION_DROPPED) == []


def test_the_raising_manager_sees_where_it_stands_and_ruth_does_not_yet() -> None:
    world = called()

    assert world.concern.told is not None
    assert DIRECTORY.sits(JOEL, world.concern.told)
    assert not DIRECTORY.sits(RUTH, world.concern.told)


def test_what_the_raising_side_reports_is_marked_wherever_it_is_told() -> None:
    world = called().hear(an_answer(AMIRA, when=MONDAY, who="Tom", how="phone"))
    assert "Answered, as reported by the raising side." in standing(world.concern, RULES)[0]
    message = render(world.notice(K.ANSWERED, ChannelId("riverside-council")), world.concern, RULES)
    assert "The raising side reports it" in message.lines[0]


def test_an_objection_says_that_what_was_accepted_is_not_enough() -> None:
    world = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), c.Accept(by=JOEL), a_dispute())
    message = render(world.notice(K.CALLED, ChannelId("riverside-council")), world.concern, RULES)

    assert message.lines[0].startswith("Whoever raised it objects")


def test_a_challenged_response_is_not_called_an_answer() -> None:
    challenge = c.Respond(by=AMIRA, satisfied=False, grounds=(Ground.DRIFT,), words=CHALLENGE)
    world = referred().hear(challenge)
    message = render(world.notice(K.CALLED, ChannelId("riverside-council")), world.concern, RULES)

    assert message.lines[0] == "A response to the referral came, and did not settle it."
