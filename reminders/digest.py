"""The digest: at each agency's opening, one private message to whoever something waits on.

It says nothing that is not on record, moves no due instant, and where nothing waits nothing is sent.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from concerns.notice import Notice
from concerns.people import AgencyId, PersonId
from concerns.rules import Rules
from concerns.summons import Found, summons
from concerns.waiting import waiting
from reminders.openings import Openings
from storage.digests import Digests, Round

LOOK_AGAIN = timedelta(minutes=5)
"""How long an opening is remembered before the directory is asked again: hours change now and then."""
BATCH = 50
"""How many agencies share one transaction, so that nobody's command waits for all of them."""


class Digest:
    """One look at the clock; between openings it costs a comparison. `today` are the rules in force."""

    def __init__(
        self,
        digests: Digests,
        rules: Callable[[str], Rules],
        today: Callable[[], Rules],
        clock: Callable[[], datetime],
        batch: int = BATCH,
    ) -> None:
        self._digests = digests
        self._rules = rules
        self._today = today
        self._clock = clock
        self._batch = batch
        self._asleep_until: datetime | None = None

    def run(self) -> int:
        """Owe the digests of every agency that has opened; how many messages. Blocks: call it in a thread.

        Raises `NotSaved` when the database cannot be used just now; a later run finds them again.
        """
        now = self._clock()
        if self._asleep_until is not None and now < self._asleep_until:
            return 0
        # Whatever fails below is tried again in a minute, not with every ring.
        self._asleep_until = now + timedelta(minutes=1)
        openings = Openings.of(self._today())
        served = self._digests.served(openings.calendars.keys(), now)
        due = {agency: at for agency, at in openings.under_way(now).items() if at > served[agency]}
        sent = self._serve(due, now) if due else 0
        self._asleep_until = min(openings.next(now) or now + LOOK_AGAIN, now + LOOK_AGAIN)
        return sent

    def next_opening(self) -> datetime | None:
        """When the next agency opens, for a clock that is moved by hand."""
        return Openings.of(self._today()).next(self._clock())

    def _serve(self, due: Mapping[AgencyId, datetime], now: datetime) -> int:
        rounds, size = self._rounds(due, now), self._batch
        batches = (rounds[start : start + size] for start in range(0, len(rounds), size))
        return sum(self._digests.serve(batch, now) for batch in batches)

    def _rounds(self, due: Mapping[AgencyId, datetime], now: datetime) -> list[Round]:
        """One for each agency that has opened, also where nothing waits: its opening is served then."""
        said: dict[AgencyId, list[tuple[Notice, int]]] = {agency: [] for agency in due}
        directory = self._today().directory
        for person_id, found in self._waiting(now).items():
            person = directory.person(person_id)
            if person is not None and person.agency in due:
                said[person.agency].append(summons(person_id, found))
        return [Round(agency, at, tuple(said[agency])) for agency, at in due.items()]

    def _waiting(self, now: datetime) -> dict[PersonId, list[Found]]:
        """What waits on each person, over all agencies: one pass over what is open."""
        known: dict[str, Rules] = {}
        found: dict[PersonId, list[Found]] = {}
        for concern in self._digests.open_concerns():
            if concern.pathway not in known:
                known[concern.pathway] = self._rules(concern.pathway)
            for one in waiting(concern, known[concern.pathway], now):
                found.setdefault(one.person, []).append((one, concern))
        return found
