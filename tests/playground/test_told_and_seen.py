"""A stranger's script lives concerns through to their ends, and reads what everybody is told on the way."""

from collections import Counter
from datetime import datetime

import pytest

from tests.playground.outsider import Json, Outsider

VERBS = (
    *("responded", "contact", "note", "show", "ack", "release", "answer", "accept", "dispute", "escalate"),
    *("extend", "agree", "decline", "decide", "action", "check", "correct", "withdraw", "redirect", "reopen"),
    *("handover", "retime", "duplicate"),
)
ACTS_AT_ONCE = {"ack", "agree", "decline", "release"}


def raised(out: Outsider, who: str = "amira", agency: str = "council") -> str:
    return out.opened(who, "/concern raise", strand="adult", agency=agency)


def agreed(out: Outsider) -> str:
    """Amira's concern, answered by Tom and accepted by her."""
    ref = raised(out)
    out.do("tom", f"/concern answer {ref} agreed_decision_changed Somebody goes there today.")
    out.do("amira", f"/concern accept {ref} plain")
    return ref


def texts(messages: Json) -> str:
    return "\n".join(line for message in messages for line in (message["title"], *message["lines"]))


def since(out: Outsider, place: str, before: Json) -> Json:
    """What came to a place, cards and new messages, since it looked like this."""
    known = {message["id"] for message in before}
    return [message for message in out.everything()[place] if message["id"] not in known]


# ---- who is told what ------------------------------------------------------------------------------


def test_a_check_that_says_no_is_told_to_whoever_raised_it(out: Outsider) -> None:
    ref = raised(out)
    out.do("amira", f"/concern escalate {ref} raiser_or_manager_choice It cannot wait.")
    out.do("grace", f"/concern answer {ref} agreed_decision_changed Somebody goes there today.")
    out.do("amira", f"/concern accept {ref} plain")
    before = out.private("amira")

    out.do("joel", f"/concern check {ref}", safer="no")

    told = texts(since(out, "private:amira", before))
    assert ref in told
    assert "eopen" in told


def test_reopening_says_that_it_had_been_settled(out: Outsider) -> None:
    ref = agreed(out)
    before = out.channel("council-escalations")

    out.do("amira", f"/concern reopen {ref} It is as it was.")

    said = texts(since(out, "council-escalations", before))
    assert "takes it up again" in said


def test_an_objection_says_that_the_acceptance_does_not_stand(out: Outsider) -> None:
    ref = raised(out)
    out.do("amira", f"/concern escalate {ref} raiser_or_manager_choice It cannot wait.")
    out.do("grace", f"/concern answer {ref} agreed_decision_changed Somebody goes there today.")
    out.do("joel", f"/concern accept {ref} plain")
    before = out.channel("council-escalations")

    out.do("amira", f"/concern dispute {ref} Nobody came.")

    assert "object" in texts(since(out, "council-escalations", before)).lower()


def test_a_stage_passed_over_is_named_where_the_next_one_is_called(out: Outsider) -> None:
    out.post("/api/situation", {"name": "partnership"})

    (called,) = (m for m in out.channel("elm-house") if m["title"].endswith("stage 4 of 4 is called"))

    assert "tage 3" in texts([called])


def test_an_answer_reported_by_the_raising_side_is_marked_so_in_the_called_channel(out: Outsider) -> None:
    ref = raised(out)
    before = out.channel("council-escalations")

    out.do("amira", f"/concern answer {ref} agreed_decision_changed They said somebody goes there today.")

    assert "report" in texts(since(out, "council-escalations", before)).lower()
    assert "report" in texts(out.channel("council-escalations")[:1]).lower()


def test_a_duplicate_names_the_concern_that_carries_it_on(out: Outsider) -> None:
    first, second = raised(out), raised(out)
    before = out.channel("council-escalations")

    out.do("amira", f"/concern duplicate {first} {second}")

    assert second in texts(since(out, "council-escalations", before))


def test_what_carries_another_on_does_not_end_without_a_word_about_it(out: Outsider) -> None:
    first, second = raised(out), raised(out)
    out.do("amira", f"/concern duplicate {first} {second}")
    before = out.private("amira")

    reply = out.do("amira", f"/concern withdraw {second} It no longer stands.")

    assert first in texts([reply, *since(out, "private:amira", before)])


def test_whoever_stands_in_hears_of_it(out: Outsider) -> None:
    ref = raised(out)
    before = out.private("lucia")

    out.do("tom", "/concern cover", **{"from": "2026-11-30", "until": "2026-12-02", "stand_in": "lucia"})

    assert ref in texts(since(out, "private:lucia", before))


def test_whoever_is_told_of_a_concern_by_name_may_see_where_it_stands(out: Outsider) -> None:
    ref = raised(out)

    assert ref in texts(out.private("joel"))
    assert out.say("joel", f"/concern show {ref}")["error"] is None


def test_a_moved_window_says_which_one_was_moved(out: Outsider) -> None:
    ref = raised(out)
    before = out.channel("council-escalations")

    out.do("sam", f"/concern retime {ref}", clock="answer", due="2026-12-02T12:00", reason="A meeting.")

    assert "Answer due: now Wed 2 Dec at 12:00" in texts(since(out, "council-escalations", before))


def test_a_request_for_more_time_is_what_waits_on_the_raiser(out: Outsider) -> None:
    ref = raised(out)
    out.do("tom", f"/concern extend {ref} I wait for the doctor.", until="2026-12-03T12:00")

    mine = texts([out.do("amira", "/concern mine")])

    assert "agree" in mine
    assert "acknowledgement due" not in mine


def test_an_entry_that_is_corrected_can_be_found_by_its_number(out: Outsider) -> None:
    ref = raised(out)
    out.do("amira", f"/concern note {ref} He was seen on Monday.")
    out.do("amira", f"/concern correct {ref} 3 He was seen on Sunday.")

    lines = out.do("tom", f"/concern show {ref}")["lines"]

    assert any(line.startswith("3. ") and "Note" in line for line in lines)


def test_a_manager_who_was_not_called_cannot_give_themselves_the_words(out: Outsider) -> None:
    """Words are for the raiser and for the seats called so far (design 5)."""
    ref = raised(out)

    answer = out.say("joel", f"/concern handover {ref}")
    if answer["reply"]:
        out.submit("joel", answer["reply"]["form"], {"to": "joel", "reason": "I take it."})

    assert "Some words." not in texts([out.do("joel", f"/concern show {ref}")])


# ---- one card, one accountable seat a side ---------------------------------------------------------


@pytest.mark.parametrize("last", ["answered", "agreed"])
def test_a_card_names_a_seat_of_either_side_to_the_end(out: Outsider, last: str) -> None:
    ref = raised(out)
    out.do("tom", f"/concern answer {ref} agreed_decision_changed Somebody goes there today.")
    if last == "agreed":
        out.do("amira", f"/concern accept {ref} plain")

    card = texts(out.channel("riverside-council")[:1])

    assert "Northshire Council Adult Social Care" in card
    assert card.count("Riverside Home Care") == 1


# ---- actions ---------------------------------------------------------------------------------------


def late(out: Outsider) -> str:
    """An agreed concern with an action of Tom's that is late, and has just been asked for."""
    ref = agreed(out)
    out.do("amira", f"/concern action {ref} Ring the bank.", owner="tom", due="2026-12-01")
    out.forward("1 working day")
    return ref


def test_mark_it_done_has_no_second_meaning_once_it_is_done(out: Outsider) -> None:
    ref = late(out)
    *_, ping = (m for m in out.private("tom") if m["title"].endswith("not marked done yet"))
    out.do("tom", f"/concern done {ref} 1")

    answer = out.press("tom", ping, "Mark it done")

    assert not (answer["reply"] and "form" in answer["reply"])


def test_a_late_action_is_not_said_to_be_still_to_come(out: Outsider) -> None:
    late(out)

    assert "is due Tue 1 Dec" not in texts(out.channel("riverside-council")[:1])


def test_a_late_action_comes_every_working_day_and_from_the_second_time_to_the_coordinator(
    out: Outsider,
) -> None:
    late(out)
    out.forward("3 working days")

    def asked(person: str) -> list[str]:
        return [m["at"][:10] for m in out.private(person) if m["title"].endswith("not marked done yet")]

    assert asked("tom") == ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"]
    assert asked("sam") == ["2026-12-02", "2026-12-03", "2026-12-04"]


# ---- what falls due together -----------------------------------------------------------------------


def test_one_instant_brings_one_message_about_one_concern_to_a_place(out: Outsider) -> None:
    """Nobody acknowledges in the urgent tier: the acknowledgement lapses as the first repeat is due."""
    ref = raised(out)
    out.do("amira", f"/concern escalate {ref} immediate_risk She is on the floor.")
    before = out.everything()

    out.forward("1 hour")

    for place, messages in out.everything().items():
        new = [m for m in messages if m["id"] not in {old["id"] for old in before[place]}]
        assert Counter(m["at"] for m in new).most_common(1)[:1] in ([], [("2026-11-30T11:00:00+00:00", 1)])


def test_at_the_top_nothing_is_said_to_go_on_by_itself(out: Outsider) -> None:
    refs = [raised(out), raised(out)]
    out.forward("9 working days")
    assert {out.concern(ref)["tier"] for ref in refs} == {4}

    *_, called = (m for m in out.channel("council-escalations") if m["title"].endswith("are called"))

    assert "stage 4 of 4" in texts([called])
    assert "goes on by itself" not in texts([called])


# ---- the calendar, and who is refused --------------------------------------------------------------


def test_no_day_off_brings_a_message_and_every_working_day_a_call(out: Outsider) -> None:
    raised(out)
    out.forward("6 weeks")

    days = {m["at"][:10] for messages in out.everything().values() for m in messages}

    assert not days & {"2026-12-25", "2026-12-26", "2026-12-27", "2026-12-28", "2027-01-01"}
    assert all(datetime.fromisoformat(day).weekday() < 5 for day in days)
    assert {"2026-12-24", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"} <= days


def test_somebody_without_a_part_learns_nothing_from_any_verb(out: Outsider) -> None:
    ref = raised(out)
    unknown = out.say("kofi", "/concern show C-7F3K-9QMX")["error"]
    assert unknown

    told = {verb: out.say("kofi", f"/concern {verb} {ref}")["error"] for verb in VERBS}

    assert set(told.values()) == {unknown}


@pytest.mark.parametrize("situation", ["delayed", "threshold", "partnership"])
def test_no_fresh_private_button_is_refused_to_whom_it_was_offered(out: Outsider, situation: str) -> None:
    out.post("/api/situation", {"name": situation})
    refused = []

    for person in (one["id"] for one in out.world()["people"]):
        for message in out.private(person)[-1:]:
            for button in message["buttons"]:
                if button["command"] not in ACTS_AT_ONCE:
                    answer = out.press(person, message, button["label"])
                    if answer["error"]:
                        refused.append((person, message["title"], button["label"], answer["error"]))

    assert refused == []
