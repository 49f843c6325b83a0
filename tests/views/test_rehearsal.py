"""A rehearsed ladder in words, lane by lane, and the whole of it for those who cannot see its picture."""

from dataclasses import replace

import pytest

from concerns.pathway import OnLapse, Pathway
from concerns.rehearsal import rehearsal_rules, rehearse
from tests.ladders import CALENDAR, DAILY, london, tier, window
from views.rehearsal import NOT_SIGNED_OFF, Rehearsal, rehearsal


def walked(
    pathway: Pathway = DAILY, start: str = "Wed 23 Dec 2026 16:30", *, urgent: bool = False
) -> Rehearsal:
    """The rehearsal of a ladder from this local time."""
    rules = rehearsal_rules(pathway, CALENDAR)
    return rehearsal(rules, tuple(rehearse(rules, london(start), urgent=urgent)), urgent=urgent)


def test_each_tier_has_a_lane_from_the_foot_upwards_and_the_top_one_more() -> None:
    assert [lane.name for lane in walked().lanes()] == [
        "Stage 1, Practitioner",
        "Stage 2, Manager",
        "Stage 3, Senior manager",
        "Stage 4, Director",
        "Stage 4, called again",
    ]


def test_a_lane_says_when_the_tier_is_called_and_what_is_due_with_the_year_where_it_changes() -> None:
    lanes = walked().lanes()

    assert lanes[0].lines == (
        "Called Wed 23 Dec, 16:30.",
        "Acknowledge by Thu 24 Dec, 12:30 (4 working hours).",
        "Answer by Thu 24 Dec, 17:00 (1 working day).",
    )
    assert lanes[3].lines[-1] == "Answer by Thu 31 Dec, 17:00 (1 working day)."
    assert lanes[4].lines == (
        "Again Thu 31 Dec, 17:00, answer by Mon 4 Jan 2027, 17:00.",
        "Again Mon 4 Jan 2027, 17:00, answer by Tue 5 Jan, 17:00.",
        "Again Tue 5 Jan 2027, 17:00, answer by Wed 6 Jan, 17:00.",
    )


def test_what_happens_on_the_way_belongs_to_the_call_it_happens_to() -> None:
    first, *_, again = walked().lanes()

    (run,) = first.runs
    assert (run.tier, run.again, run.lapsed) == (1, 0, True)
    assert len(run.reminded) == 2
    assert [run.again for run in again.runs] == [1, 2, 3]
    assert [run.lapsed for run in again.runs] == [True, True, False]


def test_where_a_person_is_asked_first_the_lane_says_when_it_moves_up_by_itself() -> None:
    asking = walked(replace(DAILY, on_lapse=OnLapse.ASK), "Mon 30 Nov 2026 10:00")

    assert asking.lanes()[0].lines[-1] == (
        "Then the raising side is asked; it moves up by itself Wed 2 Dec, 13:00."
    )


def test_an_urgent_one_says_so_and_tells_the_urgent_windows() -> None:
    urgent = walked(urgent=True)

    assert urgent.banners == ("Immediate danger: it enters at stage 3.", NOT_SIGNED_OFF)
    assert urgent.lanes()[0].lines == (
        "Called Wed 23 Dec, 16:30.",
        "Acknowledge by Wed 23 Dec, 17:30 (1 hour).",
        "Answer by Wed 23 Dec, 20:30 (4 hours).",
    )
    assert urgent.ending.startswith("So it goes on, every hour, until")


def test_a_ladder_signed_off_has_no_banner_and_one_without_a_source_names_none() -> None:
    signed = walked(replace(DAILY, approved_by="NSP board", source=""))

    assert signed.banners == ()
    assert signed.source == ""
    assert "Source" not in signed.words()


def test_the_words_say_all_of_it() -> None:
    said = walked(replace(DAILY, repeat=window("2 weeks"), tiers=(tier(1, "manager"),))).words()

    for part in (
        "Daily ladder, version 2026.1.",
        "What happens if nobody ever answers, from Wed 23 Dec 2026, 16:30. Local times of England.",
        NOT_SIGNED_OFF,
        "Stage 1, Manager. Called Wed 23 Dec, 16:30.",
        "So it goes on, every 2 weeks, until somebody answers.",
        "Source: made up for tests",
    ):
        assert part in said


def test_of_two_equal_hours_it_says_which_is_meant() -> None:
    night = walked(start="Sun 25 Oct 2026 00:30", urgent=True)

    assert "01:30 BST" in night.words()
    assert "01:30 GMT" not in night.words()


def test_a_rehearsal_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="begins with a call"):
        rehearsal(rehearsal_rules(DAILY, CALENDAR), ())
