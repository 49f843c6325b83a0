"""What people look up: help, what waits on them, the ladder, the record; never more than is theirs."""

from dataclasses import replace
from datetime import timedelta

from concerns.pathway import OnLapse
from tests.handlers.moments import asked_for_time
from tests.handlers.offices import ANSWER, Office, everything, form_of, message_of
from tests.ladders import DAILY
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    CARL,
    COUNCIL,
    GRACE,
    JOEL,
    LENA,
    RUTH,
    SAM,
    STRANGER,
    TOM,
    vacated,
)


def test_help_begins_with_what_matters_now_for_this_person(office: Office) -> None:
    ref = office.raised()

    raiser, called = (message_of(office.say(person, "/concern help")) for person in (AMIRA, TOM))

    typed = f"{ref}, called, stage 1 of 4; acknowledgement due Mon 30 Nov at 14:00: /concern"
    assert raiser.lines[1].startswith(f"{typed} contact {ref}, /concern escalate {ref}")
    assert called.lines[1].startswith(f"{typed} ack {ref}, /concern answer {ref}")
    assert [button.label for button in called.buttons] == [
        "Acknowledge",
        "Answer",
        "Log a contact",
        "Ask for more time",
        "Add a note",
    ]
    assert message_of(office.say(BEN, "/concern help")).lines[0] == "Nothing is open for you just now."


def test_help_names_every_command_as_it_is_typed(office: Office) -> None:
    lines = message_of(office.say(AMIRA, "/concern help")).lines

    for begins in (
        "/concern words…: ",
        "/concern refer: ",
        "/contact REF ",
        "/concern ack REF",
        "/concern help: ",
    ):
        assert sum(line.startswith(begins) for line in lines) == 1


def test_with_a_prefix_everything_that_is_taught_carries_it(office: Office) -> None:
    office.with_prefix("bt_")

    for line in ("/bt_help", "/bt_guide", "/bt_concern refer", "/nonsense", "hello"):
        for person in (AMIRA, STRANGER):
            said = everything(office.say(person, line))
            assert "/concern" not in said
            assert "/contact" not in said
    assert "/bt_contact REF" in everything(office.say(AMIRA, "/bt_help"))


def test_help_with_many_concerns_offers_to_show_them(office: Office) -> None:
    refs = [office.raised() for _ in range(7)]

    message = message_of(office.say(AMIRA, "/concern help"))

    assert [button.label for button in message.buttons] == [f"Show {ref}" for ref in refs[:5]]


def test_mine_puts_what_waits_on_me_first(office: Office) -> None:
    answered, raised = office.answered(), office.raised()

    mine = message_of(office.say(AMIRA, "/concern mine"))
    theirs = message_of(office.say(TOM, "/concern mine"))

    assert (mine.title, theirs.title) == ("1 waiting on you", "1 waiting on you")
    assert mine.lines == (
        f"Waiting on you: {answered}, answered, stage 1 of 4; asked again Wed 2 Dec at 17:00."
        " Next: accept the answer, or say it is not enough.",
        f"{raised}, called, stage 1 of 4; acknowledgement due Mon 30 Nov at 14:00.",
    )
    assert theirs.lines[0].startswith(f"Waiting on you: {raised}")


def test_a_referral_waits_on_its_raiser_only_once_the_raiser_is_asked(office: Office) -> None:
    ref = office.referred()
    assert message_of(office.say(AMIRA, "/mine")).lines == (
        f"{ref}, a referral; response due Tue 1 Dec at 17:00.",
    )

    office.until("Tue 1 Dec 2026 17:30")
    assert message_of(office.say(AMIRA, "/mine")).lines == (
        f"Waiting on you: {ref}, a referral; opens by itself Wed 2 Dec at 17:00."
        " Next: open stage 1, or record the response if one came.",
    )


def test_a_lapse_that_is_asked_about_waits_on_both_sides(office: Office) -> None:
    office.with_pathway(replace(DAILY, on_lapse=OnLapse.ASK))
    office.raised()
    office.until("Tue 1 Dec 2026 17:30")

    for person in (AMIRA, JOEL, TOM):
        assert message_of(office.say(person, "/mine")).title == "1 waiting on you"


def test_mine_says_what_waits_and_the_next_step(office: Office) -> None:
    ref = asked_for_time(office)

    mine, theirs, deputy = (message_of(office.say(who, "/mine")).lines[0] for who in (AMIRA, TOM, LENA))

    assert mine == (
        f"Waiting on you: {ref}, called, stage 1 of 4; more time is asked for; answer due Tue 1 Dec at 17:00."
        " Next: agree to more time, or decline."
    )
    assert theirs.endswith("Next: acknowledge it, then answer.")
    assert deputy.startswith(f"Waiting on you: {ref}, called, stage 1 of 4; acknowledgement due")
    assert deputy.endswith(
        "Next: the called seat acknowledges, then answers; the raising side logs each contact."
    )


def test_an_action_that_is_due_waits_on_its_owner(office: Office) -> None:
    ref = office.agreed()
    office.fill(AMIRA, f"/action {ref} set Ring.", {"owner": CARL, "due": "2026-12-01"})
    assert message_of(office.say(CARL, "/mine")).title.startswith("Nothing waits on you")

    office.until("Tue 1 Dec 2026 09:00")
    message = message_of(office.say(CARL, "/mine"))
    assert message.title == "1 waiting on you"
    assert message.lines[0].endswith("Next: do it, and record that it is done.")


def test_mine_never_calls_a_reminder_due(office: Office) -> None:
    office.raised()
    office.until("Tue 1 Dec 2026 09:00")

    assert message_of(office.say(AMIRA, "/mine")).lines[0].endswith("answer due Tue 1 Dec at 17:00.")


def test_mine_says_how_late_something_is(office: Office) -> None:
    office.raised()
    office.now += timedelta(hours=6)

    assert "(2 hours late)" in message_of(office.say(AMIRA, "/mine")).lines[0]


def test_a_long_list_is_counted_at_its_end(office: Office) -> None:
    for _ in range(23):
        office.raised()

    message = message_of(office.say(SAM, "/concern mine"))
    assert len(message.lines) == 21
    assert message.lines[-1] == "And 3 more, none of them more pressing."
    assert len(message.buttons) == 5


def test_nobody_sees_what_is_not_theirs(office: Office) -> None:
    ref = office.raised()

    for person in (BEN, RUTH, GRACE):
        for line in ("/mine", "/help", "/show", "/pathway", "/guide", "/note"):
            assert ref not in everything(office.say(person, line))


def test_the_pathway_shows_who_holds_each_seat_today(office: Office) -> None:
    lines = message_of(office.say(BEN, "/concern pathway")).lines
    assert "Northshire Council, practitioner: Tom Ashby (deputy: Lena Frost)" in lines
    assert "Stage 2, Manager: acknowledge within 4 working hours, answer within 1 working day." in lines
    assert any("independent chair: Miriam Cole" in line for line in lines)

    office.with_directory(vacated(office.rules.directory, COUNCIL, "practitioner"))
    lines = message_of(office.say(BEN, "/concern pathway")).lines
    assert not any("Tom Ashby" in line for line in lines)


def test_the_guide_says_when_to_escalate_when_not_and_whom_to_ring_to_strangers_too(office: Office) -> None:
    for person in (AMIRA, STRANGER, None):
        said = everything(office.say(person, "/concern guide"))
        for part in (
            "Escalate when",
            "wrong door",
            "LADO",
            "ring 999",
            "01234 567890",
            "not an emergency line",
        ):
            assert part in said


def test_a_stranger_learns_how_to_get_in_and_nothing_else(office: Office) -> None:
    ref = office.raised()

    for line in (f"/show {ref}", "/mine", "/help", "/pathway", "/contact", f"/ack {ref}", "/refer"):
        for person in (STRANGER, None):
            assert message_of(office.say(person, line)).title == "You are not enrolled yet"
            assert office.press(person, f"show:{ref}:1") == office.say(person, "/mine")


def test_the_record_holds_the_words_for_those_called_and_the_clocks_for_the_rest(office: Office) -> None:
    ref = office.raised()

    for reader in (AMIRA, TOM):
        shown = message_of(office.say(reader, f"/concern show {ref}"))
        assert "Challenged: No enquiry was opened." in shown.lines
        assert "Wanted: An enquiry, this week." in shown.lines
    for watcher in (SAM, ALEX):
        said = everything(office.say(watcher, f"/concern show {ref}"))
        assert "No enquiry was opened." not in said
        assert "Amira" not in said
        assert "Stage 1 (Practitioner) called: practitioner, Northshire Council" in said
        assert "clocks, seats and outcomes" in said


def test_the_record_keeps_both_times_of_a_contact(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/contact {ref} made phone"))
    office.submit(AMIRA, form, {"reached": "spoke", "when": "2026-11-27T15:00", "next_date": "2026-12-02"})

    lines = message_of(office.say(AMIRA, f"/show {ref}")).lines
    assert (
        "3. Mon 30 Nov 2026, 10:00 (Amira Khan, Riverside Home Care). Contact. We contacted them, phone call,"
        " spoke with them, Fri 27 Nov 2026, 15:00. Next step by 2 Dec 2026."
    ) in lines


def test_an_answer_of_several_lines_stays_together(office: Office) -> None:
    ref = office.raised()
    office.fill(
        TOM, f"/answer {ref}", ANSWER | {"actions": "Tom visits on Thursday\n\nRing the bank by Friday"}
    )

    lines = message_of(office.say(AMIRA, f"/show {ref}")).lines
    assert "Actions: Tom visits on Thursday\n\u2003Ring the bank by Friday" in lines


def test_a_locked_page_of_the_record_says_so(office: Office) -> None:
    ref = office.raised()
    office.ledger.forget(ref)

    assert any("cannot be opened" in line for line in message_of(office.say(AMIRA, f"/show {ref}")).lines)


def test_what_is_asked_for_again_says_when_it_was_due(office: Office) -> None:
    ref = office.agreed()
    office.fill(TOM, f"/action {ref} set Visit.", {"owner": TOM, "due": "2026-12-02"})
    office.until("Wed 2 Dec 2026 17:30")

    again = "asked again Thu 3 Dec at 17:00 (action 1 was due Wed 2 Dec at 17:00)"
    assert message_of(office.say(LENA, "/mine")).lines == (f"{ref}, agreed; {again}.",)

    office.say(TOM, f"/done {ref} 1 Visited.")
    office.until("Mon 14 Dec 2026 17:30")
    again = "asked again Tue 15 Dec at 17:00 (the check was due Mon 14 Dec at 17:00)"
    assert message_of(office.say(LENA, "/mine")).lines == (f"{ref}, agreed; {again}.",)


def test_a_check_that_found_nobody_safer_is_not_said_to_be_due(office: Office) -> None:
    ref = office.agreed()
    office.say(AMIRA, f"/check {ref} no The cash still goes.")

    assert message_of(office.say(LENA, "/mine")).lines[0].startswith(f"{ref}, agreed; asked again ")


def test_the_top_that_is_called_again_is_not_said_to_be_in_time(office: Office) -> None:
    ref = office.raised(danger="yes")
    office.until("Mon 30 Nov 2026 20:30")

    lines = message_of(office.say(SAM, "/mine")).lines
    assert lines == (f"Urgent: {ref}, called, stage 4 of 4; called again Mon 30 Nov at 21:00.",)
