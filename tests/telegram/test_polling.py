"""Baton asks Telegram: nothing is confirmed before it is handled, nothing lost, nobody holds another up."""

import asyncio
import threading

import pytest
from telegram.request import HTTPXRequest

from bot.telegram.front import DEAF
from bot.telegram.polling import ANOTHER, TURNED_OUT
from bot.telegram.reception import Answer, Reception
from bot.telegram.updates import Pressed, Typed
from bot.telegram.words import UNREAD
from tests.handlers.offices import Office
from tests.partnership import AMIRA
from tests.telegram.doorway import GROUP, Doorway, at_the_door, doorway_of, until
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import Clock, number_of
from views.parts import Button


class Held:
    """Whoever is held stands still at the desk until let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, person: str) -> None:
        self.person, self.go, self.there = person, threading.Event(), threading.Event()
        answer = Reception.answer

        def slowly(reception: Reception, heard: Typed | Pressed) -> Answer | None:
            if heard.where.user == number_of(person):
                self.there.set()
                assert self.go.wait(30)
            return answer(reception, heard)

        monkeypatch.setattr(Reception, "answer", slowly)

    async def says(self, telegram: FakeTelegram, line: str) -> None:
        """They write, and stand at the desk."""
        telegram.hand(number_of(self.person)).say(line)
        await until(self.there.is_set)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Tom is held."""
    return Held(monkeypatch, "tom")


def test_an_update_is_confirmed_only_once_it_is_handled(
    office: Office, telegram: FakeTelegram, held: Held
) -> None:
    async def story(at: Doorway) -> None:
        await held.says(telegram, "/mine")
        telegram.hand(number_of("lena")).say("/mine")
        await until(lambda: at.seen("lena"))
        telegram.hand(number_of("lena")).say("/help")
        await until(lambda: len(at.seen("lena")) > 1)
        assert telegram.updates.confirmed == []
        held.go.set()
        await at.settled()
        assert telegram.updates.pending == []

    at_the_door(telegram, office, story)


def test_somebody_slow_holds_nobody_else_up(office: Office, telegram: FakeTelegram, held: Held) -> None:
    async def story(at: Doorway) -> None:
        await held.says(telegram, "/mine")
        telegram.hand(number_of("lena")).say("/mine")
        await until(lambda: at.seen("lena"))
        assert at.seen("tom") == []
        held.go.set()
        await at.settled()
        assert len(at.seen("tom")) == len(at.seen("lena")) == 1

    at_the_door(telegram, office, story)


def test_whoever_sends_hundreds_keeps_nobody_from_being_heard(
    office: Office, telegram: FakeTelegram, held: Held
) -> None:
    """They are told that it was too much, once; what comes after that is taken again."""
    hand = telegram.hand(number_of("tom"))

    async def story(at: Doorway) -> None:
        for n in range(300):
            hand.say(f"hello {n}")
        await until(held.there.is_set)
        held.go.set()
        telegram.hand(number_of("lena")).say("/mine")
        await until(lambda: at.seen("lena"))
        await at.settled()
        assert len(at.seen("tom")) < 300 / 2
        assert UNREAD["hurried"] in at.told("tom")
        await at.says("tom", "/help")
        assert "What you can do here" in at.seen("tom")[-1].text

    at_the_door(telegram, office, story)


def test_what_one_person_does_is_handled_in_its_order(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        hand = telegram.hand(number_of("tom"))
        for line in ("/mine", "/help", "/guide", "/mine"):
            hand.say(line)
        await at.settled()
        titles = [one.text.splitlines()[0] for one in at.seen("tom")]
        assert titles[1:3] == ["What you can do here", "When to escalate"]
        assert titles[0] == titles[3]

    at_the_door(telegram, office, story)


def test_after_a_crash_before_the_confirmation_nothing_has_a_second_effect(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        await at.says("tom", f"/contact {ref} made phone spoke Talked.")
        history = len(office.ledger.history(ref))
        assert history > 2
        again = doorway_of(telegram, office)
        await again.front._bot.initialize()
        for update in telegram.updates.confirmed:
            task = again.front._lanes.take(update)
            assert task is not None
            await task
        await again.front.stop()
        await again.front.hang_up()
        assert len(office.ledger.history(ref)) == history

    at_the_door(telegram, office, story)


def test_what_is_sent_again_is_not_answered_again(office: Office, telegram: FakeTelegram) -> None:
    """After a lost confirmation; not after a restart either."""

    async def before(at: Doorway) -> None:
        await at.says("tom", "/mine")
        telegram.updates.again(*telegram.updates.confirmed)
        await at.settled()
        assert len(at.seen("tom")) == 1

    async def after(at: Doorway) -> None:
        telegram.updates.again(*telegram.updates.confirmed)
        await at.settled()
        assert len(at.seen("tom")) == 1
        await at.says("tom", "/mine")
        assert len(at.seen("tom")) == 2

    at_the_door(telegram, office, before)
    at_the_door(telegram, office, after)


def test_what_was_handled_just_before_a_calm_stop_is_not_handled_again(
    office: Office, telegram: FakeTelegram, held: Held
) -> None:
    async def before(at: Doorway) -> None:
        await held.says(telegram, "/mine")
        held.go.set()

    async def after(at: Doorway) -> None:
        await at.settled()
        assert len(at.seen("tom")) == 1

    at_the_door(telegram, office, before)
    assert len(telegram.updates.pending) <= 1
    at_the_door(telegram, office, after)


def test_after_a_silent_week_the_numbers_may_begin_anywhere(
    office: Office, telegram: FakeTelegram, clock: Clock
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/mine")
        telegram.updates.restart_numbers(17)
        await at.says("tom", "/mine")
        await at.says("tom", "/mine")
        assert len(at.seen("tom")) == 3

    at_the_door(telegram, office, story)


def test_an_update_nobody_can_read_is_passed_over(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        broken = {"update_id": 810_000_000, "message": {"text": "no message"}}
        worse = {"update_id": 810_000_050, "callback_query": {"id": "5", "from": {"id": "x"}}}
        telegram.updates.again(broken, worse)
        await at.says("tom", "/mine")
        assert len(at.seen("tom")) == 1

    at_the_door(telegram, office, story)


def test_another_program_that_takes_the_updates_is_named(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.settled()
        assert await at.front.trouble() is None
        await asyncio.to_thread(telegram.updates.waiting.get, timeout=30)
        await asyncio.to_thread(_poll_once, telegram)
        await until(lambda: at.front._polling.trouble)
        assert await at.front.trouble() == ANOTHER
        await at.says("tom", "/mine")
        await until(lambda: at.front._polling.trouble is None)

    at_the_door(telegram, office, story)


def test_a_fault_of_batons_own_that_stops_the_hearing_is_never_quiet(
    office: Office, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(at: Doorway) -> None:
        at.front._polling._window = {0: None, 1: "no task"}  # type: ignore[dict-item]  # the fault itself
        telegram.updates.hang_up()
        telegram.hand(number_of("tom")).say("/mine")
        assert at.front._running is not None
        await asyncio.wait({at.front._running}, timeout=30)
        assert await at.front.trouble() == DEAF
        at.front._polling._window = {}

    at_the_door(telegram, office, story)
    assert "Telegram is no longer heard" in caplog.text


def test_an_answer_that_makes_no_sense_is_asked_for_again(
    office: Office, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.polling.AGAIN", 0.01)
    nonsense = [{"result": [{"update_id": 1}, 5, {"update_id": "x"}]}, {"result": 5}, {"ok": True}, 7]
    answers = iter(nonsense)
    parse = HTTPXRequest.parse_json_payload

    def garbled(payload: bytes) -> object:
        return next(answers, None) or parse(payload)

    async def story(at: Doorway) -> None:
        at.front._bot._request[0].parse_json_payload = garbled  # type: ignore[method-assign,assignment]  # a stand-in
        telegram.updates.hang_up()
        await at.says("tom", "/mine")
        assert next(answers, None) is None
        assert at.seen("tom")

    at_the_door(telegram, office, story)


def test_a_token_telegram_no_longer_takes_is_named(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        telegram.revoked = True
        telegram.updates.hang_up()
        await until(lambda: at.front._polling.trouble)
        telegram.hand(number_of("tom")).say("/mine")
        await until(lambda: at.front._polling.trouble == TURNED_OUT)

    at_the_door(telegram, office, story)


def test_a_press_made_before_a_restart_is_answered_after_it(office: Office, telegram: FakeTelegram) -> None:
    ref = office.raised(AMIRA)
    chats = telegram.chats
    button = Button("Acknowledge", "ack", ref, 1)
    card = chats.say(
        chats.chats[GROUP], chats.bot, "A card", keyboard=[[{"text": "A", "callback_data": button.token}]]
    )
    telegram.hand(number_of("tom")).press(card, "A")

    async def story(at: Doorway) -> None:
        await at.settled()
        assert office.concern(ref).stage == "acknowledged"

    at_the_door(telegram, office, story)


def _poll_once(telegram: FakeTelegram) -> None:
    args = {"timeout": 0}
    telegram.do(telegram.poll(telegram.token, args)).result(10)
