"""A picture in the playground's JSON: beside the message's own keys, and null where there is none."""

from xml.etree import ElementTree

from tests.playground.outsider import Outsider
from tests.playground.shapes import MESSAGE, misfit


def test_the_pathway_comes_with_its_picture_and_the_same_in_words(still: Outsider) -> None:
    message = still.do("amira", "/concern pathway")

    assert misfit(message, MESSAGE) == ""
    assert ElementTree.fromstring(message["picture"]).tag.endswith("svg")
    assert "Stage 1, Practitioners. Called Mon 30 Nov, 10:00." in message["picture_words"]
    assert still.private("amira")[-1] == message


def test_other_messages_have_none(still: Outsider) -> None:
    message = still.do("amira", "/concern guide")

    assert message["picture"] is None
    assert message["picture_words"] is None
