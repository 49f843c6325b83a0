"""The App Home: what waits on whom, late things first, and nothing there that its reader may not see."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.slack.home import home
from concerns.model import Ref
from concerns.people import Cover, PersonId
from handlers.scene import Asker
from storage.errors import NotSaved
from tests.handlers.offices import RAISE, Office
from tests.ladders import DAILY, london, ruled
from tests.partnership import AMIRA, BEN, CARL, DEV, DIRECTORY, JOEL, LENA, SAM, TOM
from tests.slack.contents import NASTY
from tests.slack.limits import faults_of_view, literal_texts, live_texts

SECRET = "MARKED a story nobody may read here"


def page(office: Office, person: PersonId | None) -> list[dict[str, Any]]:
    """The blocks of this person's page, which Slack takes and in which nothing is live."""
    view = home(office.desk, Asker(person))
    assert faults_of_view(view) == []
    assert not list(live_texts(view))
    blocks: list[dict[str, Any]] = view["blocks"]
    return blocks


def read(office: Office, person: PersonId | None) -> str:
    """All that stands on the page."""
    return "\n".join(literal_texts(page(office, person)))


def headings(office: Office, person: PersonId | None) -> list[str]:
    """Its headings."""
    return [block["text"]["text"] for block in page(office, person) if block["type"] == "header"]


def buttons(blocks: list[dict[str, Any]]) -> list[str]:
    """The commands behind every button."""
    rows = [button for block in blocks for button in block.get("elements", ()) if button["type"] == "button"]
    beside = [block["accessory"] for block in blocks if "accessory" in block]
    return [button["value"].split(":")[0] for button in (*rows, *beside)]


def lines(office: Office, person: PersonId, under: str) -> list[str]:
    """The paragraphs that stand under this heading."""
    found: dict[str, list[str]] = {}
    title = ""
    for block in page(office, person):
        if block["type"] == "header":
            title = block["text"]["text"]
        elif block["type"] == "section":
            found.setdefault(title, []).append(block["text"]["text"])
    return found[under]


def raised_with_words(office: Office) -> Ref:
    """A concern whose words would be known anywhere."""
    office.fill(AMIRA, "/concern", {"danger": "no"}, {**RAISE, "decision": SECRET})
    return office.newest().ref


# ---- what waits ------------------------------------------------------------------------------------


def test_what_waits_on_a_person_stands_first_with_its_next_steps(office: Office) -> None:
    ref = office.raised()
    first, line, steps, *_ = page(office, TOM)

    assert first["text"]["text"] == "1 waiting on you"
    assert line["text"]["text"].startswith(f"{ref}, called, stage 1 of 4; acknowledgement due ")
    assert [button["value"].split(":")[0] for button in steps["elements"]][:2] == ["ack", "answer"]
    assert steps["elements"][-1]["value"].startswith(f"show:{ref}:")


def test_the_overdue_come_first_the_longest_overdue_of_them_and_say_how_late(office: Office) -> None:
    first = office.raised()
    office.until("Mon 30 Nov 2026 15:30")
    second = office.raised()
    third = office.referred()
    office.until("Mon 30 Nov 2026 16:30")

    waiting = lines(office, TOM, "2 waiting on you, 1 overdue")
    assert waiting[0].startswith(f"{first}, ")
    assert waiting[0].endswith(" late).")
    assert waiting[1].startswith(f"{second}, ")
    assert "late" not in waiting[1]
    assert third not in "".join(waiting)


def test_what_was_asked_for_already_comes_before_what_is_due_sooner(office: Office) -> None:
    silent = office.answered()
    office.until("Wed 2 Dec 2026 17:30")
    fresh = office.raised()
    office.fill(TOM, f"/extend {fresh} Leave.", {"until": "2026-12-07T12:00"})

    waiting = lines(office, AMIRA, "2 waiting on you, 1 overdue")
    assert waiting[0].startswith(f"{silent}, answered")
    assert waiting[0].endswith(" (asked 1 time already).")
    assert waiting[1].startswith(f"{fresh}, called")


def test_an_action_waits_on_whoever_was_named_to_do_it(office: Office) -> None:
    ref = office.agreed()
    office.fill(AMIRA, f"/action {ref} set Visit the flat.", {"owner": CARL, "due": "2026-12-02"})
    assert headings(office, CARL)[0] == "Nothing waits on you just now"

    office.until("Wed 2 Dec 2026 09:30")
    assert lines(office, CARL, "1 waiting on you")[0].startswith(f"{ref}, agreed")


def test_what_is_late_says_when_it_was_due_and_what_it_is(office: Office) -> None:
    ref = office.agreed()
    office.fill(AMIRA, f"/action {ref} set Visit the flat.", {"owner": CARL, "due": "2026-12-02"})
    office.until("Thu 3 Dec 2026 09:30")
    assert lines(office, CARL, "1 waiting on you, 1 overdue") == [
        f"{ref}, agreed; an action due Wed 2 Dec at 17:00 (16 hours late)."
    ]

    office.until("Mon 14 Dec 2026 17:30")
    again = "asked again Tue 15 Dec at 17:00 (the check was due Mon 14 Dec at 17:00)"
    assert lines(office, AMIRA, "1 waiting on you, 1 overdue") == [f"{ref}, agreed; {again}."]


def test_a_late_acknowledgement_is_not_said_to_be_a_late_answer(office: Office) -> None:
    ref = office.raised()
    office.until("Mon 30 Nov 2026 16:30")

    assert lines(office, TOM, "1 waiting on you, 1 overdue") == [
        f"{ref}, called, stage 1 of 4; answer due Tue 1 Dec at 17:00 (acknowledgement 2 hours late)."
    ]


def test_nothing_waiting_is_said_and_what_is_open_stands_below(office: Office) -> None:
    ref = office.raised()

    assert headings(office, AMIRA)[:2] == ["Nothing waits on you just now", "Open in your agency"]
    assert lines(office, AMIRA, "Open in your agency")[0].startswith(f"{ref}, called")
    assert headings(office, SAM)[:2] == ["Nothing waits on you just now", "Also open, yours to follow"]


def test_a_concern_that_is_not_theirs_to_see_is_not_on_their_page(office: Office) -> None:
    ref = office.raised()

    assert ref in read(office, LENA)
    assert ref not in read(office, BEN)
    assert ref not in read(office, DEV)


def test_a_closed_concern_is_gone(office: Office) -> None:
    assert office.closed() not in read(office, AMIRA)


def test_no_word_anybody_typed_is_on_any_page(office: Office) -> None:
    raised_with_words(office)

    for person in (AMIRA, TOM, JOEL, SAM):
        assert SECRET not in read(office, person)


def test_more_concerns_than_a_page_holds_are_counted(office: Office) -> None:
    for _ in range(25):
        office.raised()

    assert headings(office, TOM)[0] == "25 waiting on you"
    assert "And 5 more: /concern mine" in read(office, TOM)
    assert "And 15 more: /concern mine" in read(office, AMIRA)


# ---- what is begun ----------------------------------------------------------------------------------


def test_a_form_begun_and_not_sent_stands_there_with_the_way_back_and_without_its_words(
    office: Office,
) -> None:
    for number in range(5):
        office.say(AMIRA, f"/concern {SECRET} {number}")

    told = lines(office, AMIRA, "Begun, not sent yet")
    assert (
        told
        == ["Raise a concern: begun Mon 30 Nov at 10:00, kept for you alone until Mon 7 Dec at 10:00."] * 3
    )
    assert "And 2 more: /concern mine" in read(office, AMIRA)
    assert SECRET not in read(office, AMIRA)
    assert buttons(page(office, AMIRA))[:2] == ["resume", "discard"]
    assert "resume" not in buttons(page(office, TOM))


def test_on_a_page_too_full_for_slack_less_is_listed_and_the_rest_is_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        office.raised()
    whole = page(office, TOM)
    monkeypatch.setattr("bot.slack.home.VIEW_BLOCKS", len(whole) - 1)

    assert "And 10 more: /concern mine" in "\n".join(literal_texts(whole))
    assert "And 24 more: /concern mine" in read(office, TOM)
    assert headings(office, TOM)[-1] == "If somebody is in danger now"


# ---- the rest of the page --------------------------------------------------------------------------


def test_cover_can_be_set_and_once_set_it_is_shown_to_both(office: Office) -> None:
    assert lines(office, JOEL, "Cover") == ["No cover is set for you."]

    until = london("Sat 5 Dec 2026 00:00")
    office.covers.put(Cover(JOEL, office.now, until, BEN), JOEL, office.now)

    (away,) = lines(office, JOEL, "Cover")
    assert away.startswith("You are away from Mon 30 Nov until the end of Fri 4 Dec; Ben Hale stands in.")
    assert "You stand in for Joel Marsh from Mon 30 Nov" in lines(office, BEN, "Cover")[0]
    assert "You stand in" not in away
    assert "cover" in buttons(page(office, JOEL))


def test_the_pathway_stands_there_with_who_sits_where_today(office: Office) -> None:
    told = read(office, AMIRA)

    assert "The pathway: 4 stages" in told
    assert "Northshire Council, practitioner: Tom Ashby (deputy: Lena Frost)" in told


def test_a_pathway_too_long_for_the_page_stands_behind_its_button(office: Office) -> None:
    long = replace(DAILY, name="Very long " * 6_000)
    office.with_pathway(long)

    assert "Its words are too many for this page" in read(office, AMIRA)
    assert "pathway" in buttons(page(office, AMIRA))


def test_every_page_ends_with_what_to_do_in_danger_and_the_ways_to_begin(office: Office) -> None:
    blocks = page(office, AMIRA)

    assert headings(office, AMIRA)[-1] == "If somebody is in danger now"
    assert [b["value"].split(":")[0] for b in blocks[-1]["elements"]] == [
        "raise",
        "refer",
        "pathway",
        "guide",
        "help",
    ]


@pytest.mark.parametrize("person", [None, PersonId("stranger")])
def test_a_stranger_is_told_how_to_get_in_and_nothing_of_what_is_inside(
    office: Office, person: PersonId | None
) -> None:
    ref = office.raised()

    assert headings(office, person) == ["You are not enrolled yet"]
    assert ref not in read(office, person)


def test_when_nothing_can_be_read_the_page_says_so_and_still_says_what_to_do_in_danger(
    office: Office,
) -> None:
    office.raised()
    office.fails = NotSaved("The database does not answer.")

    told = read(office, AMIRA)
    assert "The record cannot be read at this moment." in told
    assert "999" in told


@pytest.mark.parametrize("name", [*NASTY[:-1], "a" * 1_000])
def test_whatever_people_and_agencies_are_called_slack_takes_the_page(
    sqlite_url: str, tmp_path: Path, name: str
) -> None:
    called = name[:1_000]
    people = tuple(replace(person, name=called) for person in DIRECTORY.people)
    agencies = tuple(replace(agency, name=called) for agency in DIRECTORY.agencies)
    office = Office(
        sqlite_url, tmp_path, ruled(directory=replace(DIRECTORY, people=people, agencies=agencies))
    )
    office.raised()

    for person in (AMIRA, TOM, SAM, None):
        page(office, person)
    office.store.close()
