"""What the storage tests share: a ledger and an outbox over a fresh database, keys and chance in hand."""

from pathlib import Path

import pytest

from storage.directory import Pathways
from storage.engine import Store
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.vault import Vault, make_key_file
from tests.ladders import DAILY, MONDAY, RULES
from tests.storage.chance import Chance


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An open vault with a key of its own."""
    make_key_file(tmp_path / "root.key", Chance("root"))
    return Vault(tmp_path / "root.key", Chance("vault"))


@pytest.fixture
def ledger(store: Store, vault: Vault) -> Ledger:
    """A ledger that knows one pathway, the daily ladder."""
    Pathways(store).keep(RULES.digest, DAILY.name, DAILY.version, "{}", MONDAY)
    return Ledger(store, vault, lambda digest: {RULES.digest: RULES}[digest], lambda strand: RULES.digest)


@pytest.fixture
def outbox(store: Store) -> Outbox:
    """The outbox of the same database."""
    return Outbox(store, Chance("outbox"))
