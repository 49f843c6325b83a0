"""Saying, pressing and submitting as a script does (design 9)."""

import pytest

from concerns.notice import Place, PlaceKind
from handlers.scene import Reply
from tests.playground.inside import Inside
from tests.playground.outsider import Json, Outsider
from tests.playground.shapes import ANSWER, misfit
from views.parts import Message

CHANNELS = ("riverside-escalations", "riverside-council", "council-escalations", "board")
OURS = CHANNELS[:3]
"""The channels whose agencies are both party to a concern between Riverside and the council."""


@pytest.fixture
def ref(out: Outsider) -> str:
    """A concern of Amira's, tier 1 of the council called."""
    return out.opened("amira", "/concern raise", agency="council")


# ---- say -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["private", *CHANNELS])
def test_a_command_can_be_typed_anywhere(out: Outsider, place: str) -> None:
    answer = out.say("amira", "/concern help", place)

    assert misfit(answer, ANSWER) == ""
    assert answer["error"] is None
    assert answer["reply"]["message"]["lines"]


@pytest.mark.parametrize("place", ["private", *CHANNELS])
def test_a_form_comes_wherever_it_was_asked_for(out: Outsider, place: str) -> None:
    answer = out.say("tom", "/concern", place)

    assert answer["reply"]["form"]["fields"][0]["key"] == "danger"


@pytest.mark.parametrize("place", CHANNELS)
def test_what_people_say_among_themselves_is_not_listened_to(out: Outsider, place: str) -> None:
    before = out.everything()

    assert out.say("amira", "Shall we meet on Thursday?", place) == {"reply": None, "error": None}
    assert out.everything() == before


def test_plain_words_to_baton_alone_are_answered_with_what_to_type(out: Outsider) -> None:
    answer = out.say("amira", "Somebody is being harmed")

    assert answer["reply"] is None
    assert "/concern" in answer["error"]


def test_a_reply_stands_in_the_private_chat_and_in_no_channel(out: Outsider) -> None:
    answer = out.say("amira", "/concern help", "riverside-council")

    assert out.private("amira")[-1] == answer["reply"]["message"]
    assert not any(out.channel(channel) for channel in CHANNELS)
    assert out.private("ben") == []


def test_an_answer_comes_when_everything_is_delivered(out: Outsider, ref: str) -> None:
    assert all(len(out.channel(channel)) == 2 for channel in OURS)
    assert out.channel("board") == []

    out.do("tom", f"/concern ack {ref}")

    assert out.private("amira")[-1]["title"].endswith("acknowledged")


def test_a_reply_is_the_reply_even_when_a_notice_slips_in_before_it_is_sent(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    say, amira = inside.world.say, Place(PlaceKind.PERSON, "amira")

    def say_and_be_overtaken(person: str, place: str, text: str) -> Reply:
        reply = say(person, place, text)
        inside.world.chat.post(amira, Message("A notice"), marker="1", thread=None)
        return reply

    monkeypatch.setattr(inside.world, "say", say_and_be_overtaken)

    answer = inside.outsider.say("amira", "/concern help")

    assert answer["reply"]["message"]["title"] != "A notice"
    assert inside.outsider.private("amira")[-1]["title"] == "A notice"


def test_a_reply_is_the_reply_even_when_a_notice_follows_it_at_once(out: Outsider) -> None:
    ref = out.opened("amira", "/concern refer", agency="council")
    out.say("amira", f"/contact {ref} made phone no_answer rang out")

    answer = out.say("amira", f"/contact {ref} made phone no_answer rang out")

    reply, notice = out.private("amira")[-2:]
    assert answer["reply"]["message"] == reply
    assert notice["title"] != reply["title"]
    assert [button["command"] for button in notice["buttons"]] == ["escalate", "contact"]


@pytest.mark.parametrize("line", ["/concern rais", "/contct", "/concern shw", "/acknowledge"])
def test_an_unknown_command_is_answered_with_the_nearest(out: Outsider, line: str, ref: str) -> None:
    answer = out.say("amira", f"{line} {ref}" if line != "/concern rais" else line)

    assert answer["reply"] is None
    assert "Nearest: /" in answer["error"]


def test_an_unknown_reference_and_a_foreign_one_get_the_same_sentence(out: Outsider, ref: str) -> None:
    unknown = out.say("ruth", "/concern show C-7F3K-9QMX")
    foreign = out.say("ruth", f"/concern show {ref}")

    assert unknown == foreign
    assert unknown["reply"] is None


def test_two_who_speak_at_once_are_both_heard(inside: Inside) -> None:
    lines = [("amira", "/concern help"), ("tom", "/concern guide"), ("sam", "/concern mine")]
    bodies = [("/api/say", {"as": who, "in": "private", "text": line}) for who, line in lines]

    answers = [response.json() for response in inside.together(*bodies)]

    for (who, _), answer in zip(lines, answers, strict=True):
        assert inside.outsider.private(who) == [answer["reply"]["message"]]


def test_whoever_acknowledges_second_changes_nothing(inside: Inside, ref: str) -> None:
    line = {"in": "private", "text": f"/concern ack {ref}"}

    first, second = inside.together(("/api/say", {"as": "tom"} | line), ("/api/say", {"as": "lucia"} | line))

    assert first.json()["reply"]
    assert second.json()["error"]
    told = [one["title"] for one in inside.outsider.private("amira")]
    assert sum(title.endswith(": acknowledged") for title in told) == 1


# ---- press -----------------------------------------------------------------------------------------


def test_a_button_in_a_channel_works_for_whoever_has_the_right(out: Outsider, ref: str) -> None:
    ping = out.channel("council-escalations")[-1]

    answer = out.press("tom", ping, "Acknowledge")

    assert misfit(answer, ANSWER) == ""
    assert answer["error"] is None
    assert out.concern(ref)["stage"] == "acknowledged"


def test_a_button_gives_no_authority(out: Outsider, ref: str) -> None:
    ping = out.channel("council-escalations")[-1]

    answer = out.press("nadia", ping, "Acknowledge")

    assert answer["reply"] is None
    assert answer["error"]
    assert out.concern(ref)["stage"] == "called"


def test_a_stale_button_shows_the_present_state_and_changes_nothing(out: Outsider, ref: str) -> None:
    old = out.channel("council-escalations")[-1]
    out.do("tom", f"/concern answer {ref}")
    out.do("amira", f"/concern dispute {ref} Not enough.")
    before = out.everything() | {"world": out.world()}

    answer = out.press("tom", old, "Acknowledge")

    assert "moved on" in answer["reply"]["message"]["title"]
    after = out.everything() | {"world": out.world()}
    assert after.pop("private:tom")[:-1] == before.pop("private:tom")
    assert after == before


def test_a_private_button_is_pressed_by_nobody_else(out: Outsider, ref: str) -> None:
    mine = out.private("amira")[-1]

    body = {"as": "tom", "message": mine["id"], "button": 0}
    assert out.post("/api/press", body, 404)["error"]


@pytest.mark.parametrize("button", [-1, 3, 10**9])
def test_a_button_that_is_not_there_is_not_found(out: Outsider, ref: str, button: int) -> None:
    card = out.channel("riverside-council")[0]
    assert len(card["buttons"]) == 3

    body = {"as": "amira", "message": card["id"], "button": button}
    assert out.post("/api/press", body, 404)["error"]


# ---- submit ----------------------------------------------------------------------------------------


def test_a_form_of_several_parts_answers_each_page_with_the_next(out: Outsider) -> None:
    first = out.say("amira", "/concern raise")["reply"]["form"]

    second = out.submit("amira", first, {"danger": "no"})["reply"]["form"]

    assert (first["part"], first["parts"]) == (1, 2)
    assert (second["part"], second["parts"]) == (2, 2)
    assert {field["key"] for field in second["fields"]} >= {
        "strand",
        "agency",
        "ground",
        "decision",
        "wanted",
    }


@pytest.mark.parametrize("no", ["no", False])
def test_a_yes_or_no_may_be_a_word_or_a_json_boolean(out: Outsider, no: Json) -> None:
    form = out.say("amira", "/concern raise")["reply"]["form"]

    assert "form" in out.submit("amira", form, {"danger": no})["reply"]


def test_a_missing_answer_is_named_and_what_was_given_is_kept(out: Outsider) -> None:
    form = out.say("amira", "/concern refer")["reply"]["form"]

    answer = out.submit("amira", form, {"strand": "adult", "agency": "council", "when": "2026-02-30T10:00"})

    assert answer["reply"] is None
    assert answer["error"]
    assert set(answer["errors"]) == {"when", "how"}
    assert "2026-02-30" in answer["errors"]["when"]
    done = out.submit("amira", form, {"when": "2026-11-30T09:00", "how": "phone"})
    assert done["error"] is None
    assert out.world()["concerns"][0]["stage"] == "referred"


@pytest.mark.parametrize(
    "written",
    ["2026-11-30T09:30", "2026-11-30T09:30:00", "2026-11-30T09:30:00+00:00", "2026-11-30T09:30:00Z"],
)
def test_a_local_time_is_read_however_a_script_writes_it(out: Outsider, written: str) -> None:
    out.opened("amira", "/concern refer", agency="council", when=written)

    assert out.world()["concerns"][0]["due"] == "2026-12-01T17:00:00+00:00"


def test_the_hour_that_comes_twice_is_refused_beside_its_field(out: Outsider) -> None:
    form = out.say("amira", "/concern refer")["reply"]["form"]
    given = {"strand": "adult", "agency": "council", "how": "phone", "when": "2026-10-25T01:30"}

    answer = out.submit("amira", form, given)

    assert "twice" in answer["errors"]["when"]


@pytest.mark.parametrize("form", ["danger2", "", "x" * 1000, "m1"])
def test_an_unknown_form_is_not_found(still: Outsider, form: str) -> None:
    answer = still.post("/api/submit", {"as": "amira", "form": form, "answers": {}}, 404)

    assert answer["reply"] is None
    assert "no longer open" in answer["error"]


def test_a_form_that_was_submitted_is_closed(out: Outsider, ref: str) -> None:
    form = out.say("amira", f"/concern note {ref}")["reply"]["form"]
    out.submit("amira", form, {"text": "Seen today."})

    body = {"as": "amira", "form": form["id"], "answers": {"text": "Seen today."}}
    assert out.post("/api/submit", body, 404)["error"]


def test_a_form_is_its_owners_only(out: Outsider, ref: str) -> None:
    form = out.say("amira", f"/concern note {ref}")["reply"]["form"]

    body = {"as": "tom", "form": form["id"], "answers": {"text": "Not mine."}}
    assert out.post("/api/submit", body, 404)["error"]
    assert out.submit("amira", form, {"text": "Mine."})["error"] is None


def test_immediate_danger_shows_the_emergency_text_first_and_is_called_at_the_urgent_tier(
    out: Outsider,
) -> None:
    form = out.say("amira", "/concern raise")["reply"]["form"]

    answer = out.submit("amira", form, {"danger": "yes"})

    shown = " ".join(answer["reply"]["form"]["lines"])
    assert "999" in shown
    assert "999" in " ".join(out.private("amira")[-1]["lines"])
    out.fill("amira", answer, agency="council")
    concern = out.world()["concerns"][0]
    assert (concern["stage"], concern["tier"], concern["urgent"]) == ("called", 3, True)


# ---- ids nobody has --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/say", {"as": "nobody", "in": "private", "text": "/concern help"}),
        ("/api/say", {"as": "amira", "in": "nowhere", "text": "/concern help"}),
        ("/api/say", {"as": "amira", "in": "", "text": "Just talking"}),
        ("/api/press", {"as": "nobody", "message": "m1", "button": 0}),
        ("/api/press", {"as": "amira", "message": "m999", "button": 0}),
        ("/api/submit", {"as": "nobody", "form": "danger", "answers": {}}),
        ("/api/situation", {"name": "nothing"}),
    ],
)
def test_an_id_nobody_has_is_not_found(still: Outsider, path: str, body: Json) -> None:
    answer = still.post(path, body, 404)

    assert answer["reply"] is None
    assert answer["error"]
