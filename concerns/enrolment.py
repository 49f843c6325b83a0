"""What is kept of an account that becomes somebody's while Baton runs: requests, codes, and the book of both.

It decides nothing; `concerns.enrolling` does.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from concerns.model import Ref
from concerns.notice import Notice
from concerns.people import Identity, PersonId
from concerns.reference import ALPHABET, HEARD_AS

CODE_LIVES = timedelta(hours=24)
"""How long a code may be used (T3: one-time, short life)."""
GOOD_FOR = timedelta(days=90)
"""How long an account nobody's organisation looks after is believed without being confirmed again (T3)."""
REMINDED = timedelta(days=14)
"""How long before that the directory owners are reminded."""

CODES = 32**16
"""How many codes there are; a number below this makes one."""
_CODE = re.compile(r"J-?" + r"-?".join([r"([0-9A-Z]{4})"] * 4))
_LIKE_A_CODE = re.compile(r"J(-[0-9A-Z]{1,5}){2,5}", re.ASCII | re.IGNORECASE)
_REQUEST = re.compile(r"E-([0-9]{1,9})", re.ASCII | re.IGNORECASE)


class How(StrEnum):
    """How an account came forward: with a code, by asking, or by being confirmed once more."""

    CODE = "code"
    REQUEST = "request"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code given out for one person; only its digest is kept. Times are aware UTC."""

    digest: str
    person: PersonId
    by: PersonId
    at: datetime
    expires: datetime
    used_at: datetime | None = None
    ended_by: PersonId | None = None
    ended_at: datetime | None = None

    def works(self, now: datetime) -> bool:
        """Whether the code may still be used."""
        return self.used_at is None and self.ended_at is None and now < self.expires


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An account that asked to be somebody's, and what became of it. Times are aware UTC.

    `person` is whom it is meant for: named by the code, or the only one a request fits; `called` is the name
    in the account's own profile, which anybody can choose. `by` gave out the code. Nobody in `ended_by`:
    it ran out, or the directory said otherwise.
    """

    number: int
    account: Identity
    how: How
    asked_at: datetime
    person: PersonId | None = None
    by: PersonId | None = None
    called: str = ""
    told_at: datetime | None = None
    confirmed_by: PersonId | None = None
    confirmed_at: datetime | None = None
    refused_by: PersonId | None = None
    refused_at: datetime | None = None
    ended_by: PersonId | None = None
    ended_at: datetime | None = None

    @property
    def ref(self) -> Ref:
        """`E-12`: what its buttons carry, and what people type."""
        return Ref(f"E-{self.number}")

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide."""
        return self.confirmed_at is None and self.refused_at is None and self.ended_at is None

    @property
    def issuer(self) -> PersonId | None:
        """Who gave out the code, and so may not be the one to confirm it."""
        return self.by if self.waits else None

    @property
    def until(self) -> datetime | None:
        """When it stops being believed, unless it is confirmed again; None where it never does."""
        return self.confirmed_at + GOOD_FOR if self.confirmed_at and self.account.on_its_own else None

    def holds(self, now: datetime) -> bool:
        """Whether the account is this person's now, as far as chat has said."""
        ran_out = self.until is not None and now >= self.until
        return self.confirmed_at is not None and self.ended_at is None and not ran_out

    def due_again(self, now: datetime) -> bool:
        """Whether it is time to confirm it once more, or past it."""
        confirmed = self.confirmed_at is not None and self.ended_at is None
        return confirmed and self.until is not None and now >= self.until - REMINDED

    def ran_out(self, now: datetime) -> bool:
        """Whether nobody has confirmed it again in time."""
        return self.due_again(now) and not self.holds(now)

    @property
    def reminded(self) -> bool:
        """Whether it was said already that it is to be confirmed again."""
        return bool(self.until and self.told_at and self.told_at >= self.until - REMINDED)

    @property
    def parted(self) -> bool:
        """Whether it was said already that nobody did so in time."""
        return bool(self.until and self.told_at and self.told_at >= self.until)


@dataclass(frozen=True, slots=True)
class Book:
    """All that is open: accounts that wait or hold, codes that were not used. `number` is the next free."""

    enrolments: tuple[Enrolment, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    number: int = 1

    def of(self, account: Identity) -> Enrolment | None:
        """What is open about this account; there is at most one."""
        return next((one for one in self.enrolments if one.account == account), None)

    def named(self, ref: str) -> Enrolment | None:
        """The one with this reference."""
        return next((one for one in self.enrolments if one.ref == ref.upper()), None)

    def accounts(self, now: datetime) -> tuple[tuple[Identity, PersonId], ...]:
        """Whose account is whose now."""
        held = (one for one in self.enrolments if one.holds(now))
        return tuple((one.account, one.person) for one in held if one.person is not None)


@dataclass(frozen=True, slots=True)
class Entries:
    """What to write: enrolments and codes, new or changed, and the notices owed."""

    enrolments: tuple[Enrolment, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    notices: tuple[Notice, ...] = ()


# ---- codes and references ----------------------------------------------------------------------------


def code(number: int) -> str:
    """The sayable code of a number below `CODES`, which should be random: `J-7F3K-9QMX-02PT-W5ZC`."""
    symbols = "".join(ALPHABET[number >> 5 * place & 31] for place in range(16))
    return "-".join(("J", *(symbols[n : n + 4] for n in range(0, 16, 4))))


def read_code(text: str) -> str | None:
    """The code somebody typed, in its own spelling; None when it has not the shape of one."""
    upper = text.strip().upper() if text.isascii() else ""
    found = _CODE.fullmatch(upper)
    return "-".join(("J", *(part.translate(HEARD_AS) for part in found.groups()))) if found else None


def digest(code: str) -> str:
    """What is kept of a code: it can be recognised, never read back."""
    return sha256(code.encode()).hexdigest()


def means_one(word: str) -> bool:
    """Whether a word is a code, right or wrong, or a request's reference, and so may follow a verb."""
    meant = read_code(word) or _LIKE_A_CODE.fullmatch(word) or _REQUEST.fullmatch(word)
    return meant is not None
