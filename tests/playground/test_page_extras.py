"""What the page asks for beyond the design's JSON: completions, the ladder's picture, names to mention."""

from xml.etree import ElementTree

import pytest

from tests.playground.outsider import Outsider


@pytest.fixture(scope="module")
def ref(still: Outsider) -> str:
    """A concern of Amira's, tier 1 of the council called."""
    return still.opened("amira", "/concern raise", agency="council")


def hints(still: Outsider, person: str, text: str) -> list[str]:
    """The lines offered to complete this text."""
    answer = still.http.get("/api/hints", params={"as": person, "in": "private", "text": text})
    assert answer.status_code == 200
    return [hint["insert"] for hint in answer.json()["hints"]]


def test_a_slash_offers_the_commands(still: Outsider) -> None:
    assert any(line.startswith("/concern") for line in hints(still, "amira", "/"))


def test_a_reference_is_offered_only_to_those_who_may_use_it(still: Outsider, ref: str) -> None:
    assert any(ref in line for line in hints(still, "tom", "/concern ack "))
    assert not any(ref in line for line in hints(still, "helen", "/concern ack "))


@pytest.mark.parametrize(
    "text", ["", "x", "/" * 9_000, "/concern \ud83d", "\x00", "/concern ack " + " " * 5_000]
)
def test_hints_come_calmly_whatever_is_typed(still: Outsider, text: str) -> None:
    query = {"as": "amira", "in": "private", "text": text.encode("utf-8", "replace").decode()}

    assert len(still.http.get("/api/hints", params=query).json()["hints"]) <= 8


def test_hints_for_nobody_are_not_found(still: Outsider) -> None:
    assert still.http.get("/api/hints", params={"as": "nobody", "text": "/"}).status_code == 404
    assert still.http.get("/api/hints").status_code == 404


def test_the_ladder_is_a_picture_and_the_same_in_words(still: Outsider, ref: str) -> None:
    answer = still.http.get("/api/ladder", params={"as": "amira", "ref": ref}).json()

    assert ElementTree.fromstring(answer["svg"]).tag.endswith("svg")
    assert any("Practitioners" in line for line in answer["lines"])


@pytest.mark.parametrize(
    ("person", "typed"), [("helen", None), ("amira", "C-7F3K-9QMX"), ("nobody", None), ("amira", "")]
)
def test_a_ladder_one_may_not_see_is_not_found(
    still: Outsider, ref: str, person: str, typed: str | None
) -> None:
    query = {"as": person, "ref": ref if typed is None else typed}

    assert still.http.get("/api/ladder", params=query).status_code == 404


def test_a_ping_names_those_who_are_called_where_they_have_an_account(still: Outsider, ref: str) -> None:
    assert still.channel("council-escalations")[-1]["mentions"] == ["Tom Whitaker", "Lucia Ferrante"]
    assert still.channel("riverside-council")[-1]["mentions"] == []


def test_each_situation_says_what_it_is(still: Outsider) -> None:
    told = still.world()["situations"]

    assert [one["name"] for one in told] == ["delayed", "threshold", "partnership"]
    assert all(one["title"] and one["about"] for one in told)
