"""Enrolling at the desk: a stranger asks or brings a code, whoever looks after the directory decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from concerns.directory import Directory
from concerns.enrolling import CHOOSE, NOT_A_CODE, NOT_YOURS_TO_SAY, WITH_A_CODE
from concerns.enrolment import CODE_LIVES, GOOD_FOR, REMINDED, How, read_code
from concerns.people import Identity, PersonId
from handlers.accounts import MOST_PEOPLE
from handlers.menu import menu
from handlers.refusals import GONE, NOT_THE_OWNER, OVERHEARD_CODE
from handlers.scene import Asker, Policy, Reply
from tests.handlers.offices import Office, error_of, everything, form_of, keys, message_of
from tests.ladders import RULES
from tests.owners import LOOKED_AFTER, SLACK, TELEGRAM
from tests.partnership import AMIRA, BEN, DIRECTORY, GRACE, HELEN, JOEL, LENA, RUTH, SAM
from views.parts import Message


@pytest.fixture
def office(store_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office whose directory is looked after, Ben without an account."""
    opened = Office(store_url, tmp_path, replace(RULES, directory=LOOKED_AFTER))
    yield opened
    opened.store.close()


def from_account(
    office: Office, text: str, account: Identity | None = SLACK, called: str = "", *, overheard: bool = False
) -> Reply:
    """Whoever has this account types a line; a stranger, unless it is bound."""
    person = office.rules.directory.whose(account) if account else None
    return office.desk.say(Asker(person, overheard, account, called), text)


def code_for(office: Office, person: PersonId = BEN, by: PersonId = JOEL) -> str:
    """An owner makes a code for this person."""
    said = office.fill(by, "/concern enrol", {"person": person})
    code = read_code(said.lines[0])
    assert code is not None
    return code


def labels(message: Message) -> list[str]:
    """What may be pressed."""
    return [button.label for button in message.buttons]


def pressed(office: Office, person: PersonId, message: Message, label: str) -> Reply:
    """This button of the message."""
    (button,) = (button for button in message.buttons if button.label == label)
    return office.press(person, button)


# ---- strangers ---------------------------------------------------------------------------------------


def test_a_stranger_on_slack_gets_a_button_to_ask(office: Office) -> None:
    for line in (
        "/concern mine",
        "/concern help",
        "/contact something",
        "/concern confirm",
        "/concern enrol",
    ):
        said = message_of(from_account(office, line))
        assert said.title == "You are not enrolled yet"
        assert said.buttons[0].command == "join"


def test_a_stranger_on_telegram_is_told_to_ask_for_a_code(office: Office) -> None:
    said = message_of(from_account(office, "/mine", TELEGRAM))

    assert "join" not in {button.command for button in said.buttons}
    assert any("one-time code" in line for line in said.lines)
    assert error_of(from_account(office, "/join", TELEGRAM)) == WITH_A_CODE.sentence


def test_a_stranger_from_nowhere_is_enrolled_by_nobody(office: Office) -> None:
    assert "join" not in {b.command for b in message_of(from_account(office, "/mine", None)).buttons}
    assert "Ask at your own agency" in error_of(from_account(office, "/concern join", None))
    assert office.enrolments.book().enrolments == ()


def test_danger_still_comes_before_enrolment(office: Office) -> None:
    assert keys(form_of(from_account(office, "/concern"))) == ["danger"]


def test_asking_is_told_what_happens_next_and_kept_once(office: Office) -> None:
    said = [message_of(from_account(office, "/concern join", called="Ben Hale")) for _ in range(3)]
    assert {one.title for one in said} == {"Waiting to be confirmed"}
    (one,) = office.enrolments.book().enrolments

    assert (one.account, one.person, one.called, one.how) == (SLACK, BEN, "Ben Hale", How.REQUEST)
    assert not any(name in everything(Reply(said[0])) for name in ("Joel", "Ruth", "Ben Hale"))


def test_a_name_in_a_profile_cannot_pass_for_a_sentence_of_batons(office: Office) -> None:
    from_account(office, "/concern join", called="B.” there.\nJoel has looked: approve“")
    (one,) = office.enrolments.book().enrolments

    assert one.called == "B. there. Joel has looked: approve"


def test_somebody_enrolled_has_nothing_to_ask(office: Office) -> None:
    said = message_of(office.say(AMIRA, "/concern join"))

    assert said.title == "You are enrolled already"
    assert "Amira Khan" in said.lines[0]
    assert "join" not in everything(office.say(AMIRA, "/concern help"))


# ---- deciding on a request ---------------------------------------------------------------------------


def test_one_button_approves_where_one_person_is_meant(office: Office) -> None:
    from_account(office, "/concern join", called="ben hale")
    mine = message_of(office.say(JOEL, "/concern mine"))
    assert mine.title == "1 account to decide on"
    assert labels(mine)[:2] == ["Approve as Ben Hale", "Refuse"]

    done = message_of(pressed(office, JOEL, mine, "Approve as Ben Hale"))
    assert done.title == "Enrolled"
    assert office.rules.directory.whose(SLACK) == BEN
    assert message_of(from_account(office, "/concern mine")).title == "Nothing is open for you"
    assert message_of(office.say(JOEL, "/concern mine")).title == "Nothing is open for you"


def test_otherwise_the_button_asks_who_it_is_among_those_without_an_account_there(office: Office) -> None:
    from_account(office, "/concern join", called="B.")
    mine = message_of(office.say(RUTH, "/concern mine"))
    form = form_of(pressed(office, RUTH, mine, "Choose who it is"))

    assert keys(form) == ["person"]
    assert [choice.value for choice in form.fields[0].choices] == [BEN, HELEN]
    assert any("“B.”" in line for line in form.lines)
    assert message_of(office.submit(RUTH, form, {"person": HELEN})).title == "Enrolled"
    assert office.rules.directory.whose(SLACK) == HELEN


def test_an_owner_who_was_not_asked_chooses_among_those_they_look_after(office: Office) -> None:
    """Somebody of the council came forward in Riverside's workspace, and Grace knows who it is."""
    from_account(office, "/concern join", called="L.")
    form = form_of(office.say(GRACE, "/concern confirm E-1"))

    assert LENA in [choice.value for choice in form.fields[0].choices]
    assert BEN not in [choice.value for choice in form.fields[0].choices]
    assert "This account is in a workspace that is mostly Riverside Home Care's." in form.lines
    assert message_of(office.submit(GRACE, form, {"person": LENA})).title == "Enrolled"
    assert office.rules.directory.whose(SLACK) == LENA


def test_where_nobody_could_be_chosen_no_empty_list_is_shown(office: Office) -> None:
    here = (replace(SLACK, user="U-known"),)
    people = (replace(p, identities=here) if p.agency == "riverside" else p for p in LOOKED_AFTER.people)
    office.with_directory(replace(LOOKED_AFTER, people=tuple(people)))
    from_account(office, "/concern join", called="B.")

    assert error_of(office.say(RUTH, "/concern confirm E-1")) == CHOOSE.sentence


def test_everybody_who_could_be_enrolled_is_listed(office: Office) -> None:
    """Also of an agency whose people all ask on the first day; where there is no room it is said."""
    from_account(office, "/concern join", called="B.")
    one = replace(LOOKED_AFTER.people[0], identities=(), roles=())
    for many, found in ((150, True), (MOST_PEOPLE, False)):
        more = [replace(one, id=PersonId(f"p{n}")) for n in range(many)]
        office.with_directory(replace(LOOKED_AFTER, people=(*more, *LOOKED_AFTER.people)))
        form = form_of(office.say(RUTH, "/concern confirm E-1"))
        assert (BEN in [choice.value for choice in form.fields[0].choices]) is found
        assert any("more have no room here" in line for line in form.lines) is not found


def test_a_request_is_refused_with_one_button(office: Office) -> None:
    from_account(office, "/concern join", called="Ben Hale")
    mine = message_of(office.say(JOEL, "/concern mine"))

    assert message_of(pressed(office, JOEL, mine, "Refuse")).title == "Refused"
    assert "decided already" in error_of(pressed(office, RUTH, mine, "Approve as Ben Hale"))
    assert message_of(from_account(office, "/concern mine")).title == "You are not enrolled yet"


def test_who_is_quicker_decides_and_a_form_left_open_does_nothing(office: Office) -> None:
    from_account(office, "/concern join")
    form = form_of(office.say(RUTH, "/concern confirm E-1"))
    office.say(JOEL, "/concern refuse E-1")

    assert office.submit(RUTH, form, {"person": BEN}).error
    assert office.enrolments.book().accounts(office.now) == ()


def test_a_refused_form_stays_open(office: Office) -> None:
    from_account(office, "/concern join")
    form = form_of(office.say(JOEL, "/concern confirm E-1"))
    office.with_directory(_without_ben(LOOKED_AFTER))

    assert office.submit(JOEL, form, {"person": BEN}).error
    assert message_of(office.submit(JOEL, form, {"person": HELEN})).title == "Enrolled"


def test_typed_bare_it_lists_what_waits(office: Office) -> None:
    for n in range(2):
        from_account(office, "/concern join", replace(SLACK, user=f"U{n}"))
    form = form_of(office.say(JOEL, "/concern confirm"))

    assert [choice.value for choice in form.fields[0].choices] == ["E-1", "E-2"]
    after = form_of(office.submit(JOEL, form, {"request": "E-2"}))
    message_of(office.submit(JOEL, after, {"person": BEN}))
    assert office.rules.directory.whose(replace(SLACK, user="U1")) == BEN
    assert message_of(office.say(JOEL, "/concern refuse E-1")).title == "Refused"
    assert message_of(office.say(JOEL, "/concern refuse")).title == "No account waits on you"
    assert message_of(office.say(JOEL, "/concern confirm")).title == "No account waits on you"


def test_only_so_many_are_listed_above_what_waits(office: Office) -> None:
    for n in range(4):
        from_account(office, "/concern join", replace(SLACK, user=f"U{n}"))
    mine = message_of(office.say(JOEL, "/concern mine"))

    assert mine.title == "4 accounts to decide on"
    assert "And 2 more: /concern confirm." in mine.lines
    assert mine.lines[-2] == "Nothing is open for you."


# ---- codes -------------------------------------------------------------------------------------------


def test_a_code_is_shown_once_to_whoever_gives_it(office: Office) -> None:
    form = form_of(office.say(JOEL, "/concern enrol"))
    assert [choice.value for choice in form.fields[0].choices][:2] == [BEN, HELEN]
    assert LENA not in [choice.value for choice in form.fields[0].choices]
    said = message_of(office.submit(JOEL, form, {"person": BEN}))

    assert said.discreet
    assert "Ben Hale" not in said.title
    assert any("until Tue 1 Dec at 10:00" in line for line in said.lines)
    assert not any("https://" in line for line in said.lines)
    assert office.submit(JOEL, form, {"person": BEN}).error


def test_where_the_bots_name_is_known_a_link_comes_with_it(office: Office) -> None:
    office.with_record(link=lambda code: f"https://t.me/baton_bot?start={code}")
    said = office.fill(JOEL, "/concern enrol", {"person": BEN})

    assert any(line.endswith(f"https://t.me/baton_bot?start={said.lines[0]}") for line in said.lines)


@pytest.mark.parametrize("account", [SLACK, TELEGRAM])
def test_a_code_binds_the_account_once_a_second_person_confirms(office: Office, account: Identity) -> None:
    code = code_for(office)
    said = message_of(from_account(office, f"/concern join {code.lower()}", account))
    assert said.title == "Waiting to be confirmed"
    assert office.rules.directory.whose(account) is None

    assert error_of(office.say(JOEL, "/concern confirm E-1")) == NOT_YOURS_TO_SAY.sentence
    assert message_of(office.say(RUTH, "/concern confirm E-1")).title == "Enrolled"
    assert office.rules.directory.whose(account) == BEN


def test_with_only_one_owner_the_coordinator_is_the_second_person(office: Office) -> None:
    people = tuple(replace(p, roles=()) if p.id in {RUTH, GRACE} else p for p in LOOKED_AFTER.people)
    office.with_directory(replace(LOOKED_AFTER, people=people))
    from_account(office, f"/concern join {code_for(office)}")

    assert labels(message_of(office.say(SAM, "/concern mine")))[:2] == ["Approve as Ben Hale", "Refuse"]
    assert message_of(office.say(SAM, "/concern confirm E-1")).title == "Enrolled"


def test_whoever_gave_out_the_code_is_told_that_another_person_confirms_it(office: Office) -> None:
    from_account(office, f"/concern join {code_for(office)}")

    for verb in ("confirm", "refuse"):
        said = message_of(office.say(JOEL, f"/concern {verb}"))
        assert said.title == "No account waits on you"
        assert said.lines[0].startswith("E-1: ")
        assert said.lines[0].endswith("You gave out the code, so another person confirms it.")
    form_of(office.say(RUTH, "/concern confirm"))


def test_a_code_that_is_wrong_used_or_over_gets_one_sentence(office: Office) -> None:
    code = code_for(office)
    assert error_of(from_account(office, "/join J-0000-0000-0000-0000")) == NOT_A_CODE.sentence
    assert error_of(from_account(office, "/join let me in")) == NOT_A_CODE.sentence
    for short in (code[:-1], code[:-5], code.replace("-", "-A", 1)):
        assert error_of(from_account(office, f"/concern join {short}")) == NOT_A_CODE.sentence
    message_of(from_account(office, f"/concern join {code}"))
    assert error_of(from_account(office, f"/concern join {code}", TELEGRAM)) == NOT_A_CODE.sentence
    late = code_for(office, HELEN)
    office.now += CODE_LIVES
    assert error_of(from_account(office, f"/concern join {late}", TELEGRAM)) == NOT_A_CODE.sentence


def test_a_wrong_code_is_not_called_right_while_a_right_one_waits(office: Office) -> None:
    message_of(from_account(office, f"/concern join {code_for(office)}"))
    said = message_of(from_account(office, "/concern join J-0000-0000-0000-0000"))

    assert said.title == "Waiting to be confirmed"
    assert "The code is right" not in everything(Reply(said))


def test_a_code_given_out_for_the_wrong_person_is_mended_by_another(office: Office) -> None:
    message_of(from_account(office, f"/concern join {code_for(office, HELEN)}"))
    message_of(from_account(office, f"/concern join {code_for(office)}"))

    assert "decided already" in error_of(office.say(RUTH, "/concern confirm E-1"))
    assert message_of(office.say(RUTH, "/concern confirm E-2")).title == "Enrolled"
    assert office.rules.directory.whose(SLACK) == BEN


def test_a_code_typed_where_others_read_it_is_not_used(office: Office) -> None:
    code = code_for(office)

    assert error_of(from_account(office, f"/join {code}", TELEGRAM, overheard=True)) == OVERHEARD_CODE
    assert message_of(from_account(office, f"/join {code}", TELEGRAM)).title == "Waiting to be confirmed"


def test_a_code_is_never_taken_for_a_new_concerns_words(office: Office) -> None:
    code = code_for(office)

    assert error_of(office.say(AMIRA, f"/concern {code}"))
    assert form_of(office.say(JOEL, f"/concern enrol {code} please")).title == "Enrol somebody"
    assert office.untouched() == ()


# ---- ending ------------------------------------------------------------------------------------------


def test_an_account_ends_at_once(office: Office) -> None:
    from_account(office, f"/concern join {code_for(office)}")
    office.say(RUTH, "/concern confirm E-1")
    form = form_of(office.say(JOEL, "/concern revoke"))
    assert [choice.value for choice in form.fields[0].choices] == [BEN]
    said = message_of(office.submit(JOEL, form, {"person": BEN}))

    assert "nobody's any more" in said.lines[0]
    assert office.rules.directory.whose(SLACK) is None
    assert message_of(from_account(office, "/concern mine")).title == "You are not enrolled yet"
    assert message_of(office.say(JOEL, "/concern revoke")).title == "Nothing to end"


def test_a_code_given_out_ends_too_and_what_the_file_says_is_named(office: Office) -> None:
    code = code_for(office, AMIRA)
    said = office.fill(RUTH, "/concern revoke", {"person": AMIRA})

    assert "The code given out for them works no longer." in said.lines
    assert any("U-amira" in line and "partnership file" in line for line in said.lines)
    assert error_of(from_account(office, f"/join {code}", TELEGRAM)) == NOT_A_CODE.sentence


def test_a_telegram_account_is_confirmed_again_with_one_button(office: Office) -> None:
    from_account(office, f"/join {code_for(office)}", TELEGRAM)
    office.say(RUTH, "/concern confirm E-1")
    office.now += GOOD_FOR - REMINDED
    mine = message_of(office.say(JOEL, "/concern mine"))
    assert labels(mine)[0] == "Confirm Ben Hale again"
    assert message_of(pressed(office, JOEL, mine, "Confirm Ben Hale again")).title == "Enrolled"

    office.now += REMINDED + timedelta(days=1)
    assert office.rules.directory.whose(TELEGRAM) == BEN
    assert message_of(office.say(JOEL, "/concern mine")).title == "Nothing is open for you"


def test_a_form_that_has_nothing_left_to_ask_is_over(office: Office) -> None:
    """Somebody else was quicker: its owner is told so, and is not offered it again."""
    from_account(office, f"/concern join {code_for(office)}")
    form = form_of(office.say(RUTH, "/concern revoke"))
    office.desk.keep(Asker(RUTH), form.id, {"person": BEN})
    office.fill(JOEL, "/concern revoke", {"person": BEN})
    (told,) = office.say(RUTH, "/concern mine").aside

    assert office.press(RUTH, told.buttons[0]).error == GONE
    assert office.say(RUTH, "/concern mine").aside == ()


# ---- who may -----------------------------------------------------------------------------------------

OWNERS_ONLY = [verb.name for verb in menu() if verb.policy is Policy.LOOKS_AFTER]


@pytest.mark.parametrize("verb", OWNERS_ONLY)
def test_nobody_else_is_offered_or_allowed_it(office: Office, verb: str) -> None:
    from_account(office, "/concern join", called="Ben Hale")
    before = office.enrolments.book()

    assert error_of(office.say(AMIRA, f"/concern {verb}")) == NOT_THE_OWNER
    assert error_of(office.press(AMIRA, f"{verb}:E-1:0")) == NOT_THE_OWNER
    assert f"/concern {verb}" not in everything(office.say(AMIRA, "/concern help"))
    assert f"/concern {verb}" in everything(office.say(JOEL, "/concern help"))
    assert office.enrolments.book() == before


def test_an_owner_of_another_agency_decides_nothing_here(office: Office) -> None:
    from_account(office, "/concern join", called="Ben Hale")

    assert error_of(office.say(GRACE, "/concern confirm E-1")) == NOT_YOURS_TO_SAY.sentence
    assert message_of(office.say(GRACE, "/concern mine")).title == "Nothing is open for you"


def test_nobody_who_looks_after_nothing_hears_of_requests(office: Office) -> None:
    office.with_directory(DIRECTORY)
    from_account(office, "/concern join")

    assert message_of(office.say(AMIRA, "/concern mine")).title == "Nothing is open for you"
    assert message_of(office.say(SAM, "/concern mine")).title == "1 account to decide on"


def test_what_chat_bound_is_gone_with_the_person(office: Office) -> None:
    from_account(office, "/concern join", called="Ben Hale")
    office.say(JOEL, "/concern confirm E-1")
    office.with_directory(_without_ben(LOOKED_AFTER))

    assert message_of(from_account(office, "/concern mine")).title == "You are not enrolled yet"


def _without_ben(directory: Directory) -> Directory:
    return replace(directory, people=tuple(p for p in directory.people if p.id != BEN))
