"""The same lives, kept by the ledger on both databases: what it gives back is what the record adds up to."""

from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from concerns import commands as c
from concerns import events as e
from concerns.decide import catch_up
from concerns.evolve import fold
from concerns.model import NO_WORDS, Ref
from concerns.reference import make
from concerns.rules import Refused, Rules
from storage.codec import KINDS, concern_codec, decode_event, encode_event, notice_codec
from storage.directory import Pathways
from storage.engine import Store
from storage.ledger import Changed, Ledger
from storage.vault import Vault
from tests.ladders import DAILY, MONDAY, RULES
from tests.lives import Lives


def test_whatever_happens_the_index_row_is_what_the_events_add_up_to(store: Store, vault: Vault) -> None:
    Pathways(store).keep(RULES.digest, DAILY.name, DAILY.version, "{}", MONDAY)
    numbers = count()

    class Kept(Lives):
        """One concern in the ledger; `today` is handed to it anew with every step."""

        def __init__(self) -> None:
            super().__init__()
            self.ledger = Ledger(store, vault, self._rules, lambda strand: RULES.digest)

        def _rules(self, digest: str) -> Rules:
            assert digest == RULES.digest
            return self.today

        def new_ref(self) -> Ref:
            """All lives share one database."""
            return make(next(numbers))

        def put(self, command: c.Command) -> tuple[e.Event, ...] | Refused:
            """Through the one transaction."""
            ref = self.record.ref if self.record else None
            changed = self.ledger.change(ref, command, self.now)
            assert isinstance(changed, Changed | Refused)
            return changed if isinstance(changed, Refused) else changed.events

        def hear(self, command: c.LaterCommand) -> None:
            """A window that ended goes on record first, as it does in the transaction itself."""
            self.wake()
            super().hear(command)

        def look(self) -> tuple[e.Event, ...]:
            """As the sweep does."""
            events = catch_up(self.concern, self.now, self.today)[1]
            swept = self.ledger.lapse(self.now, 1, only=(self.concern.ref,))
            assert bool(swept.refs) is bool(events)
            return events

        @invariant()
        def the_ledger_has_it_as_it_is(self) -> None:
            """The snapshot, the events with their words, and both through the codec."""
            assert self.ledger.load(self.concern.ref) == self.record
            assert self.ledger.history(self.concern.ref) == self.events

        def teardown(self) -> None:
            """At the end of each life."""
            if not getattr(self, "events", ()):
                return
            assert fold(None, self.ledger.history(self.concern.ref)) == self.record
            assert concern_codec.decode(concern_codec.encode(self.concern)) == self.record
            for event in self.events:
                body = encode_event(event)
                again = decode_event(KINDS[type(event)], event.at, event.by, body)
                assert again == replace(event, words=NO_WORDS)
            for notice in self.queued:
                assert notice_codec.decode(notice_codec.encode(notice)) == notice

    run_state_machine_as_test(Kept, settings=settings(settings(), max_examples=15, stateful_step_count=25))

    assert Ledger(store, vault, lambda digest: RULES, lambda strand: RULES.digest).check() == []
