"""Whatever is sent to the playground, the answer is calm: a refusal with a sentence, never our error."""

from json import dumps

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.playground.outsider import Json, Outsider

PATHS = ("/api/say", "/api/press", "/api/submit", "/api/clock", "/api/reset", "/api/situation")
MEBIBYTE = 1024 * 1024


def refused(response: httpx.Response, status: int) -> str:
    """The sentence of a refusal with this status."""
    assert response.status_code == status, response.text
    answer = response.json()
    assert answer["reply"] is None
    assert answer["error"]
    return str(answer["error"])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{'as': 'amira'}",
        b"[]",
        b"null",
        b'"words"',
        b"\xff\xfe",
        b'{"forward": "1 hour"',
        b"[" * 100_000,
        b'{"button": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_json_object_is_malformed(still: Outsider, path: str, content: bytes) -> None:
    refused(still.http.post(path, content=content), 400)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/say", {}),
        ("/api/say", {"as": "amira", "in": "private"}),
        ("/api/say", {"as": "amira", "in": "private", "text": 7}),
        ("/api/say", {"as": "amira", "in": "private", "text": None}),
        ("/api/say", {"as": ["amira"], "in": "private", "text": "/concern"}),
        ("/api/say", {"as": "amira", "in": {}, "text": "/concern"}),
        ("/api/press", {"as": "amira", "message": "m1"}),
        ("/api/press", {"as": "amira", "message": 1, "button": 0}),
        ("/api/press", {"as": "amira", "message": "m1", "button": "0"}),
        ("/api/press", {"as": "amira", "message": "m1", "button": True}),
        ("/api/press", {"as": "amira", "message": "m1", "button": 0.5}),
        ("/api/submit", {"as": "amira", "form": "danger"}),
        ("/api/submit", {"as": "amira", "form": "danger", "answers": []}),
        ("/api/submit", {"as": "amira", "form": "danger", "answers": "yes"}),
        ("/api/clock", {}),
        ("/api/clock", {"forward": 3600}),
        ("/api/clock", {"forward": None}),
        ("/api/situation", {"name": ["delayed"]}),
    ],
)
def test_a_body_of_another_shape_is_malformed(still: Outsider, path: str, body: Json) -> None:
    refused(still.http.post(path, json=body), 400)


@pytest.mark.parametrize("path", PATHS)
def test_a_body_of_two_mebibytes_is_too_large(still: Outsider, path: str) -> None:
    sentence = refused(still.http.post(path, json={"text": "x" * 2 * MEBIBYTE}), 413)

    assert "1 MiB" in sentence


@pytest.mark.parametrize("path", PATHS)
def test_posting_is_not_done_by_getting(still: Outsider, path: str) -> None:
    assert still.http.get(path).status_code in {404, 405}


def test_unknown_keys_are_let_pass(still: Outsider) -> None:
    body = {"as": "amira", "in": "private", "text": "/concern help", "mood": {"calm": [1, None]}}

    assert still.post("/api/say", body)["error"] is None


def test_half_a_character_is_still_a_line(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")

    out.do("amira", f"/concern note {ref} Seen \ud83d today.")

    assert "Note: Seen ? today." in out.do("amira", f"/concern show {ref}")["lines"]


@pytest.mark.parametrize("key", ["decision", "own_ref", "wanted"])
def test_an_answer_that_is_too_long_is_refused_beside_its_field_and_the_rest_is_kept(
    out: Outsider, key: str
) -> None:
    page = out.say("amira", "/concern raise")["reply"]["form"]
    form = out.submit("amira", page, {"danger": "no"})["reply"]["form"]
    said = {"strand": "adult", "agency": "council", "ground": ["threshold"], "decision": "A.", "wanted": "B."}

    answer = out.submit("amira", form, said | {key: "x" * 20_000})

    assert list(answer["errors"]) == [key]
    assert out.submit("amira", form, {key: "Short."})["error"] is None


# ---- anything at all -------------------------------------------------------------------------------

QUICKLY = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
CHARACTERS = st.characters() | st.characters(categories=["Cs", "Cc", "Cf"])
REF = "C-7F3K-9QMX"
COMMANDS = st.sampled_from(
    [
        "",
        "/",
        "/concern ",
        "/contact ",
        "/concern raise ",
        "/concern show ",
        "/concern note {ref} ",
        "/contact {ref} made phone ",
        "/concern answer {ref} ",
        "/ack@baton {ref} ",
    ]
)
LINES = st.builds(
    str.__add__,
    COMMANDS,
    st.text(CHARACTERS, max_size=200)
    | st.builds(str.__mul__, st.text(CHARACTERS, min_size=1, max_size=3), st.integers(1, 5_000)),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(CHARACTERS, max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["danger", "strand", "agency", "ground", "decision", "wanted", "when", "how", "summary", "text", "x"]
)


@pytest.fixture(scope="module")
def settled(still: Outsider) -> tuple[Outsider, str]:
    """A playground with one concern in it."""
    return still, still.opened("amira", "/concern raise", agency="council")


@QUICKLY
@given(
    person=st.sampled_from(["amira", "tom", "sam", "yusuf"]),
    place=st.sampled_from(["private", "riverside-council", "council-escalations"]),
    line=LINES,
)
def test_any_line_gets_a_sentence_a_message_or_a_form(
    settled: tuple[Outsider, str], person: str, place: str, line: str
) -> None:
    out, ref = settled
    text = line.replace("{ref}", ref)[:16_000]

    answer = out.say(person, text, place)

    if text.strip().startswith("/") or place == "private":
        assert bool(answer["reply"]) != bool(answer["error"])
    assert {one["ref"] for one in out.world()["concerns"]} == {ref}


@QUICKLY
@given(command=st.sampled_from(["raise", "refer", "note {ref}"]), given=st.dictionaries(KEYS, VALUES))
def test_any_answers_get_a_sentence_a_message_or_the_next_page(
    settled: tuple[Outsider, str], command: str, given: Json
) -> None:
    out, ref = settled
    form = out.say("amira", f"/concern {command.replace('{ref}', ref)}")["reply"]["form"]
    answer = out.submit("amira", form, given)

    assert bool(answer["reply"]) != bool(answer["error"])


@QUICKLY
@given(path=st.sampled_from(PATHS).filter(lambda path: path != "/api/reset"), body=VALUES)
def test_any_body_is_answered_calmly(settled: tuple[Outsider, str], path: str, body: Json) -> None:
    out, _ = settled

    refused(out.http.post(path, content=dumps(body)), 400)


@QUICKLY
@given(content=st.binary(max_size=200))
def test_any_bytes_are_answered_calmly(settled: tuple[Outsider, str], content: bytes) -> None:
    out, _ = settled

    refused(out.http.post("/api/say", content=content), 400)
