"""When the record cannot take it: the person is told "Not saved", and nothing typed is lost."""

import pytest

from storage.errors import NotSaved
from tests.handlers.offices import ANSWER, RAISE, Office, error_of, form_of, message_of
from tests.partnership import AMIRA, TOM

STILL_HERE = "What you typed is still here; please send it again in a moment."


@pytest.mark.parametrize(
    "line", ["note {} Seen by the nurse.", "ack {}", "answer {}", "show {}", "show", "mine"]
)
def test_whatever_was_typed_the_sentence_is_the_same_and_calm(office: Office, line: str) -> None:
    ref = office.raised()
    office.fails = NotSaved("There is no room left for the database.")

    said = error_of(office.say(TOM, "/concern " + line.format(ref)))

    assert said == f"Not saved: there is no room left for the database. {STILL_HERE}"


def test_a_page_that_could_not_be_kept_can_be_sent_again(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(TOM, f"/concern answer {ref}"))

    office.fails = NotSaved("The database is read-only.")
    assert "Not saved: the database is read-only." in error_of(office.submit(TOM, form, ANSWER))
    assert "Not saved" in error_of(office.press(TOM, f"ack:{ref}:1"))

    office.fails = None
    message_of(office.submit(TOM, form, ANSWER))


def test_with_the_vault_locked_words_are_not_stored_and_the_key_files_place_is_not_told(
    office: Office,
) -> None:
    ref = office.raised()
    office.lock_the_vault()

    for line in (f"/concern note {ref} Seen.", f"/concern note {ref}", f"/concern dispute {ref}"):
        said = str(office.say(AMIRA, line).error)
        assert str(office.key_file.parent) not in said
        assert "Not saved: private words cannot be sealed just now." in said or "has been called" in said


def test_with_the_vault_locked_clocks_and_seats_are_still_shown(office: Office) -> None:
    ref = office.raised()
    office.lock_the_vault()

    shown = message_of(office.say(AMIRA, f"/concern show {ref}"))
    assert any("words cannot be opened" in line for line in shown.lines)
    assert "No enquiry was opened." not in "\n".join(shown.lines)
    assert message_of(office.say(TOM, f"/ack {ref}")).title == f"{ref}: acknowledged"


def test_a_store_that_is_gone_breaks_no_way_in(office: Office) -> None:
    ref = office.raised()
    form = form_of(office.say(AMIRA, f"/concern note {ref}"))
    office.fails = NotSaved("The database cannot be reached.")

    for reply in (
        office.say(AMIRA, "/concern help"),
        office.say(None, "/concern guide"),
        office.press(AMIRA, f"show:{ref}:1"),
        office.submit(AMIRA, form, {"text": "Seen."}),
        office.submit(AMIRA, form, RAISE),
    ):
        assert "Not saved" in error_of(reply)
