"""Each command three ways: typed with words it is done, bare a form comes, pressed it is the same command."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from concerns import events as e
from concerns.model import Direction, Method, Outcome, Reached, Ref, Safer, Stage, Why
from concerns.people import PersonId
from handlers.answers import Given
from tests.handlers.moments import (
    UNTIL,
    accepted_by_joel,
    asked_for_time,
    asked_to_move_up,
    at_the_top,
    two_of_them,
    with_an_action,
)
from tests.handlers.offices import ANSWER, RAISE, Office, error_of, form_of, keys, message_of, values
from tests.partnership import AMIRA, JOEL, LENA, SAM, TOM, VICTOR
from views.parts import Button


@dataclass(frozen=True)
class Way:
    """Somebody gives a command about a concern: what they type after its reference, or fill in.

    `{other}` stands for the reference of the concern raised first; `rest` is what no line can hold (a person,
    a day), and its form still asks.
    """

    verb: str
    person: PersonId
    at: Callable[[Office], Ref]
    typed: str
    pages: tuple[Given, ...]
    event: type[e.Fact]
    rest: Given | None = None

    def __str__(self) -> str:
        return f"{self.verb}-{self.at.__name__.strip('_')}"


def _held(office: Office) -> Ref:
    ref = office.raised()
    office.fill(TOM, f"/ack {ref}")
    return ref


SPOKE = {"direction": "made", "method": "phone", "reached": "spoke"}
REPORT = {"who": "Tom, duty social worker", "how": "phone"}
CHALLENGE = {"ground": ["threshold"], "decision": "Declined.", "wanted": "An enquiry."}
WAYS = [
    Way("contact", AMIRA, Office.raised, "made phone spoke They will ring back.", (SPOKE,), e.ContactLogged),
    Way(
        "responded",
        AMIRA,
        Office.referred,
        "satisfied They visited.",
        ({"verdict": "satisfied"},),
        e.Responded,
    ),
    Way("ack", TOM, Office.raised, "On my way.", ({},), e.Acknowledged),
    Way("answer", TOM, Office.raised, "agreed_plan_with_actions A review.", (ANSWER,), e.Answered),
    Way("release", TOM, _held, "Off sick.", ({},), e.Released),
    Way("accept", AMIRA, Office.answered, "plain", ({"how": "plain"},), e.Accepted),
    Way(
        "dispute",
        AMIRA,
        Office.answered,
        "Money still leaves.",
        ({"why": "Money still leaves."},),
        e.Disputed,
    ),
    Way("escalate", AMIRA, Office.raised, Why.CHOICE, ({"why": Why.CHOICE},), e.Called),
    Way("check", AMIRA, Office.agreed, "no It goes on.", ({"safer": "no"},), e.Checked),
    Way("reopen", AMIRA, Office.closed, "It began again.", ({"reason": "It began again."},), e.Reopened),
    Way("note", LENA, Office.raised, "Seen by the nurse.", ({"text": "Seen by the nurse."},), e.NoteAdded),
    Way("withdraw", AMIRA, Office.raised, "They moved away.", ({"reason": "They moved away."},), e.Withdrawn),
    Way(
        "decide",
        VICTOR,
        at_the_top,
        "An enquiry opens.",
        ({"decision": "An enquiry opens.", "reasons": "The risk."},),
        e.Decided,
        {"reasons": "The risk."},
    ),
    Way(
        "action",
        AMIRA,
        Office.agreed,
        "set Ring the surgery.",
        ({"what": "Ring the surgery.", "owner": "tom", "due": "2026-12-01"},),
        e.ActionSet,
        {"owner": "tom", "due": "2026-12-01"},
    ),
    Way(
        "action",
        AMIRA,
        with_an_action,
        "drop 1 Not needed.",
        ({"does": "drop"}, {"number": "1", "reason": "Not needed."}),
        e.ActionDropped,
    ),
    Way("done", TOM, with_an_action, "1 Rang.", ({"number": "1"},), e.ActionDone),
    Way("correct", TOM, Office.raised, "1 Tuesday.", ({"of": "1", "text": "Tuesday."},), e.Corrected),
    Way(
        "redirect",
        AMIRA,
        Office.raised,
        "Complaint Sent to them.",
        ({"route": "complaint", "reason": "Sent to them."},),
        e.Redirected,
    ),
    Way("duplicate", AMIRA, two_of_them, "{other} The same.", ({"of": "{other}"},), e.MarkedDuplicate),
    Way("handover", AMIRA, Office.raised, "On leave.", ({"to": "ben"},), e.HandedOver, {"to": "ben"}),
    Way(
        "retime",
        SAM,
        Office.raised,
        "answer A closure.",
        ({"clock": "answer", "due": UNTIL, "reason": "A closure."},),
        e.Retimed,
        {"due": UNTIL},
    ),
    Way(
        "extend",
        TOM,
        Office.raised,
        "On leave.",
        ({"until": UNTIL, "reason": "On leave."},),
        e.ExtensionAsked,
        {"until": UNTIL},
    ),
    Way("agree", AMIRA, asked_for_time, "Fine.", ({},), e.ExtensionAgreed),
    Way("agree", JOEL, asked_to_move_up, "", ({},), e.Called),
    Way("decline", AMIRA, asked_for_time, "Too long.", ({},), e.ExtensionDeclined),
    Way("dispute", AMIRA, accepted_by_joel, "Not mine.", ({"why": "Not mine."},), e.Disputed),
]


def filled(page: Given, office: Office) -> Given:
    """The page, with the reference of the concern raised first where it is meant."""
    other = office.untouched()[0].ref
    return {key: other if value == "{other}" else value for key, value in page.items()}


@pytest.mark.parametrize("slash", ["/concern ", "/"])
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_typed_with_its_words_a_command_is_done_at_once_or_asks_only_what_no_line_can_hold(
    office: Office, way: Way, slash: str
) -> None:
    ref = way.at(office)
    before = office.concern(ref).seq

    typed = way.typed.format(other=office.untouched()[0].ref.lower())
    reply = office.say(way.person, f"{slash}{way.verb} {ref} {typed}")
    if way.rest is not None:
        reply = office.submit(way.person, form_of(reply), way.rest)

    assert message_of(reply).title.startswith(ref)
    event = office.ledger.history(ref)[before]
    assert isinstance(event, way.event)
    asked = (way.rest or {}).values()
    assert all(typed.endswith(text) or text in asked for _, text in event.words.items())


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_typed_bare_a_form_comes_and_nothing_is_done_before_it_is_sent(office: Office, way: Way) -> None:
    ref = way.at(office)
    before = office.concern(ref)

    reply = office.say(way.person, f"/concern {way.verb}")
    if keys(form_of(reply)) == ["concern"]:
        reply = office.submit(way.person, form_of(reply), {"concern": ref})
    assert form_of(reply).lines[0].startswith(f"About {ref}")
    assert office.concern(ref) == before

    for page in way.pages:
        reply = office.submit(way.person, form_of(reply), filled(page, office))
    assert message_of(reply).title.startswith(ref)
    assert isinstance(office.ledger.history(ref)[before.seq], way.event)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_pressed_it_is_the_command_somebody_already_typed(office: Office, way: Way) -> None:
    ref = way.at(office)
    before = office.concern(ref)

    reply = office.press(way.person, Button("", way.verb, ref, before.turn))
    for page in way.pages if reply.form else ():
        reply = office.submit(way.person, form_of(reply), filled(page, office))

    assert message_of(reply).title.startswith(ref)
    assert isinstance(office.ledger.history(ref)[before.seq], way.event)


# ---- what was understood ---------------------------------------------------------------------------


def test_a_new_concern_takes_all_its_words_and_guesses_none(office: Office) -> None:
    form = form_of(office.say(AMIRA, "/concern child of an adult client not seen"))
    assert keys(form) == ["danger"]

    form = form_of(office.submit(AMIRA, form, {"danger": False}))
    assert values(form) == {"decision": "child of an adult client not seen"}

    message_of(office.submit(AMIRA, form, RAISE))
    assert office.newest().stage is Stage.CALLED


def test_a_line_that_misses_something_opens_the_form_with_the_rest_filled_in(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/contact {ref} Made Phone the duty desk rang out"))

    assert values(form) == {
        "direction": "made",
        "method": "phone",
        "summary": "the duty desk rang out",
        "when": "2026-11-30T10:00",
    }


def test_a_contact_typed_with_its_moment_happened_then(office: Office) -> None:
    ref = office.raised()

    said = message_of(office.say(AMIRA, f"/contact {ref} made phone spoke 2026-11-30T09:15 the duty desk"))

    assert said.lines[0] == "It happened Mon 30 Nov at 09:15; logged Mon 30 Nov at 10:00."
    assert office.ledger.history(ref)[-1].words.text("summary") == "the duty desk"
    assert "still to come" in error_of(office.say(AMIRA, f"/contact {ref} made phone spoke 2026-12-01T09:15"))


def test_a_line_that_misses_only_its_reference_asks_which_and_keeps_the_rest(office: Office) -> None:
    first, second = office.raised(), office.raised()

    form = form_of(office.say(AMIRA, "/contact made phone no_answer the duty desk rang out"))
    assert keys(form) == ["concern"]
    assert {choice.value for choice in form.fields[0].choices} == {first, second}
    assert all(len(choice.label) <= 75 for choice in form.fields[0].choices)

    message_of(office.submit(AMIRA, form, {"concern": second}))
    logged = office.ledger.history(second)[-1]
    assert isinstance(logged, e.ContactLogged)
    assert (logged.direction, logged.method, logged.reached) == (
        Direction.MADE,
        Method.PHONE,
        Reached.NO_ANSWER,
    )
    assert logged.words.text("summary") == "the duty desk rang out"


def test_concerns_to_choose_from_are_told_apart_by_the_other_agency(office: Office) -> None:
    first = office.raised()
    office.fill(AMIRA, "/concern", {"danger": "no"}, RAISE | {"agency": "surgery"})
    second = office.newest().ref

    found = form_of(office.say(AMIRA, "/concern note")).fields[0].choices
    assert {choice.label for choice in found} == {
        f"{first}, Northshire Council: called, stage 1 of 4",
        f"{second}, Mill Lane Surgery: called, stage 1 of 4",
    }
    office.raised()
    of_tom = form_of(office.say(TOM, "/concern note")).fields[0].choices
    assert all(", Riverside Home Care: " in choice.label for choice in of_tom)


def test_which_concern_goes_on_in_the_same_form(office: Office) -> None:
    first, _ = office.raised(), office.raised()

    which = form_of(office.say(AMIRA, "/concern note"))
    wrong = office.submit(AMIRA, which, {"concern": "C-0000-0000"})
    assert [key for key, _ in wrong.errors] == ["concern"]

    form = form_of(office.submit(AMIRA, which, {"concern": first}))
    assert form.id == which.id
    message_of(office.submit(AMIRA, form, {"text": "Seen by the nurse."}))
    assert office.ledger.history(first)[-1].words.text("text") == "Seen by the nurse."


def test_a_concern_that_moved_on_while_it_was_being_chosen_is_refused_beside_the_question(
    office: Office,
) -> None:
    first, second = office.raised(), office.raised()
    which = form_of(office.say(AMIRA, "/withdraw They moved away."))
    office.say(TOM, f"/answer {first} partly_resolved Visited.")
    message_of(office.say(AMIRA, f"/accept {first} plain"))

    assert [key for key, _ in office.submit(AMIRA, which, {"concern": first}).errors] == ["concern"]
    message_of(office.submit(AMIRA, which, {"concern": second}))
    assert office.concern(second).stage is Stage.CLOSED


def test_where_only_one_concern_fits_it_is_asked_about_never_done_unseen(office: Office) -> None:
    ref = office.raised()
    before = office.untouched()

    form = form_of(office.say(AMIRA, "/contact made phone no_answer rang out"))

    assert form.lines[0].startswith(f"About {ref}")
    assert values(form)["summary"] == "rang out"
    assert office.untouched() == before


def test_looking_at_the_only_concern_needs_no_form(office: Office) -> None:
    ref = office.raised()

    assert message_of(office.say(AMIRA, "/concern show")).title.startswith(ref)


def test_where_nothing_fits_it_says_so(office: Office) -> None:
    office.raised()

    assert "Accept: there is no concern of yours to do that with just now." in str(
        office.say(AMIRA, "/concern accept").error
    )


# ---- commands with more to them --------------------------------------------------------------------


def test_a_typed_challenge_asks_for_what_is_challenged(office: Office) -> None:
    ref = office.referred()

    form = form_of(office.say(AMIRA, f"/concern responded {ref} challenge They declined."))
    assert (form.part, form.parts) == (2, 2)
    assert keys(form) == ["ground", "decision", "wanted"]

    message_of(office.submit(AMIRA, form, CHALLENGE))
    responded = next(f for f in office.ledger.history(ref) if isinstance(f, e.Responded))
    assert responded.words.text("summary") == "They declined."
    assert office.concern(ref).stage is Stage.CALLED


def test_a_challenge_filled_in_goes_on_to_its_second_page(office: Office) -> None:
    ref = office.referred()

    form = form_of(office.say(AMIRA, f"/concern responded {ref}"))
    form = form_of(office.submit(AMIRA, form, {"verdict": "challenge"}))

    assert message_of(office.submit(AMIRA, form, CHALLENGE)).title.startswith(ref)


def test_a_reservation_needs_its_words(office: Office) -> None:
    ref = office.answered()

    form = form_of(office.say(AMIRA, f"/concern accept {ref} reservation"))
    assert [f.key for f in form.fields if f.required] == ["how", "reservation"]

    message_of(office.submit(AMIRA, form, {"reservation": "The date is too late."}))
    assert office.concern(ref).reservation


def test_a_plain_yes_with_a_reservation_beside_it_is_not_guessed_at(office: Office) -> None:
    ref = office.answered()

    reply = office.say(AMIRA, f"/concern accept {ref} plain but the date is too late")

    assert "A plain yes goes on record without words." in str(reply.error)
    assert office.concern(ref).stage is Stage.ANSWERED


def test_a_check_that_would_close_wants_both_records_ticked(office: Office) -> None:
    ref = office.agreed()

    form = form_of(office.say(AMIRA, f"/concern check {ref} yes All calm."))
    assert values(form) == {"safer": "yes", "note": "All calm."}
    assert [key for key, _ in office.submit(AMIRA, form, {}).errors] == ["records_copied"]

    one = office.submit(AMIRA, form, {"records_copied": "riverside"})
    assert "Northshire Council" in str(one.error)

    message_of(office.submit(AMIRA, form, {"records_copied": ["riverside", "council"]}))
    assert office.concern(ref).stage is Stage.CLOSED


def test_too_early_to_check_wants_a_day(office: Office) -> None:
    ref = office.agreed()

    form = form_of(office.say(AMIRA, f"/concern check {ref} too_early"))
    assert [key for key, _ in office.submit(AMIRA, form, {}).errors] == ["again_on"]
    message_of(office.submit(AMIRA, form, {"again_on": "2026-12-07"}))

    checked = office.ledger.history(ref)[-1]
    assert isinstance(checked, e.Checked)
    assert checked.safer is Safer.TOO_EARLY


def test_the_raising_side_reports_an_answer_with_who_when_and_how(office: Office) -> None:
    ref = office.raised()

    form = form_of(office.say(AMIRA, f"/concern answer {ref} partly_resolved They will visit."))
    assert form.title == "They answered"
    assert values(form)["response"] == "They will visit."
    assert [key for key, _ in office.submit(AMIRA, form, {}).errors] == ["who", "how"]

    message_of(office.submit(AMIRA, form, REPORT))
    answered = office.ledger.history(ref)[-1]
    assert isinstance(answered, e.Answered)
    assert (answered.reported, answered.outcome) == (True, Outcome.PARTLY_RESOLVED)


def test_words_typed_with_an_acknowledgement_are_on_record(office: Office) -> None:
    ref = office.raised()

    message_of(office.say(TOM, f"/ack {ref} I ring Joel at three"))

    assert office.ledger.history(ref)[-1].words.text("text") == "I ring Joel at three"
