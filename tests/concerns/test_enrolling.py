"""Who may say whose account it is, and what becomes of it: by examples, and over many partnerships."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerns.deciders import at_home, keepers, looks_after, seconds, suggested, to_decide, without_account
from concerns.directory import Directory
from concerns.enrolling import (
    CHOOSE,
    DECIDED,
    ENROLLED,
    NO_ACCOUNT,
    NOBODY_ELSE,
    NOT_A_CODE,
    NOT_IN_DIRECTORY,
    NOT_YOURS_TO_SAY,
    TOLD_AGAIN,
    WITH_A_CODE,
    ask,
    confirm,
    invite,
    overtaken,
    redeem,
    refuse,
    remind,
    revoke,
)
from concerns.enrolment import (
    CODE_LIVES,
    CODES,
    GOOD_FOR,
    REMINDED,
    Book,
    Enrolment,
    Entries,
    How,
    Invitation,
    code,
    digest,
    means_one,
    read_code,
)
from concerns.notice import NoticeKind, PlaceKind
from concerns.people import Cover, Identity, PersonId
from concerns.rules import Refused
from tests.ladders import MONDAY
from tests.owners import LOOKED_AFTER, OWNERS, SLACK, TELEGRAM, looked_after
from tests.partnership import (
    AMIRA,
    BEN,
    COUNCIL,
    DEV,
    DIRECTORY,
    GRACE,
    HELEN,
    JOEL,
    LENA,
    MIRIAM,
    PEOPLE,
    RIVERSIDE,
    RUTH,
    SAM,
    STRANGER,
    TOM,
)

CODE = code(12_345_678_901_234_567_890)
LATER = MONDAY + timedelta(hours=1)
K = NoticeKind


def written(outcome: Entries | Refused) -> Entries:
    """What is to be written."""
    assert isinstance(outcome, Entries), outcome
    return outcome


def after(book: Book, outcome: Entries | Refused) -> Book:
    """The book once it is written."""
    entries = written(outcome)
    changed = {one.number: one for one in entries.enrolments}
    kept = {one.number: one for one in book.enrolments} | changed
    codes = {one.digest: one for one in book.invitations} | {one.digest: one for one in entries.invitations}
    return Book(
        tuple(one for one in kept.values() if one.refused_at is None and one.ended_at is None),
        tuple(one for one in codes.values() if one.used_at is None and one.ended_at is None),
        max((book.number, *(number + 1 for number in changed))),
    )


def told(entries: Entries) -> list[tuple[NoticeKind, str]]:
    """Who is told what."""
    return [(notice.kind, notice.place.id) for notice in entries.notices]


def invited(person: PersonId = BEN, by: PersonId = JOEL, directory: Directory = LOOKED_AFTER) -> Book:
    """A code was given out."""
    return after(Book(), invite(Book(), person, by, digest(CODE), directory, MONDAY))


def redeemed(account: Identity = SLACK) -> Book:
    """Joel's code for Ben was used."""
    book = invited()
    return after(book, redeem(book, account, digest(CODE), "", LOOKED_AFTER, LATER))


def enrolled(account: Identity = SLACK) -> Book:
    """And Ruth has confirmed it."""
    book = redeemed(account)
    return after(book, confirm(book, "E-1", RUTH, None, LOOKED_AFTER, LATER))


# ---- codes -------------------------------------------------------------------------------------------


@given(st.integers(0, CODES - 1))
def test_a_code_is_read_however_it_is_said(number: int) -> None:
    made = code(number)

    assert read_code(made) == made
    assert read_code(f" {made.lower()} ") == made
    assert read_code(made.replace("-", "")) == made
    assert read_code(made.replace("0", "O").replace("1", "l")) == made
    assert len(made) <= 64
    assert means_one(made)
    assert made not in digest(made)


@pytest.mark.parametrize(
    "word", ["", "J-", "J-7F3K", "E-", "E-x", "E-cigarettes", "C-7F3K-9QMX", "junk", "é"]
)
def test_what_is_no_code_and_no_request_is_somebodys_own_words(word: str) -> None:
    assert read_code(word) is None
    assert not means_one(word)


def test_a_request_is_named_by_its_number() -> None:
    assert means_one("E-12")
    assert means_one("e-12")
    assert redeemed().named("e-1") == redeemed().named("E-1") is not None
    assert redeemed().named("E-2") is None


# ---- who decides -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "without", "who"),
    [
        (BEN, (), {JOEL, RUTH}),
        (JOEL, (JOEL,), {RUTH}),
        (LENA, (), {GRACE}),
        (GRACE, (GRACE,), {SAM}),
        (MIRIAM, (), {SAM}),
    ],
    ids=["own agency", "not oneself", "the council", "no other owner", "no owner"],
)
def test_alone_only_those_of_the_agency_decide_and_else_the_coordinator(
    person: PersonId, without: tuple[PersonId, ...], who: set[PersonId]
) -> None:
    assert set(keepers(LOOKED_AFTER, person, without)) == who


@pytest.mark.parametrize(
    ("person", "issuer", "who"),
    [
        (BEN, JOEL, {RUTH}),
        (LENA, GRACE, {JOEL, RUTH}),
        (JOEL, RUTH, {GRACE}),
        (MIRIAM, SAM, {JOEL, RUTH, GRACE}),
    ],
)
def test_the_second_person_may_be_an_owner_of_another_agency(
    person: PersonId, issuer: PersonId, who: set[PersonId]
) -> None:
    assert set(seconds(LOOKED_AFTER, person, issuer)) == who


def test_a_boards_owner_decides_for_everybody() -> None:
    assert set(keepers(looked_after(JOEL, MIRIAM), BEN)) == {JOEL, MIRIAM}
    assert set(keepers(looked_after(JOEL, MIRIAM), LENA)) == {MIRIAM}


def test_without_an_owner_the_coordinator_decides_and_with_one_is_the_second_person() -> None:
    nobody = replace(DIRECTORY, coordinator=None)

    assert keepers(DIRECTORY, BEN) == (SAM,)
    assert seconds(looked_after(JOEL), BEN, JOEL) == (SAM,)
    assert keepers(nobody, BEN) == seconds(nobody, BEN, JOEL) == ()
    assert keepers(looked_after(JOEL, directory=nobody), LENA) == (JOEL,)


def test_an_owner_without_an_account_keeps_nobody_waiting() -> None:
    """They could not be told, nor press a button."""
    mute = (replace(p, identities=()) if p.id in {JOEL, RUTH} else p for p in LOOKED_AFTER.people)
    directory = replace(LOOKED_AFTER, people=tuple(mute))

    assert keepers(directory, BEN) == (SAM,)
    assert seconds(directory, BEN, SAM) == (GRACE,)


@pytest.mark.parametrize(("stand_in", "who"), [(MIRIAM, MIRIAM), (None, SAM)])
def test_while_the_coordinator_is_away_nobody_but_their_stand_in_gets_their_part(
    stand_in: PersonId | None, who: PersonId
) -> None:
    away = LOOKED_AFTER.covered([Cover(SAM, MONDAY, LATER, stand_in)])

    assert keepers(away, MIRIAM, (MIRIAM,)) == (() if who == MIRIAM else (SAM,))
    assert keepers(away, DEV) == (who,)


def test_only_those_who_look_after_the_directory_do() -> None:
    assert {p.id for p in PEOPLE if looks_after(p.id, LOOKED_AFTER)} == {*OWNERS, SAM}


people = st.sampled_from([person.id for person in PEOPLE])


@given(st.sets(people), people, people, people, st.booleans())
def test_nobody_confirms_alone_or_for_themselves(
    owners: set[PersonId], issuer: PersonId, person: PersonId, by: PersonId, on_telegram: bool
) -> None:
    directory, account = looked_after(*owners), TELEGRAM if on_telegram else SLACK
    outcome = invite(Book(), person, issuer, digest(CODE), directory, MONDAY)
    if isinstance(outcome, Refused):
        return
    book = after(Book(), outcome)
    used = redeem(book, account, digest(CODE), "", directory, MONDAY)
    if isinstance(used, Refused):
        assert person not in without_account(directory, book, account, MONDAY)
        return
    book = after(book, used)
    confirmed = confirm(book, "E-1", by, None, directory, MONDAY)

    assert {place for _, place in told(used)} & {issuer, person} == set()
    assert told(used)
    assert isinstance(confirmed, Entries) == ((K.ENROLMENT_ASKED, by) in told(used))
    if isinstance(confirmed, Entries):
        assert by not in {issuer, person}
        assert after(book, confirmed).accounts(MONDAY) == ((account, person),)
    else:
        assert confirmed == NOT_YOURS_TO_SAY


@given(st.sets(people), people, people)
def test_a_request_is_never_confirmed_by_whoever_it_is_for(
    owners: set[PersonId], person: PersonId, by: PersonId
) -> None:
    directory = looked_after(*owners)
    book = after(Book(), ask(Book(), SLACK, "", directory, MONDAY))
    outcome = confirm(book, "E-1", by, person, directory, MONDAY)

    if isinstance(outcome, Entries):
        assert by != person
        assert looks_after(by, directory)


# ---- codes given out and used ------------------------------------------------------------------------


def test_a_code_is_for_a_person_the_directory_lists() -> None:
    assert invite(Book(), STRANGER, JOEL, digest(CODE), LOOKED_AFTER, MONDAY) == NOT_IN_DIRECTORY
    assert invite(Book(), BEN, AMIRA, digest(CODE), LOOKED_AFTER, MONDAY) == NOT_YOURS_TO_SAY
    assert invite(Book(), LENA, JOEL, digest(CODE), LOOKED_AFTER, MONDAY) == NOT_YOURS_TO_SAY


def test_no_code_is_made_that_nobody_could_confirm() -> None:
    alone = replace(looked_after(JOEL), coordinator=None)

    assert invite(Book(), BEN, JOEL, digest(CODE), alone, MONDAY) == NOBODY_ELSE


def test_a_code_works_once_and_for_a_day() -> None:
    book = invited()
    used = after(book, redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, LATER))

    assert redeem(used, TELEGRAM, digest(CODE), "", LOOKED_AFTER, LATER) == NOT_A_CODE
    last = MONDAY + CODE_LIVES
    assert redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, last) == NOT_A_CODE
    assert written(redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, last - datetime.resolution)).notices


def test_the_same_code_from_the_same_account_once_more_asks_nobody_again() -> None:
    book = redeemed()
    again = written(redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, LATER))

    assert again.enrolments == book.enrolments
    assert again.notices == ()


def test_a_newer_code_ends_the_one_before() -> None:
    book = invited()
    fresh = code(99)
    book = after(book, invite(book, BEN, RUTH, digest(fresh), LOOKED_AFTER, LATER))

    assert redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, LATER) == NOT_A_CODE
    assert written(redeem(book, SLACK, digest(fresh), "", LOOKED_AFTER, LATER)).notices


def test_a_code_for_somebody_who_has_left_is_none() -> None:
    left = replace(LOOKED_AFTER, people=tuple(p for p in LOOKED_AFTER.people if p.id != BEN))

    assert redeem(invited(), SLACK, digest(CODE), "", left, LATER) == NOT_A_CODE


def test_nobody_has_two_accounts_in_one_place() -> None:
    book = invited(AMIRA)
    outcome = redeem(book, SLACK, digest(CODE), "", LOOKED_AFTER, LATER)

    assert isinstance(outcome, Refused)
    assert "Amira Khan has an account there already" in outcome.sentence
    assert written(redeem(book, TELEGRAM, digest(CODE), "", LOOKED_AFTER, LATER)).notices


def test_a_door_that_cannot_vouch_for_an_account_enrols_nobody() -> None:
    assert redeem(invited(), None, digest(CODE), "", LOOKED_AFTER, LATER) == NO_ACCOUNT
    assert ask(Book(), None, "Ben Hale", LOOKED_AFTER, LATER) == NO_ACCOUNT


# ---- asking ------------------------------------------------------------------------------------------


def test_who_is_asked_are_the_owners_in_that_workspace() -> None:
    asked = written(ask(Book(), SLACK, "", LOOKED_AFTER, MONDAY))

    assert told(asked) == [(K.ENROLMENT_ASKED, JOEL), (K.ENROLMENT_ASKED, RUTH)]
    assert asked.enrolments[0].person is None


def test_on_telegram_nobody_is_enrolled_without_a_code() -> None:
    assert ask(Book(), TELEGRAM, "Ben Hale", LOOKED_AFTER, MONDAY) == WITH_A_CODE


def test_asking_again_is_kept_once_and_told_once_a_day() -> None:
    book = after(Book(), ask(Book(), SLACK, "Ben Hale", LOOKED_AFTER, MONDAY))
    soon = written(ask(book, SLACK, "Ben Hale", LOOKED_AFTER, MONDAY + TOLD_AGAIN - datetime.resolution))
    next_day = written(ask(book, SLACK, "Ben Hale", LOOKED_AFTER, MONDAY + TOLD_AGAIN))

    assert soon.notices == ()
    assert len(next_day.notices) == 2
    assert [one.number for one in next_day.enrolments] == [1]
    assert len(after(book, next_day).enrolments) == 1


@pytest.mark.parametrize(
    ("called", "person"),
    [
        ("Ben Hale", BEN),
        ("  ben   HALE", BEN),
        ("BenHale", BEN),
        ("Ben", None),
        ("", None),
        ("Amira Khan", None),
        ("Nobody", None),
    ],
    ids=["equal", "case and spaces aside", "no space", "not all of it", "unknown", "has one", "no such name"],
)
def test_a_name_suggests_the_one_person_without_an_account_there(
    called: str, person: PersonId | None
) -> None:
    assert suggested(LOOKED_AFTER, Book(), SLACK, called, MONDAY) == person


def test_two_people_of_one_name_are_not_guessed_between() -> None:
    namesakes = tuple(replace(p, name="Ben Hale") if p.id == HELEN else p for p in LOOKED_AFTER.people)

    assert suggested(replace(LOOKED_AFTER, people=namesakes), Book(), SLACK, "Ben Hale", MONDAY) is None


# ---- deciding ----------------------------------------------------------------------------------------


def test_a_confirmed_account_holds_and_is_told() -> None:
    book = redeemed()
    entries = written(confirm(book, "E-1", RUTH, None, LOOKED_AFTER, LATER))

    assert told(entries) == [(K.ENROLLED, str(SLACK))]
    assert entries.notices[0].place.kind is PlaceKind.ACCOUNT
    assert after(book, entries).accounts(LATER) == ((SLACK, BEN),)


def test_what_was_decided_is_not_decided_again() -> None:
    book = enrolled()

    assert confirm(book, "E-1", RUTH, None, LOOKED_AFTER, LATER) == DECIDED
    assert refuse(book, "E-1", RUTH, LOOKED_AFTER, LATER) == DECIDED
    assert confirm(book, "E-9", RUTH, None, LOOKED_AFTER, LATER) == DECIDED


def test_whoever_gave_out_the_code_may_refuse_it_but_not_confirm_it() -> None:
    book = redeemed()

    assert confirm(book, "E-1", JOEL, None, LOOKED_AFTER, LATER) == NOT_YOURS_TO_SAY
    refused = written(refuse(book, "E-1", JOEL, LOOKED_AFTER, LATER))
    assert told(refused) == [(K.NOT_ENROLLED, str(SLACK))]
    assert after(book, refused).enrolments == ()
    assert refuse(book, "E-1", AMIRA, LOOKED_AFTER, LATER) == NOT_YOURS_TO_SAY


def test_an_owner_chooses_who_it_is_where_nobody_is_meant() -> None:
    book = after(Book(), ask(Book(), SLACK, "", LOOKED_AFTER, MONDAY))

    assert confirm(book, "E-1", JOEL, None, LOOKED_AFTER, LATER) == CHOOSE
    assert confirm(book, "E-1", JOEL, STRANGER, LOOKED_AFTER, LATER) == NOT_IN_DIRECTORY
    assert confirm(book, "E-1", JOEL, LENA, LOOKED_AFTER, LATER) == NOT_YOURS_TO_SAY
    assert isinstance(confirm(book, "E-1", JOEL, AMIRA, LOOKED_AFTER, LATER), Refused)
    assert after(book, confirm(book, "E-1", JOEL, BEN, LOOKED_AFTER, LATER)).accounts(LATER) == (
        (SLACK, BEN),
    )


def test_nobody_chooses_another_person_than_the_code_names() -> None:
    book = redeemed()

    held = after(book, confirm(book, "E-1", RUTH, HELEN, LOOKED_AFTER, LATER))
    assert held.accounts(LATER) == ((SLACK, BEN),)


def test_an_account_that_is_somebodys_meanwhile_is_not_given_away() -> None:
    book = redeemed()
    files = tuple(replace(p, identities=(SLACK,)) if p.id == HELEN else p for p in LOOKED_AFTER.people)
    outcome = confirm(book, "E-1", RUTH, None, replace(LOOKED_AFTER, people=files), LATER)

    assert isinstance(outcome, Refused)
    assert "Helen Stroud's already" in outcome.sentence


def test_of_two_accounts_for_one_person_the_first_confirmed_wins() -> None:
    other = replace(SLACK, user="U-other")
    book = redeemed()
    second = Enrolment(2, other, How.REQUEST, MONDAY, BEN)
    both = replace(book, enrolments=(*book.enrolments, second), number=3)
    held = after(both, confirm(both, "E-2", JOEL, None, LOOKED_AFTER, LATER))

    assert isinstance(confirm(held, "E-1", RUTH, None, LOOKED_AFTER, LATER), Refused)


# ---- ending, and confirming again --------------------------------------------------------------------


def test_a_slack_account_holds_for_good_and_a_telegram_account_for_ninety_days() -> None:
    slack, telegram = enrolled(SLACK), enrolled(TELEGRAM)
    end = LATER + GOOD_FOR

    assert slack.accounts(end) == ((SLACK, BEN),)
    assert telegram.accounts(end - datetime.resolution) == ((TELEGRAM, BEN),)
    assert telegram.accounts(end) == ()


def test_before_it_runs_out_its_holder_and_the_owners_are_reminded_once() -> None:
    book, time = enrolled(TELEGRAM), LATER + GOOD_FOR - REMINDED

    assert remind(book, LOOKED_AFTER, time - datetime.resolution) == Entries()
    entries = remind(book, LOOKED_AFTER, time)
    assert told(entries) == [(K.ENROLMENT_DUE, who) for who in (JOEL, RUTH, str(TELEGRAM))]
    assert remind(after(book, entries), LOOKED_AFTER, time + REMINDED - datetime.resolution) == Entries()
    again = after(book, confirm(after(book, entries), "E-1", RUTH, None, LOOKED_AFTER, time))
    assert remind(again, LOOKED_AFTER, time) == Entries()
    assert remind(again, LOOKED_AFTER, time + GOOD_FOR).notices


def test_its_holder_is_told_once_that_it_has_ended() -> None:
    book, end = enrolled(TELEGRAM), LATER + GOOD_FOR
    reminded = after(book, remind(book, LOOKED_AFTER, end - REMINDED))

    entries = remind(reminded, LOOKED_AFTER, end)
    assert told(entries) == [(K.ENROLMENT_RAN_OUT, str(TELEGRAM))]
    assert remind(after(reminded, entries), LOOKED_AFTER, end + REMINDED) == Entries()


def test_after_a_long_outage_its_holder_is_told_the_end_and_the_owners_what_they_still_can() -> None:
    book, end = enrolled(TELEGRAM), LATER + GOOD_FOR
    entries = remind(book, LOOKED_AFTER, end)

    assert told(entries) == [
        (K.ENROLMENT_DUE, JOEL),
        (K.ENROLMENT_DUE, RUTH),
        (K.ENROLMENT_RAN_OUT, str(TELEGRAM)),
    ]
    assert remind(after(book, entries), LOOKED_AFTER, end) == Entries()


def test_a_workspace_is_of_the_agency_most_of_its_people_are_of() -> None:
    there = {p.id: replace(p, identities=(replace(SLACK, user=p.id),)) for p in PEOPLE}
    visited = tuple(there[p.id] if p.id == GRACE else p for p in PEOPLE)

    assert at_home(SLACK, replace(DIRECTORY, people=visited)) == (RIVERSIDE,)
    assert at_home(SLACK, replace(DIRECTORY, people=(there[AMIRA], there[TOM]))) == (RIVERSIDE, COUNCIL)
    assert at_home(replace(SLACK, workspace="elsewhere"), DIRECTORY) == ()
    assert at_home(TELEGRAM, DIRECTORY) == ()


def test_it_is_confirmed_again_by_somebody_else_and_the_first_time_stays_on_record() -> None:
    book, due = enrolled(TELEGRAM), LATER + GOOD_FOR - REMINDED

    assert to_decide(RUTH, book, LOOKED_AFTER, due - datetime.resolution) == ()
    assert to_decide(RUTH, book, LOOKED_AFTER, due) == book.enrolments
    assert confirm(book, "E-1", RUTH, None, LOOKED_AFTER, due - datetime.resolution) == DECIDED
    entries = written(confirm(book, "E-1", RUTH, None, LOOKED_AFTER, due))
    before, now = entries.enrolments
    assert (before.confirmed_at, before.ended_at, before.ended_by) == (LATER, due, RUTH)
    assert (now.how, now.number, now.confirmed_by, now.until) == (How.AGAIN, 2, RUTH, due + GOOD_FOR)
    assert entries.notices == ()
    assert after(book, entries).accounts(due + REMINDED) == ((TELEGRAM, BEN),)


def test_one_that_ran_out_can_be_confirmed_again_or_come_forward_anew() -> None:
    book, end = enrolled(TELEGRAM), LATER + GOOD_FOR

    assert after(book, confirm(book, "E-1", JOEL, None, LOOKED_AFTER, end)).accounts(end)
    fresh = code(7)
    book = after(book, invite(book, BEN, JOEL, digest(fresh), LOOKED_AFTER, end))
    anew = after(book, redeem(book, TELEGRAM, digest(fresh), "", LOOKED_AFTER, end))
    assert [(one.number, one.waits) for one in anew.enrolments] == [(2, True)]


def test_an_account_that_is_enrolled_does_not_come_forward_again() -> None:
    book = enrolled()
    book = after(book, invite(book, HELEN, JOEL, digest(code(5)), LOOKED_AFTER, LATER))

    assert ask(book, SLACK, "", LOOKED_AFTER, LATER) == ENROLLED
    assert redeem(book, SLACK, digest(code(5)), "", LOOKED_AFTER, LATER) == ENROLLED


def test_ending_ends_what_holds_what_waits_and_every_code() -> None:
    book = enrolled()
    book = after(book, invite(book, BEN, JOEL, digest(code(5)), LOOKED_AFTER, LATER))
    entries = written(revoke(book, BEN, JOEL, LOOKED_AFTER, LATER))

    assert after(book, entries) == Book(number=2)
    assert [(one.ended_by, one.ended_at) for one in entries.enrolments] == [(JOEL, LATER)]
    assert told(entries) == [(K.ENROLMENT_ENDED, str(SLACK)), (K.ENROLMENT_ENDED, RUTH)]


def test_a_code_ends_with_whoever_gave_it_out() -> None:
    left = replace(LOOKED_AFTER, people=tuple(p for p in LOOKED_AFTER.people if p.id != JOEL))

    assert after(invited(), overtaken(invited(), left, LATER)).invitations == ()


def test_an_account_that_only_waited_is_told_that_it_is_not_enrolled() -> None:
    entries = written(revoke(redeemed(), BEN, JOEL, LOOKED_AFTER, LATER))

    assert told(entries) == [(K.NOT_ENROLLED, str(SLACK)), (K.ENROLMENT_ENDED, RUTH)]


def test_ending_is_for_those_who_look_after_that_agency_and_for_what_chat_has_bound() -> None:
    assert revoke(enrolled(), BEN, GRACE, LOOKED_AFTER, LATER) == NOT_YOURS_TO_SAY
    outcome = revoke(enrolled(), AMIRA, JOEL, LOOKED_AFTER, LATER)
    assert isinstance(outcome, Refused)
    assert "partnership file" in outcome.sentence


def test_a_new_directory_ends_what_is_of_leavers_and_what_it_lists_itself() -> None:
    book = enrolled()
    book = after(book, invite(book, HELEN, JOEL, digest(code(5)), LOOKED_AFTER, LATER))
    left = replace(LOOKED_AFTER, people=tuple(p for p in LOOKED_AFTER.people if p.id not in {BEN, HELEN}))
    files = tuple(replace(p, identities=(SLACK,)) if p.id == BEN else p for p in LOOKED_AFTER.people)

    assert after(book, overtaken(book, left, LATER)) == Book(number=2)
    assert after(book, overtaken(book, replace(LOOKED_AFTER, people=files), LATER)).enrolments == ()
    assert overtaken(book, LOOKED_AFTER, LATER) == Entries()


def test_an_account_the_file_lists_takes_the_place_of_the_one_chat_has_bound_there() -> None:
    """Somebody has lost their telephone, and the file names the new account."""
    at_riverside, elsewhere = replace(SLACK, user="U-next"), TELEGRAM
    for listed, left in ((at_riverside, ()), (elsewhere, enrolled().enrolments)):
        people = (replace(p, identities=(listed,)) if p.id == BEN else p for p in LOOKED_AFTER.people)
        files = replace(LOOKED_AFTER, people=tuple(people))
        assert after(enrolled(), overtaken(enrolled(), files, LATER)).enrolments == left


# ---- the directory -----------------------------------------------------------------------------------


def test_the_directory_knows_the_accounts_chat_has_bound() -> None:
    today = LOOKED_AFTER.enrolled([(SLACK, BEN), (TELEGRAM, BEN)])

    assert today.whose(SLACK) == today.whose(TELEGRAM) == BEN
    assert LOOKED_AFTER.enrolled([]) is LOOKED_AFTER


def test_what_the_file_says_of_an_account_wins() -> None:
    amiras = Identity("slack", "riverside", "U-amira")

    assert LOOKED_AFTER.enrolled([(amiras, BEN)]) is LOOKED_AFTER


def test_whoever_is_not_listed_any_more_has_no_account() -> None:
    left = replace(LOOKED_AFTER, people=tuple(p for p in LOOKED_AFTER.people if p.id != BEN))

    assert left.enrolled([(SLACK, BEN)]).whose(SLACK) is None


@pytest.mark.parametrize("account", [SLACK, TELEGRAM])
def test_an_account_written_out_is_read_again(account: Identity) -> None:
    assert Identity.read(str(account)) == account
    assert Identity.read("amira") is None
    assert Identity.read("a:b:c:d") is None


def test_an_invitation_works_until_it_was_used_ended_or_over() -> None:
    fresh = Invitation("d", BEN, JOEL, MONDAY, MONDAY + CODE_LIVES)

    assert fresh.works(MONDAY)
    assert not replace(fresh, used_at=MONDAY).works(MONDAY)
    assert not replace(fresh, ended_at=MONDAY).works(MONDAY)
    assert not fresh.works(fresh.expires)


def test_people_without_an_account_there_are_listed_in_the_directorys_order() -> None:
    assert without_account(LOOKED_AFTER, Book(), SLACK, MONDAY)[:2] == [BEN, HELEN]
    assert BEN not in without_account(LOOKED_AFTER, enrolled(), replace(SLACK, user="U-two"), LATER)
    assert TOM in without_account(LOOKED_AFTER, Book(), SLACK, MONDAY)
