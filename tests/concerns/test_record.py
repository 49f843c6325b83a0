"""The record: a concern is the fold of its events, begun once, and words stay sealed in them."""

import pytest

from concerns import events as e
from concerns.evolve import evolve, fold
from concerns.model import NO_WORDS, Words
from tests.ladders import MONDAY
from tests.worlds import AT_STAGE, called, closed, referred, words


def test_a_concern_is_the_fold_of_its_events_and_counts_them() -> None:
    for build in AT_STAGE.values():
        world = build()
        assert fold(None, world.events) == world.concern
        assert world.concern.seq == len(world.events)


def test_a_record_is_not_empty_and_begins_with_an_opening_and_opens_once() -> None:
    with pytest.raises(ValueError, match="nothing to fold"):
        fold(None, ())
    with pytest.raises(ValueError, match="begins with an opening"):
        evolve(None, e.NoteAdded(at=MONDAY))
    with pytest.raises(ValueError, match="opens once"):
        evolve(called().concern, called().events[0])


def test_an_event_of_a_call_needs_a_call() -> None:
    with pytest.raises(ValueError, match="no tier has been called"):
        evolve(referred().concern, e.AcknowledgementLapsed(at=MONDAY, tier=1, due=MONDAY))


def test_clocks_are_kept_soonest_first() -> None:
    dues = [clock.due for clock in called().concern.clocks]

    assert dues == sorted(dues)
    assert called().concern.due == dues[0]
    assert closed().concern.due is None


def test_the_words_are_in_the_event_that_recorded_them_and_not_in_the_concern() -> None:
    world = called()

    assert world.events[0].words.text("wanted") == "An enquiry, this week."
    assert "enquiry" not in repr(world.concern)


def test_printing_words_shows_nothing_of_them() -> None:
    said = words(decision="Mrs Ellery")

    assert repr(said) == "Words(1 sealed)"
    assert repr(Words(locked=True)) == "Words(locked)"
    assert "Ellery" not in str(said)


def test_words_of_spaces_are_none_and_the_rest_come_in_the_order_given() -> None:
    said = words(wanted="A visit.", decision="  ", views="She agrees.")

    assert said.items() == (("wanted", "A visit."), ("views", "She agrees."))
    assert said.text("decision") == ""
    assert said
    assert not NO_WORDS


def test_words_are_equal_when_they_say_the_same_and_are_open_or_locked_alike() -> None:
    assert words(text="A") == words(text="A")
    assert hash(words(text="A")) == hash(words(text="A"))
    assert words(text="A") != words(text="B")
    assert Words() != Words(locked=True)
    assert words(text="A") != "A"
