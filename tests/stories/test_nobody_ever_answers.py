"""Nobody answers at any stage: everybody above is called, the top again and again, and nothing closes."""

from tests.stories.harness import Story

CALLED_AGAIN = "stage 4 of 4 is called again"
OWED = "an answer is still owed"
NEXT = "stage {} of 4: your seat comes next"


def test_silence_goes_to_the_top_and_is_called_again_until_the_convener_answers(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.shows(
        channels=("stage 1 of 4: Practitioners", "stage 1 of 4 is called"),
        tom="stage 1 of 4 is called",
        joel="stage 1 of 4 is called",
    )

    story.until("Tue 1 Dec, 17:00")
    late = "stage 1 of 4: not acknowledged yet"
    story.shows(
        channels=(late, f"stage 1 of 4: {OWED}", f"stage 1 of 4: {OWED}", "stage 2 of 4 is called"),
        tom=late,
        lucia=late,
        grace=(NEXT.format(1), "stage 2 of 4 is called"),
        amira="stage 2 of 4 is called",
        joel="stage 2 of 4 is called",
    )

    story.until("Fri 4 Dec, 17:00")
    late = "stage 2 of 4: not acknowledged yet"
    story.shows(
        channels=(late, f"stage 2 of 4: {OWED}", f"stage 2 of 4: {OWED}", "stage 3 of 4 is called"),
        board=("stage 3 of 4: Service managers and heads of service", "stage 3 of 4 is called"),
        grace=late,
        owen=late,
        nadia=(NEXT.format(2), "stage 3 of 4 is called"),
        amira="stage 3 of 4 is called",
        ruth="stage 3 of 4 is called",
    )

    story.until("Fri 11 Dec, 17:00")
    late = "stage 3 of 4: not acknowledged yet"
    said = (late, f"stage 3 of 4: {OWED}", f"stage 3 of 4: {OWED}", "stage 4 of 4 is called")
    story.shows(
        channels=said,
        board=said,
        nadia=late,
        grace=late,
        martin=(NEXT.format(3), "stage 4 of 4 is called"),
        amira="stage 4 of 4 is called",
        helen="stage 4 of 4 is called",
        miriam="stage 4 of 4 is called",
    )

    story.until("Fri 18 Dec, 17:00")
    late = "stage 4 of 4: not acknowledged yet"
    said = (late, f"stage 4 of 4: {OWED}", f"stage 4 of 4: {OWED}", CALLED_AGAIN)
    story.shows(channels=said, board=said, nadia=late, martin=(late, CALLED_AGAIN), miriam=CALLED_AGAIN)
    story.stands("called", tier=4, due="Mon 21 Dec, 17:00")

    story.until("Tue 22 Dec, 17:00")
    twice = (CALLED_AGAIN, CALLED_AGAIN)
    story.shows(channels=twice, board=twice, martin=twice, miriam=twice)
    assert "This is call 4" in story.last("board")

    story.presses("miriam", "Answer", "board", outcome="agreed_plan_with_actions")
    answered = "stage 4 of 4: answered"
    story.shows(channels=answered, board=answered, amira=answered, helen=answered)
    story.presses("amira", "Accept")
    story.shows(channels="agreed", board="agreed")
    story.stands("agreed", tier=4, due="Fri 8 Jan, 17:00")


def test_christmas_is_passed_over_and_the_calling_goes_on_after_it(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.until("Thu 24 Dec, 17:00")
    story.look()

    story.stands("called", tier=4, due="Tue 29 Dec, 17:00")
    story.until("Tue 29 Dec, 17:00")
    story.shows(channels=CALLED_AGAIN, board=CALLED_AGAIN, martin=CALLED_AGAIN, miriam=CALLED_AGAIN)


def test_a_year_of_silence_closes_nothing(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.later("10 weeks")
    story.look()

    story.stands("called", tier=4, due="Mon 8 Feb, 17:00")
    assert "Called again" in " ".join(story.card("board")["lines"])
