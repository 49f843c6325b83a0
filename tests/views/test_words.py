"""The small words: times, labels, the record's sentences, replies, and what is taught."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

import pytest

from concerns import events as e
from concerns.model import (
    ClockKind,
    Direction,
    Ending,
    Ground,
    Method,
    Outcome,
    Reached,
    Safer,
    Why,
)
from concerns.pathway import Emergency, Strand
from concerns.people import Agency, AgencyId, AgencyKind, Seat, Seating
from storage.codec import KINDS
from tests.ladders import CALENDAR, DAILY, MONDAY, RULES, london, ruled, window
from tests.partnership import COUNCIL, DIRECTORY, PEOPLE, TOM
from tests.views.stories import breaths, events
from tests.worlds import a_contact, called, referred
from views import labels
from views.happenings import happened
from views.instants import dated, overdue, span, when
from views.record import mine, show
from views.replies import done, moved_on, repeated
from views.teaching import AGENCIES, NOT_AN_EMERGENCY_LINE, emergency_lines, guide, ladder, not_enrolled

# ---- times -----------------------------------------------------------------------------------------


def test_times_are_read_off_the_wall_there() -> None:
    summer = london("Mon 31 Aug 2026 09:05")

    assert when(summer, CALENDAR) == "Mon 31 Aug at 09:05"
    assert dated(summer, CALENDAR) == "Mon 31 Aug 2026, 09:05"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (7200, "2 hours"),
        (86399, "23 hours"),
        (86400, "1 day"),
        (200000, "2 days"),
    ],
)
def test_a_length_of_time_is_its_largest_whole_unit(seconds: int, said: str) -> None:
    assert span(seconds) == said


def test_only_what_has_passed_is_late() -> None:
    assert overdue(MONDAY, MONDAY) == ""
    assert overdue(MONDAY, MONDAY + timedelta(hours=3)) == " (3 hours late)"


# ---- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (Ground, labels.GROUNDS),
        (Outcome, labels.OUTCOMES),
        (Ending, labels.ENDINGS),
        (Direction, labels.DIRECTIONS),
        (Method, labels.METHODS),
        (Reached, labels.REACHED),
        (Safer, labels.SAFER),
        (Why, labels.WHY),
        (ClockKind, labels.CLOCKS),
        (Strand, labels.STRANDS),
    ],
)
def test_every_code_has_its_words(codes: type[StrEnum], table: dict[StrEnum, str]) -> None:
    assert set(table) == set(codes)
    assert all(0 < len(words) <= 75 for words in table.values())


def test_a_capital_leaves_the_rest_alone() -> None:
    assert labels.capital("stage 2 of 4: Line managers") == "Stage 2 of 4: Line managers"
    assert labels.capital("") == ""


def test_nobodys_seat_is_the_coordinators_and_nobodys_act_the_clocks() -> None:
    assert labels.seat(None, DIRECTORY) == "the coordinator"
    assert labels.seat(Seat(COUNCIL, "senior_manager"), DIRECTORY) == "senior manager, Northshire Council"
    assert labels.who(None, DIRECTORY) == "the clock"
    assert labels.who(TOM, DIRECTORY) == "Tom Ashby, Northshire Council"


# ---- the record ------------------------------------------------------------------------------------


def test_the_stories_hold_nearly_every_event() -> None:
    missing = set(KINDS) - {type(event) for event, _ in events()}

    assert missing <= {e.Responded, e.Withdrawn, e.ObjectionLapsed}


def test_every_event_is_told_in_whole_sentences_without_names() -> None:
    names = {name for person in PEOPLE for name in (person.name, person.name.split()[0])}

    for event, rules in events():
        said = happened(event, rules)
        assert said[0].isupper()
        assert said.endswith(".")
        assert ".." not in said
        assert "None" not in said
        assert not any(name in said for name in names)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (e.Responded(at=MONDAY, satisfied=True), "A response came, and it is enough."),
        (e.Responded(at=MONDAY, satisfied=False), "A response came, and it is challenged."),
        (e.NoteAdded(at=MONDAY), "Note."),
        (e.NoteAdded(at=MONDAY, evidence_at=MONDAY), "Note, of Mon 30 Nov 2026, 10:00."),
        (e.Withdrawn(at=MONDAY), "Withdrawn by the raising side."),
        (e.Reopened(at=MONDAY), "Reopened."),
        (
            e.Answered(
                at=MONDAY, seat=None, outcome=Outcome.PARTLY_RESOLVED, acceptance_due=MONDAY, reported=True
            ),
            "Answered, reported by the raising side. Partly resolved.",
        ),
    ],
)
def test_what_happened_is_one_plain_sentence(event: e.Event, said: str) -> None:
    assert happened(event, RULES) == said


def test_the_record_shows_words_and_names_only_to_those_who_read() -> None:
    world = called()
    reader, watcher = (
        show(world.concern, world.events, RULES, words=words, buttons=()) for words in (True, False)
    )

    assert "Challenged: No enquiry was opened." in reader.lines
    assert any("(Amira Khan, Riverside Home Care)" in line for line in reader.lines)
    assert not any("Amira" in line or "enquiry" in line for line in watcher.lines)


def test_nothing_open_offers_a_beginning() -> None:
    message = mine((), MONDAY)

    assert [button.command for button in message.buttons] == ["raise", "refer"]


# ---- replies ---------------------------------------------------------------------------------------


def test_every_reply_says_what_is_on_record_and_what_comes_next() -> None:
    for event, _ in events():
        for breath in breaths()[:1]:
            message = done((event,), breath.concern, breath.rules, ())
            assert message.title.startswith(f"{breath.concern.ref}: ")
            assert message.title != f"{breath.concern.ref}: on record" or event.by is None
            assert message.lines


def test_a_logged_contact_tells_both_times() -> None:
    world = referred().hear(a_contact(MONDAY - timedelta(hours=1)))

    assert done(world.events[1:], world.concern, RULES, ()).lines[0] == (
        "It happened Mon 30 Nov at 09:00; logged Mon 30 Nov at 10:00."
    )


def test_what_changed_nothing_says_so_and_shows_how_it_stands() -> None:
    concern = called().concern

    for message, why in (
        (moved_on(concern, RULES, ()), "moved on"),
        (repeated(concern, RULES, ()), "already"),
    ):
        assert why in message.title
        assert message.lines[0].startswith("Nothing was changed just now.")
        assert "Waiting for: practitioner, Northshire Council." in message.lines


# ---- teaching --------------------------------------------------------------------------------------


def test_the_emergency_text_leaves_out_what_is_not_given() -> None:
    assert emergency_lines(Emergency("Ring 999.", "", "", "")) == ("Ring 999.", NOT_AN_EMERGENCY_LINE)
    assert (
        emergency_lines(Emergency("Ring 999.", "Duty team", "01234", "Nights"))[1]
        == "Duty team, 01234 (Nights)."
    )
    assert emergency_lines(Emergency("Ring 999.", "", "01234", ""))[1] == "01234."


def test_a_team_without_a_number_does_not_stand_there_as_if_it_helped() -> None:
    assert emergency_lines(Emergency("Ring 999.", "Duty team", "", "Nights"))[1:3] == (
        "Duty team (Nights).",
        "No number is listed here: use their published one.",
    )


def test_a_partnership_nobody_has_named_yet_is_still_named_calmly() -> None:
    empty = replace(DIRECTORY, partnership="")

    assert "for a safeguarding partnership," in not_enrolled(empty, "/").lines[0]
    assert "Northshire" in not_enrolled(DIRECTORY, "/").lines[0]


def test_what_is_taught_is_typed_as_it_is_here() -> None:
    assert "/bt_concern raise" in "\n".join(guide((DAILY.emergency,), "/bt_").lines)
    assert "/bt_concern raise" in "\n".join(not_enrolled(DIRECTORY, "/bt_").lines)


def test_an_unsigned_ladder_says_so_and_a_signed_one_by_whom() -> None:
    signed = replace(DAILY, approved_by="the executive group", policy_url="https://example.org/policy")

    assert "Not yet signed off locally" in ladder(RULES).lines[0]
    assert ladder(ruled(signed)).lines[0].endswith("Approved by the executive group.")
    assert ladder(ruled(signed)).lines[1] == "The policy itself: https://example.org/policy"


def test_the_ladder_says_every_window_as_people_say_it() -> None:
    weekly = replace(DAILY, repeat=window("2 working days"), urgent=None)

    assert "At the top: called again every working day until somebody answers." in ladder(RULES).lines
    assert (
        "At the top: called again every 2 working days until somebody answers." in ladder(ruled(weekly)).lines
    )
    assert not any(line.startswith("Urgent") for line in ladder(ruled(weekly)).lines)


def test_an_urgent_way_in_is_named_with_its_windows() -> None:
    assert ladder(RULES).lines[-1] == (
        "Urgent: enters at stage 3; acknowledge within 1 hour, answer within 4 hours, repeated every hour."
    )


def test_of_many_agencies_the_seats_of_the_readers_own_and_the_board_are_shown() -> None:
    many = tuple(Agency(AgencyId(f"a{n}"), f"Agency {n}", AgencyKind.PROVIDER) for n in range(40))
    seats = tuple(Seating(Seat(agency.id, "manager"), TOM) for agency in many)
    directory = replace(
        DIRECTORY, agencies=(*many, *DIRECTORY.agencies), seatings=(*seats, *DIRECTORY.seatings)
    )
    lines = ladder(ruled(directory=directory), TOM).lines

    assert any(line.startswith("Northshire Council, manager") for line in lines)
    assert any("independent chair" in line for line in lines)
    assert len({line.split(",")[0] for line in lines if ", manager: " in line}) <= AGENCIES
    assert f"{len(directory.agencies) - AGENCIES} more agencies: ask the coordinator who sits there." in lines
