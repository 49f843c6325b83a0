"""What is said of accounts: who is told what happens next, and no name where a lock screen shows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from concerns.enrolment import Enrolment, How
from concerns.notice import ABOUT_AN_ACCOUNT, Notice, NoticeKind, Place, PlaceKind
from concerns.people import Identity, PersonId
from tests.ladders import CALENDAR, MONDAY
from tests.owners import LOOKED_AFTER, SLACK, TELEGRAM
from tests.partnership import BEN, GRACE, JOEL, LENA, RUTH, SAM
from views.enrolment import (
    Backdrop,
    account_named,
    already,
    confirmed,
    ended,
    invited,
    nothing_to_end,
    nothing_waits,
    refused,
    to_decide,
    waits,
    whose_place,
)
from views.letters import letter
from views.parts import Message

BACKDROP = Backdrop(LOOKED_AFTER, CALENDAR, "/bt_")
ASKED = Enrolment(1, SLACK, How.REQUEST, MONDAY, called="*B* <!channel>")
MEANT = replace(ASKED, person=BEN)
BY_CODE = Enrolment(2, TELEGRAM, How.CODE, MONDAY, BEN, JOEL)
HELD = replace(BY_CODE, confirmed_by=RUTH, confirmed_at=MONDAY)
OVER = replace(HELD, ended_by=RUTH, ended_at=MONDAY)
CODE = "J-7F3K-9QMX-02PT-W5ZC"


def notice(kind: NoticeKind, one: Enrolment, to: str = JOEL) -> Notice:
    """A notice about this one, to a person or to the account itself."""
    place = Place(PlaceKind.ACCOUNT if to == str(one.account) else PlaceKind.PERSON, to)
    return Notice(place, kind, one.ref, turn=0, urgent=False)


def letters() -> list[Message]:
    """Every notice there is about an account."""
    said = [letter(notice(NoticeKind.ENROLMENT_ASKED, one), one, BACKDROP) for one in (ASKED, MEANT, BY_CODE)]
    said.append(letter(notice(NoticeKind.ENROLMENT_DUE, HELD), HELD, BACKDROP))
    for kind in (NoticeKind.ENROLMENT_DUE, NoticeKind.ENROLMENT_RAN_OUT):
        said.append(letter(notice(kind, HELD, str(TELEGRAM)), HELD, BACKDROP))
    for kind in (NoticeKind.ENROLLED, NoticeKind.NOT_ENROLLED, NoticeKind.ENROLMENT_ENDED):
        said.append(letter(notice(kind, OVER, str(TELEGRAM)), OVER, BACKDROP))
    return [*said, letter(notice(NoticeKind.ENROLMENT_ENDED, OVER), OVER, BACKDROP)]


def replies() -> list[Message]:
    """Every private answer about an account."""
    listed = to_decide([ASKED, MEANT, BY_CODE, HELD], BACKDROP)
    assert listed is not None
    return [
        listed,
        waits(ASKED, "/bt_"),
        waits(BY_CODE, "/bt_"),
        already(BEN, LOOKED_AFTER, "/bt_"),
        invited(BEN, CODE, "https://t.me/baton?start=x", MONDAY, BACKDROP),
        confirmed(HELD, BACKDROP),
        confirmed(replace(HELD, how=How.AGAIN), BACKDROP),
        refused(ASKED),
        ended(BEN, [SLACK], 1, BACKDROP),
        nothing_waits([BY_CODE], BACKDROP),
        nothing_to_end(),
    ]


def test_no_title_holds_a_name_a_code_or_what_somebody_calls_themselves() -> None:
    for message in (*letters(), *replies()):
        assert message.title
        for private in ("Ben", "Joel", "Ruth", "*B*", CODE, "U-new", "4711"):
            assert private not in message.title


def test_whatever_holds_a_name_and_comes_by_itself_shows_a_lock_screen_its_title_alone() -> None:
    for message in letters():
        named = any(name in line for line in message.lines for name in ("Ben", "Joel", "Ruth", "*B*"))
        assert message.discreet or not named


def test_every_notice_says_what_happens_next() -> None:
    for message in letters():
        said = " ".join(message.lines)
        assert any(word in said for word in ("Next:", "Type", "speak with", "Nothing is asked")), said


def test_whoever_is_told_in_an_owners_place_gets_no_button_that_refuses_them() -> None:
    for kind, one in ((NoticeKind.ENROLMENT_ASKED, MEANT), (NoticeKind.ENROLMENT_DUE, HELD)):
        said = letter(notice(kind, one, SAM), one, BACKDROP)
        assert said.buttons == ()
        assert "Joel" in said.lines[1]
        assert "/bt_concern mine" in said.lines[2]
        assert said.discreet


def test_every_command_is_typed_with_the_prefix_of_this_place() -> None:
    for message in (*letters(), *replies()):
        for line in message.lines:
            assert " /concern" not in line


def test_a_button_is_a_command_with_the_request_it_is_about() -> None:
    for message in (*letters(), *replies()):
        for button in message.buttons:
            assert len(button.token.encode()) <= 64
            if button.command in {"confirm", "refuse"}:
                assert button.ref in {"E-1", "E-2"}


def test_a_stranger_is_told_nothing_of_what_is_inside() -> None:
    for message in (waits(MEANT, "/"), waits(BY_CODE, "/"), letters()[5], *letters()[7:9]):
        said = repr(message)
        assert not any(name in said for name in ("Ben Hale", "Joel", "Ruth", "Riverside", "Northshire"))


def test_an_account_is_named_by_its_number_and_its_place() -> None:
    assert account_named(SLACK) == "the Slack account U-new in the workspace riverside"
    assert account_named(TELEGRAM) == "the Telegram account 4711"


def test_what_stays_by_the_file_is_named_where_accounts_end() -> None:
    listed = Identity("slack", "riverside", "U-filed")
    people = tuple(replace(p, identities=(listed,)) if p.id == BEN else p for p in LOOKED_AFTER.people)
    said = ended(BEN, [SLACK], 0, BACKDROP._replace(directory=replace(LOOKED_AFTER, people=people)))

    assert any("U-filed" in line and "partnership file" in line for line in said.lines)
    assert not any("code" in line for line in said.lines)


def test_the_day_to_confirm_again_is_told() -> None:
    assert "Sun 28 Feb at 10:00" in confirmed(HELD, BACKDROP).lines[0]
    slack = replace(HELD, account=SLACK, confirmed_at=MONDAY + timedelta(days=1))
    assert "again" not in confirmed(slack, BACKDROP).lines[0]


@pytest.mark.parametrize(("person", "said"), [(LENA, True), (BEN, False)])
def test_whoever_decides_reads_that_an_account_is_in_another_agencys_workspace(
    person: PersonId, said: bool
) -> None:
    """Else a stranger in one agency could pass for somebody of another."""
    one = replace(ASKED, person=person)
    warning = (
        "This account is in a workspace that is mostly Riverside Home Care's;"
        " Lena Frost belongs to Northshire Council."
    )
    listed = to_decide([one], BACKDROP)
    assert listed is not None

    asked = letter(notice(NoticeKind.ENROLMENT_ASKED, one, GRACE), one, BACKDROP)
    assert (warning in asked.lines) is said
    assert (warning in listed.lines[0]) is said
    assert whose_place(replace(one, account=TELEGRAM), LOOKED_AFTER) == ()


def test_whoever_holds_an_account_reads_until_when_and_whom_to_ask() -> None:
    one = letter(notice(NoticeKind.ENROLMENT_DUE, HELD, str(TELEGRAM)), HELD, BACKDROP)

    assert "Sun 28 Feb at 10:00" in one.lines[0]
    assert "Joel Marsh" in one.lines[1]
    assert one.buttons == ()


def test_what_is_about_a_concern_is_no_letter_about_an_account() -> None:
    with pytest.raises(ValueError, match="about no account"):
        letter(notice(NoticeKind.CALLED, ASKED), ASKED, BACKDROP)
    assert len(ABOUT_AN_ACCOUNT) == 6
