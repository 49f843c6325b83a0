"""Delivery as it is served: real words, the real library, the fake Telegram; what a group then sees."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from concerns import commands as c
from concerns.notice import NoticeKind as K
from storage.outbox import State
from tests.chat.delivering import called_until_nobody_answers, deliver, speaking
from tests.chat.faults import Busy, Dropped
from tests.ladders import MONDAY
from tests.partnership import TOM
from tests.reminders.house import House
from tests.stores import Databases
from tests.telegram.fake.chats import Said
from tests.telegram.fake.core import Telegram
from tests.telegram.platform import OverTheLibrary, house_on_telegram
from tests.telegram.world import group_of, number_of
from tests.worlds import REF, a_concern

COUNCILS = "council-escalations"
GROUP = group_of(COUNCILS)
NEW = -1_009_000_000_009


@pytest.fixture
def house(sqlite_databases: Databases) -> Iterator[House]:
    """A house whose Telegram is the fake one."""
    with house_on_telegram(sqlite_databases) as house:
        yield house


def platform_of(house: House) -> OverTheLibrary:
    """What stands between."""
    assert isinstance(house.telegram, OverTheLibrary)
    return house.telegram


def telegram_of(house: House) -> Telegram:
    """The fake behind it."""
    return platform_of(house).telegram


def seen(house: House) -> list[Said]:
    """What stands in the council's own group."""
    return telegram_of(house).chats.seen(GROUP)


def test_a_concern_is_one_card_and_short_replies_to_it(house: House) -> None:
    """The card is edited in place; each ping replies to it."""
    called_until_nobody_answers(speaking(house))

    card, *replies = seen(house)
    assert card.edits
    assert replies
    assert {reply.reply_to for reply in replies} == {card.id}
    assert REF in card.text
    assert telegram_of(house).refusals == [], "Telegram takes everything Baton says"


def test_whoever_is_called_on_telegram_is_mentioned(house: House) -> None:
    """Tier 1 calls Tom and Lena, tier 2 Grace and Owen; whoever is on Slack is called there."""
    speaking(house).hear(a_concern())
    deliver(house)
    assert {id for said in seen(house) for id in said.mentioned} == {number_of("tom"), number_of("lena")}

    house.forward(hours=31)
    house.settle()
    later = {id for said in seen(house) for id in said.mentioned}
    assert {number_of("grace"), number_of("owen")} <= later


def test_a_group_carries_no_words_and_no_name_but_of_whom_it_calls(house: House) -> None:
    """Trust 0: reference, tier, seats, clock, buttons."""
    speaking(house).hear(a_concern())
    deliver(house)

    said = "\n".join(one.text for one in seen(house))
    assert "Amira" not in said
    assert "Joel" not in said


def test_an_ambiguous_post_is_said_again_marked_each_time_with_the_same_code(house: House) -> None:
    """Nobody can look it up, so every copy but the first says that it may be one, and of which message."""
    speaking(house)
    telegram_of(house).weather.choose = lambda call: (
        Dropped(accepted=True) if call.at < MONDAY + timedelta(seconds=25) else None
    )
    house.hear(a_concern())
    house.settle(seconds=5)

    copies: dict[str, list[list[str]]] = {}
    for said in seen(house):
        title, *_ = said.text.split("\n")
        copies.setdefault(title, []).append(
            re.findall(r"^Possible repeat of message (\w{4}):", said.text, re.M)
        )
    first, *again = copies[next(iter(copies))]
    assert first == []
    assert len(again) > 1
    assert len({code for codes in again for code in codes}) == 1
    assert all(again)


DEATHS: dict[str, Callable[[House], object]] = {
    "kicked": lambda house: setattr(telegram_of(house).chats.chats[GROUP], "bot", "kicked"),
    "silenced": lambda house: setattr(telegram_of(house).chats.chats[GROUP], "silenced", True),
    "gone": lambda house: telegram_of(house).chats.chats.pop(GROUP),
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_group_that_dies_is_never_quiet(house: House, death: str) -> None:
    """The call is said in private to whom it is for, and the coordinator is told; the window runs on."""
    DEATHS[death](house)
    house.hear(a_concern())
    due = house.ledger.next_due()
    deliver(house)

    assert K.CALLED in house.said("tom")
    assert house.said("sam") == [K.DEAD_LETTER]
    assert house.ledger.next_due() == due


def test_a_blocked_bot_is_never_quiet(house: House) -> None:
    """Tom has blocked Baton and the group is gone: his deputy is told, and the coordinator of both."""
    telegram_of(house).chats.users[number_of("tom")].blocked = True
    DEATHS["gone"](house)
    house.hear(a_concern())
    deliver(house)

    assert K.CALLED in house.said("lena")
    assert K.DEAD_LETTER in house.said("sam")
    assert house.outbox.next_wake() is None


def test_a_group_that_became_a_supergroup_is_told_there(house: House) -> None:
    """Nothing is lost and nobody is told that anything died: the card is simply there again."""
    house.hear(a_concern())
    deliver(house)
    telegram_of(house).chats.move(GROUP, NEW)
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    deliver(house)

    after = [post.message.title for post in house.telegram.seen(COUNCILS)]
    assert K.CARD in after
    assert platform_of(house).moves == [(COUNCILS, str(GROUP), str(NEW))]
    assert house.outbox.counts()[State.DEAD] == 0


def test_nothing_waits_for_a_group_that_must_rest(house: House) -> None:
    """A minute's wait in one group, and everybody else is told at once."""
    telegram_of(house).weather.choose = lambda call: (
        Busy(60) if call.chat == GROUP and call.at < MONDAY + timedelta(minutes=1) else None
    )
    house.hear(a_concern())
    deliver(house)
    assert house.seen(COUNCILS) == []
    assert house.said("joel") == [K.RAISING_TOLD]
    assert len([call for call in telegram_of(house).calls if call.chat == GROUP]) == 1, "it is left alone"

    house.forward(minutes=1)
    deliver(house)
    assert house.said(COUNCILS) == [K.CALLED]
