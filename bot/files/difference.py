"""What a new partnership file changes, in words: one line for whatever comes, changes or goes.

It compares two directories and applies nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.files.hours import hours_in_words
from concerns.directory import Directory
from concerns.people import Agency, Channel, Person, Seating, Workspace

NOBODY = Directory(partnership="", coordinator=None, agencies=(), people=(), seatings=(), channels=())
"""The directory before the first one was applied."""

_NONE = "none"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing of a directory: what it is called, in a few words, and field by field."""

    name: str
    brief: str
    fields: Mapping[str, str]


def difference(before: Directory, after: Directory) -> list[str]:
    """A line for each difference: "+" comes, "~" changes, "-" goes. None when the two mean the same.

    Cover for leave is not of the file, so it makes no difference.
    """
    pairs = zip(_tables(before), _tables(after), strict=True)
    lines = [line for old, new in pairs for line in _changes(old, new)]
    if not lines and before.covered(()) != after.covered(()):
        # Which channel is tried first, say, goes by the order of the file.
        lines.append("~ the order of the file")
    return lines


def _tables(directory: Directory) -> tuple[Iterable[_Entry], ...]:
    """Every table of the file, in the order in which they are read aloud."""
    return (
        [_partnership(directory)] if directory.partnership else [],
        map(_workspace, directory.workspaces),
        map(_agency, directory.agencies),
        map(_person, directory.people),
        map(_seat, directory.seatings),
        map(_channel, directory.channels),
    )


def _changes(before: Iterable[_Entry], after: Iterable[_Entry]) -> Iterator[str]:
    old, new = ({entry.name: entry for entry in entries} for entries in (before, after))
    for name, entry in new.items():
        if name not in old:
            yield f"+ {name} ({entry.brief})"
        elif changes := _moved(old[name].fields, entry.fields):
            yield f"~ {name}: {changes}"
    yield from (f"- {name} ({entry.brief})" for name, entry in old.items() if name not in new)


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    return "; ".join(
        f"{label} {before[label] or _NONE} → {value or _NONE}"
        for label, value in after.items()
        if before[label] != value
    )


def _partnership(directory: Directory) -> _Entry:
    coordinator = directory.coordinator or ""
    brief = f"{directory.partnership}, coordinator {coordinator or _NONE}"
    return _Entry("partnership", brief, {"name": directory.partnership, "coordinator": coordinator})


def _workspace(workspace: Workspace) -> _Entry:
    return _Entry(f"workspace {workspace.name}", workspace.platform, {"platform": workspace.platform})


def _agency(agency: Agency) -> _Entry:
    hours = hours_in_words(agency.hours) if agency.hours else ""
    fields = {"name": agency.name, "kind": str(agency.kind), "hours": hours}
    return _Entry(f"agency {agency.id}", f"{agency.name}, {agency.kind}", fields)


def _person(person: Person) -> _Entry:
    accounts = _listed(person.identities)
    fields = {
        "name": person.name,
        "agency": str(person.agency),
        "roles": _listed(person.roles),
        "identities": accounts,
        "phone": person.phone,
        "email": person.email,
    }
    brief = ", ".join(filter(None, (person.name, person.agency, *person.roles, accounts)))
    return _Entry(f"person {person.id}", brief, fields)


def _seat(seating: Seating) -> _Entry:
    holder, deputies = seating.holder or "", _listed(seating.deputies)
    brief = f"holder {holder or _NONE}" + (f", deputies {deputies}" if deputies else "")
    name = f"seat {seating.seat.role}, {seating.seat.agency}"
    return _Entry(name, brief, {"holder": holder, "deputies": deputies})


def _channel(channel: Channel) -> _Entry:
    fields = {
        "platform": channel.platform,
        "workspace": channel.workspace,
        "address": channel.address,
        "agencies": _listed(channel.agencies),
        "tiers": _listed(channel.tiers) or "all",
        "trust": str(channel.trust),
        "name": channel.name,
    }
    brief = f"{channel.platform} {channel.address}, for {fields['agencies']}, trust {channel.trust}"
    return _Entry(f"channel {channel.id}", brief, fields)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))
