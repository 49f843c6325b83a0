"""The partnership file: who there is, read from TOML into a `Directory`, or refused in a sentence.

It only checks that the file agrees with itself; whether it can carry a ladder is asked in `bot.files.gaps`.
"""

import re
from pathlib import Path

from bot.files.hours import read_hours
from bot.files.table import ID, Table, suggestion
from bot.files.toml import read_toml
from concerns.directory import Directory
from concerns.people import (
    Agency,
    AgencyId,
    AgencyKind,
    Channel,
    ChannelId,
    Identity,
    Person,
    PersonId,
    Seat,
    Seating,
    Workspace,
)
from concerns.window import quoted

SLACK, TELEGRAM = "slack", "telegram"
MOST_TIERS = 20
_SLACK_ID = r"[A-Za-z0-9_-]{1,40}"
"""Of an account or a channel; never its name with a sign before it, nor its link."""
PERSON_KEYS = ("id", "name", "agency", "roles", "identities", "phone", "email")
SEAT_KEYS = ("agency", "role", "holder", "deputies")
CHANNEL_KEYS = ("id", "platform", "workspace", "address", "agencies", "tiers", "trust", "name")


def load_partnership(path: Path) -> Directory:
    """The directory of one partnership file; raises `BadFile` with file, key and fix."""
    keys = ("partnership", "agency", "person", "seat", "channel", "workspace")
    return _Reading(Table(path.name, "", read_toml(path), keys)).directory()


class _Reading:
    """One reading of a file: what has been named so far, for later tables to refer to."""

    def __init__(self, top: Table) -> None:
        self.top = top
        self.agencies: list[str] = []
        self.people: list[str] = []
        self.channels: list[str] = []
        self.workspaces: list[str] = []
        self.slacks: list[str] = []
        self.accounts: dict[Identity, str] = {}
        self.places: dict[tuple[str, str], str] = {}
        self.seats: set[Seat] = set()

    def directory(self) -> Directory:
        """Everything, in the order in which tables refer to each other."""
        for key in ("partnership", "agency"):
            if key not in self.top:
                self.top.refuse(key, "is missing; add it, as a table with at least a name.")
        about = self.top.table("partnership", ("name", "coordinator"))
        workspaces = tuple(map(self.workspace, self.top.tables("workspace", ("name", "platform"), "name")))
        agencies = tuple(map(self.agency, self.top.tables("agency", ("id", "name", "kind", "hours"), "id")))
        people = tuple(map(self.person, self.top.tables("person", PERSON_KEYS, "id")))
        return Directory(
            partnership=about.text("name"),
            coordinator=PersonId(about.choice("coordinator", self.people))
            if "coordinator" in about
            else None,
            agencies=agencies,
            people=people,
            seatings=tuple(map(self.seating, self.top.tables("seat", SEAT_KEYS, "role"))),
            channels=tuple(map(self.channel, self.top.tables("channel", CHANNEL_KEYS, "id"))),
            workspaces=workspaces,
        )

    def workspace(self, table: Table) -> Workspace:
        """One installation; Telegram has a single one, which identities call by its name."""
        name, platform = table.new_id("name", self.workspaces), table.choice("platform", (SLACK, TELEGRAM))
        if name == TELEGRAM and platform != TELEGRAM:
            table.refuse("name", "is kept for Telegram itself; give this workspace another.")
        if platform == TELEGRAM and name != TELEGRAM:
            table.refuse("name", 'must be "telegram": Telegram has one workspace.')
        if platform == SLACK:
            self.slacks.append(name)
        return Workspace(name, platform)

    def agency(self, table: Table) -> Agency:
        """One agency, with its own hours if it gives any."""
        return Agency(
            id=AgencyId(table.new_id("id", self.agencies)),
            name=table.text("name"),
            kind=AgencyKind(table.choice("kind", AgencyKind)),
            hours=read_hours(table, "hours"),
        )

    def person(self, table: Table) -> Person:
        """One person of a known agency, with accounts nobody else has."""
        id = table.new_id("id", self.people)
        identities = tuple(self.identity(table, text) for text in table.texts("identities"))
        for identity in identities:
            owner = self.accounts.setdefault(identity, id)
            if owner != id:
                table.refuse("identities", f'"{identity}" belongs to "{owner}" already; keep it with one.')
        return Person(
            id=PersonId(id),
            name=table.text("name"),
            agency=AgencyId(table.choice("agency", self.agencies)),
            roles=table.texts("roles"),
            identities=identities,
            phone=table.text("phone", ""),
            email=table.text("email", ""),
        )

    def identity(self, table: Table, text: str) -> Identity:
        """One account, by the platform's own id; a name or an e-mail can change hands."""
        if found := re.fullmatch(r"telegram:([0-9]{1,20})", text):
            return Identity(TELEGRAM, TELEGRAM, found[1])
        found = re.fullmatch(rf"slack:({ID}):({_SLACK_ID})", text)
        if not found:
            shapes = '"slack:<workspace>:<user id>" or "telegram:<digits>"'
            table.refuse("identities", f"{quoted(text)} is no account; write it as {shapes}.")
        if found[1] not in self.slacks:
            table.refuse(
                "identities",
                f"{quoted(text)} is in no Slack workspace of this file; {suggestion(found[1], self.slacks)}",
            )
        return Identity(SLACK, found[1], found[2])

    def seating(self, table: Table) -> Seating:
        """One seat; whoever holds it or stands in may be of another agency."""
        seat = Seat(AgencyId(table.choice("agency", self.agencies)), table.text("role"))
        if seat in self.seats:
            table.refuse("role", f'"{seat.agency}" has this seat already; keep one, with every deputy in it.')
        self.seats.add(seat)
        holder = table.choice("holder", self.people) if "holder" in table else None
        deputies = table.choices("deputies", self.people)
        if holder in deputies:
            table.refuse("deputies", f'"{holder}" is the holder; name somebody else, or leave it out.')
        return Seating(
            seat, PersonId(holder) if holder else None, tuple(PersonId(deputy) for deputy in deputies)
        )

    def channel(self, table: Table) -> Channel:
        """One shared place; trust left out is the lowest, 0."""
        id, platform = table.new_id("id", self.channels), table.choice("platform", (SLACK, TELEGRAM))
        if platform == TELEGRAM:
            workspace = table.choice("workspace", (TELEGRAM,), TELEGRAM)
        else:
            workspace = table.choice("workspace", self.slacks)
        address = table.text("address")
        if platform == SLACK and not re.fullmatch(_SLACK_ID, address):
            problem = "is no id of Slack's; copy the Channel ID at the end of the channel's details."
            table.refuse("address", f"{quoted(address)} {problem}")
        owner = self.places.setdefault((workspace, address), id)
        if owner != id:
            table.refuse("address", f'{quoted(address)} is "{owner}" already; keep one of the two.')
        agencies = table.choices("agencies", self.agencies)
        if not agencies:
            table.refuse("agencies", "names nobody; list the agencies whose people are in this channel.")
        return Channel(
            id=ChannelId(id),
            platform=platform,
            workspace=workspace,
            address=address,
            agencies=tuple(AgencyId(agency) for agency in agencies),
            tiers=table.wholes("tiers", 1, MOST_TIERS),
            trust=table.whole("trust", 0, 2, default=0),
            name=table.text("name", id),
        )
