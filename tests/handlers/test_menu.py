"""The menu: every command is complete, and does for each person at each stage what its policy says."""

from dataclasses import replace
from pathlib import Path

import pytest

from concerns import commands as c
from concerns.authority import may_see
from concerns.decide import ALLOWED
from concerns.model import Ref, Stage
from concerns.people import PersonId
from handlers.line import parse
from handlers.menu import by_name, menu
from handlers.refusals import NOT_YOURS
from handlers.scene import Policy, Verb
from handlers.steps import fits, steps
from tests.handlers.offices import Office, form_of, message_of
from tests.ladders import DAILY
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    COUNCIL,
    GRACE,
    JOEL,
    LENA,
    PEOPLE,
    PRIYA,
    SAM,
    STRANGER,
    TOM,
    vacated,
)

DESIGN = (
    *("raise", "refer", "responded", "contact", "note", "show", "mine", "ack", "release", "answer", "accept"),
    *("dispute", "escalate", "extend", "agree", "decline", "decide", "action", "done", "check", "correct"),
    *("withdraw", "redirect", "reopen", "handover", "retime", "cover", "pathway", "guide", "help"),
    *("duplicate", "join", "enrol", "confirm", "refuse", "revoke"),
)
ABOUT_ONE = [verb for verb in menu() if verb.on_concern]


def test_the_menu_holds_every_command_once() -> None:
    assert sorted(verb.name for verb in menu()) == sorted(DESIGN)
    assert all(by_name(verb.name) is verb for verb in menu())
    assert by_name("abolish") is None


def test_every_command_declares_who_may_use_it_and_has_a_file_of_its_own() -> None:
    rooms = {path.stem for path in Path(str(c.__file__)).parent.parent.joinpath("handlers").glob("*.py")}

    for verb in menu():
        assert verb.policy in Policy
        assert (verb.name if verb.name != "raise" else "raise_concern") in rooms
        assert verb.command is None or verb.policy is not Policy.ANYONE


def test_every_thing_people_can_say_to_a_concern_has_its_command() -> None:
    said = {command for allowed in ALLOWED.values() for command in allowed} - {c.Lapse}

    # `action` both sets one and drops one.
    assert {verb.command for verb in ABOUT_ONE} - {None} == said - {c.DropAction}


def test_labels_and_titles_fit_the_smallest_platform() -> None:
    for verb in menu():
        assert 0 < len(verb.label) < 25
        assert len(verb.reported) < 25
        assert len(verb.opening.format("escalation level")) <= 24
        assert len(verb.objecting) < 25
        assert 0 < len(verb.title) <= 24
        assert verb.about
        assert not verb.about.endswith(".")


def test_every_command_of_one_word_can_be_typed_both_ways() -> None:
    for verb in menu():
        names = [name.name for name in menu()]
        assert parse(f"/concern {verb.name}", names) == parse(f"/{verb.name}", names)


# ---- person x command x stage ----------------------------------------------------------------------


def at(office: Office, stage: Stage) -> Ref:
    """A concern of Amira's with the council at this stage, tier 1."""
    match stage:
        case Stage.REFERRED:
            return office.referred()
        case Stage.CALLED:
            return office.raised()
        case Stage.ACKNOWLEDGED:
            ref = office.raised()
            office.fill(TOM, f"/ack {ref}")
            return ref
        case Stage.ANSWERED:
            return office.answered()
        case Stage.AGREED:
            return office.agreed()
        case Stage.CLOSED:
            return office.closed()


ADDED = {"contact", "note", "correct"}
CLOSES = {"withdraw", "redirect", "duplicate"}
RAISING = {
    Stage.REFERRED: {"responded", "escalate", "handover"} | CLOSES | ADDED,
    Stage.CALLED: {"ack", "answer", "escalate", "action", "handover"} | CLOSES | ADDED,
    Stage.ACKNOWLEDGED: {"answer", "escalate", "action", "handover"} | CLOSES | ADDED,
    Stage.ANSWERED: {"accept", "dispute", "escalate", "action", "handover"} | CLOSES | ADDED,
    Stage.AGREED: {"check", "reopen", "action", "handover"} | ADDED,
    Stage.CLOSED: {"reopen", "handover", "note", "correct"},
}
CALLED = {
    Stage.REFERRED: set[str](),
    Stage.CALLED: {"ack", "answer", "extend", "action"} | ADDED,
    Stage.ACKNOWLEDGED: {"release", "answer", "extend", "action"} | ADDED,
    Stage.ANSWERED: {"action"} | ADDED,
    Stage.AGREED: {"action"} | ADDED,
    Stage.CLOSED: {"note", "correct"},
}
ROLES = ("practitioner", "manager", "senior_manager", "director")


def expected(stage: Stage, person: PersonId) -> set[str]:
    """The commands this person may give at this stage."""
    if person == AMIRA:
        return RAISING[stage] | {"show"}
    if person in {TOM, LENA} and stage is not Stage.REFERRED:
        return CALLED[stage] | {"show"}
    if person in {JOEL, PRIYA} and stage is not Stage.REFERRED:
        return {"show", "handover"}
    if person == SAM:
        return {"show", "handover"} | (set() if stage is Stage.CLOSED else {"retime"})
    return {"show"} if person == ALEX else set()


BUTTONS = {
    Stage.REFERRED: ["A response came", "Log a contact", "Open stage 1", "Add a note"],
    Stage.CALLED: ["Log a contact", "Move up now", "Add a note", "They answered", "They acknowledged"],
    Stage.ACKNOWLEDGED: ["Log a contact", "Move up now", "Add a note", "They answered"],
    Stage.ANSWERED: ["Accept", "Not enough", "Log a contact", "Move up now", "Set or drop an action"],
    Stage.AGREED: ["Follow-up check", "Log a contact", "Set or drop an action", "Reopen", "Add a note"],
    Stage.CLOSED: ["Reopen", "Add a note"],
}


@pytest.mark.parametrize("stage", Stage)
def test_what_moves_it_on_has_a_button_and_the_ways_out_have_none(office: Office, stage: Stage) -> None:
    concern = office.concern(at(office, stage))

    assert [button.label for button in steps(menu(), concern, AMIRA, office.rules)] == BUTTONS[stage]


@pytest.mark.parametrize("stage", Stage)
def test_each_person_is_offered_what_is_theirs_and_refused_the_rest(office: Office, stage: Stage) -> None:
    ref = at(office, stage)
    concern = office.concern(ref)
    assert concern.stage is stage

    for person in (*(person.id for person in PEOPLE), STRANGER):
        offered = {v.name for v in ABOUT_ONE if fits(v, concern, person, office.rules)}
        assert offered == expected(stage, person), person
        pressed = {button.command for button in steps(menu(), concern, person, office.rules)}
        assert pressed <= offered


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("person", [AMIRA, TOM, LENA, BEN, GRACE, SAM, ALEX])
def test_what_is_not_offered_is_refused_with_a_sentence_and_changes_nothing(
    office: Office, stage: Stage, person: PersonId
) -> None:
    ref = at(office, stage)
    before = office.untouched()

    for verb in ABOUT_ONE:
        if verb.name in expected(stage, person):
            continue
        reply = office.say(person, f"/concern {verb.name} {ref}")
        assert reply.error, verb.name
        assert reply.error[-1] == "."
        seen = may_see(person, office.concern(ref), office.rules.directory)
        assert (reply.error == NOT_YOURS) == (not seen)
    assert office.untouched() == before


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("person", [AMIRA, TOM])
def test_what_is_offered_is_done_or_asked_about(office: Office, stage: Stage, person: PersonId) -> None:
    ref = at(office, stage)
    office.raised()
    concern = office.concern(ref)

    for verb in ABOUT_ONE:
        if fits(verb, concern, person, office.rules) and verb.name not in {"ack", "release"}:
            reply = office.say(person, f"/concern {verb.name} {ref}")
            assert reply.error is None, verb.name
            assert (
                reply.message if verb.command is None else form_of(reply).lines[0].startswith(f"About {ref}")
            )


def test_an_earlier_seat_may_read_on_but_no_longer_answer(office: Office) -> None:
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    assert office.concern(ref).tier == 2

    assert office.say(TOM, f"/concern show {ref}").message
    assert office.say(TOM, f"/concern ack {ref}").error
    assert office.say(GRACE, f"/concern ack {ref}").message
    assert office.concern(ref).acknowledged_by == GRACE


def test_the_coordinator_called_for_want_of_anybody_may_answer_and_add_to_the_record(office: Office) -> None:
    office.with_directory(vacated(office.rules.directory, COUNCIL, *ROLES))
    ref = office.raised()

    assert {b.command for b in steps(menu(), office.concern(ref), SAM, office.rules)} >= {"ack", "answer"}
    assert "Challenged: No enquiry was opened." in message_of(office.say(SAM, f"/show {ref}")).lines
    assert office.say(SAM, f"/concern note {ref} I have rung both sides").message
    assert office.say(SAM, f"/ack {ref}").message


def test_the_deputy_may_do_what_the_holder_may(office: Office) -> None:
    ref = office.raised()

    assert office.say(LENA, f"/ack {ref}").message
    assert office.say(TOM, f"/release {ref} Lena is off sick").message


def verb_named(name: str) -> Verb:
    """The command of that name."""
    found = by_name(name)
    assert found is not None
    return found


def test_moving_up_is_offered_only_where_it_leads_somewhere(office: Office) -> None:
    ref = office.raised(danger="yes")
    escalate = verb_named("escalate")
    assert fits(escalate, office.concern(ref), AMIRA, office.rules)

    office.until("Mon 30 Nov 2026 14:30")
    assert office.concern(ref).tier == 4
    assert not fits(escalate, office.concern(ref), AMIRA, office.rules)
    assert "top of the ladder" in str(office.say(AMIRA, f"/concern escalate {ref}").error)


def test_at_the_top_only_danger_still_moves_it(office: Office) -> None:
    ref = office.raised()
    office.until("Fri 4 Dec 2026 10:00")
    assert office.concern(ref).tier == 4

    form = form_of(office.say(AMIRA, f"/concern escalate {ref}"))
    assert [choice.value for choice in form.fields[0].choices] == ["immediate_risk"]


def test_under_a_referral_moving_up_is_called_what_it_does(office: Office) -> None:
    ref = office.referred()

    assert form_of(office.say(AMIRA, f"/escalate {ref}")).title == "Open stage 1"
    office.with_pathway(replace(DAILY, tier_word="level"))
    other = office.referred()
    assert form_of(office.say(AMIRA, f"/escalate {other}")).title == "Open level 1"
