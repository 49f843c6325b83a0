"""What people who have left the partnership file, or moved agency, leave open. It hands nothing over."""

from collections.abc import Iterable, Iterator

from concerns.directory import Directory
from concerns.model import Concern, Stage
from concerns.people import PersonId


def left_open(before: Directory, after: Directory, concerns: Iterable[Concern]) -> list[str]:
    """A sentence for each thing a leaver has open in a concern, and how somebody else takes it on.

    Somebody who left in an earlier version is named again, until all they had is in other hands.
    """
    return [
        f"{concern.ref}: {_called(person, before, after)} {part}"
        for concern in concerns
        for person, part in _parts(concern)
        if _has_left(person, before, after)
    ]


def _parts(concern: Concern) -> Iterator[tuple[PersonId, str]]:
    ref = concern.ref
    yield concern.raiser, f"raised it; hand it over with /concern handover {ref}"
    if concern.acknowledged_by and concern.stage is Stage.ACKNOWLEDGED:
        yield concern.acknowledged_by, f"has acknowledged it; hand it back with /concern release {ref}"
    for action in concern.open_actions:
        yield action.owner, f"has action {action.number}; name somebody else with /concern action {ref}"


def _has_left(person: PersonId, before: Directory, after: Directory) -> bool:
    now, then = after.person(person), before.person(person)
    return now is None or (then is not None and then.agency != now.agency)


def _called(person: PersonId, before: Directory, after: Directory) -> str:
    moved = after.person(person)
    known = moved or before.person(person)
    who = f"{known.name} ({person})" if known else person
    return f"{who}, who {f'moved to {moved.agency}' if moved else 'is no longer in the file'},"
