"""A supported-living service is told thresholds are not met; one stage up, what staff saw is weighed."""

from tests.stories.harness import Story

BROOKSIDE = ("brookside-escalations", "brookside-council", "council-escalations")
CHALLENGE = {
    "strand": "adult",
    "agency": "council",
    "ground": ["threshold"],
    "decision": "We were told by telephone that our referral does not meet the threshold.",
    "wanted": "A conversation about what we see every day, and a formal enquiry.",
}
OBSERVED = "Night staff wrote down on three dates that he asked not to be left alone"
ENQUIRY = {
    "outcome": "agreed_decision_changed",
    "response": "We open a formal enquiry; a strategy meeting is on Thursday, and you are invited.",
}


def told_that_it_is_below_the_threshold(story: Story) -> None:
    """Dele challenges, the duty social worker acknowledges, and keeps to what was said by telephone."""
    story.begins("dele", "/concern raise", **CHALLENGE)
    called = "stage 1 of 4 is called"
    story.shows(channels=("stage 1 of 4: Practitioners", called), tom=called, carol=called)
    story.presses("tom", "Acknowledge", "council-escalations")
    story.shows(dele="stage 1 of 4: acknowledged")
    story.does("tom", "/concern answer REF agreed_decision_stands_with_explanation The test is not met.")
    story.shows(channels="stage 1 of 4: answered", dele="stage 1 of 4: answered")


def what_staff_observed_goes_on_record(story: Story) -> None:
    """A note moves nothing; then the answer is disputed, and the managers are called."""
    story.does("dele", f"/concern note REF {OBSERVED}.")
    story.shows()
    story.does("dele", "/concern dispute REF What staff observed was not weighed.")
    called = "stage 2 of 4 is called"
    story.shows(channels=called, grace=called, carol=called)


def a_formal_enquiry_and_accepted(story: Story) -> None:
    """The team manager reads what staff saw and opens an enquiry; Dele accepts, and it is checked."""
    assert OBSERVED in story.record("grace")
    story.presses("grace", "Answer", "council-escalations", **ENQUIRY)
    answered = "stage 2 of 4: answered"
    story.shows(channels=answered, dele=answered, carol=answered)
    story.presses("dele", "Accept", how="plain")
    story.shows(channels="agreed")
    story.stands("agreed", tier=2, due="Mon 14 Dec, 17:00")


def test_played_by_hand_from_below_the_threshold_to_an_enquiry(story: Story) -> None:
    story.channels = BROOKSIDE
    told_that_it_is_below_the_threshold(story)
    what_staff_observed_goes_on_record(story)
    a_formal_enquiry_and_accepted(story)
    assert story.card("brookside-council")["title"] == "agreed"


def test_played_by_one_click_up_to_where_the_team_manager_takes_over(story: Story) -> None:
    story.channels = BROOKSIDE
    story.plays("threshold")
    story.look()
    story.stands("called", tier=2, due="Tue 1 Dec, 17:00")

    a_formal_enquiry_and_accepted(story)
