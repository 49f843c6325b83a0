"""Who carries a concern and until when: handed over inside the raising agency, retimed by the coordinator."""

from dataclasses import replace

from concerns.events import HandedOver, Retimed
from concerns.model import ClockKind
from handlers.refusals import NOT_YOURS
from tests.handlers.moments import UNTIL
from tests.handlers.offices import Office, error_of, form_of, keys, message_of, values
from tests.ladders import london, wall
from tests.partnership import ALEX, AMIRA, BEN, DIRECTORY, HELEN, JOEL, PRIYA, RIVERSIDE, RUTH, SAM, TOM

# ---- handed over -----------------------------------------------------------------------------------


def test_everybody_of_the_raising_agency_but_the_raiser_may_take_it_on(office: Office) -> None:
    form = form_of(office.say(AMIRA, f"/handover {office.raised()}"))

    assert [choice.value for choice in form.fields[0].choices] == [BEN, JOEL, PRIYA, RUTH, HELEN]


def test_the_next_one_carries_it_with_stage_and_clocks_as_they_were(office: Office) -> None:
    ref = office.raised()
    before = office.concern(ref)

    office.fill(AMIRA, f"/handover {ref} I am on leave.", {"to": "ben"})

    after = office.concern(ref)
    assert (after.raiser, after.stage, after.clocks) == (BEN, before.stage, before.clocks)
    handed = office.ledger.history(ref)[-1]
    assert isinstance(handed, HandedOver)
    assert handed.words.text("reason") == "I am on leave."
    assert "No enquiry was opened." in str(message_of(office.say(BEN, f"/show {ref}")).lines)


def test_whoever_gave_it_away_and_has_no_other_part_is_offered_nothing_more(office: Office) -> None:
    ref = office.referred()

    reply = office.fill(AMIRA, f"/handover {ref}", {"to": "ben"})

    assert reply.title == f"{ref}: handed over"
    assert reply.lines[0] == "You do not see it any more: no seat of yours was called."
    assert reply.buttons == ()
    assert error_of(office.say(AMIRA, f"/show {ref}")) == NOT_YOURS


def test_whoever_hands_on_their_own_is_told_before_that_they_may_not_see_it_any_more(office: Office) -> None:
    ref = office.raised()
    warning = "You do not see it any more then, unless a seat of yours was called."

    assert form_of(office.say(AMIRA, f"/handover {ref}")).lines[-1] == warning
    assert warning not in form_of(office.say(SAM, f"/handover {ref}")).lines


def test_whose_own_seat_was_called_sees_on_what_they_handed_over(office: Office) -> None:
    ref = office.raised(JOEL)
    office.until("Tue 1 Dec 2026 17:30")

    message = office.fill(JOEL, f"/handover {ref}", {"to": "ben"})

    assert not any("You do not see it" in line for line in message.lines)
    assert message_of(office.say(JOEL, f"/show {ref}")).title.startswith(ref)


def test_a_name_at_the_beginning_of_the_words_is_no_choice(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/handover {ref} Ben knows about it."))

    assert values(form) == {"reason": "Ben knows about it."}
    assert office.concern(ref).raiser == AMIRA


def test_the_coordinator_hands_over_what_a_leaver_left(office: Office) -> None:
    first, second = office.raised(), office.raised()
    left = tuple(person for person in DIRECTORY.people if person.id != AMIRA)
    office.with_directory(replace(DIRECTORY, people=left))

    form = form_of(office.say(SAM, "/handover"))
    assert {choice.value for choice in form.fields[0].choices} == {first, second}
    form = form_of(office.submit(SAM, form, {"concern": second}))
    message_of(office.submit(SAM, form, {"to": "ben"}))

    assert (office.concern(first).raiser, office.concern(second).raiser) == (AMIRA, BEN)


def test_somebody_of_another_agency_cannot_be_chosen(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/handover {ref}"))

    assert [key for key, _ in office.submit(AMIRA, form, {"to": "tom"}).errors] == ["to"]
    assert office.concern(ref).raiser == AMIRA


def test_where_nobody_else_is_left_it_says_whom_to_ask(office: Office) -> None:
    ref = office.raised()
    alone = tuple(p for p in DIRECTORY.people if p.agency != RIVERSIDE or p.id == AMIRA)
    office.with_directory(replace(DIRECTORY, people=alone))

    said = error_of(office.say(AMIRA, f"/handover {ref} I am on leave."))
    assert said.startswith("Nobody else of Riverside Home Care is in the directory.")


def test_the_other_side_hands_nothing_over(office: Office) -> None:
    ref = office.raised()

    for person in (TOM, ALEX):
        assert "raising side, or for the coordinator" in error_of(office.say(person, f"/handover {ref}"))


# ---- retimed ---------------------------------------------------------------------------------------


def test_the_windows_that_run_are_listed_with_when_they_end(office: Office) -> None:
    form = form_of(office.say(SAM, f"/retime {office.raised()}"))

    assert [choice.label for choice in form.fields[0].choices] == [
        "Acknowledgement due: Mon 30 Nov at 14:00",
        "Answer due: Tue 1 Dec at 17:00",
    ]
    assert keys(form) == ["clock", "due", "reason"]
    assert values(form) == {}


def test_where_only_one_runs_it_is_chosen_already(office: Office) -> None:
    assert values(form_of(office.say(SAM, f"/retime {office.referred()}"))) == {"clock": "referral"}


def test_the_window_moves_and_the_reason_is_on_record(office: Office) -> None:
    ref = office.raised()

    office.fill(SAM, f"/retime {ref} answer Both offices are closed.", {"due": UNTIL})

    clock = office.concern(ref).clock(ClockKind.ANSWER)
    assert clock is not None
    assert wall(clock.due) == "Thu 3 Dec 2026 12:00"
    retimed = office.ledger.history(ref)[-1]
    assert isinstance(retimed, Retimed)
    assert retimed.words.text("reason") == "Both offices are closed."


def test_a_moment_gone_by_is_refused_and_the_reason_is_kept(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(SAM, f"/retime {ref} answer Both offices are closed."))

    assert "still to come" in error_of(office.submit(SAM, form, {"due": "2026-11-30T09:00"}))
    message_of(office.submit(SAM, form, {"due": UNTIL}))
    assert office.ledger.history(ref)[-1].words.text("reason") == "Both offices are closed."


def test_a_form_for_a_window_that_has_ended_is_refused_beside_its_question(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(SAM, f"/retime {ref}"))
    office.until(london("Mon 30 Nov 2026 14:30"))

    given = {"clock": "acknowledge", "due": UNTIL, "reason": "A closure."}
    assert [key for key, _ in office.submit(SAM, form, given).errors] == ["clock"]


def test_nobody_else_moves_a_window(office: Office) -> None:
    ref = office.raised()
    before = office.concern(ref)

    for person in (AMIRA, TOM, ALEX):
        assert "coordinator" in error_of(office.say(person, f"/retime {ref} answer Please."))
    assert office.concern(ref) == before
