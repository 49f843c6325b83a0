"""Managers answer by phone: the raising side puts on record what it was told, by whom, when and how."""

from tests.stories.harness import Story

RANG = {"who": "Duty manager, council", "how": "By phone", "when": "2026-11-30T11:40"}


def test_an_acknowledgement_and_an_answer_given_by_phone_stop_the_clocks(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()
    story.later("2 hours")

    story.does("amira", "/concern ack REF", **RANG)
    acknowledged = "stage 1 of 4: acknowledged"
    story.shows(amira=acknowledged, tom=acknowledged)
    story.stands("acknowledged", tier=1, due="Tue 1 Dec, 17:00")
    assert "reported by the raising side" in story.record("tom").lower()

    story.does(
        "amira", "/concern answer REF", **RANG, outcome="partly_resolved", response="Somebody rings her."
    )
    answered = "stage 1 of 4: answered"
    story.shows(channels=answered, amira=answered, tom=answered)
    story.stands("answered", tier=1, due="Wed 2 Dec, 17:00")
    assert "Duty manager, council" in story.record("tom")

    story.does("amira", "/concern accept REF plain")
    story.shows(channels="agreed")


def test_the_clock_goes_by_when_it_is_recorded_and_a_report_cannot_come_from_the_future(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()
    form = story.out.say("amira", f"/concern ack {story.ref}")["reply"]["form"]

    answer = story.out.submit("amira", form, RANG | {"when": "2026-12-01T09:00"})

    assert "still to come" in answer["error"]
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")


def test_somebody_with_no_part_in_it_cannot_report_an_answer(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.look()

    for person in ("helen", "sam", "yusuf", "ben"):
        assert story.refuses(person, "/concern answer REF partly_resolved They rang me.")
    story.stands("called", tier=1, due="Mon 30 Nov, 14:00")
