"""What every event has: when it was recorded, by whom, and the words that stay sealed."""

from dataclasses import dataclass
from datetime import datetime

from concerns.model import NO_WORDS, Words
from concerns.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """When it was recorded (aware UTC), and by whom; nobody means the clock."""

    at: datetime
    by: PersonId | None = None
    words: Words = NO_WORDS
