"""What may be read while somebody asks: the record, the rules, today's directory, and what each person began.

It changes nothing, and hands out a concern to nobody who may not see it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from concerns import reference
from concerns.authority import may_see
from concerns.directory import Directory
from concerns.enrolment import Book
from concerns.events import Event
from concerns.model import Concern, Ref
from concerns.people import Cover, PersonId
from concerns.rules import Rules
from handlers.forms import Forms
from handlers.scene import Scene, no_link
from storage.covers import Covers
from storage.drafts import Drafts
from storage.enrolments import Enrolments
from storage.ledger import Ledger
from views.drafts import Begun


@dataclass(frozen=True, slots=True)
class Reading:
    """`rules` gives the rules of a pathway version, `in_force` those new concerns open under, one
    for each pathway; the first is taken where no concern is spoken of. `slash` is how commands begin here,
    `link` where a one-time code is opened with one tap.
    """

    ledger: Ledger
    drafts: Drafts
    covers: Covers
    enrolments: Enrolments
    rules: Callable[[str], Rules]
    in_force: Callable[[], tuple[Rules, ...]]
    clock: Callable[[], datetime]
    slash: str = "/"
    link: Callable[[str], str] = no_link

    @property
    def directory(self) -> Directory:
        """Today's directory."""
        return self.in_force()[0].directory

    def steady(self) -> "Reading":
        """The same for one request: one directory, and rules that are looked up once."""
        in_force = self.in_force()
        known = {rules.digest: rules for rules in in_force}

        def rules(digest: str) -> Rules:
            if digest not in known:
                known[digest] = replace(self.rules(digest), directory=in_force[0].directory)
            return known[digest]

        kept = self.ledger, self.drafts, self.covers, self.enrolments
        return Reading(*kept, rules, lambda: in_force, self.clock, self.slash, self.link)

    def find(self, person: PersonId, typed: str) -> Concern | None:
        """The concern with this reference, if this person may see it: the one place that hands one out."""
        ref = reference.parse(typed)
        concern = self.ledger.load(ref) if ref else None
        return concern if concern and may_see(person, concern, self.directory) else None

    def history(self, ref: Ref) -> tuple[Event, ...]:
        """Everything that happened to a concern, words opened."""
        return self.ledger.history(ref)

    def listing(self, *, open_only: bool = False) -> tuple[Concern, ...]:
        """Every concern, in the order they were opened."""
        return self.ledger.listing(open_only=open_only)

    def away(self, now: datetime) -> tuple[Cover, ...]:
        """Who is away at this instant or will be, as far as it has been said."""
        return self.covers.ahead(now)

    def begun(self, person: PersonId, now: datetime) -> tuple[Begun, ...]:
        """The forms this person has begun and not sent, the latest first."""
        return Forms(self.drafts).begun(person, now)

    def book(self) -> Book:
        """The accounts that wait to be somebody's, or were bound in chat."""
        return self.enrolments.book()

    def scene(self, person: PersonId, concern: Concern | None = None) -> Scene:
        """What a command of this person sees, about this concern or about none."""
        in_force, now, slash = self.in_force(), self.clock(), self.slash
        rules = self.rules(concern.pathway) if concern else in_force[0]
        return Scene(person, now, rules, self, concern, slash=slash, in_force=in_force, link=self.link)
