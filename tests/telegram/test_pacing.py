"""Telegram's limits, kept: judged by the fake's own count of them, on a clock that leaps."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.pacing import ALL, GROUP, Pacing
from reminders.messenger import Waiting
from tests.ladders import MONDAY
from tests.telegram.fake.floods import Floods
from tests.telegram.fake.timeline import Timeline

Order = list[tuple[float, str]]


class Street:
    """A pacing, the fake's flood limits beside it, and who went when."""

    def __init__(self) -> None:
        self.timeline = Timeline(MONDAY)
        self.pacing = Pacing(self.timeline.time, asyncio.sleep)
        self.floods = Floods(self.timeline.now)
        self.floods.on = True
        self.went: Order = []

    async def speak(self, chat: int, name: str = "", *, urgent: bool = False, turns: int = 1) -> None:
        """Take a turn, and say something."""
        await self.pacing.turn(chat, urgent=urgent, turns=turns)
        self.floods.wait("sendMessage", chat)
        self.went.append((round(self.timeline.time(), 2), name))

    def play(self, story: Callable[["Street"], Awaitable[None]]) -> "Street":
        """Let it happen; nothing may have gone over a limit."""

        async def played() -> None:
            await story(self)

        self.timeline.play(played())
        assert self.floods.over == []
        return self


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(-3, 3).filter(bool), st.booleans(), st.integers(0, 3)),
        min_size=1,
        max_size=120,
    )
)
def test_whoever_speaks_wherever_and_whenever_no_limit_is_broken(
    said: list[tuple[int, bool, int]],
) -> None:
    """Everybody gets their turn, or is told to come back."""

    async def one(street: Street, chat: int, urgent: bool, after: int) -> None:
        await asyncio.sleep(after)
        try:
            await street.speak(chat, urgent=urgent)
        except Waiting as rest:
            await asyncio.sleep(rest.until.total_seconds())
            await one(street, chat, urgent, 0)

    async def all_of_them(street: Street) -> None:
        await asyncio.gather(*(one(street, *each) for each in said))

    assert len(Street().play(all_of_them).went) == len(said)


def test_strangers_do_not_wait_for_one_another() -> None:
    """Thirty chats in little more than a second."""

    async def story(street: Street) -> None:
        await asyncio.gather(*(street.speak(chat) for chat in range(1, 31)))

    assert Street().play(story).went[-1][0] < ALL[1] * 30 / ALL[0]


def test_the_urgent_go_before_whoever_waits_already() -> None:
    async def story(street: Street) -> None:
        waiting = [asyncio.create_task(street.speak(chat, "calm")) for chat in range(1, 40)]
        await asyncio.sleep(0.3)
        await street.speak(100, "urgent", urgent=True)
        await asyncio.gather(*waiting)

    went = Street().play(story).went
    at = next(when for when, name in went if name == "urgent")
    assert at <= 0.3 + 2 * ALL[1]


def test_a_chat_that_must_rest_stalls_no_other() -> None:
    async def story(street: Street) -> None:
        street.pacing.close(1, timedelta(seconds=4))
        await asyncio.gather(street.speak(1, "rested"), street.speak(2, "free"))

    assert Street().play(story).went == [(0.0, "free"), (4.0, "rested")]


def test_whoever_must_wait_long_is_told_at_once() -> None:
    async def story(street: Street) -> None:
        street.pacing.close(1, timedelta(seconds=60))
        with pytest.raises(Waiting) as rest:
            await street.speak(1)
        assert rest.value.until == timedelta(seconds=60)
        assert street.timeline.time() == 0

    Street().play(story)


def test_several_posts_are_begun_only_where_all_of_them_fit() -> None:
    """Half a message in a group that must rest then would be worse than waiting."""

    async def story(street: Street) -> None:
        for _ in range(GROUP[0] - 2):
            await street.speak(-1)
        with pytest.raises(Waiting):
            await street.speak(-1, turns=3)
        await street.speak(-1, turns=2)
        await street.speak(-1)

    Street().play(story)


def test_whoever_gives_up_waiting_holds_up_nobody() -> None:
    async def story(street: Street) -> None:
        waiting = [asyncio.create_task(street.speak(chat, str(chat))) for chat in range(1, 20)]
        await asyncio.sleep(0.1)
        for task in waiting[3:12]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await street.speak(50, "last")

    went = Street().play(story).went
    assert went[-1][1] == "last"
    assert [name for _, name in went if name in {"18", "19"}] == ["18", "19"]


def test_chats_at_rest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that runs for months remembers no chat it has not spoken in lately."""
    monkeypatch.setattr("bot.telegram.pacing._MANY", 10)

    async def story(street: Street) -> None:
        for chat in range(1, 40):
            await street.speak(chat)
            await asyncio.sleep(2)

    assert len(Street().play(story).pacing._chats) <= 11
