"""Nobody answers a referral about suspected financial exploitation, until the second stage is called."""

from pathlib import Path

from tests.playground.inside import fresh_playground
from tests.stores import Databases
from tests.stories.harness import Story

REFERRAL = {
    "strand": "adult",
    "agency": "council",
    "how": "portal",
    "summary": "Suspected financial exploitation: large cash withdrawals since a new acquaintance visits.",
    "own_ref": "RHC-2026-118",
}
MEETING = {
    "outcome": "agreed_plan_with_actions",
    "response": "A review meeting on Thursday with the bank and the home-care team.",
    "actions": "Grace Adeyemi invites everybody, by Wednesday.",
}


def refer_and_ring_twice(story: Story) -> None:
    """Amira records the referral she made on the portal, and two calls nobody took."""
    story.begins("amira", "/concern refer", **REFERRAL)
    story.shows(channels="a referral")
    story.stands("referred", due="Tue 1 Dec, 17:00")

    story.later("2 hours")
    story.does("amira", "/contact REF", direction="made", method="phone", reached="no_answer")
    story.shows()
    story.later("2 hours")
    story.does("amira", "/contact REF made voicemail message_left Left our number and the reference.")
    story.shows(amira="2 contacts without an answer")


def open_stage_1_and_wait(story: Story) -> None:
    """The response is late, Amira opens stage 1, and stage 1 stays silent."""
    story.until("Tue 1 Dec, 17:00")
    story.shows(amira="no response to your referral yet")

    story.presses("amira", "Open stage 1", why="raiser_or_manager_choice")
    story.shows(
        channels="stage 1 of 4 is called", joel="stage 1 of 4 is called", tom="stage 1 of 4 is called"
    )
    story.stands("called", tier=1, due="Wed 2 Dec, 13:00")

    story.until("Wed 2 Dec, 13:00")
    story.shows(
        channels="stage 1 of 4: not acknowledged yet",
        tom="stage 1 of 4: not acknowledged yet",
        lucia="stage 1 of 4: not acknowledged yet",
        grace="stage 1 of 4: your seat comes next",
    )
    story.until("Wed 2 Dec, 17:00")
    story.shows(
        channels=("stage 1 of 4: an answer is still owed", "stage 2 of 4 is called"),
        amira="stage 2 of 4 is called",
        joel="stage 2 of 4 is called",
        grace="stage 2 of 4 is called",
    )


def answer_and_agree(story: Story) -> None:
    """Grace acknowledges in the council's channel and answers with a review meeting; Amira accepts."""
    story.stands("called", tier=2, due="Thu 3 Dec, 17:00")
    story.presses("grace", "Acknowledge", "council-escalations")
    story.shows(joel="stage 2 of 4: acknowledged")
    story.stands("acknowledged", tier=2, due="Mon 7 Dec, 17:00")

    story.presses("grace", "Answer", "council-escalations", **MEETING)
    story.shows(
        channels="stage 2 of 4: answered", amira="stage 2 of 4: answered", joel="stage 2 of 4: answered"
    )
    story.stands("answered", tier=2, due="Fri 4 Dec, 17:00")
    assert MEETING["response"] in story.record("amira")

    story.presses("amira", "Accept", how="plain")
    story.shows(channels="agreed")
    story.stands("agreed", tier=2, due="Wed 16 Dec, 17:00")
    assert story.card()["title"] == "agreed"


def test_played_by_hand_from_the_referral_to_agreed(story: Story) -> None:
    refer_and_ring_twice(story)
    open_stage_1_and_wait(story)
    answer_and_agree(story)


def test_played_by_one_click_up_to_where_a_person_takes_over(story: Story) -> None:
    story.plays("delayed")
    assert story.now() == "Wed 2 Dec, 17:00"
    assert story.card()["title"] == "stage 2 of 4: Line managers and safeguarding leads"
    story.look()

    answer_and_agree(story)


def test_one_click_shows_what_playing_by_hand_shows(
    story: Story, databases: Databases, tmp_path: Path
) -> None:
    refer_and_ring_twice(story)
    open_stage_1_and_wait(story)
    with fresh_playground(databases, tmp_path / "clicked") as open_playground:
        by_click = Story(open_playground().outsider)
        by_click.plays("delayed")

        assert by_click.told() == story.told()
