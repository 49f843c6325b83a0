"""Mornings people can live with: one digest of what waits, and one ping for what falls due together."""

from tests.stories.harness import Story


def another(story: Story, person: str = "amira") -> str:
    """One more concern beside the story's own; nothing is expected of what is said when it is raised."""
    ref = story.out.opened(person, "/concern raise", agency="council")
    story.look()
    return ref


def test_two_concerns_fall_due_together_and_one_ping_speaks_of_both(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    other = another(story)

    story.until("Mon 30 Nov, 14:00")
    late = "2 concerns are not acknowledged yet"
    story.shows(channels=late, tom=late, lucia=late, grace="2 concerns: your seat comes next")
    message = story.out.private("tom")[-1]
    assert [line[:11] for line in message["lines"][:2]] == sorted([story.ref, other])
    assert [button["label"] for button in message["buttons"]] == [
        f"Show {r}" for r in sorted([story.ref, other])
    ]

    story.until("Tue 1 Dec, 17:00")
    story.shows(
        channels=(*["2 concerns: an answer is still owed"] * 2, "2 concerns are called"),
        amira="2 concerns of your side are called",
        joel="2 concerns of your side are called",
        grace="2 concerns are called",
    )


def test_one_of_two_is_answered_and_the_other_is_called_by_itself(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    another(story)
    story.does("tom", "/concern answer REF partly_resolved We look into it.")
    story.look()

    story.until("Mon 30 Nov, 14:00")
    late = "stage 1 of 4: not acknowledged yet"
    story.shows(channels=late, tom=late, lucia=late, grace="stage 1 of 4: your seat comes next")


def test_a_shared_ping_is_as_good_a_door_as_any(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    another(story)
    story.until("Mon 30 Nov, 14:00")
    story.look()

    story.presses("tom", f"Show {story.ref}")
    story.does("tom", "/concern ack REF")
    story.shows(amira="stage 1 of 4: acknowledged")


def test_the_morning_brings_one_message_about_all_that_waits(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    another(story)
    story.does("tom", "/concern ack REF")
    story.look()
    story.until("Tue 1 Dec, 09:30")
    story.look()

    assert story.mornings("tom") == [("Tue 1 Dec, 09:00", "2 waiting on you, 1 overdue")]
    (digest,) = (one for one in story.out.private("tom") if "waiting on you" in one["title"])
    overdue, in_time = digest["lines"]
    assert "(acknowledgement 19 hours late). Next: acknowledge it, then answer." in overdue
    assert in_time.startswith(f"{story.ref}, acknowledged, stage 1 of 4; answer due Tue 1 Dec at 17:00.")
    for person in ("lucia", "amira", "joel", "grace", "sam"):
        assert story.mornings(person) == [], "a deputy, and whoever nothing waits on, is left in peace"


def test_mondays_opening_comes_after_a_quiet_weekend_at_each_agencys_own_hour(story: Story) -> None:
    story.later("4 calendar days")
    assert story.now() == "Fri 4 Dec, 10:00"
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern answer REF partly_resolved We look into it.")
    another(story)
    story.later("4 calendar days")
    story.look()

    assert story.mornings("amira") == [
        ("Mon 7 Dec, 08:00", "1 waiting on you"),
        ("Tue 8 Dec, 08:00", "1 waiting on you"),
    ]
    assert story.mornings("tom") == [("Mon 7 Dec, 09:00", "1 waiting on you, 1 overdue")]
    assert story.mornings("grace") == [("Tue 8 Dec, 09:00", "1 waiting on you")]


def test_nothing_waiting_nothing_sent(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    story.does("tom", "/concern answer REF agreed_plan_with_actions A visit every week.")
    story.does("amira", "/concern accept REF plain")
    story.look()
    story.later("5 working days")
    story.shows()

    everybody = [person["id"] for person in story.out.world()["people"]]
    assert {person: story.mornings(person) for person in everybody} == {person: [] for person in everybody}


def test_the_digest_moves_no_due_instant_and_next_still_goes_to_what_is_due(story: Story) -> None:
    story.begins("amira", "/concern raise", agency="council")
    due = []
    for _ in range(5):
        story.out.forward("next")
        due.append(story.now())
    story.look()

    assert due == [
        "Mon 30 Nov, 14:00",
        "Tue 1 Dec, 09:30",
        "Tue 1 Dec, 14:00",
        "Tue 1 Dec, 17:00",
        "Wed 2 Dec, 17:00",
    ]
    assert [when for when, _ in story.mornings("tom")] == ["Tue 1 Dec, 09:00"]
    assert [when for when, _ in story.mornings("grace")] == ["Wed 2 Dec, 09:00"]
