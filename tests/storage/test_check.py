"""The record is the evidence: whoever changes it behind Baton's back is found out."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from concerns import commands as c
from concerns.model import Ref
from storage.engine import Store
from storage.ledger import Ledger
from storage.record import digest
from storage.tables import events, micros
from tests.ladders import MONDAY
from tests.partnership import TOM
from tests.storage.rows import forge
from tests.worlds import a_concern, a_contact, an_answer

UNTOUCHED = Ref("C-ZZZZ-ZZZZ")


def live(ledger: Ledger, ref: Ref) -> None:
    """A concern of five events: raised, called, a contact, acknowledged, answered."""
    ledger.change(None, replace(a_concern(), ref=ref), MONDAY)
    for command in (a_contact(MONDAY), c.Acknowledge(by=TOM), an_answer()):
        ledger.change(ref, command, MONDAY)


FORGERIES = {
    "UPDATE events SET at = at - 1 WHERE ref = :ref AND seq = 3": "event 3 is not as it was written.",
    "UPDATE events SET by = 'joel' WHERE ref = :ref AND seq = 3": "event 3 is not as it was written.",
    "UPDATE events SET by = NULL WHERE ref = :ref AND seq = 5": "event 5 is not as it was written.",
    "UPDATE events SET kind = 'note_added' WHERE ref = :ref AND seq = 3": "event 3 is not as it was written.",
    "UPDATE events SET body = digest WHERE ref = :ref AND seq = 2": "event 2 is not as it was written.",
    "UPDATE events SET sealed = NULL WHERE ref = :ref AND seq = 5": "event 5 is not as it was written.",
    "UPDATE events SET digest = body WHERE ref = :ref AND seq = 4": "event 4 is not as it was written.",
    "DELETE FROM events WHERE ref = :ref AND seq = 1": "event 1 is missing.",
    "DELETE FROM events WHERE ref = :ref AND seq = 3": "event 3 is missing.",
    "DELETE FROM events WHERE ref = :ref AND seq > 3": "events 4 to 5 are missing.",
    "DELETE FROM events WHERE ref = :ref": "events 1 to 5 are missing.",
    (
        "UPDATE events SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE ref = :ref AND seq IN (3, 4)",
        "UPDATE events SET seq = -seq WHERE ref = :ref AND seq < 0",
    ): "event 3 is not as it was written.",
    "INSERT INTO events SELECT ref, 6, at, by, kind, body, sealed, digest"
    " FROM events WHERE ref = :ref AND seq = 5": "event 6 is not as it was written.",
    "INSERT INTO events SELECT :ref, 6, at, by, kind, body, sealed, digest"
    " FROM events WHERE ref = :untouched AND seq = 1": "event 6 is not as it was written.",
    "UPDATE concerns SET seq = 4 WHERE ref = :ref": "the index knows 4 events, the record has 5.",
    "UPDATE concerns SET head = snapshot WHERE ref = :ref": "the index names another last event.",
    "UPDATE concerns SET stage = 'closed' WHERE ref = :ref": "the index and the events differ in stage.",
    "UPDATE concerns SET tier = 2 WHERE ref = :ref": "the index and the events differ in tier.",
    "UPDATE concerns SET urgent = NOT urgent WHERE ref = :ref": "the index and the events differ in urgent.",
    "UPDATE concerns SET next_due = NULL WHERE ref = :ref": "the index and the events differ in next_due.",
    "UPDATE concerns SET next_due = 1 WHERE ref = :ref": "the index and the events differ in next_due.",
    "UPDATE concerns SET raiser = 'joel' WHERE ref = :ref": "the index and the events differ in raiser.",
    "UPDATE concerns SET snapshot = (SELECT snapshot FROM concerns WHERE ref = :untouched)"
    " WHERE ref = :ref": "the snapshot is not what its events add up to.",
    "UPDATE concerns SET snapshot = head WHERE ref = :ref": "a stored Concern cannot be read.",
    "DELETE FROM concerns WHERE ref = :ref": "there are events, but the concern is missing from the index.",
}
"""What somebody does to one concern behind Baton's back, and what is said about it."""


def test_every_forgery_is_found_and_named_and_nobody_else_is_accused(ledger: Ledger, store_url: str) -> None:
    forged = {Ref(f"C-0000-00{number:02}"): change for number, change in enumerate(FORGERIES)}
    for ref in (*forged, UNTOUCHED):
        live(ledger, ref)
    assert ledger.check() == []
    for ref, change in forged.items():
        changes = (change,) if isinstance(change, str) else change
        forge(store_url, *changes, ref=ref, untouched=UNTOUCHED)

    assert sorted(ledger.check()) == [f"{ref}: {FORGERIES[change]}" for ref, change in forged.items()]


@pytest.mark.parametrize(
    ("seq", "told"),
    [(3, "event 4 is not as it was written."), (5, "the index names another last event.")],
    ids=["amid", "last"],
)
def test_an_event_forged_with_a_digest_to_match_betrays_itself_by_what_follows(
    ledger: Ledger, store: Store, store_url: str, seq: int, told: str
) -> None:
    live(ledger, UNTOUCHED)
    with store.read() as db:
        before, line = db.execute(select(events).where(events.c.seq.in_([seq - 1, seq]))).mappings().all()
    stood = (line["kind"], micros(line["at"]), "joel", line["body"], line["sealed"])
    forged = digest(before["digest"], UNTOUCHED, seq, *stood)
    change = "UPDATE events SET by = 'joel', digest = :digest WHERE seq = :seq"
    forge(store_url, change, digest=forged, seq=seq)

    assert ledger.check() == [f"{UNTOUCHED}: {told}"]


def test_an_event_moved_to_another_concern_is_missed_there_and_found_here(
    ledger: Ledger, store_url: str
) -> None:
    one, other = Ref("C-0000-0001"), Ref("C-0000-0002")
    live(ledger, one)
    live(ledger, other)
    forge(
        store_url,
        "UPDATE events SET ref = :other, seq = 6 WHERE ref = :one AND seq = 5",
        one=one,
        other=other,
    )

    assert ledger.check() == [
        f"{one}: events 5 to 5 are missing.",
        f"{other}: event 6 is not as it was written.",
    ]


def test_no_column_of_an_event_is_outside_its_digest() -> None:
    """A column added later must join the digest and the forgeries above."""
    known = {"ref", "seq", "at", "by", "kind", "body", "sealed", "digest"}

    assert {column.name for column in events.c} == known


def test_an_untouched_record_has_nothing_to_report_and_tells_how_far_it_is(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.check._BATCH", 2)
    seen: list[tuple[int, int]] = []
    assert ledger.check() == []
    for number in range(5):
        ledger.change(None, replace(a_concern(), ref=Ref(f"C-0000-000{number}")), MONDAY)

    assert ledger.check(lambda done, total: seen.append((done, total))) == []
    assert seen == [(2, 5), (4, 5), (5, 5)]
