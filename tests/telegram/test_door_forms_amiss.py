"""Forms where something goes amiss: a question not shown, an answer that comes too early, a database away."""

from dataclasses import replace

import pytest

from bot.telegram.talk import NOTHING_OPEN, TOO_EARLY
from handlers.refusals import GONE, NOT_LISTED, not_saved
from storage.dialogs import Dialogs
from storage.errors import NotSaved
from tests.chat.faults import Dropped
from tests.handlers.offices import Office
from tests.partnership import TOM
from tests.telegram.doorway import Doorway, at_the_door, doorway_of, until
from tests.telegram.fake.faults import Says
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.test_door_forms import RAISE, raised
from tests.telegram.world import ON_TELEGRAM, number_of


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


def test_a_yes_that_cannot_be_saved_is_told_whom_to_ring(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        at.office.fails = NotSaved("the database is away")
        at.telegram.hand(number_of("tom")).press(at.open("tom"), "Yes")
        await until(lambda: "Not saved: the database is away" in at.told("tom"))
        assert "ring 999" in at.told("tom")
        at.office.fails = None
        await at.settled()

    at_the_door(telegram, office, story)


def test_what_is_on_record_is_never_said_to_be_lost(
    office: Office, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where the talk stood cannot be forgotten just now."""

    def full(dialogs: Dialogs, form: str) -> None:
        raise NotSaved("the disk is full")

    async def story(at: Doorway) -> None:
        monkeypatch.setattr(Dialogs, "end", full)
        ref = await raised(at)
        assert f"{ref}: your concern is on record" in at.told("tom")
        assert "Not saved" not in at.told("tom")

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
        await again.front.hang_up()

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


def test_whoever_leaves_the_directory_in_the_middle_hears_why_and_may_go_on_once_listed_again(
    office: Office, telegram: FakeTelegram
) -> None:
    """It is told once, with whom to ring: what they write then may be a plea for help."""
    others = replace(ON_TELEGRAM, people=tuple(one for one in ON_TELEGRAM.people if one.id != TOM))

    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        await at.answers("tom", *RAISE)
        office.with_directory(others)
        before = len(at.seen("tom"))
        for text in ("Please help me, he is hurting her.", "/cancel", "And now?"):
            await at.says("tom", text)
        told = "\n".join(one.text for one in at.seen("tom")[before:])
        assert told.count(NOT_LISTED) == 1
        assert GONE not in told
        assert told.index("999") < told.index(NOT_LISTED)
        assert NOTHING_OPEN.lines[0] in told

        office.with_directory(ON_TELEGRAM)
        await at.says("tom", "/mine")
        listed = next(one for one in at.seen("tom") if "Go on" in one.labels)
        await at.presses("tom", "Go on", listed)
        await at.answers("tom", "Skip", "Weekly visits.", "Check and send", "Send")
        assert office.newest().raiser == TOM

    at_the_door(telegram, office, story)


def test_what_the_rules_refuse_about_one_answer_is_asked_again(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = await raised(at)
        await at.says("tom", f"/note {ref}")
        await at.answers("tom", "Nobody opened.", "2028-12-24T10:00", "Send")
        asked = at.open("tom").text
        assert "That time is still to come." in asked
        assert "When was it seen or heard" in asked
        await at.answers("tom", "2026-11-29T10:00", "Send")
        assert office.ledger.history(office.newest().ref)[-1].words.text("text") == "Nobody opened."

    at_the_door(telegram, office, story)
