"""What the storage tests share: a ledger over a fresh database, with its keys and its chance in hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection

from concerns.commands import Command
from concerns.model import Ref
from concerns.rules import Rules
from storage.directory import Pathways
from storage.engine import Store
from storage.ledger import Changed, Ledger
from storage.outbox import Outbox
from storage.vault import RandomBytes, Vault, make_key_file
from tests.ladders import MONDAY, RULES
from tests.stores import *  # noqa: F403 -- fixtures


def chance() -> RandomBytes:
    """Bytes that look random and are the same on every run."""
    drawn = 0

    def draw(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return b"".join(sha256(f"{drawn}/{n}".encode()).digest() for n in range(size // 32 + 1))[:size]

    return draw
