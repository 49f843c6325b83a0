"""Corrections: an entry is chosen by its number, and what it should have said stands beside it."""

from concerns.events import Corrected
from tests.handlers.offices import Office, error_of, everything, form_of, message_of, values
from tests.partnership import ALEX, AMIRA, SAM, TOM


def test_the_entries_are_listed_newest_first_without_a_word_anybody_typed(office: Office) -> None:
    ref = office.raised()
    office.say(AMIRA, f"/contact {ref} made phone spoke They will ring Mrs Hill.")

    form = form_of(office.say(TOM, f"/correct {ref}"))

    labels = [choice.label for choice in form.fields[0].choices]
    assert [choice.value for choice in form.fields[0].choices] == ["3", "2", "1"]
    assert labels[0].startswith("3. Mon 30 Nov at 10:00: Contact. We contacted them, phone call")
    assert all(len(label) <= 75 for label in labels)
    assert labels[0].endswith("…")
    assert "Mrs Hill" not in everything(office.say(TOM, f"/correct {ref}"))


def test_what_the_clock_did_is_nobodys_to_correct(office: Office) -> None:
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    office.say(AMIRA, f"/note {ref} Seen.")
    history = office.ledger.history(ref)
    assert {event.by for event in history} == {AMIRA, None}

    listed = [choice.value for choice in form_of(office.say(AMIRA, f"/correct {ref}")).fields[0].choices]

    assert listed == [str(len(history)), "2", "1"]


def test_the_record_shows_the_number_an_entry_is_corrected_by(office: Office) -> None:
    ref = office.raised()
    office.say(AMIRA, f"/contact {ref} made phone spoke They will ring.")
    form = form_of(office.say(TOM, f"/correct {ref}"))
    shown = message_of(office.say(TOM, f"/show {ref}")).lines

    entries = [line for line in shown if line[:1].isdecimal()]
    assert [line.split(maxsplit=1)[0] for line in entries] == ["1.", "2.", "3."]
    for choice in form.fields[0].choices:
        assert choice.label.startswith(f"{choice.value}. ")
    assert entries[2].startswith("3. Mon 30 Nov 2026, 10:00 (Amira Khan, Riverside Home Care). Contact.")


def test_a_correction_is_a_new_entry_and_the_old_one_stays(office: Office) -> None:
    ref = office.raised()
    before = office.ledger.history(ref)

    message_of(office.say(TOM, f"/correct {ref} 1 An enquiry was opened on Friday."))

    history = office.ledger.history(ref)
    assert history[: len(before)] == before
    assert isinstance(history[-1], Corrected)
    assert history[-1].of == 1
    shown = message_of(office.say(AMIRA, f"/show {ref}")).lines
    assert "Should have said: An enquiry was opened on Friday." in shown


def test_without_the_number_the_words_are_kept_and_the_entry_is_asked(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/correct {ref} It was Tuesday."))
    assert values(form) == {"text": "It was Tuesday."}
    assert [key for key, _ in office.submit(AMIRA, form, {"of": "99"}).errors] == ["of"]
    message_of(office.submit(AMIRA, form, {"of": "2"}))


def test_only_those_who_may_read_the_words_correct_them(office: Office) -> None:
    ref = office.raised()

    for person in (SAM, ALEX):
        assert "have a part" in error_of(office.say(person, f"/correct {ref} 1 It was Tuesday."))
    assert len(office.ledger.history(ref)) == 2


def test_a_long_record_offers_as_many_as_a_list_holds(office: Office) -> None:
    ref = office.raised()
    for _ in range(100):
        office.say(AMIRA, f"/note {ref} Seen.")

    listed = [choice.value for choice in form_of(office.say(AMIRA, f"/correct {ref}")).fields[0].choices]

    assert (len(listed), listed[0], listed[-1]) == (100, "102", "3")
