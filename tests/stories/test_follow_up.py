"""Agreed is not the end: somebody looks whether the person is safer, and says what they found."""

import pytest

from tests.stories.harness import Story

BOTH = ["riverside", "council"]


@pytest.fixture
def agreed(story: Story) -> Story:
    """Stage 1 has answered and Amira has accepted."""
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern answer REF agreed_plan_with_actions A visit every week.")
    story.does("amira", "/concern accept REF plain")
    story.look()
    return story


def test_the_person_is_safer_and_the_concern_is_closed(agreed: Story) -> None:
    agreed.stands("agreed", tier=1, due="Mon 14 Dec, 17:00")
    agreed.until("Mon 14 Dec, 17:00")
    agreed.shows(amira="is the person safer now?")

    agreed.presses("amira", "Follow-up check", safer="yes", records_copied=BOTH, note="She manages well.")
    agreed.shows(channels="closed", board=("closed", "closed"))
    agreed.stands("closed", tier=1)
    assert "She manages well." in agreed.record("tom")


def test_a_check_nobody_makes_is_asked_for_every_working_day(agreed: Story) -> None:
    agreed.until("Mon 14 Dec, 17:00")
    agreed.shows(amira="is the person safer now?")
    agreed.until("Tue 15 Dec, 17:00")
    agreed.shows(amira="is the person safer now?", sam="is the person safer now?")
    agreed.until("Wed 16 Dec, 17:00")
    agreed.shows(amira="is the person safer now?", sam="is the person safer now?")
    agreed.stands("agreed", tier=1, due="Thu 17 Dec, 17:00")


def test_too_early_to_say_sets_a_new_day(agreed: Story) -> None:
    agreed.does("amira", "/concern check REF", safer="too_early", again_on="2026-12-21")
    agreed.shows()
    agreed.stands("agreed", tier=1, due="Mon 21 Dec, 17:00")

    agreed.until("Mon 21 Dec, 17:00")
    agreed.shows(amira="is the person safer now?")


def test_it_does_not_close_before_both_records_have_a_copy(agreed: Story) -> None:
    form = agreed.out.say("amira", f"/concern check {agreed.ref}")["reply"]["form"]

    answer = agreed.out.submit("amira", form, {"safer": "yes", "records_copied": ["riverside"]})

    assert "Northshire Council" in answer["error"]
    agreed.stands("agreed", tier=1, due="Mon 14 Dec, 17:00")


def test_the_person_is_not_safer_and_the_same_stage_is_called_again(agreed: Story) -> None:
    agreed.until("Mon 14 Dec, 17:00")
    agreed.does("amira", "/concern check REF no Nobody has visited.")
    agreed.shows(
        channels="the check says the person is not safer",
        amira="is the person safer now?",
    )

    agreed.does("amira", "/concern reopen REF Nobody has visited.")
    called = "stage 1 of 4 is called"
    agreed.shows(channels=called, joel=called, tom=called)
    agreed.stands("called", tier=1, due="Tue 15 Dec, 13:00")
    record = agreed.record("tom")
    assert "A visit every week." in record
    assert "Nobody has visited." in record
