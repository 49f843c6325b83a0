"""What goes wrong on the way to somebody: what they did is on record all the same, and nobody else waits."""

import pytest

from concerns.model import Stage
from tests.chat.faults import Broken, Busy, Dropped
from tests.handlers.offices import Office
from tests.partnership import AMIRA
from tests.telegram.doorway import Doorway, at_the_door
from tests.telegram.fake.faults import Fault, Says
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import number_of


def test_asked_to_wait_baton_waits_and_answers(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        telegram.weather.will("sendMessage", Busy(3), chat=number_of("tom"))
        await at.says("tom", "/help")
        assert "What you can do here" in at.told("tom")

    at_the_door(telegram, office, story)


@pytest.mark.parametrize(
    "fault",
    [
        Busy(600),
        Broken(accepted=False, status=502),
        Dropped(accepted=False),
        Says(403, "Forbidden: bot was blocked by the user"),
    ],
    ids=["asked to wait long", "server error", "no answer", "blocked"],
)
def test_an_answer_that_does_not_arrive_undoes_nothing(
    office: Office, telegram: FakeTelegram, fault: Fault
) -> None:
    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        telegram.weather.will("sendMessage", fault, chat=number_of("tom"))
        await at.says("tom", f"/contact {ref} made phone spoke Talked.")
        assert "Talked." in str(office.ledger.history(ref)[-1].words.items())
        await at.says("lena", "/help")
        assert "What you can do here" in at.told("lena")

    at_the_door(telegram, office, story)


def test_an_answer_that_arrived_unseen_is_not_given_twice(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        telegram.weather.will("sendMessage", Dropped(accepted=True), chat=number_of("tom"))
        await at.says("tom", "/help")
        assert len(at.seen("tom")) == 1

    at_the_door(telegram, office, story)


def test_a_question_that_did_not_arrive_is_shown_by_whatever_comes_next(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern")
        telegram.weather.will("sendMessage", Dropped(accepted=False), chat=number_of("tom"))
        await at.presses("tom", "No")
        await at.says("tom", "hello?")
        assert "Is it about a child or an adult?" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_press_too_old_to_be_answered_has_its_effect(office: Office, telegram: FakeTelegram) -> None:
    """Telegram takes no answer to it any more; the record does."""

    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        telegram.weather.will("answerCallbackQuery", Says(400, "Bad Request: query is too old"))
        await at.says("tom", f"/show {ref}")
        await at.presses("tom", "Acknowledge")
        assert office.concern(ref).stage is Stage.ACKNOWLEDGED

    at_the_door(telegram, office, story)


def test_what_comes_in_the_wrong_order_is_put_right(office: Office, telegram: FakeTelegram) -> None:
    hand = telegram.hand(number_of("tom"))
    for line in ("/help", "/guide"):
        hand.say(line)
    telegram.updates.reorder()

    async def story(at: Doorway) -> None:
        await at.settled()
        first, second = at.seen("tom")
        assert first.text.startswith("What you can do here")
        assert second.text.startswith("When to escalate")

    at_the_door(telegram, office, story)


def test_telegram_out_of_reach_at_the_start_is_asked_again_and_said_so(
    office: Office, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.front.AGAIN", 0.05)
    telegram.weather.will("getMe", Broken(accepted=False, status=502))

    async def story(at: Doorway) -> None:
        assert await at.front.trouble() is None
        await at.says("tom", "/help")
        assert "What you can do here" in at.told("tom")

    at_the_door(telegram, office, story)
