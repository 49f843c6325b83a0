"""Somebody is in danger now: the emergency text comes first, and the senior managers are called at once."""

from tests.stories.harness import Story

STAGE_3 = "Urgent: stage 3 of 4"
STAGE_4 = "Urgent: stage 4 of 4"


def test_danger_comes_first_and_goes_straight_to_senior_managers_hour_by_hour(story: Story) -> None:
    story.begins("amira", "/concern raise", danger="yes", agency="council")
    called = f"{STAGE_3} is called"
    story.shows(
        amira="If somebody is in danger now",
        channels=(f"{STAGE_3}: Service managers and heads of service", called),
        board=(f"{STAGE_3}: Service managers and heads of service", called),
        joel=called,
        ruth=called,
        nadia=called,
    )
    story.stands("called", tier=3, due="Mon 30 Nov, 11:00")
    assert "999" in " ".join(story.card()["lines"])

    story.until("Mon 30 Nov, 11:00")
    late, owed = f"{STAGE_3}: not acknowledged yet", f"{STAGE_3}: an answer is still owed"
    story.shows(
        channels=late,
        board=late,
        nadia=late,
        grace=late,
        martin=f"{STAGE_3}: your seat comes next",
    )
    story.until("Mon 30 Nov, 13:00")
    story.shows(channels=(owed, owed), board=(owed, owed))

    story.until("Mon 30 Nov, 14:00")
    called = f"{STAGE_4} is called"
    story.shows(channels=called, board=called, amira=called, helen=called, martin=called, miriam=called)
    story.stands("called", tier=4, due="Mon 30 Nov, 15:00")

    story.presses(
        "martin", "Answer", outcome="agreed_decision_changed", response="A social worker is with her."
    )
    answered = "stage 4 of 4: answered"
    story.shows(channels=answered, board=answered, amira=answered, helen=answered)
    story.presses("amira", "Accept")
    story.shows(channels="agreed", board="agreed")


def test_urgent_windows_run_through_the_night(story: Story) -> None:
    story.later("8 hours")
    story.begins("amira", "/concern raise", danger="yes", agency="council")
    story.look()

    story.stands("called", tier=3, due="Mon 30 Nov, 19:00")
    story.until("Mon 30 Nov, 22:00")
    story.look()
    story.stands("called", tier=4, due="Mon 30 Nov, 23:00")


def test_a_concern_that_turns_dangerous_leaps_to_the_urgent_stage(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()

    story.does("amira", "/concern escalate REF", why="immediate_risk", reason="He is at the door.")
    called = f"{STAGE_3} is called"
    story.shows(
        amira="If somebody is in danger now",
        channels=called,
        board=(f"{STAGE_3}: Service managers and heads of service", called),
        ruth=called,
        nadia=called,
    )
