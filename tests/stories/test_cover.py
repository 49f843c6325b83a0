"""People go on leave: whoever stands in is asked; where nobody is left the ladder goes on without them."""

from tests.stories.harness import Story

WEEK = {"until": "2026-12-04"}
PLAN = {"outcome": "agreed_plan_with_actions", "response": "A visit every morning from Thursday."}
WORRY = "Her medication was missed on four days."


def covered_by_sam(story: Story, whom: str, **days: str) -> None:
    """Sam, who keeps the directory, sets somebody's cover for this week."""
    form = story.out.say("sam", "/concern cover")["reply"]["form"]
    form = story.out.submit("sam", form, {"person": whom})["reply"]["form"]
    said = story.out.submit("sam", form, WEEK | days)["reply"]["message"]
    assert said["title"] == "Cover is set"


def test_a_managers_cover_is_called_answers_and_is_done_with_when_the_manager_is_back(story: Story) -> None:
    story.does("grace", "/concern cover", **WEEK, stand_in="nadia")
    story.begins("amira", "/concern raise", agency="council", decision=WORRY)
    assert "No concern with that reference" in story.refuses("nadia", "/concern show REF")
    story.look()

    story.until("Tue 1 Dec, 17:00")
    late = "stage 1 of 4: not acknowledged yet"
    owed = "stage 1 of 4: an answer is still owed"
    story.shows(
        channels=(late, owed, owed, "stage 2 of 4 is called"),
        tom=late,
        lucia=late,
        nadia=("stage 1 of 4: your seat comes next", "stage 2 of 4 is called"),
        amira="stage 2 of 4 is called",
        joel="stage 2 of 4 is called",
    )
    assert WORRY in story.record("nadia")
    assert WORRY in story.record("grace")

    story.does("nadia", "/concern ack REF")
    story.shows(joel="stage 2 of 4: acknowledged")
    story.does("grace", "/concern release REF I am back for an hour.")
    story.shows(channels="stage 2 of 4: handed back", joel="stage 2 of 4: handed back")
    story.presses("nadia", "Answer", "council-escalations", **PLAN)
    answered = "stage 2 of 4: answered"
    story.shows(channels=answered, amira=answered, joel=answered)
    story.presses("amira", "Accept", how="plain")
    story.shows(channels="agreed")

    story.later("5 calendar days")
    story.does("amira", "/concern reopen REF It has happened again.")
    story.shows(
        channels="stage 2 of 4 is called", grace="stage 2 of 4 is called", joel="stage 2 of 4 is called"
    )
    assert "No concern with that reference" in story.refuses("nadia", "/concern show REF")


def test_with_everybody_in_a_seat_away_it_is_skipped_on_record_and_the_coordinator_told(story: Story) -> None:
    story.does("tom", "/concern cover", **WEEK)
    story.does("lucia", "/concern cover", **WEEK)
    assert "From Mon 30 Nov nobody is left for practitioner, Northshire Council Adult Social Care" in (
        story.last("private:lucia")
    )
    story.look()

    story.begins("amira", "/concern raise", agency="council")
    story.shows(
        channels=("stage 2 of 4: Line managers and safeguarding leads", "stage 2 of 4 is called"),
        sam="nobody to call at stage 1",
        grace="stage 2 of 4 is called",
        joel="stage 2 of 4 is called",
    )
    story.stands("called", tier=2, due="Tue 1 Dec, 17:00")
    assert "Stage 1 passed over: nobody to call as practitioner" in story.record("amira")


def test_the_raisers_cover_accepts_for_them_and_nobody_is_asked_to_object(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("amira", "/concern cover", **WEEK, stand_in="ben")
    story.look()

    story.does("tom", "/concern answer REF", **PLAN)
    story.shows(channels="stage 1 of 4: answered", ben="stage 1 of 4: answered")
    assert PLAN["response"] in story.record("ben")

    story.presses("ben", "Accept", how="plain")
    story.shows(channels="agreed")
    story.stands("agreed", tier=1, due="Mon 14 Dec, 17:00")


def test_with_the_coordinator_away_whoever_stands_in_is_told(story: Story) -> None:
    covered_by_sam(story, "sam", stand_in="miriam")
    covered_by_sam(story, "tom")
    covered_by_sam(story, "lucia")
    story.look()

    story.begins("amira", "/concern raise", agency="council")
    story.shows(
        channels=("stage 2 of 4: Line managers and safeguarding leads", "stage 2 of 4 is called"),
        miriam="nobody to call at stage 1",
        grace="stage 2 of 4 is called",
        joel="stage 2 of 4 is called",
    )


def test_a_fresh_world_knows_no_cover_of_the_one_before(story: Story) -> None:
    story.does("grace", "/concern cover", **WEEK, stand_in="nadia")
    assert "covering for Grace Adeyemi" in " ".join(story.out.do("amira", "/concern pathway")["lines"])

    story.out.post("/api/reset", {})
    assert "covering for" not in " ".join(story.out.do("amira", "/concern pathway")["lines"])
