"""Forms in a private chat: question by question, every answer kept, through the real library."""

import pytest

from bot.telegram.talk import PASSED
from concerns.model import Stage
from tests.handlers.offices import Office
from tests.partnership import TOM
from tests.telegram.doorway import Doorway, at_the_door
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


def test_a_form_is_thrown_away_by_the_second_press_and_not_by_the_first(
    office: Office, telegram: FakeTelegram
) -> None:
    """The same button twice would do, so the question is a message of its own."""

    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE)
        await at.says("tom", "/mine")
        listed = next(one for one in at.seen("tom") if "Throw it away" in one.labels)
        await at.presses("tom", "Throw it away", listed)
        assert "Throw it away?" in at.open("tom").text
        assert "nobody can bring it back" in at.open("tom").text
        await at.presses("tom", "Go on")
        assert "Why does this leave somebody unsafe?" in at.open("tom").text

        await at.presses("tom", "Throw it away", listed)
        await at.presses("tom", "Throw it away")
        assert "Thrown away" in at.told("tom")
        assert at.office.desk.record.begun(TOM, at.office.now) == ()

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("data", ["sure:discard:", "sure:discard::::", "sure:raise::0", "sure:"])
def test_a_question_nobody_asked_is_answered_calmly(
    office: Office, telegram: FakeTelegram, data: str
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/help")
        (said, *_) = at.seen("tom")
        telegram.hand(number_of("tom")).press_data(said, data)
        await at.settled()
        assert "went wrong" not in at.told("tom")

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("line", ["/concern raise", "/raise", "/raise@baton_bot", "/CONCERN"])
def test_every_way_of_writing_a_command_opens_the_form(
    office: Office, telegram: FakeTelegram, line: str
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", line)
        assert "Is somebody in immediate danger now?" in at.told("tom")

    at_the_door(telegram, office, story)
