"""/concern pathway: the words, and the ladder drawn against the calendar from this minute on."""

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

from tests.handlers.offices import Office, message_of
from tests.ladders import DAILY, tier, window
from tests.partnership import BEN, PEOPLE
from views.parts import Drawing
from views.teaching import ladder


def drawing_of(office: Office) -> Drawing:
    """The picture Ben is shown."""
    drawing = message_of(office.say(BEN, "/concern pathway")).drawing
    assert drawing is not None
    return drawing


def test_the_picture_comes_with_the_words_as_they_always_were(office: Office) -> None:
    message = message_of(office.say(BEN, "/concern pathway"))

    assert replace(message, drawing=None) == ladder(office.rules)
    assert ElementTree.fromstring(drawing_of(office).svg).tag.endswith("svg")


def test_its_first_tier_is_called_this_minute(office: Office) -> None:
    office.now += timedelta(minutes=5, seconds=37, microseconds=9)
    said = drawing_of(office).words

    assert "Stage 1, Practitioner. Called Mon 30 Nov, 10:05." in said
    assert "Answer by Tue 1 Dec, 17:00 (1 working day)." in said
    assert "Stage 4, called again." in said


def test_the_picture_shows_no_concern_and_names_nobody(office: Office) -> None:
    ref = office.raised()
    drawing = drawing_of(office)

    for shown in (drawing.svg, drawing.words):
        assert ref not in shown
        assert not [person.name for person in PEOPLE if person.name in shown]


def test_a_ladder_too_long_to_be_walked_is_told_without_its_picture(office: Office) -> None:
    endless = tuple(tier(number, "manager", "366 working days") for number in range(1, 80))
    office.with_pathway(replace(DAILY, tiers=endless, repeat=window("366 working days")))
    message = message_of(office.say(BEN, "/concern pathway"))

    assert message.drawing is None
    assert message == ladder(office.rules)
