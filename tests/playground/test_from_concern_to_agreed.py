"""A script that only fills what it is asked, or only types, takes a concern from `/concern` to agreed."""

import pytest

from tests.playground.outsider import Json, Outsider

HOLDERS = {"council": "tom", "riverside": "amira"}
"""Who is called first in each agency that answers concerns."""


def called_agency(out: Outsider, raiser: str) -> str:
    """Which agency the form offers first: the one that is called when nobody chooses."""
    page = out.say(raiser, "/concern")["reply"]["form"]
    form = out.submit(raiser, page, {"danger": "no"})["reply"]["form"]
    (agencies,) = (field["choices"] for field in form["fields"] if field["key"] == "agency")
    return str(agencies[0]["value"])


def test_with_forms_alone_anybody_can_raise_and_see_it_agreed(out: Outsider) -> None:
    people = [person["id"] for person in out.world()["people"]]

    for raiser in people:
        called = HOLDERS[called_agency(out, raiser)]
        ref = out.opened(raiser, "/concern")
        for person, line in [
            (raiser, f"/contact {ref}"),
            (called, f"/concern ack {ref}"),
            (called, f"/concern answer {ref}"),
            (raiser, f"/concern accept {ref}"),
        ]:
            out.do(person, line)
        assert out.concern(ref)["stage"] == "agreed", raiser

    assert len(out.world()["concerns"]) == len(people)


def test_with_forms_alone_a_referral_is_challenged_disputed_checked_and_closed(out: Outsider) -> None:
    ref = out.opened("amira", "/concern refer")
    steps: list[tuple[str, str, Json, str]] = [
        ("amira", "contact", {}, "referred"),
        ("amira", "responded", {"verdict": "challenge"}, "called"),
        ("tom", "answer", {}, "answered"),
        ("amira", "dispute", {}, "called"),
        ("grace", "ack", {}, "acknowledged"),
        ("grace", "release", {}, "called"),
        ("joel", "answer", {}, "answered"),
        ("joel", "accept", {"how": "reservation", "reservation": "Not yet."}, "agreed"),
        ("amira", "reopen", {}, "called"),
        ("amira", "escalate", {}, "called"),
        ("nadia", "answer", {}, "answered"),
        ("ruth", "accept", {}, "agreed"),
        ("amira", "check", {"records_copied": ["riverside", "council"]}, "closed"),
        ("amira", "note", {}, "closed"),
    ]

    for person, verb, wanted, stage in steps:
        out.do(person, f"/concern {verb} {ref}" if verb != "contact" else f"/contact {ref}", **wanted)
        assert out.concern(ref)["stage"] == stage, verb


def test_with_typed_lines_alone_after_the_first_form(out: Outsider) -> None:
    ref = out.opened("amira", "/concern The district nurse asked twice and nobody came.")

    for person, line in [
        ("amira", f"/contact {ref} made phone no_answer Rang the duty desk."),
        ("amira", f"/contact {ref.lower()} made voicemail message_left Left our number."),
        ("tom", f"/ack@baton_bot {ref}"),
        ("tom", f"/concern note {ref} Allocated to the team."),
        ("tom", f"/concern answer {ref} agreed_plan_with_actions A review meeting on Thursday."),
        ("amira", f"/concern dispute {ref} Thursday is too late."),
        ("grace", f"/concern ack {ref}"),
        ("grace", f"/concern answer {ref} agreed_decision_changed We visit today."),
        ("amira", f"/concern accept {ref} plain"),
    ]:
        answer = out.say(person, line)
        assert answer["error"] is None, line
        assert "message" in answer["reply"], line

    assert out.concern(ref)["stage"] == "agreed"


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("/concern The nurse asked twice.", {"decision": "The nurse asked twice."}),
        ("/contact {ref} made phone", {"direction": "made", "method": "phone"}),
        ("/concern answer {ref} partly_resolved", {"outcome": "partly_resolved"}),
        ("/concern accept {ref} reservation", {"how": "reservation"}),
    ],
)
def test_a_typed_line_that_misses_something_opens_the_form_with_what_was_understood(
    out: Outsider, line: str, understood: Json
) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")
    person = "tom" if "answer" in line else "amira"
    if "accept" in line:
        out.do("tom", f"/concern answer {ref}")

    answer = out.say(person, line.format(ref=ref))
    if "danger" in {field["key"] for field in answer["reply"]["form"]["fields"]}:
        answer = out.submit(person, answer["reply"]["form"], {"danger": "no"})

    shown = {field["key"]: field.get("value") for field in answer["reply"]["form"]["fields"]}
    assert {key: shown[key] for key in understood} == understood


def test_with_buttons_alone_from_the_call_to_agreed(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")

    out.press("tom", out.channel("council-escalations")[-1], "Acknowledge")
    out.fill("tom", out.press("tom", out.channel("council-escalations")[0], "Answer"))
    read = out.press("amira", out.private("amira")[-1], "Read the answer")
    assert "Answer: Some words." in read["reply"]["message"]["lines"]
    out.fill("amira", out.press("amira", out.channel("riverside-council")[0], "Accept"))

    assert out.concern(ref)["stage"] == "agreed"
