"""One small partnership for tests: four agencies, the people in their seats, and the channels they share.

Riverside is on Slack, the council and the board are on Telegram, the surgery is on neither.
"""

from dataclasses import replace

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

RIVERSIDE, COUNCIL, SURGERY, BOARD = map(AgencyId, ("riverside", "council", "surgery", "board"))
AMIRA, BEN, JOEL, PRIYA, RUTH, HELEN = map(PersonId, ("amira", "ben", "joel", "priya", "ruth", "helen"))
TOM, LENA, CARL, GRACE, OWEN, NADIA, VICTOR = map(
    PersonId, ("tom", "lena", "carl", "grace", "owen", "nadia", "victor")
)
DEV, MIRIAM, SAM, ALEX = map(PersonId, ("dev", "miriam", "sam", "alex"))
STRANGER = PersonId("stranger")

AGENCIES = (
    Agency(RIVERSIDE, "Riverside Home Care", AgencyKind.PROVIDER),
    Agency(COUNCIL, "Northshire Council", AgencyKind.COUNCIL),
    Agency(SURGERY, "Mill Lane Surgery", AgencyKind.HEALTH),
    Agency(BOARD, "Northshire Safeguarding Partnership Board", AgencyKind.BOARD),
)


def person(name: str, agency: AgencyId, *roles: str) -> Person:
    """Somebody with one account: Slack at Riverside, Telegram everywhere else."""
    platform = "slack" if agency == RIVERSIDE else "telegram"
    workspace = "riverside" if agency == RIVERSIDE else "telegram"
    id = PersonId(name.split(maxsplit=1)[0].lower())
    return Person(id, name, agency, roles, (Identity(platform, workspace, f"U-{id}"),))


PEOPLE = (
    person("Amira Khan", RIVERSIDE),
    person("Ben Hale", RIVERSIDE),
    person("Joel Marsh", RIVERSIDE),
    person("Priya Nair", RIVERSIDE),
    person("Ruth Bell", RIVERSIDE),
    person("Helen Stroud", RIVERSIDE),
    person("Tom Ashby", COUNCIL),
    person("Lena Frost", COUNCIL),
    person("Carl Dunn", COUNCIL),
    person("Grace Obi", COUNCIL),
    person("Owen Price", COUNCIL),
    person("Nadia Rahman", COUNCIL),
    person("Victor Lane", COUNCIL),
    person("Dev Patel", SURGERY),
    person("Miriam Cole", BOARD),
    person("Sam Whitlock", BOARD, "coordinator"),
    person("Alex Moore", BOARD, "auditor"),
)


def seating(agency: AgencyId, role: str, *people: PersonId) -> Seating:
    """A seat, its holder, and then the deputies."""
    return Seating(Seat(agency, role), people[0] if people else None, people[1:])


SEATINGS = (
    seating(RIVERSIDE, "practitioner", AMIRA),
    seating(RIVERSIDE, "manager", JOEL, PRIYA),
    seating(RIVERSIDE, "senior_manager", RUTH),
    seating(RIVERSIDE, "director", HELEN),
    seating(COUNCIL, "practitioner", TOM, LENA),
    seating(COUNCIL, "manager", GRACE, OWEN),
    seating(COUNCIL, "senior_manager", NADIA),
    seating(COUNCIL, "director", VICTOR),
    seating(SURGERY, "practitioner", DEV),
    seating(BOARD, "independent_chair", MIRIAM),
)


def channel(
    name: str, platform: str, *agencies: AgencyId, tiers: tuple[int, ...] = (), trust: int = 0
) -> Channel:
    """A shared place; its address on the platform is made up from its name."""
    workspace = "riverside" if platform == "slack" else "telegram"
    return Channel(ChannelId(name), platform, workspace, f"#{name}", agencies, tiers, trust, name)


CHANNELS = (
    channel("riverside-escalations", "slack", RIVERSIDE, trust=2),
    channel("council-escalations", "telegram", COUNCIL),
    channel("riverside-council", "slack", RIVERSIDE, COUNCIL, trust=1),
    channel("board", "telegram", BOARD),
)
DIRECTORY = Directory(
    partnership="Northshire Safeguarding Partnership",
    coordinator=SAM,
    agencies=AGENCIES,
    people=PEOPLE,
    seatings=SEATINGS,
    channels=CHANNELS,
    workspaces=(Workspace("riverside", "slack"), Workspace("telegram", "telegram")),
)


def vacated(directory: Directory, agency: AgencyId, *roles: str) -> Directory:
    """The same directory with these seats of an agency empty."""
    emptied = {Seat(agency, role) for role in roles}
    kept = tuple(Seating(s.seat, None) if s.seat in emptied else s for s in directory.seatings)
    return replace(directory, seatings=kept)


def without_channels(directory: Directory, *agencies: AgencyId) -> Directory:
    """The same directory without any channel one of these agencies shares."""
    kept = tuple(ch for ch in directory.channels if not set(agencies) & set(ch.agencies))
    return replace(directory, channels=kept)


# The council is on Baton, but no channel carries this concern to it.
ELSEWHERE = replace(DIRECTORY, channels=(channel("council-surgery", "telegram", COUNCIL, SURGERY),))
