"""Repeated incidents at a care home: the board decides with dissent, an action runs late, it is reopened."""

from tests.stories.harness import Story

ELM_HOUSE = ("health-escalations", "elm-house")
CHALLENGE = {
    "strand": "adult",
    "agency": "elmhouse",
    "ground": ["plan", "drift"],
    "decision": "Three falls in four weeks, and the plan of care is the same.",
    "wanted": "A review of the falls with us, and a plan both sides sign.",
}
DECISION = {
    "decision": "Elm House and the trust review the falls together every fortnight.",
    "reasons": "Both hold half of what is needed.",
    "dissent": "Elm House thinks that once a month is enough.",
}
TOP = "stage 4 of 4 is called"


def two_stages_stay_silent(story: Story) -> None:
    """The nurse challenges the home; its practitioners and managers say nothing."""
    story.begins("kofi", "/concern raise", **CHALLENGE)
    story.look()
    story.until("Fri 4 Dec, 12:12")
    story.look()
    story.until("Fri 4 Dec, 17:00")


def the_board_is_called(story: Story) -> None:
    """The home is a flat organisation: stage 3 has nobody, and the directors are called with the chair."""
    story.shows(
        channels=TOP,
        board=("stage 4 of 4: Directors and the independent chair", TOP),
        kofi=TOP,
        peter=TOP,
        gloria=TOP,
        miriam=TOP,
        sam="nobody to call at stage 3",
    )
    assert "Convener: independent chair" in story.last("elm-house")


def the_chair_decides_and_dissent_is_noted(story: Story) -> None:
    """The convener records a decision, its reasons, and who disagrees; nobody is said to be right."""
    story.presses("miriam", "Record a decision", "board", **DECISION)
    decided = "stage 4 of 4: a decision is on record"
    story.shows(channels=decided, board=decided, kofi=decided, peter=decided)
    story.stands("agreed", tier=4, due="Fri 18 Dec, 17:00")
    assert DECISION["dissent"] in story.record("kofi")
    assert "with dissent on record" in story.record("gloria")


def actions_are_set_and_one_runs_late(story: Story) -> None:
    """Two actions with an owner and a day: one is done in time, one is asked for every working day."""
    first = {"does": "set", "what": "Invite the trust to the review.", "owner": "stefan", "due": "2026-12-08"}
    second = {"does": "set", "what": "Bring the falls record.", "owner": "siobhan", "due": "2026-12-09"}
    story.does("miriam", "/concern action REF", **first)
    story.does("miriam", "/concern action REF", **second)
    story.shows(stefan="action 1 is yours", siobhan="action 2 is yours")
    story.stands("agreed", tier=4, due="Tue 8 Dec, 17:00")

    story.does("siobhan", "/concern done REF", number="2")
    story.shows()
    late = "action 1 is not marked done yet"
    story.until("Tue 8 Dec, 17:00")
    story.shows(stefan=late, peter=late)
    story.until("Wed 9 Dec, 17:00")
    story.shows(stefan=late, peter=late, sam=late)

    form = story.out.say("kofi", f"/concern check {story.ref} yes Looked in.")["reply"]["form"]
    refused = story.out.submit("kofi", form, {"records_copied": ["health", "elmhouse"]})
    assert "action 1 is still to be marked done" in refused["error"]
    story.does("stefan", "/concern done REF", number="1")
    story.shows()
    story.until("Fri 18 Dec, 17:00")
    story.shows(kofi="is the person safer now?", peter="is the person safer now?")


def it_happens_again_and_is_reopened(story: Story) -> None:
    """The check says no; the tier that settled it is called again, its history whole."""
    story.does("kofi", "/concern check REF no Another fall this morning.")
    worse = "the check says the person is not safer"
    story.shows(channels=worse, board=worse, peter=worse)
    story.does("kofi", "/concern reopen REF Another fall this morning.")
    story.shows(channels=TOP, board=TOP, peter=TOP, gloria=TOP, miriam=TOP)
    story.stands("called", tier=4, due="Mon 21 Dec, 17:00")
    record = story.record("peter")
    assert DECISION["decision"] in record
    assert "Action 1 is done." in record


def test_played_by_hand_up_to_the_board_and_once_more(story: Story) -> None:
    story.channels = ELM_HOUSE
    two_stages_stay_silent(story)
    the_board_is_called(story)
    the_chair_decides_and_dissent_is_noted(story)
    actions_are_set_and_one_runs_late(story)
    it_happens_again_and_is_reopened(story)


def test_played_by_one_click_up_to_where_the_chair_takes_over(story: Story) -> None:
    story.channels = ELM_HOUSE
    story.plays("partnership")
    assert story.now() == "Fri 4 Dec, 17:00"
    story.look()
    story.stands("called", tier=4, due="Mon 7 Dec, 17:00")

    the_chair_decides_and_dissent_is_noted(story)
    actions_are_set_and_one_runs_late(story)
    it_happens_again_and_is_reopened(story)
