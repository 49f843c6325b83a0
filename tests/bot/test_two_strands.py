"""One install, two pathways: a concern about a child climbs one ladder, about an adult the other."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.files import DEMO_PARTNERSHIP, load_partnership, load_pathway, shipped_pathways
from bot.files.stored import LoadedPathway, loaded
from bot.house import House, open_house
from concerns.model import Concern
from concerns.pathway import Strand
from concerns.people import PersonId
from handlers.scene import Asker, Reply
from storage.vault import make_key_file

MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)
AMIRA = Asker(PersonId("amira"))
ABOUT = {"agency": "council", "ground": ["threshold"], "decision": "No enquiry.", "wanted": "One."}


def covering(name: str, strand: Strand, line: str) -> LoadedPathway:
    """A shipped ladder for one strand, with an emergency line of its own."""
    shipped = load_pathway(shipped_pathways()[name])
    emergency = replace(shipped.pathway.emergency, text="Ring 999.", duty_team=line, hours="nights")
    pathway = replace(shipped.pathway, name=name, strands=(strand,), emergency=emergency)
    return loaded(pathway, shipped.calendar)


@pytest.fixture
def house(store_url: str, tmp_path: Path) -> Iterator[House]:
    """A house with a ladder for children and another for adults."""
    make_key_file(tmp_path / "words.key", secrets.token_bytes)
    ladders = (
        covering("standard", Strand.CHILD, "Children's team"),
        covering("rapid", Strand.ADULT, "Adults' team"),
    )
    opened = open_house(store_url, tmp_path / "words.key", ladders, lambda: MONDAY)
    opened.directories.apply(load_partnership(DEMO_PARTNERSHIP), MONDAY, "test")
    yield opened
    opened.close()


def fills(house: House, line: str, *pages: dict[str, object]) -> Reply:
    """Amira says a line and fills in its form."""
    reply = house.desk.say(AMIRA, line)
    for page in pages:
        assert reply.form, reply.error
        reply = house.desk.submit(AMIRA, reply.form.id, page)
    return reply


def raised(house: House, strand: str) -> Concern:
    """The concern Amira raises."""
    fills(house, "/concern raise", {"danger": "no"}, {"strand": strand, **ABOUT})
    (found,) = (one for one in house.ledger.listing() if one.strand == strand)
    return found


def test_each_strand_opens_under_its_own_pathway(house: House) -> None:
    child, adult = raised(house, "child"), raised(house, "adult")

    assert house.laws.rules(child.pathway).pathway.name == "standard"
    assert house.laws.rules(adult.pathway).pathway.name == "rapid"


def test_in_danger_everybody_sees_both_lines_until_the_strand_is_known(house: House) -> None:
    reply = fills(house, "/concern raise", {"danger": "yes"})

    lines = reply.aside[0].lines
    assert [line for line in lines if "team" in line] == [
        "Children's team (nights).",
        "Adults' team (nights).",
    ]
    assert lines.count("Ring 999.") == 1


def test_the_pathway_command_shows_both_ladders(house: House) -> None:
    reply = house.desk.say(AMIRA, "/concern pathway")

    assert reply.message
    shown = [message.lines[0] for message in (*reply.aside, reply.message)]
    assert [line.split(",")[0] for line in shown] == ["standard", "rapid"]
    assert all(message.drawing for message in (*reply.aside, reply.message))


def test_the_guide_names_both_lines(house: House) -> None:
    reply = house.desk.say(AMIRA, "/concern guide")

    assert reply.message
    assert {"Children's", "Adults'"} <= {line.split()[0] for line in reply.message.lines}
