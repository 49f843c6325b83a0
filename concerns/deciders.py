"""Who may say whose account it is, and whose it could be.

It looks at the directory and the book, and changes neither.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from concerns.directory import Directory
from concerns.enrolment import Book, Enrolment
from concerns.people import COORDINATOR, DIRECTORY_OWNER, AgencyId, Identity, Person, PersonId


def keepers(
    directory: Directory, person: PersonId, without: Collection[PersonId] = ()
) -> tuple[PersonId, ...]:
    """Who may say by themselves whose account it is: the directory owners of that agency and of a board.

    Failing these the coordinator, so that no agency lets somebody in under another's name; every owner only
    where there is no coordinator.
    """
    groups = _near(directory, person), stewards(directory)
    return _first(groups, without)


def seconds(directory: Directory, person: PersonId, issuer: PersonId) -> tuple[PersonId, ...]:
    """Who may confirm what another owner began; of another agency, and the coordinator, where need be."""
    groups = _near(directory, person), _owners(directory), _coordinator(directory)
    return _first(groups, (issuer, person))


def stewards(directory: Directory) -> tuple[PersonId, ...]:
    """Who looks after the whole: the coordinator, and every owner only where there is none."""
    return tuple(_coordinator(directory) or _owners(directory))


def _near(directory: Directory, person: PersonId) -> list[PersonId]:
    found = directory.person(person)
    agencies = {found.agency, *(board.id for board in directory.boards())} if found else set()
    return [one.id for one in _with_a_say(directory) if one.agency in agencies]


def _owners(directory: Directory) -> list[PersonId]:
    return [one.id for one in _with_a_say(directory)]


def _with_a_say(directory: Directory) -> Iterable[Person]:
    """The directory owners with an account: one without hears of nothing and can decide nothing."""
    return (one for one in directory.people if DIRECTORY_OWNER in one.roles and one.identities)


def _coordinator(directory: Directory) -> list[PersonId]:
    """Whoever stands in for them, or themselves: that they are away gives nobody else their part."""
    named = directory.coordinator
    return [directory.reached(named) or named] if named else []


def _first(groups: Iterable[Sequence[PersonId]], without: Collection[PersonId]) -> tuple[PersonId, ...]:
    """The first group anybody is left in."""
    left = (tuple(id for id in group if id not in without) for group in groups)
    return next(filter(None, left), ())


def looks_after(person: PersonId, directory: Directory) -> bool:
    """Whether this person may be asked to decide about accounts at all."""
    return any(directory.has_role(person, role) for role in (DIRECTORY_OWNER, COORDINATOR))


def asked_about(enrolment: Enrolment, directory: Directory) -> tuple[PersonId, ...]:
    """Whom it waits on. Where it is not known whose it could be: the owners with an account in that place."""
    if enrolment.person is not None:
        return may_confirm(enrolment, enrolment.person, directory)
    near = [p.id for p in _with_a_say(directory) if any(map(enrolment.account.beside, p.identities))]
    return _first((near, stewards(directory)), ())


def may_confirm(enrolment: Enrolment, person: PersonId, directory: Directory) -> tuple[PersonId, ...]:
    """Never whoever gave out the code, nor the person themselves."""
    if enrolment.issuer is not None:
        return seconds(directory, person, enrolment.issuer)
    return keepers(directory, person, (person,))


def to_decide(by: PersonId, book: Book, directory: Directory, now: datetime) -> tuple[Enrolment, ...]:
    """What waits on this person: requests first, then accounts to be confirmed again, the oldest first."""
    mine = [one for one in book.enrolments if one.waits or one.due_again(now)]
    mine = [one for one in mine if by in asked_about(one, directory)]
    return tuple(sorted(mine, key=lambda one: (not one.waits, one.until or one.asked_at)))


def at_home(account: Identity, directory: Directory) -> tuple[AgencyId, ...]:
    """The agency most of those with an account in that place are of; several where they are as many.

    None on a platform no organisation looks after: there everybody is in one place.
    """
    there = [p.agency for p in directory.people if any(map(account.beside, p.identities))]
    counted = Counter(there if not account.on_its_own else ())
    return tuple(id for id, many in counted.items() if many == max(counted.values()))


def without_account(directory: Directory, book: Book, account: Identity, now: datetime) -> list[PersonId]:
    """The people with no other account on that platform and in that workspace, in the directory's order."""
    listed = [(one, person.id) for person in directory.people for one in person.identities]
    there = {
        person for one, person in (*listed, *book.accounts(now)) if one.beside(account) and one != account
    }
    return [person.id for person in directory.people if person.id not in there]


def suggested(
    directory: Directory, book: Book, account: Identity, called: str, now: datetime
) -> PersonId | None:
    """The one person without an account there whose name the profile bears; None where it is not just one."""
    name = _folded(called)
    free = without_account(directory, book, account, now)
    found = [id for id in free if name and _folded(directory.name_of(id)) == name]
    return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return "".join(name.casefold().split())
