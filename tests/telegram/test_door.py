"""The private chat: who is known there, what is taken, and what is said to whom."""

import pytest

from bot.telegram.words import RING, UNREAD
from handlers.desk import Desk
from storage.errors import NotSaved
from tests.handlers.offices import Office, slowed
from tests.partnership import AMIRA
from tests.telegram.doorway import GROUP, STRANGER, Doorway, at_the_door, until
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import group_of, number_of


@pytest.fixture
def strange(telegram: FakeTelegram) -> FakeTelegram:
    """Somebody nobody knows has found the bot."""
    telegram.chats.enrol(STRANGER, "Strange Person")
    return telegram


def test_start_welcomes_whoever_is_enrolled(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.starts("tom")
        assert "/concern to raise one" in at.told("tom")
        assert "What waits on me" in at.open("tom").labels

    at_the_door(telegram, office, story)


def test_a_stranger_is_told_how_to_be_enrolled_and_nothing_else(
    office: Office, strange: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        for line in ("/start", f"/show {ref}", "/mine", f"/ack {ref}"):
            await at.says(STRANGER, line)
        assert at.told(STRANGER).count("not enrolled") == 4
        assert ref not in at.told(STRANGER)

    at_the_door(strange, office, story)


def test_a_stranger_in_danger_is_told_whom_to_ring(office: Office, strange: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says(STRANGER, "/concern")
        await at.presses(STRANGER, "Yes")
        assert "ring 999" in at.told(STRANGER)
        assert "not enrolled" in at.told(STRANGER)
        assert office.untouched() == ()

    at_the_door(strange, office, story)


def test_a_code_of_a_deep_link_is_brought_to_the_desk(office: Office, strange: FakeTelegram) -> None:
    """Whether it is right is the desk's to say."""

    async def story(at: Doorway) -> None:
        await at.starts(STRANGER, "no-such-code")
        assert "code" in at.told(STRANGER).lower()

    at_the_door(strange, office, story)


def test_a_deep_link_may_carry_a_command(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        await at.starts("tom", f"contact_{ref}")
        assert "Who contacted whom?" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_deep_link_answers_nothing_in_anybodys_name(office: Office, telegram: FakeTelegram) -> None:
    """Anybody can make one, and somebody else presses Start."""

    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        before = office.concern(ref)
        for payload in (f"ack_{ref}", f"ack_{ref}_1", f"accept_{ref}_1", f"withdraw_{ref}_1"):
            await at.starts("tom", payload)
        assert office.concern(ref) == before
        assert "moved on" in at.told("tom")

    at_the_door(telegram, office, story)


def test_plain_words_are_not_stored_and_may_be_a_plea(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "He is at the door again")
        assert "ring 999" in at.told("tom")
        assert "What you wrote here was not stored." in at.told("tom")

    at_the_door(telegram, office, story)


def test_what_only_shows_something_may_be_asked_for_in_a_word(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = office.raised(AMIRA)
        await at.says("tom", f"show {ref}")
        assert "No enquiry was opened." in at.told("tom")

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("why", ["forwarded", "edited", "wordless"])
def test_what_is_not_taken_is_said_so(office: Office, telegram: FakeTelegram, why: str) -> None:
    async def story(at: Doorway) -> None:
        origin = {"type": "hidden_user", "sender_user_name": "x", "date": 0}
        text = "" if why == "wordless" else "/mine"
        said = await at.says("tom", text, forward_origin=origin if why == "forwarded" else None)
        before = len(at.seen("tom"))
        if why == "edited":
            telegram.hand(number_of("tom")).edit(said, "/help")
            await at.settled()
            assert len(at.seen("tom")) == before + 1
        assert UNREAD[why] in at.seen("tom")[-1].text
        assert RING in at.seen("tom")[-1].text

    at_the_door(telegram, office, story)


def test_nobody_is_known_by_a_name(office: Office, telegram: FakeTelegram) -> None:
    """A name can be chosen by anybody; an account cannot."""

    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER, "Tom Ashby", username="tom_ashby")
        await at.says(STRANGER, "/mine")
        assert "not enrolled" in at.told(STRANGER)

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("how", ["anonymously", "as a channel"])
def test_whoever_hides_behind_a_group_or_a_channel_is_nobody(
    office: Office, telegram: FakeTelegram, how: str
) -> None:
    async def story(at: Doorway) -> None:
        hand = telegram.hand(number_of("tom"))
        if how == "anonymously":
            hand.say_anonymously("/mine", GROUP)
        else:
            hand.say_as_channel("/mine", GROUP, -1_009)
        await at.settled()
        assert at.seen("tom", GROUP) == at.seen("tom") == []

    at_the_door(telegram, office, story)


def test_a_database_that_is_away_is_said_so_with_whom_to_ring(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        office.fails = NotSaved("the database is away")
        telegram.hand(number_of("tom")).say("Please help")
        await until(lambda: "Not saved: the database is away" in at.told("tom"))
        assert "ring 999" in at.told("tom")
        office.fails = None
        await at.settled()

    at_the_door(telegram, office, story)


def test_a_defect_is_told_and_the_next_is_answered(
    office: Office, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(at: Doorway) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(Desk, "steady", _broken)
            await at.says("tom", "/mine")
        assert "Something went wrong on Baton’s side" in at.told("tom")
        await at.says("tom", "/help")
        assert "What you can do here" in at.told("tom")

    at_the_door(telegram, office, story)


def test_what_takes_long_is_said_to_be_still_tried(office: Office, telegram: FakeTelegram) -> None:
    at_last = slowed(office)

    async def story(at: Doorway) -> None:
        telegram.hand(number_of("tom")).say("/mine")
        await until(lambda: bool(at.seen("tom")))
        assert at.seen("tom")[0].text.startswith("Not saved yet, still trying")
        at_last.set()
        await at.settled()
        assert len(at.seen("tom")) == 2

    at_the_door(telegram, office, story, patience=0.0)


def test_a_group_that_becomes_a_supergroup_is_noted(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        telegram.hand(number_of("tom")).move(GROUP, -1_001_999)
        await at.settled()
        assert at.moved == [("council-escalations", str(group_of("council-escalations")), "-1001999")]

    at_the_door(telegram, office, story)


def test_being_taken_out_of_a_group_is_never_quiet(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        assert await at.front.trouble() is None
        telegram.hand(number_of("tom")).kick_bot(GROUP)
        await at.settled()
        assert "council-escalations" in str(await at.front.trouble())
        telegram.hand(number_of("tom")).add_bot(GROUP)
        await at.settled()
        assert await at.front.trouble() is None

    at_the_door(telegram, office, story)


def test_words_stand_in_no_log_line(
    office: Office, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", "/concern secretword")
        await at.answers("tom", "No", "secretword")
        telegram.updates.again({"update_id": 5, "message": {"text": "secretword"}})
        await at.settled()

    with caplog.at_level("INFO", logger="baton.test"):
        at_the_door(telegram, office, story)
    assert "secretword" not in "".join(one.getMessage() for one in caplog.records if one.name == "baton.test")


def _broken(_desk: Desk) -> Desk:
    raise ZeroDivisionError
