"""The pathway templates that come with Baton: by shape, with their source, waiting for local agreement."""

import pytest

from bot.files import load_pathway, shipped_pathways
from concerns.pathway import Board


def test_five_templates_are_shipped() -> None:
    assert list(shipped_pathways()) == ["alert", "liaison", "rapid", "standard", "week"]


@pytest.mark.parametrize("name", ["alert", "liaison", "rapid", "standard", "week"])
def test_every_template_has_source_and_review_date_and_waits_for_local_agreement(name: str) -> None:
    pathway = load_pathway(shipped_pathways()[name]).pathway

    assert pathway.source
    assert pathway.review_by
    assert pathway.approved_by == ""
    assert pathway.top == 4
    assert pathway.urgent


def test_the_standard_ladder_is_what_the_playground_plays() -> None:
    pathway = load_pathway(shipped_pathways()["standard"]).pathway

    assert [(tier.challenged, str(tier.acknowledge), str(tier.answer)) for tier in pathway.tiers] == [
        ("practitioner", "4 working hours", "1 working day"),
        ("manager", "1 working day", "3 working days"),
        ("senior_manager", "1 working day", "5 working days"),
        ("director", "1 working day", "5 working days"),
    ]
    assert pathway.tier(4).convener == "independent_chair"
    assert pathway.board == Board(told_at=3, told_on_close=True)
