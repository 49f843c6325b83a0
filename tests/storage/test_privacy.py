"""What people type in private is in no byte of the database, and in nothing that is printed or raised."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from concerns import commands as c
from concerns.model import Ref, Words
from concerns.people import PersonId
from storage.drafts import Drafts
from storage.engine import Store
from storage.errors import NotSaved
from storage.ledger import Ledger
from storage.vault import Vault
from tests.ladders import MONDAY
from tests.partnership import AMIRA, TOM
from tests.storage.rows import Broken, breaking_at, every_byte
from tests.worlds import REF, a_concern, a_contact, a_dispute, an_answer

MARK = "marked-7f3k-words"


def marked(command: c.LaterCommand | c.Opening) -> c.LaterCommand | c.Opening:
    """The same, with the mark in every field of words a form may have."""
    keys = (
        "decision",
        "wanted",
        "why",
        "why_unsafe",
        "views",
        "summary",
        "who",
        "response",
        "reasons",
        "text",
    )
    return replace(command, words=Words({key: f"{MARK} {key} of {type(command).__name__}" for key in keys}))


def live(ledger: Ledger) -> None:
    """A concern in which everybody types the mark wherever they can."""
    ledger.change(None, marked(a_concern()), MONDAY, "slack-1")
    said = (a_contact(MONDAY), c.AddNote(by=AMIRA), c.Acknowledge(by=TOM), an_answer(), a_dispute())
    for command in said:
        ledger.change(REF, marked(command), MONDAY)
    due = ledger.next_due()
    assert due is not None
    ledger.lapse(due, 10)


def test_no_word_is_in_any_byte_of_the_database(ledger: Ledger, store_url: str) -> None:
    live(ledger)
    said = "".join(text for event in ledger.history(REF) for _, text in event.words.items())

    assert said.count(MARK) == 10 * 6
    stored = every_byte(store_url)
    assert REF.encode() in stored, "the bytes that were searched are those of the database"
    assert MARK.encode() not in stored
    assert MARK.encode().hex().encode() not in stored


def test_no_answer_of_a_draft_is_in_any_byte_of_the_database(
    store: Store, vault: Vault, store_url: str
) -> None:
    drafts = Drafts(store, vault)
    drafts.open("d1", AMIRA, "raise", None, {"decision": MARK}, MONDAY)
    drafts.write("d1", AMIRA, {"decision": MARK, "wanted": MARK})

    stored = every_byte(store_url)
    assert b"amira" in stored
    assert MARK.encode() not in stored


def test_the_key_that_opened_forgotten_words_is_in_no_byte_either(
    ledger: Ledger, store: Store, store_url: str
) -> None:
    live(ledger)
    with store.read() as db:
        (wrapped,) = (row[0] for row in db.exec_driver_sql("SELECT data_key FROM concerns"))
    assert wrapped in every_byte(store_url)
    ledger.forget(REF)

    assert wrapped not in every_byte(store_url)


def test_the_key_of_a_swept_draft_is_in_no_byte_either(store: Store, vault: Vault, store_url: str) -> None:
    drafts = Drafts(store, vault)
    drafts.open("d1", AMIRA, "raise", None, {"decision": MARK}, MONDAY)
    with store.read() as db:
        ((key, answers),) = db.exec_driver_sql("SELECT data_key, answers FROM drafts").all()
    drafts.sweep(MONDAY.replace(month=12, day=31))

    assert key not in every_byte(store_url)
    assert answers not in every_byte(store_url)


def test_no_word_is_printed_with_what_the_ledger_hands_out(ledger: Ledger) -> None:
    changed = ledger.change(None, marked(a_concern()), MONDAY)

    assert MARK not in f"{changed!r} {ledger.history(REF)!r} {ledger.load(REF)!r} {ledger.listing()!r}"


def test_no_word_is_in_an_error_wherever_it_strikes(ledger: Ledger, store: Store) -> None:
    """Also not in the statement and the parameters a database error carries."""
    for step in count():
        try:
            with breaking_at(store, step):
                ledger.change(None, marked(a_concern()), MONDAY)
            return
        except Broken as error:
            chain = [error, error.__cause__, error.__context__]
            assert MARK not in "".join(f"{link!r} {link}" for link in chain)


def test_no_word_is_in_not_saved(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    locked = Ledger(store, Vault(tmp_path / "lost.key", lambda size: b""), ledger._rules, ledger._today)

    with pytest.raises(NotSaved) as refused:
        locked.change(None, marked(a_concern()), MONDAY)
    assert MARK not in f"{refused.value!r} {refused.value}"


def test_a_draft_prints_no_answer(store: Store, vault: Vault) -> None:
    drafts = Drafts(store, vault)
    drafts.open("d1", PersonId("amira"), "note", Ref("C-0000-0000"), {"text": MARK}, MONDAY)

    assert MARK not in repr(drafts.read("d1", AMIRA))
