"""A referral is answered after all: the raiser says whether that is enough."""

from tests.stories.harness import Story


def test_a_response_that_is_enough_closes_the_referral(story: Story) -> None:
    story.begins("amira", "/concern refer", agency="council", how="phone")
    story.shows(channels="a referral")

    story.presses("amira", "A response came", "riverside-escalations", verdict="satisfied")
    story.shows(board="closed")
    story.stands("closed")
    assert "the response was enough" in " ".join(story.card("council-escalations")["lines"])


def test_a_response_that_is_not_enough_calls_stage_1(story: Story) -> None:
    story.begins("amira", "/concern refer", agency="council", how="phone")
    story.look()

    story.does("amira", "/concern responded REF", verdict="challenge", ground=["threshold"])
    called = "stage 1 of 4 is called"
    story.shows(channels=called, joel=called, tom=called)
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")


def test_a_referral_nobody_looks_at_opens_stage_1_by_itself(story: Story) -> None:
    story.begins("amira", "/concern refer", agency="council", how="phone")
    story.look()

    story.until("Tue 1 Dec, 17:00")
    story.shows(amira="no response to your referral yet")
    story.until("Wed 2 Dec, 17:00")
    called = "stage 1 of 4 is called"
    story.shows(channels=called, amira=called, joel=called, tom=called)
    story.stands("called", tier=1, due="Thu 3 Dec, 13:00")
