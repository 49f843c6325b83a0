"""A partnership whose directory is looked after: by Joel and Ruth of Riverside, and Grace of the council.

Ben and Helen of Riverside and Lena of the council have no account yet.
"""

from collections.abc import Collection
from dataclasses import replace

from concerns.directory import Directory
from concerns.people import DIRECTORY_OWNER, Identity, PersonId
from tests.partnership import BEN, DIRECTORY, GRACE, HELEN, JOEL, LENA, RUTH

OWNERS = (JOEL, RUTH, GRACE)
NEWCOMERS = (BEN, HELEN, LENA)
SLACK = Identity("slack", "riverside", "U-new")
TELEGRAM = Identity("telegram", "telegram", "4711")


def looked_after(
    *owners: PersonId, directory: Directory = DIRECTORY, newcomers: Collection[PersonId] = NEWCOMERS
) -> Directory:
    """The tests' partnership, kept up to date by these people; its newcomers have no account."""
    people = []
    for person in directory.people:
        kept = replace(person, roles=(*person.roles, DIRECTORY_OWNER)) if person.id in owners else person
        people.append(replace(kept, identities=()) if person.id in newcomers else kept)
    return replace(directory, people=tuple(people))


def by_two_of_riverside(directory: Directory) -> Directory:
    """Any partnership, its Riverside looked after by Joel and Ruth; only Ben has no account yet."""
    return looked_after(JOEL, RUTH, directory=directory, newcomers=(BEN,))


LOOKED_AFTER = looked_after(*OWNERS)
