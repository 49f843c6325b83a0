"""Times, a calendar and a ladder for tests, all readable on the page; the clock is never asked.

England, Monday to Friday, nine to five; four tiers of one working day each.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from concerns.calendar import Calendar, Span
from concerns.directory import Directory
from concerns.pathway import (
    Board,
    Emergency,
    OnLapse,
    OnReferralLapse,
    Pathway,
    Referral,
    Strand,
    Tier,
    Urgent,
)
from concerns.rules import Rules
from concerns.window import Window
from tests.partnership import DIRECTORY

LONDON = ZoneInfo("Europe/London")


def london(written: str) -> datetime:
    """The UTC instant of a local time such as `Mon 30 Nov 2026 10:00`; a wrong weekday is refused."""
    local = datetime.strptime(written, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    if wall(local) != written:
        raise ValueError(f"{written} is a {local:%A}")
    return local.astimezone(UTC)


def wall(instant: datetime | None) -> str:
    """How people in London read an instant: `Mon 30 Nov 2026 10:00`; `never` when there is none."""
    if instant is None:
        return "never"
    local = instant.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


MONDAY = london("Mon 30 Nov 2026 10:00")

NINE_TO_FIVE = (Span(9 * 60, 17 * 60),)
DAYS_OFF = {
    date(2026, 12, 25): "Christmas Day",
    date(2026, 12, 28): "Boxing Day (substitute day)",
    date(2027, 1, 1): "New Year's Day",
    date(2027, 3, 26): "Good Friday",
    date(2027, 3, 29): "Easter Monday",
    date(2027, 5, 3): "Early May bank holiday",
    date(2027, 5, 31): "Spring bank holiday",
    date(2027, 8, 30): "Summer bank holiday",
    date(2027, 12, 27): "Christmas Day (substitute day)",
    date(2027, 12, 28): "Boxing Day (substitute day)",
}
CALENDAR = Calendar("Europe/London", (NINE_TO_FIVE,) * 5 + ((), ()), DAYS_OFF)


def window(text: str) -> Window:
    """A window as people write it."""
    return Window.parse(text)


def tier(
    number: int,
    role: str,
    answer: str = "1 working day",
    acknowledge: str | None = "4 working hours",
    convener: str | None = None,
    remind: tuple[int, ...] = (50, 80),
) -> Tier:
    """A rung with the same role on both sides."""
    return Tier(
        number=number,
        name=role.replace("_", " ").capitalize(),
        raising=role,
        challenged=role,
        convener=convener,
        acknowledge=window(acknowledge) if acknowledge else None,
        answer=window(answer),
        or_sooner=False,
        remind=remind,
    )


DAILY = Pathway(
    name="Daily ladder",
    version="2026.1",
    strands=(Strand.CHILD, Strand.ADULT),
    tier_word="stage",
    source="made up for tests",
    policy_url="",
    review_by=date(2027, 4, 1),
    approved_by="",
    nation="england",
    on_lapse=OnLapse.ADVANCE,
    ask=window("4 working hours"),
    emergency=Emergency(
        "If someone is in immediate danger ring 999.", "Emergency duty team", "01234 567890", ""
    ),
    referral=Referral(window("1 working day"), OnReferralLapse.ASK, contacts=2),
    tiers=(
        tier(1, "practitioner"),
        tier(2, "manager"),
        tier(3, "senior_manager"),
        tier(4, "director", convener="independent_chair"),
    ),
    repeat=window("1 working day"),
    urgent=Urgent(
        enter_at=3, acknowledge=window("1 hour"), answer=window("4 hours"), repeat=window("1 hour")
    ),
    acceptance=window("2 working days"),
    follow_up=window("10 working days"),
    board=Board(told_at=3, told_on_close=True),
)
"""Four tiers of one working day each, an urgent way in at tier 3, the chair convening at the top."""

RULES = Rules(DAILY, CALENDAR, DIRECTORY, digest="d" * 64)


def ruled(pathway: Pathway = DAILY, directory: Directory = DIRECTORY, calendar: Calendar = CALENDAR) -> Rules:
    """Rules of this ladder, these people, and this calendar."""
    return Rules(pathway, calendar, directory, digest="d" * 64)


ASKING = ruled(replace(DAILY, on_lapse=OnLapse.ASK))
"""The raising side is asked for four working hours before a tier is called."""
CONVENED = ruled(replace(DAILY, tiers=(tier(1, "practitioner", convener="independent_chair"),)))
"""A ladder of one tier, with the chair convening: everything happens at the top."""
