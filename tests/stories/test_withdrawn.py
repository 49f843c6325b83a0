"""A concern no longer stands: the raising side says why, and everybody who was called is told."""

from tests.stories.harness import Story


def test_a_concern_is_withdrawn_and_the_calling_stops(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()

    story.does("amira", "/concern withdraw REF", reason="She has moved in with her daughter.")
    story.shows(channels="closed", board=("closed", "closed"))
    story.stands("closed", tier=1)
    assert "withdrawn by the raising side" in story.last("council-escalations")
    assert "She has moved in with her daughter." in story.record("tom")

    story.later("5 working days")
    story.shows()


def test_the_other_side_cannot_withdraw_it(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()

    assert "raising side" in story.refuses("tom", "/concern withdraw REF We see no need.")
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")


def test_a_withdrawn_concern_that_comes_back_is_reopened_where_it_was(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("amira", "/concern withdraw REF She moved in with her daughter.")
    story.look()

    story.presses("amira", "Reopen", reason="She is back home, alone.")
    called = "stage 1 of 4 is called"
    story.shows(channels=called, joel=called, tom=called)
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")
