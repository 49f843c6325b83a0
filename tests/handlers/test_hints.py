"""Completion of a line: at most eight hints, never more than the person may see, never an error."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerns.people import PersonId
from handlers.hints import AT_MOST, hints
from handlers.scene import Asker
from storage.errors import NotSaved
from tests.handlers.offices import Office, message_of
from tests.partnership import AMIRA, BEN, SAM, STRANGER, TOM


def offered(office: Office, person: PersonId | None, text: str) -> dict[str, str]:
    """What taking each hint would put in, and what is said about it."""
    return {hint.insert: hint.about for hint in hints(office.desk, Asker(person), text)}


def test_a_slash_offers_the_two_commands_everybody_needs(office: Office) -> None:
    assert list(offered(office, AMIRA, "/")) == ["/concern", "/contact"]
    assert list(offered(office, AMIRA, "/con")) == ["/concern", "/contact"]
    assert list(offered(office, AMIRA, "/a")) == ["/agree", "/accept", "/ack", "/answer", "/action"]


def test_the_commands_that_fit_now_come_first(office: Office) -> None:
    office.raised()

    called = list(offered(office, TOM, "/concern "))
    assert called[:3] == ["/concern ack", "/concern answer", "/concern contact"]
    assert list(offered(office, TOM, "/concern ra")) == ["/concern raise"]
    assert list(offered(office, AMIRA, "/concern re")) == [
        "/concern redirect",
        "/concern refer",
        "/concern responded",
        "/concern release",
        "/concern reopen",
        "/concern retime",
    ]
    assert (
        offered(office, AMIRA, "/concern ack")["/concern ack"] == "Say you have it; the answer is still owed"
    )


def test_after_a_command_come_the_concerns_it_may_be_used_on(office: Office) -> None:
    raised, answered = office.raised(), office.answered()

    assert offered(office, TOM, "/concern ack ") == {
        f"/concern ack {raised}": "called, stage 1 of 4; acknowledgement due Mon 30 Nov at 14:00"
    }
    assert list(offered(office, TOM, "/ack ")) == [f"/ack {raised}"]
    assert list(offered(office, AMIRA, "/accept ")) == [f"/accept {answered}"]
    assert set(offered(office, AMIRA, "/contact ")) == {f"/contact {raised}", f"/contact {answered}"}
    assert list(offered(office, AMIRA, f"/contact {raised[:8].lower()}")) == [f"/contact {raised}"]


def test_after_the_reference_come_the_choices_one_question_at_a_time(office: Office) -> None:
    ref = office.raised()

    assert offered(office, AMIRA, f"/contact {ref} ") == {
        f"/contact {ref} made": "We contacted them",
        f"/contact {ref} received": "They contacted us",
    }
    assert list(offered(office, AMIRA, f"/contact {ref} made p")) == [
        f"/contact {ref} made phone",
        f"/contact {ref} made portal",
        f"/contact {ref} made professionals_meeting",
    ]
    assert len(offered(office, AMIRA, f"/contact {ref} made phone ")) == 4
    assert offered(office, AMIRA, f"/contact {ref} made phone spoke ") == {}
    assert offered(office, AMIRA, f"/contact {ref} made phone the duty desk ") == {}
    assert list(offered(office, TOM, f"/concern answer {ref} agreed_p")) == [
        f"/concern answer {ref} agreed_plan_with_actions"
    ]


def test_actions_entries_and_references_are_completed_too(office: Office) -> None:
    first, second = office.raised(), office.raised()
    office.fill(AMIRA, f"/action {second} set Ring.", {"owner": TOM, "due": "2026-12-01"})

    assert offered(office, TOM, f"/action {second} ") == {
        f"/action {second} set": "Set an action",
        f"/action {second} drop": "Drop one: no longer needed, or somebody else does it",
    }
    for line in (f"/action {second} drop", f"/done {second}"):
        assert offered(office, TOM, f"{line} ") == {f"{line} 1": "Action 1: Tom Ashby, due Tue 1 Dec"}
    assert list(offered(office, AMIRA, f"/duplicate {second} {first[:4].lower()}")) == [
        f"/duplicate {second} {first}"
    ]
    assert offered(office, AMIRA, f"/correct {second} 1")[f"/correct {second} 1"].startswith(
        "1. Mon 30 Nov at 10:00: Concern raised with Northshire Council."
    )


def test_a_hint_taken_is_a_line_that_works(office: Office) -> None:
    ref, line = office.raised(), "/contact"

    for _ in range(4):
        line = next(iter(offered(office, AMIRA, line + " ")))

    assert line == f"/contact {ref} made phone spoke"
    message_of(office.say(AMIRA, line))


def test_nobody_is_offered_what_they_may_not_see(office: Office) -> None:
    ref = office.raised()

    for person in (BEN, STRANGER, None):
        for text in ("/concern show ", "/ack ", "/contact ", f"/contact {ref} ", f"/concern show {ref[:5]}"):
            assert offered(office, person, text) == {}
    assert list(offered(office, SAM, "/show ")) == [f"/show {ref}"]
    assert offered(office, SAM, "/ack ") == {}
    assert offered(office, AMIRA, f"/accept {ref} ") == {}


def test_a_stranger_is_offered_danger_the_guide_and_a_way_in(office: Office) -> None:
    assert list(offered(office, None, "/concern ")) == ["/concern raise", "/concern guide", "/concern join"]


def test_a_prefix_is_completed_too(office: Office) -> None:
    office.with_prefix("bt_")

    assert list(offered(office, AMIRA, "/")) == ["/bt_concern", "/bt_contact"]
    assert "/bt_concern raise" in offered(office, AMIRA, "/bt_concern ")


def test_a_store_that_is_gone_offers_nothing(office: Office) -> None:
    office.fails = NotSaved("The database cannot be reached.")

    assert offered(office, AMIRA, "/concern ") == {}


words = st.sampled_from(
    ["/concern", "/contact", "/ack", "show", "contact", "made", "phone", "C-00EK-5V21", ""]
)
lines = st.lists(words | st.text(st.characters(), max_size=9), max_size=6).map(" ".join)


@given(text=lines | st.text(st.characters()).map("/".__add__))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_line_gets_at_most_eight_hints_and_no_error(office: Office, text: str) -> None:
    if not office.untouched():
        office.raised()

    for person in (AMIRA, None):
        found = hints(office.desk, Asker(person), text)
        assert len(found) <= AT_MOST
        assert all(hint.insert.startswith("/") and hint.label and hint.about for hint in found)
