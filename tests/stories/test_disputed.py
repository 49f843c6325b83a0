"""An answer is not enough: the raising side says so, and the next stage is called."""

from tests.stories.harness import Story


def test_an_answer_is_disputed_and_the_next_stage_settles_it(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council", decision="Closed without a visit.")
    story.shows(
        channels=("stage 1 of 4: Practitioners", "stage 1 of 4 is called"),
        tom="stage 1 of 4 is called",
        joel="stage 1 of 4 is called",
    )

    story.presses("tom", "Answer", outcome="agreed_decision_stands_with_explanation", response="We rang her.")
    story.shows(channels="stage 1 of 4: answered", amira="stage 1 of 4: answered")

    story.presses("amira", "Not enough", why="Somebody needs to see her.")
    story.shows(
        channels="stage 2 of 4 is called", joel="stage 2 of 4 is called", grace="stage 2 of 4 is called"
    )
    story.stands("called", tier=2, due="Tue 1 Dec, 17:00")
    record = story.record("grace")
    assert "We rang her." in record
    assert "Somebody needs to see her." in record

    story.does("grace", "/concern answer REF agreed_decision_changed Tom visits her today.")
    story.shows(
        channels="stage 2 of 4: answered", amira="stage 2 of 4: answered", joel="stage 2 of 4: answered"
    )

    story.does("joel", "/concern accept REF reservation We wait for the visit.")
    story.shows(channels="agreed", amira="accepted for your side")
    story.stands("agreed", tier=2, due="Wed 2 Dec, 17:00")
    story.until("Wed 2 Dec, 17:00")
    story.stands("agreed", tier=2, due="Mon 14 Dec, 17:00")


def test_silence_about_an_answer_is_asked_about_and_never_closes_it(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern answer REF partly_resolved We look into it.")
    story.look()

    story.until("Wed 2 Dec, 17:00")
    story.shows(amira="will this answer do?")
    story.until("Fri 4 Dec, 17:00")
    story.shows(amira="will this answer do?", joel="will this answer do?")
    story.until("Tue 8 Dec, 17:00")
    story.shows(amira="will this answer do?", joel="will this answer do?", sam="will this answer do?")
    story.until("Thu 10 Dec, 17:00")
    story.shows(amira="will this answer do?", joel="will this answer do?", sam="will this answer do?")
    story.stands("answered", tier=1, due="Mon 14 Dec, 17:00")


def test_only_the_raising_side_says_whether_it_is_enough(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern answer REF partly_resolved We look into it.")
    story.look()

    for person in ("tom", "sam", "miriam", "helen"):
        assert story.refuses(person, "/concern accept REF plain")
        assert story.refuses(person, "/concern dispute REF Not enough.")
    story.stands("answered", tier=1, due="Wed 2 Dec, 17:00")


def test_an_acknowledgement_is_handed_back_and_somebody_else_takes_it(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern ack REF")
    story.look()

    story.presses("tom", "Hand back", "council-escalations")
    story.shows(channels="stage 1 of 4: handed back", amira="stage 1 of 4: handed back")
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")

    story.presses("lucia", "Acknowledge", "council-escalations")
    story.shows(amira="stage 1 of 4: acknowledged")
    story.stands("acknowledged", tier=1, due="Tue 1 Dec, 17:00")
