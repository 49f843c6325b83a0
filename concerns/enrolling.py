"""How an account of a chat platform becomes somebody's, and how that ends: each rule says what to write.

They are those of the threat list, T2 and T3: a code is short-lived and works once, a second person confirms,
nobody confirms themselves, and what the partnership file says always wins. Nothing is stored here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from concerns.deciders import asked_about, keepers, may_confirm, seconds, suggested, without_account
from concerns.directory import Directory
from concerns.enrolment import CODE_LIVES, Book, Enrolment, Entries, How, Invitation
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import DIRECTORY_OWNER, Identity, PersonId
from concerns.rules import Refused

TOLD_AGAIN = timedelta(days=1)
"""The soonest the directory owners are told once more of a request nobody has decided."""

NOT_A_CODE = Refused(
    "This code cannot be used: it was used already, it has run out, or a letter is wrong."
    " Nothing was changed. Ask your directory owner for a new one.",
    "code",
)
ENROLLED = Refused("This account is enrolled already, so nothing was changed.")
NO_ACCOUNT = Refused("Baton cannot tell whose account this is here. Ask at your own agency, in its own chat.")
WITH_A_CODE = Refused(
    "Here an account is enrolled with a code. Ask your agency's directory owner for one;"
    " they give it to you in person or by phone.",
    "code",
)
NOT_YOURS_TO_SAY = Refused(
    "This is for a directory owner of that agency, and for two different people: whoever gave out the code"
    " does not confirm it, and nobody confirms themselves."
)
DECIDED = Refused("This has been decided already, or it is not open any more. Nothing was changed just now.")
NOBODY_ELSE = Refused(
    "A second person has to confirm, and there is nobody: name another directory owner, or a coordinator,"
    " in the partnership file first. No code was made."
)
NOT_IN_DIRECTORY = Refused("The directory does not list this person. Choose somebody it lists.", "person")
CHOOSE = Refused(
    "Somebody has to say whose account this is, and there is nobody you could choose here. Nothing was"
    " changed. Next: refuse it, or add whoever it is to the partnership file first."
)


def invite(
    book: Book, person: PersonId, by: PersonId, digest: str, directory: Directory, now: datetime
) -> Entries | Refused:
    """A code for this person; one given out before stops working."""
    if directory.person(person) is None:
        return NOT_IN_DIRECTORY
    if by not in keepers(directory, person):
        return NOT_YOURS_TO_SAY
    if not seconds(directory, person, by):
        return NOBODY_ELSE
    fresh = Invitation(digest, person, by, now, now + CODE_LIVES)
    return Entries(invitations=(*_stopped(book, person, by, now), fresh))


def redeem(
    book: Book, account: Identity | None, digest: str, called: str, directory: Directory, now: datetime
) -> Entries | Refused:
    """A code used: the account waits for a second person. Used once more from there, it waits on.

    Another code that works takes the place of the first, which may have been given out for somebody else.
    """
    if account is None:
        return NO_ACCOUNT
    known = book.of(account)
    if known and known.holds(now):
        return ENROLLED
    found = next((one for one in book.invitations if one.digest == digest and one.works(now)), None)
    if found is None and known and known.waits and known.how is How.CODE:
        return Entries(enrolments=(known,))
    if found is None or directory.person(found.person) is None:
        return NOT_A_CODE
    if found.person not in without_account(directory, book, account, now):
        return _has_one(found.person, directory)
    fresh = Enrolment(book.number, account, How.CODE, now, found.person, found.by, called, told_at=now)
    return Entries(
        (*_over(known, now), fresh), (replace(found, used_at=now),), tuple(_asking(fresh, directory))
    )


def ask(
    book: Book, account: Identity | None, called: str, directory: Directory, now: datetime
) -> Entries | Refused:
    """A request without a code: kept once for each account, and told of again once a day at most."""
    if account is None:
        return NO_ACCOUNT
    if account.on_its_own:
        return WITH_A_CODE
    known = book.of(account)
    if known and known.holds(now):
        return ENROLLED
    if known and known.waits:
        if known.told_at and now < known.told_at + TOLD_AGAIN:
            return Entries(enrolments=(known,))
        again = replace(known, told_at=now)
        return Entries((again,), notices=tuple(_asking(again, directory)))
    person = suggested(directory, book, account, called, now)
    fresh = Enrolment(book.number, account, How.REQUEST, now, person, called=called, told_at=now)
    return Entries((*_over(known, now), fresh), notices=tuple(_asking(fresh, directory)))


def confirm(
    book: Book, ref: str, by: PersonId, person: PersonId | None, directory: Directory, now: datetime
) -> Entries | Refused:
    """It is this person's account from now on. `person` is chosen only where nobody was meant."""
    known = book.named(ref)
    if known is None or not (known.waits or known.due_again(now)):
        return DECIDED
    whose = known.person or person
    if whose is None:
        return CHOOSE
    if directory.person(whose) is None:
        return NOT_IN_DIRECTORY
    if by not in may_confirm(known, whose, directory):
        return NOT_YOURS_TO_SAY
    owner = directory.whose(known.account)
    if owner not in {None, whose}:
        return Refused(
            f"This account is {directory.name_of(owner)}'s already. End that first, if it is wrong."
        )
    if whose not in without_account(directory, book, known.account, now):
        return _has_one(whose, directory)
    held = replace(known, person=whose, confirmed_by=by, confirmed_at=now)
    if known.waits:
        return Entries((held,), notices=(_to(known, NoticeKind.ENROLLED),))
    again = replace(held, number=book.number, how=How.AGAIN, asked_at=now, by=None, told_at=None)
    return Entries((_ended(known, by, now), again))


def refuse(book: Book, ref: str, by: PersonId, directory: Directory, now: datetime) -> Entries | Refused:
    """It is nobody's; any directory owner may say so."""
    known = book.named(ref)
    if known is None or not known.waits:
        return DECIDED
    if by not in asked_about(known, directory) and not directory.has_role(by, DIRECTORY_OWNER):
        return NOT_YOURS_TO_SAY
    gone = replace(known, refused_by=by, refused_at=now)
    return Entries((gone,), notices=(_to(known, NoticeKind.NOT_ENROLLED),))


def revoke(
    book: Book, person: PersonId, by: PersonId, directory: Directory, now: datetime
) -> Entries | Refused:
    """Every account chat has bound to this person ends now, and so does what waits and every code.

    The accounts are told, and so are the others who look after that part of the directory.
    """
    if by not in keepers(directory, person):
        return NOT_YOURS_TO_SAY
    ended = tuple(_ended(one, by, now) for one in book.enrolments if one.person == person)
    stopped = tuple(_stopped(book, person, by, now))
    if not ended and not stopped:
        return Refused(
            f"No account of {directory.name_of(person)} was enrolled in chat, so nothing is to be ended here."
            " One that stands in the partnership file ends there."
        )
    never, once = NoticeKind.NOT_ENROLLED, NoticeKind.ENROLMENT_ENDED
    told = [_to(one, once if one.confirmed_at else never) for one in ended]
    others = keepers(directory, person, (by, person))
    told += [_to(ended[0], NoticeKind.ENROLMENT_ENDED, other) for other in others if ended and other != by]
    return Entries(ended, stopped, tuple(told))


def remind(book: Book, directory: Directory, now: datetime) -> Entries:
    """Once, when it is time to confirm an account again, its holder and everybody who may do so are told.

    And once, where nobody did, its holder is told that it has ended.
    """
    said = {one: tuple(_reminders(one, directory, now)) for one in book.enrolments if one.due_again(now)}
    told = tuple(replace(one, told_at=now) for one, notices in said.items() if notices)
    return Entries(told, notices=tuple(notice for notices in said.values() for notice in notices))


def _reminders(one: Enrolment, directory: Directory, now: datetime) -> Iterator[Notice]:
    if not one.reminded:
        yield from (_to(one, NoticeKind.ENROLMENT_DUE, person) for person in asked_about(one, directory))
    if one.ran_out(now) and not one.parted:
        yield _to(one, NoticeKind.ENROLMENT_RAN_OUT)
    elif not one.reminded:
        yield _to(one, NoticeKind.ENROLMENT_DUE)


def overtaken(book: Book, directory: Directory, now: datetime) -> Entries:
    """What ends as a new directory holds: what is of people it does not list, or of accounts it lists.

    So does the account of whoever it lists with another one in that place: theirs is the one listed. And a
    code ends with whoever gave it out.
    """
    gone = (one for one in book.enrolments if _is_overtaken(one, directory))
    listed = {person.id for person in directory.people}
    stale = (one for one in book.invitations if not {one.person, one.by} <= listed)
    return Entries(
        tuple(replace(one, ended_at=now) for one in gone), tuple(replace(one, ended_at=now) for one in stale)
    )


def _is_overtaken(one: Enrolment, directory: Directory) -> bool:
    if directory.whose(one.account) is not None:
        return True
    if one.person is None:
        return False
    found = directory.person(one.person)
    return found is None or any(map(one.account.beside, found.identities))


def _has_one(person: PersonId, directory: Directory) -> Refused:
    return Refused(
        f"{directory.name_of(person)} has an account there already. If this one is to take its place,"
        " end that one first. Nothing was changed."
    )


def _over(known: Enrolment | None, now: datetime) -> Iterator[Enrolment]:
    """What was open about an account before it came forward anew."""
    if known:
        yield replace(known, ended_at=now)


def _stopped(book: Book, person: PersonId, by: PersonId, now: datetime) -> Iterator[Invitation]:
    mine = (one for one in book.invitations if one.person == person)
    return (replace(one, ended_by=by, ended_at=now) for one in mine)


def _ended(one: Enrolment, by: PersonId, now: datetime) -> Enrolment:
    return replace(one, ended_by=by, ended_at=now)


def _asking(one: Enrolment, directory: Directory) -> Iterable[Notice]:
    return (_to(one, NoticeKind.ENROLMENT_ASKED, person) for person in asked_about(one, directory))


def _to(one: Enrolment, kind: NoticeKind, person: PersonId | None = None) -> Notice:
    """Said to this person, or to the account itself."""
    place = Place(PlaceKind.PERSON, person) if person else Place(PlaceKind.ACCOUNT, str(one.account))
    return Notice(place, kind, one.ref, turn=0, urgent=False)
