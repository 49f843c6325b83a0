"""Which question is open in whose chat: found by its form, by its message, or as the newest."""

from datetime import timedelta

import pytest

from storage.dialogs import Dialog, Dialogs
from storage.drafts import KEPT
from storage.engine import Store
from tests.ladders import MONDAY

ONE = Dialog("form-1", "101", "colour", 3, True, None, "telegram:1:5")
OTHER = Dialog("form-2", "101", "story")
ELSEWHERE = Dialog("form-3", "102", "story")


@pytest.fixture
def dialogs(store: Store) -> Dialogs:
    """Two in one chat, one in another."""
    kept = Dialogs(store)
    for n, dialog in enumerate((ONE, OTHER, ELSEWHERE)):
        kept.put(dialog, MONDAY + timedelta(seconds=n))
    return kept


def test_a_dialog_is_found_by_its_form_in_its_own_chat_only(dialogs: Dialogs) -> None:
    assert dialogs.of("form-1", "101") == ONE
    assert dialogs.of("form-1", "102") is None
    assert dialogs.of("form-9", "101") is None


def test_the_newest_is_the_one_whose_question_was_shown_last(dialogs: Dialogs) -> None:
    """What has just moved is about to be; what never was shown, when another was, is not the newest."""
    assert newest(dialogs) == ("form-2", None)
    dialogs.shown("form-2", 40)
    assert newest(dialogs) == ("form-2", 40)
    dialogs.put(ONE, MONDAY)
    assert newest(dialogs) == ("form-1", None)
    dialogs.shown("form-1", 30)
    assert newest(dialogs) == ("form-2", 40)
    assert dialogs.newest("103") is None
    elsewhere = dialogs.newest("102")
    assert elsewhere is not None
    assert elsewhere.message_id is None


def newest(dialogs: Dialogs) -> tuple[str, int | None]:
    """The form, and the message its question stands in."""
    found = dialogs.newest("101")
    assert found is not None
    return found.form, found.message_id


def test_a_question_is_found_by_the_message_it_stands_in(dialogs: Dialogs) -> None:
    dialogs.shown("form-1", 30)

    found = dialogs.asked_in("101", 30)
    assert found is not None
    assert found.form == "form-1"
    assert dialogs.asked_in("102", 30) is None


def test_a_dialog_that_moves_takes_its_own_place(dialogs: Dialogs) -> None:
    dialogs.put(Dialog("form-1", "101", "several", 4, True, None, "telegram:1:6"), MONDAY)

    assert dialogs.of("form-1", "101") == Dialog("form-1", "101", "several", 4, True, None, "telegram:1:6")


def test_one_that_is_over_is_gone(dialogs: Dialogs) -> None:
    dialogs.end("form-1")

    assert dialogs.of("form-1", "101") is None
    assert dialogs.accounts() == ("101", "102")


def test_those_left_alone_as_long_as_a_form_is_kept_are_forgotten(dialogs: Dialogs) -> None:
    assert dialogs.sweep(MONDAY + KEPT) == 0
    assert dialogs.sweep(MONDAY + KEPT + timedelta(seconds=2)) == 2
    assert dialogs.accounts() == ("102",)
