"""The pathway: the ladder of tiers with its windows, roles, and what happens on lapse, as plain values.

It never reads a file and never knows the time; `bot.files` makes it, the rules only look at it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concerns.window import Window


class Strand(StrEnum):
    """Whom a concern is about; a concern has exactly one."""

    CHILD = "child"
    ADULT = "adult"


class OnLapse(StrEnum):
    """When no answer came in time: call the next tier, or ask the raising side's manager first."""

    ADVANCE = "advance"
    ASK = "ask"


class OnReferralLapse(StrEnum):
    """When nobody responded to a referral: ask the raiser whether to open tier 1, or open it at once."""

    ASK = "ask"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Tier:
    """One rung: the role called on each side, and its windows; `remind` is percents of the answer window."""

    number: int
    name: str
    raising: str
    challenged: str
    convener: str | None
    acknowledge: Window | None
    answer: Window
    or_sooner: bool
    remind: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Emergency:
    """What is shown when someone may be in immediate danger."""

    text: str
    duty_team: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Referral:
    """The clock of a referral, and after how many unanswered contacts tier 1 is offered."""

    answer: Window
    on_lapse: OnReferralLapse
    contacts: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """The tier an urgent concern enters at, and the windows that hold there and on every tier above."""

    enter_at: int
    acknowledge: Window | None
    answer: Window
    repeat: Window


@dataclass(frozen=True, slots=True)
class Board:
    """From which tier the partnership board is told (None: never), and whether it hears of the close."""

    told_at: int | None
    told_on_close: bool


@dataclass(frozen=True, slots=True)
class Pathway:
    """One version of a partnership's ladder; a concern keeps the version it opened under for life."""

    name: str
    version: str
    strands: tuple[Strand, ...]
    tier_word: str
    source: str
    policy_url: str
    review_by: date | None
    approved_by: str
    nation: str
    on_lapse: OnLapse
    ask: Window | None
    emergency: Emergency
    referral: Referral
    tiers: tuple[Tier, ...]
    repeat: Window
    urgent: Urgent | None
    acceptance: Window
    follow_up: Window
    board: Board

    def tier(self, number: int) -> Tier:
        """The tier of that number, counted from 1; a number outside the ladder is a `ValueError`."""
        if not 1 <= number <= self.top:
            raise ValueError(f"There is no tier {number}: this ladder has {self.top}.")
        return self.tiers[number - 1]

    @property
    def top(self) -> int:
        """The number of the highest tier."""
        return len(self.tiers)

    @property
    def within_one_agency(self) -> bool:
        """Whether both sides may be one agency: an alert ladder calls different roles on its two sides."""
        return all(tier.raising != tier.challenged for tier in self.tiers)

    def roles(self) -> frozenset[str]:
        """Every role the ladder may call, on either side or as convener."""
        return frozenset(
            role for tier in self.tiers for role in (tier.raising, tier.challenged, tier.convener) if role
        )
