"""The clock that stands still unless moved, the fresh world, and the situation (design 9)."""

import pytest

from tests.playground.inside import Inside
from tests.playground.outsider import Outsider


@pytest.mark.parametrize(
    ("by", "now"),
    [
        ("1 second", "2026-11-30T10:00:01+00:00"),
        ("30 minutes", "2026-11-30T10:30:00+00:00"),
        ("1 hour", "2026-11-30T11:00:00+00:00"),
        ("2 hours", "2026-11-30T12:00:00+00:00"),
        ("8 working hours", "2026-12-01T10:00:00+00:00"),
        ("1 working day", "2026-12-01T17:00:00+00:00"),
        ("5 working days", "2026-12-07T17:00:00+00:00"),
        ("3 calendar days", "2026-12-03T10:00:00+00:00"),
        ("1 week", "2026-12-07T10:00:00+00:00"),
        ("52 weeks", "2027-11-29T10:00:00+00:00"),
        ("366 calendar days", "2027-12-01T10:00:00+00:00"),
        ("17 weeks", "2027-03-29T10:00:00+01:00"),
    ],
)
def test_the_clock_moves_by_a_window(out: Outsider, by: str, now: str) -> None:
    assert out.forward(by)["now"] == now
    assert out.now() == now


@pytest.mark.parametrize(
    "by", ["", "soon", "1 day", "0 hours", "-1 hour", "1000 weeks", "367 calendar days", "1.5 hours", "Next"]
)
def test_a_length_of_time_that_is_none_is_refused_and_the_clock_stands(out: Outsider, by: str) -> None:
    answer = out.forward(by)

    assert answer["error"]
    assert answer["now"] == out.now() == "2026-11-30T10:00:00+00:00"


def test_next_with_nothing_due_leaves_the_clock_where_it_is(out: Outsider) -> None:
    assert out.forward("next") == {"now": "2026-11-30T10:00:00+00:00", "error": None}


def test_next_goes_to_the_next_due_instant_and_what_it_brings_is_said_when_it_answers(out: Outsider) -> None:
    out.opened("amira", "/concern raise", agency="council")

    assert out.forward("next")["now"] == "2026-11-30T14:00:00+00:00"
    assert out.private("lucia")[-1]["title"].endswith("not acknowledged yet")


def test_every_due_instant_on_the_way_is_visited_in_order(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")

    out.forward("3 working days")

    said = out.channel("riverside-council")[1:]
    assert [message["at"][:16] for message in said] == [
        "2026-11-30T10:00",  # stage 1 is called
        "2026-11-30T14:00",  # nobody has acknowledged
        "2026-12-01T09:30",  # half of the window is gone
        "2026-12-01T14:00",  # four fifths
        "2026-12-01T17:00",  # stage 2 is called
        "2026-12-02T17:00",
        "2026-12-03T13:00",
    ]
    assert out.concern(ref)["tier"] == 2


def test_one_leap_says_what_many_small_steps_say(out: Outsider) -> None:
    out.opened("amira", "/concern raise", agency="council")
    for _ in range(60):
        out.forward("1 hour")
    small = [(message["at"], message["lines"]) for message in out.channel("riverside-council")]
    out.post("/api/reset", {})
    out.opened("amira", "/concern raise", agency="council")

    out.forward("60 hours")

    leap = [(message["at"], message["lines"]) for message in out.channel("riverside-council")]
    assert leap == small


def test_in_a_season_of_silence_the_top_is_called_again_every_working_day(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")

    answer = out.forward("9 weeks")

    assert answer["now"] == "2027-02-01T10:00:00+00:00"
    concern = out.concern(ref)
    assert (concern["stage"], concern["tier"], concern["due"]) == ("called", 4, "2027-02-01T17:00:00+00:00")
    # From Friday 18 December to Friday 29 January there are 31 weekdays, and 3 of them are bank holidays.
    called = [message for message in out.channel("board") if "again" in message["title"]]
    assert len(called) == 28
    assert called[-1]["at"] == "2027-01-29T17:00:00+00:00"


def test_the_clock_stands_still_unless_moved(out: Outsider) -> None:
    out.opened("amira", "/concern raise", agency="council")
    out.say("amira", "/concern mine")

    assert out.now() == "2026-11-30T10:00:00+00:00"


# ---- the fresh world, and the situation ------------------------------------------------------------


def test_reset_begins_a_fresh_world(out: Outsider) -> None:
    fresh = out.world()
    out.post("/api/situation", {"name": "delayed"})
    out.say("tom", "/concern help")

    out.post("/api/reset", {})

    assert out.world() == fresh
    assert not any(out.everything().values())


def test_a_form_of_the_world_before_is_gone_after_a_reset(out: Outsider) -> None:
    form = out.say("amira", "/concern raise")["reply"]["form"]
    out.post("/api/reset", {})

    body = {"as": "amira", "form": form["id"], "answers": {"danger": "no"}}
    assert out.post("/api/submit", body, 404)["error"]


def test_a_fresh_world_works_like_the_first(out: Outsider) -> None:
    out.post("/api/reset", {})
    out.post("/api/reset", {})

    ref = out.opened("amira", "/concern raise", agency="council")
    out.do("tom", f"/concern ack {ref}")

    assert out.concern(ref)["stage"] == "acknowledged"


def test_whoever_watches_during_a_reset_waits_for_the_fresh_world(inside: Inside) -> None:
    looks: list[tuple[str, object]] = [("/readyz", None), ("/metrics", None), ("/healthz", None)] * 5

    for _ in range(3):
        answers = inside.together(*looks, ("/api/reset", {}), *looks)
        assert [answer.status_code for answer in answers] == [200] * 31
    assert inside.outsider.opened("amira", "/concern raise", agency="council")


def test_the_situation_stops_where_a_person_can_take_over(out: Outsider) -> None:
    out.post("/api/situation", {"name": "delayed"})

    (concern,) = out.world()["concerns"]
    assert (concern["stage"], concern["tier"]) == ("called", 2)
    assert out.now() == "2026-12-02T17:00:00+00:00"


def test_the_situation_can_be_played_into_a_world_that_is_not_fresh(out: Outsider) -> None:
    mine = [out.opened("amira", "/concern raise", agency="council") for _ in range(5)]
    first = out.post("/api/situation", {"name": "delayed"})["ref"]

    second = out.post("/api/situation", {"name": "delayed"})["ref"]

    assert len({*mine, first, second}) == 7
    assert {out.concern(ref)["stage"] for ref in (*mine, first, second)} == {"called"}
    assert out.concern(second)["tier"] == 2
