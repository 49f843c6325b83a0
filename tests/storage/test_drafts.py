"""A half-filled form is kept for its owner, and destroyed when it has served."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.drafts import Draft, Drafts
from storage.engine import Store
from storage.errors import CannotOpen, VaultLocked
from storage.ledger import Ledger
from storage.tables import drafts as rows
from storage.vault import Vault
from tests.ladders import MONDAY
from tests.partnership import AMIRA, TOM
from tests.storage.chance import Chance
from tests.storage.rows import Broken, forge
from tests.worlds import REF, a_concern

ANSWERS = {"danger": "no", "decision": "No enquiry was opened."}


@pytest.fixture
def drafts(store: Store, vault: Vault) -> Drafts:
    """Drafts, of which one is open: Amira is raising something."""
    opened = Drafts(store, vault)
    opened.open("d1", AMIRA, "raise", None, ANSWERS, MONDAY)
    return opened


def left(store: Store) -> list[str]:
    """The ids of the drafts in the database."""
    with store.read() as db:
        return list(db.scalars(select(rows.c.id).order_by(rows.c.id)))


def test_a_draft_is_read_back_as_it_was_left(drafts: Drafts) -> None:
    assert drafts.read("d1", AMIRA) == Draft("d1", AMIRA, "raise", None, ANSWERS, MONDAY)
    assert drafts.write("d1", AMIRA, ANSWERS | {"wanted": "One."})
    drafts.open("d2", AMIRA, "note", REF, {}, MONDAY)

    kept = drafts.read("d1", AMIRA)
    assert kept is not None
    assert kept.answers == ANSWERS | {"wanted": "One."}
    assert drafts.read("d2", AMIRA) == Draft("d2", AMIRA, "note", REF, {}, MONDAY)


def test_to_anybody_else_a_draft_does_not_exist(drafts: Drafts) -> None:
    assert drafts.read("d1", TOM) is None
    assert drafts.read("d2", AMIRA) is None
    assert not drafts.write("d1", TOM, {"decision": "Mine now."})
    assert not drafts.write("d2", AMIRA, {})
    assert drafts.read("d1", AMIRA) == Draft("d1", AMIRA, "raise", None, ANSWERS, MONDAY)


def test_a_draft_moved_to_somebody_else_does_not_open(drafts: Drafts, store_url: str) -> None:
    forge(store_url, "UPDATE drafts SET person = 'tom'")

    with pytest.raises(CannotOpen):
        drafts.read("d1", TOM)


def test_submitting_destroys_the_draft_in_the_same_breath(
    drafts: Drafts, ledger: Ledger, store: Store
) -> None:
    def fail_after(db: object) -> None:
        raise Broken

    with pytest.raises(Broken):
        ledger.change(None, a_concern(), MONDAY, also=fail_after)
    assert left(store) == ["d1"]

    ledger.change(None, a_concern(), MONDAY, also=lambda db: drafts.close("d1", db))
    assert left(store) == []
    assert drafts.read("d1", AMIRA) is None


def test_a_refused_submit_keeps_the_draft(drafts: Drafts, ledger: Ledger, store: Store) -> None:
    refused = ledger.change(None, a_concern(grounds=()), MONDAY, also=lambda db: drafts.close("d1", db))

    assert "ground" in str(refused)
    assert left(store) == ["d1"]


@pytest.mark.parametrize(
    ("later", "kept"),
    [(timedelta(days=7), ["d1"]), (timedelta(days=7, microseconds=1), [])],
    ids=["a week", "more than a week"],
)
def test_a_draft_is_destroyed_after_seven_days(
    drafts: Drafts, store: Store, later: timedelta, kept: list[str]
) -> None:
    now: datetime = MONDAY + later

    assert drafts.sweep(now) == 1 - len(kept)
    assert left(store) == kept


def test_without_the_key_drafts_say_so_and_stay(drafts: Drafts, store: Store, tmp_path: Path) -> None:
    locked = Drafts(store, Vault(tmp_path / "lost.key", Chance("vault")))

    with pytest.raises(VaultLocked):
        locked.open("d2", AMIRA, "note", REF, {}, MONDAY)
    with pytest.raises(VaultLocked):
        locked.read("d1", AMIRA)
    with pytest.raises(VaultLocked):
        locked.write("d1", AMIRA, {})
    assert locked.read("d1", TOM) is None
    assert drafts.read("d1", AMIRA) == Draft("d1", AMIRA, "raise", None, ANSWERS, MONDAY)


def test_a_person_has_a_list_of_their_own_forms_the_latest_first(drafts: Drafts) -> None:
    drafts.open("d2", AMIRA, "note", REF, {}, MONDAY + timedelta(minutes=1))
    drafts.open("d3", TOM, "note", REF, {}, MONDAY)

    assert drafts.of(AMIRA, MONDAY + timedelta(minutes=2)) == ("d2", "d1")
    assert drafts.of(TOM, MONDAY) == ("d3",)
    assert drafts.of(AMIRA, MONDAY + timedelta(days=7, seconds=30)) == ("d2",)


def test_a_form_is_thrown_away_by_its_owner_only(drafts: Drafts, store: Store) -> None:
    assert not drafts.discard("d1", TOM)
    assert left(store) == ["d1"]

    assert drafts.discard("d1", AMIRA)
    assert not drafts.discard("d1", AMIRA)
    assert left(store) == []
