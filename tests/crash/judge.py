"""What is wrong after all those lives? It looks at the record, the outbox, the chats and the desk's answers.

What was to be announced it works out anew from the record, change by change.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby

from concerns import events as e
from concerns.evolve import fold
from concerns.model import Concern, Ref
from concerns.notice import NoticeKind
from concerns.notices import announce
from storage.codec import notice_codec
from tests.crash.chats import Said
from tests.crash.life import DATABASE, Ground, Life

_CAUSES = (e.Lapsed, e.Disputed, e.Reopened, e.Raised, e.Opened, e.TurnedUrgent)
Key = tuple[str, int]
"""One change: the reference, and the number of its last event."""


class Judge:
    """Reads a house that has come to rest. `flaws` is empty when every promise was kept."""

    def __init__(self, ground: Ground, life: Life) -> None:
        self._life = life
        self._directory = ground.partnership
        house = life.house
        self.records = {c.ref: house.ledger.history(c.ref) for c in house.ledger.listing()}
        self.asked, self.answered = life.office.asked(), life.office.answered()
        self.saved = [asked for asked in self.asked if self.answered.get(asked.mark)]
        with sqlite3.connect(ground.folder / DATABASE) as db:
            db.row_factory = sqlite3.Row
            self._rows = db.execute("SELECT * FROM outbox ORDER BY ref, seq, n").fetchall()
            self._sound = [row[0] for row in db.execute("PRAGMA integrity_check")]
            self._stray = db.execute("PRAGMA foreign_key_check").fetchall()
        db.close()

    def flaws(self) -> Iterator[str]:
        """Every promise that was broken, in words."""
        yield from self._life.house.ledger.check()
        yield from (f"integrity_check: {found}" for found in self._sound if found != "ok")
        yield from (f"foreign_key_check: {tuple(found)}" for found in self._stray)
        yield from self._commands()
        for ref, events in self.records.items():
            yield from self._called_twice(ref, events)
        yield from self._announced()
        yield from self._delivered()
        yield from self._repeated()

    @property
    def lapses(self) -> int:
        """How many windows ended unanswered."""
        return sum(isinstance(event, e.Lapsed) for events in self.records.values() for event in events)

    def _commands(self) -> Iterator[str]:
        """What was saved is there once; what was cut off is there once, or not at all."""
        found = Counter(
            (type(event).__name__, words)
            for events in self.records.values()
            for event in events
            for _, words in event.words.items()
        )
        for asked in self.asked:
            times = found[asked.event, asked.mark]
            if self.answered.get(asked.mark) and times != 1:
                yield f"{asked.mark}: {asked.event} was saved, and is on record {times} times"
            elif times > 1:
                yield f"{asked.mark}: {asked.event} is on record {times} times"

    def _called_twice(self, ref: Ref, events: tuple[e.Event, ...]) -> Iterator[str]:
        """Each window lapses once, each repeat is one of its own, and no call is made without a cause."""
        lapsed = (event for event in events if isinstance(event, e.Lapsed | e.AcknowledgementLapsed))
        ended = Counter((type(event).__name__, event.tier, event.due) for event in lapsed)
        yield from (f"{ref}: {what} of tier {tier} twice" for (what, tier, _), n in ended.items() if n > 1)
        caused, times = False, 0
        for event in events:
            if isinstance(event, e.Called):
                if not caused and event.by is None:
                    yield f"{ref}: tier {event.tier} is called without a cause"
                caused, times = False, 0
            elif isinstance(event, e.CalledAgain):
                times += 1
                if event.times != times:
                    yield f"{ref}: repeat {event.times} comes as number {times}"
            elif isinstance(event, _CAUSES):
                caused = True

    def _announced(self) -> Iterator[str]:
        """The outbox holds exactly what the record says was to be announced."""
        queued: defaultdict[Key, Counter[tuple[str, str]]] = defaultdict(Counter)
        for row in self._rows:
            queued[row["ref"], row["seq"]][row["place"], row["kind"]] += 1
        for ref, events in self.records.items():
            for seq, owed in self._owed(events):
                missing, more = owed - queued[ref, seq], queued[ref, seq] - owed
                yield from (f"{ref}.{seq}: never queued: {kind} to {place}" for place, kind in missing)
                yield from (f"{ref}.{seq}: queued for nothing: {kind} to {place}" for place, kind in more)

    def _owed(self, events: tuple[e.Event, ...]) -> Iterator[tuple[int, Counter[tuple[str, str]]]]:
        concern: Concern | None = None
        for _, group in groupby(events, key=lambda event: event.at):
            change = tuple(group)
            rules = self._life.house.laws.rules((concern or fold(None, change)).pathway)
            notices = announce(concern, change, rules)
            concern = fold(concern, change)
            yield concern.seq, Counter((str(notice.place), str(notice.kind)) for notice in notices)

    def _delivered(self) -> Iterator[str]:
        """Every notice is finished: it was accepted by its platform, or it was no longer true."""
        heard = {(post.place, post.marker) for post in self._life.chats.posts}
        along = set(self._along())
        for row in self._rows:
            name = f"{row['ref']}.{row['seq']}.{row['n']} ({row['kind']} to {row['place']})"
            match row["state"]:
                case "sent" if row["kind"] == NoticeKind.CARD:
                    if not self._life.chats.has(row["message_id"]):
                        yield f"{name} is called sent, and there is no such card"
                case "sent":
                    if (row["place"], row["marker"]) not in heard:
                        yield f"{name} is called sent, and nobody heard it"
                case "superseded" if self._passed_on(row):
                    if (row["place"], row["kind"], row["created_at"], row["ref"]) not in along:
                        yield f"{name} was to be said with another, and was not"
                case "superseded":
                    if not row["why"]:
                        yield f"{name} was dropped without a reason"
                case state:
                    yield f"{name} is still {state}"

    def _passed_on(self, row: sqlite3.Row) -> bool:
        return (row["why"] or "").startswith("said together")

    def _along(self) -> Iterator[tuple[str, str, int, str]]:
        """What was said in the same breath as another concern's notice: where, what, when queued, whose."""
        for row in self._rows:
            for notice in notice_codec.decode(row["notice"]).along:
                yield row["place"], row["kind"], row["created_at"], notice.ref

    def _repeated(self) -> Iterator[str]:
        """A second copy says that it may be one; where the first can be looked up there is none."""
        known = {(row["place"], row["marker"]) for row in self._rows}
        copies: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
        for post in self._life.chats.posts:
            copies[post.place, post.marker].append(post)
        for (place, marker), posts in copies.items():
            if (place, marker) not in known:
                yield f"{place} was told what is not on record: {posts[0].title}"
            if not all(post.repeat for post in posts[1:]):
                yield f"{place} was told twice, unmarked: {posts[0].title}"
            if posts[1:] and self._life.chats.searchable(place):
                yield f"{place} was told twice although the first could be found: {posts[0].title}"
