"""More time, and moving up by agreement: asked once a call, said yes or no to by the raising side."""

from dataclasses import replace

from concerns.model import ClockKind, Ref, Stage
from concerns.pathway import OnLapse
from concerns.people import PersonId
from tests.handlers.moments import UNTIL, asked_for_time, asked_to_move_up
from tests.handlers.offices import Office, error_of, form_of, message_of
from tests.ladders import DAILY, wall
from tests.partnership import AMIRA, JOEL, SAM, TOM
from views.parts import Button


def due(office: Office, ref: Ref) -> str:
    """Until when the answer is awaited."""
    clock = office.concern(ref).clock(ClockKind.ANSWER)
    return wall(clock.due if clock else None)


def offered(office: Office, person: PersonId, ref: Ref) -> set[str]:
    """What this person is offered on looking at it."""
    return {button.command for button in message_of(office.say(person, f"/show {ref}")).buttons}


def test_the_called_side_asks_once_and_the_clock_runs_on(office: Office) -> None:
    ref = office.raised()
    assert "extend" in offered(office, TOM, ref)

    form = form_of(office.say(TOM, f"/extend {ref} Our lead is on leave."))
    assert form.lines[1].startswith("The answer is due Tue 1 Dec at 17:00.")
    message_of(office.submit(TOM, form, {"until": UNTIL}))

    assert due(office, ref) == "Tue 1 Dec 2026 17:00"
    assert "extend" not in offered(office, TOM, ref)
    assert "once a call" in error_of(office.say(TOM, f"/extend {ref} Still on leave."))


def test_a_time_that_is_no_later_is_refused_and_the_reason_is_kept(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(TOM, f"/extend {ref} Our lead is on leave."))

    assert "after the one" in error_of(office.submit(TOM, form, {"until": "2026-12-01T12:00"}))
    message_of(office.submit(TOM, form, {"until": UNTIL}))
    assert office.ledger.history(ref)[-1].words.text("reason") == "Our lead is on leave."


def test_once_the_time_is_over_none_is_asked_for(office: Office) -> None:
    ref = asked_to_move_up(office)

    assert "extend" not in offered(office, TOM, ref)
    assert "passed already" in error_of(office.say(TOM, f"/extend {ref} Sorry."))


def test_the_raising_side_is_offered_its_word_first_and_only_when_asked(office: Office) -> None:
    ref = office.raised()
    assert not {"agree", "decline"} & offered(office, AMIRA, ref)

    office.fill(TOM, f"/extend {ref} Leave.", {"until": UNTIL})
    shown = message_of(office.say(AMIRA, f"/show {ref}"))
    assert [button.label for button in shown.buttons[:2]] == ["Agree", "Decline"]


def test_agreeing_is_done_at_once_and_moves_the_window(office: Office) -> None:
    ref = asked_for_time(office)

    message_of(office.press(AMIRA, Button("", "agree", ref, office.concern(ref).turn)))

    assert due(office, ref) == "Thu 3 Dec 2026 12:00"
    assert not {"agree", "decline"} & offered(office, AMIRA, ref)
    assert "Nothing waits" in error_of(office.say(AMIRA, f"/agree {ref}"))


def test_typed_without_a_reference_agreeing_is_asked_about_never_done_unseen(office: Office) -> None:
    ref = asked_for_time(office)

    form = form_of(office.say(AMIRA, "/agree"))

    assert form.lines == (
        f"About {ref}, stage 1 of 4: Practitioner.",
        "You agree to more time: the answer is then due Thu 3 Dec at 12:00.",
    )
    assert due(office, ref) == "Tue 1 Dec 2026 17:00"


def test_declining_leaves_the_window_and_may_say_why(office: Office) -> None:
    ref = asked_for_time(office)

    message_of(office.say(AMIRA, f"/decline {ref} She cannot wait."))

    assert due(office, ref) == "Tue 1 Dec 2026 17:00"
    assert office.ledger.history(ref)[-1].words.text("reason") == "She cannot wait."
    assert "Nothing waits" in error_of(office.say(AMIRA, f"/decline {ref}"))


def test_only_the_raising_side_says_yes_or_no(office: Office) -> None:
    ref = asked_for_time(office)

    for person in (TOM, SAM):
        for verb in ("agree", "decline"):
            assert "raising side" in error_of(office.say(person, f"/{verb} {ref} Fine."))
    assert due(office, ref) == "Tue 1 Dec 2026 17:00"


def test_asked_to_move_up_the_raising_side_agrees_and_cannot_decline(office: Office) -> None:
    ref = asked_to_move_up(office)
    assert "agree" in offered(office, JOEL, ref)
    assert "decline" not in offered(office, AMIRA, ref)
    assert error_of(office.say(AMIRA, f"/decline {ref}")).startswith("Nothing needs declining")

    assert (
        form_of(office.say(AMIRA, "/agree")).lines[1] == "You agree to moving up now: stage 2 of 4: Manager."
    )
    message_of(office.say(AMIRA, f"/agree {ref}"))
    assert (office.concern(ref).tier, office.concern(ref).stage) == (2, Stage.CALLED)


def test_a_button_to_agree_to_more_time_never_moves_it_up_once_that_time_is_over(office: Office) -> None:
    office.with_pathway(replace(DAILY, on_lapse=OnLapse.ASK))
    ref = asked_for_time(office)
    old = Button("", "agree", ref, office.concern(ref).turn)
    office.until("Tue 1 Dec 2026 17:30")

    assert message_of(office.press(AMIRA, old)).title.startswith("This has moved on.")
    assert "use escalate" in error_of(office.say(AMIRA, f"/agree {ref}"))
    assert "agree" not in offered(office, AMIRA, ref)
    assert office.concern(ref).tier == 1
