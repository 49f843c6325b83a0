"""Forms in a private chat: question by question, every answer kept, through the real library."""

import pytest

from bot.telegram.talk import PASSED, TOO_EARLY
from concerns.model import Stage
from handlers.refusals import not_saved
from storage.errors import NotSaved
from tests.handlers.offices import Office
from tests.partnership import TOM
from tests.telegram.doorway import Doorway, at_the_door, doorway_of, until
from tests.telegram.fake.faults import Dropped, Says
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import number_of

RAISE = ("No", "Adult", "Riverside Home Care", "Drift or delay", "Done", "The visits stopped.")
"""Every answer up to the one before the wish, in order."""


async def raised(at: Doorway) -> str:
    """Tom has raised a concern; its reference."""
    await at.says("tom", "/concern")
    await at.answers("tom", *RAISE, "Skip", "Weekly visits.", "Check and send", "Send")
    return at.office.newest().ref


def test_a_concern_is_raised_by_answering_one_question_at_a_time(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        assert "Is somebody in immediate danger now?" in at.told("tom")
        ref = await raised(at)

        concern = at.office.newest()
        assert (concern.raiser, concern.stage) == (TOM, Stage.CALLED)
        assert f"{ref}: your concern is on record" in at.told("tom")
        await at.says("tom", f"/show {ref}")
        assert "Challenged: The visits stopped." in at.told("tom")
        assert at.nudges

    at_the_door(telegram, office, story)


def test_the_summary_shows_every_answer_and_nothing_is_sent_before_it(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE, "Skip", "Weekly visits.", "Check and send")

        summary = at.open("tom")
        for said in (
            "Nothing is sent yet",
            "Adult",
            "Drift or delay",
            "The visits stopped.",
            "Weekly visits.",
        ):
            assert said in summary.text
        assert at.office.untouched() == ()

    at_the_door(telegram, office, story)


def test_an_answer_is_changed_from_the_summary(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE, "Skip", "Weekly visits.", "Check and send", "Change something")
        await at.answers("tom", "What do you want to happen?", "Daily visits.")

        assert "Daily visits." in at.open("tom").text
        assert "Weekly visits." not in at.open("tom").text

    at_the_door(telegram, office, story)


def test_back_leads_to_the_question_before_with_its_answer_still_there(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE, "Back")

        assert "So far: The visits stopped." in at.open("tom").text

    at_the_door(telegram, office, story)


def test_somebody_in_danger_is_answered_at_once_with_whom_to_ring(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.presses("tom", "Yes")

        assert "ring 999" in at.told("tom")
        assert "Is it about a child or an adult?" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_after_a_restart_the_open_question_goes_on_where_it_was(
    office: Office, telegram: FakeTelegram
) -> None:
    async def before(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE)

    async def after(at: Doorway) -> None:
        await at.answers("tom", "Skip", "Weekly visits.", "Check and send")
        assert "The visits stopped." in at.open("tom").text
        await at.answers("tom", "Send")
        assert at.office.newest().raiser == TOM

    at_the_door(telegram, office, before)
    at_the_door(telegram, office, after)


def test_what_came_while_baton_was_away_is_answered_when_it_is_back(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.settled()
        assert "Is somebody in immediate danger now?" in at.told("tom")

    telegram.hand(number_of("tom")).say("/concern")
    at_the_door(telegram, office, story)


def test_two_forms_do_not_tangle(office: Office, telegram: FakeTelegram) -> None:
    """A button belongs to its own form; a text answers the newest question, or the one it replies to."""

    async def story(at: Doorway) -> None:
        ref = await raised(at)
        await at.says("tom", f"/note {ref}")
        note = at.open("tom")
        await at.says("tom", f"/withdraw {ref}")
        withdrawal = at.open("tom")
        await at.says("tom", "A note, not a reason.", reply_to=note)
        await at.says("tom", "It no longer stands.", reply_to=withdrawal)
        assert "Withdraw" in at.open("tom").text
        assert "It no longer stands." in at.open("tom").text
        await at.answers("tom", "Cancel", "Skip")
        assert "Add a note" in at.open("tom").text
        assert "A note, not a reason." in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_button_of_a_question_answered_already_says_so_and_changes_nothing(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", "No", "Adult", "Riverside Home Care", "Drift or delay", "Done")
        old = at.open("tom")
        data = old.buttons[0]["callback_data"].replace("back", "skip")
        await at.says("tom", "The visits stopped.")
        at.telegram.hand(number_of("tom")).press_data(old, data)
        await at.settled()

        assert PASSED in at.told("tom")
        assert "Why does this leave somebody unsafe?" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_button_pressed_twice_counts_once(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.presses("tom", "No")
        question = at.open("tom")
        for _ in range(2):
            at.telegram.hand(number_of("tom")).press(question, "Adult")
        await at.settled()

        assert "Which agency is this about?" in at.open("tom").text
        assert PASSED not in at.told("tom")

    at_the_door(telegram, office, story)


def test_what_was_typed_before_a_question_was_shown_is_not_its_answer(
    office: Office, telegram: FakeTelegram
) -> None:
    """Somebody types on while the next question is still on its way."""

    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", "No", "Adult", "Riverside Home Care", "Drift or delay", "Done")
        hand = at.telegram.hand(number_of("tom"))
        hand.say("The visits stopped.")
        hand.say("And nobody rang.")
        await at.settled()

        assert TOO_EARLY in at.open("tom").text
        assert "So far" not in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_long_text_that_telegram_cuts_in_two_is_one_answer(office: Office, telegram: FakeTelegram) -> None:
    """Its second half comes before anybody could be asked for it."""

    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE[:-1])
        hand = at.telegram.hand(number_of("tom"))
        hand.say("a" * 4096)
        hand.say("The visits stopped.")
        await at.settled()
        assert TOO_EARLY not in at.told("tom")
        await at.answers("tom", "Back")
        assert "The visits stopped." in at.told("tom")

    at_the_door(telegram, office, story)


def test_an_answer_never_goes_into_a_form_whose_question_was_not_shown(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = await raised(at)
        telegram.weather.will("sendMessage", Dropped(accepted=False), chat=number_of("tom"))
        await at.says("tom", f"/note {ref}")
        await at.says("tom", f"/withdraw {ref}")
        await at.says("tom", "It no longer stands.")
        assert "Withdraw" in at.open("tom").text
        await at.answers("tom", "Cancel")

        await at.says("tom", "Is anybody there?")
        assert TOO_EARLY in at.open("tom").text
        assert "Add a note" in at.open("tom").text
        await at.says("tom", "A note.")
        assert "Add a note: question 2 of 2." in at.open("tom").text

    at_the_door(telegram, office, story)


def test_an_answer_that_will_not_do_is_asked_again_and_stays(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = await raised(at)
        await at.says("tom", f"/contact {ref}")
        await at.answers("tom", "We contacted them", "Phone call", "Spoke with them", "at noon")

        asked = at.open("tom")
        assert "When did it happen?" in asked.text
        assert "at noon" in asked.text
        assert "Keep it" not in asked.labels
        await at.answers("tom", "27", "14:35")
        assert "With whom?" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_cancel_throws_the_form_away(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE)
        await at.says("tom", "/cancel")
        assert "Thrown away" in at.told("tom")
        assert not any(one.buttons for one in at.seen("tom"))
        await at.says("tom", "And one more thing.")
        assert "What you wrote here was not stored." in at.told("tom")
        await at.says("tom", "/cancel")
        assert "Nothing to cancel" in at.told("tom")

    at_the_door(telegram, office, story)


def test_what_cannot_be_saved_says_so_and_the_question_stays_open(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        trouble = NotSaved("the disk is full")
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE, "Skip")
        at.office.fails = trouble
        at.telegram.hand(number_of("tom")).say("Weekly visits.")
        await until(lambda: not_saved(trouble) in at.told("tom"))
        at.office.fails = None
        await at.settled()
        await at.answers("tom", "Weekly visits.", "Check and send", "Send")
        assert at.office.newest().raiser == TOM

    at_the_door(telegram, office, story)


def test_an_answer_lost_on_its_way_to_the_person_is_not_taken_for_the_next_question(
    office: Office, telegram: FakeTelegram
) -> None:
    """The update comes again, as after a crash: the question is shown once more, and nothing else."""

    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE)
        update = at.telegram.updates.confirmed[-1]
        again = doorway_of(telegram, at.office)
        await again.front._bot.initialize()
        again.front._name = "baton_bot"
        task = again.front._lanes.take(update)
        assert task is not None
        await task
        await again.front.stop()

        assert "Why does this leave somebody unsafe?" in at.open("tom").text
        assert "So far" not in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_question_that_cannot_be_put_in_place_of_the_last_is_posted_anew(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.presses("tom", "No")
        telegram.weather.will("editMessageText", Says(400, "Bad Request: message can't be edited"))
        await at.presses("tom", "Adult")
        assert "Which agency is this about?" in at.open("tom").text

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("line", ["/concern raise", "/raise", "/raise@baton_bot", "/CONCERN"])
def test_every_way_of_writing_a_command_opens_the_form(
    office: Office, telegram: FakeTelegram, line: str
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", line)
        assert "Is somebody in immediate danger now?" in at.told("tom")

    at_the_door(telegram, office, story)
