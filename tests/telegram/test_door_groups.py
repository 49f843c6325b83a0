"""In a group: commands and presses are answered in private, no words are taken, and none are said."""

import pytest

from bot.telegram.words import GO_ON, OPEN_ME
from concerns.model import Ref, Stage
from handlers.refusals import NOT_YOURS
from tests.handlers.offices import Office
from tests.partnership import AMIRA
from tests.telegram.doorway import GROUP, STRANGER, Doorway, at_the_door
from tests.telegram.fake.chats import Said, User
from tests.telegram.fake.server import FakeTelegram
from tests.telegram.world import number_of
from views.parts import Button

WORDS = "She fell again on Tuesday"
UNLISTED = -1_001_000_000_999


def card(at: Doorway, *buttons: Button) -> Said:
    """A card of Baton's in the council's group."""
    chats = at.telegram.chats
    keyboard = [[{"text": one.label, "callback_data": one.token} for one in buttons]]
    return chats.say(chats.chats[GROUP], chats.bot, "A card", keyboard=keyboard)


def link(at: Doorway) -> str:
    """Where the newest message in the group leads to."""
    return str(at.seen("tom", GROUP)[-1].buttons[0]["url"])


def raised(office: Office) -> Ref:
    """Amira has raised a concern with the council."""
    return office.raised(AMIRA)


def test_what_needs_words_goes_on_in_private_by_a_link(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        await at.says("tom", f"/answer {ref}", chat=GROUP)
        assert at.told("tom", GROUP) == GO_ON
        assert link(at).startswith("https://t.me/baton_bot?start=form_")

        await at.starts("tom", link(at).partition("start=")[2])
        assert f"About {ref}" in at.open("tom").text
        assert at.open("tom").labels[-1] == "Cancel"

    at_the_door(telegram, office, story)


def test_a_link_to_a_form_does_nothing_in_anybody_elses_hands(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        await at.says("tom", f"/answer {raised(office)}", chat=GROUP)
        await at.starts("lena", link(at).partition("start=")[2])

        assert "This form is not open any more" in at.told("lena")

    at_the_door(telegram, office, story)


def test_words_typed_in_a_group_are_taken_away_and_never_stored(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        at.telegram.hand(number_of("tom")).promote_bot(GROUP)
        ref = raised(office)
        said = await at.says("tom", f"/note {ref} {WORDS}", chat=GROUP)

        assert said.gone
        assert at.told("tom", GROUP) == GO_ON
        await at.starts("tom", link(at).partition("start=")[2])
        assert WORDS not in at.told("tom")

    at_the_door(telegram, office, story)


@pytest.mark.parametrize("command", ["/concern", "/concern@baton_bot"])
def test_words_on_the_next_line_are_words_too(office: Office, telegram: FakeTelegram, command: str) -> None:
    async def story(at: Doorway) -> None:
        at.telegram.hand(number_of("tom")).promote_bot(GROUP)
        said = await at.says("tom", f"{command}\n{WORDS}", chat=GROUP)

        assert said.gone
        assert at.told("tom", GROUP) == GO_ON

    at_the_door(telegram, office, story)


def test_a_stranger_in_a_group_is_asked_in_private_whether_somebody_is_in_danger(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER, "Strange")
        await at.says(STRANGER, "/concern", chat=GROUP)
        await at.starts(STRANGER, link(at).partition("start=")[2])
        await at.presses(STRANGER, "Yes")

        assert "ring 999" in at.told(STRANGER)

    at_the_door(telegram, office, story)


def test_where_baton_may_not_delete_it_still_asks_to_go_on_in_private(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        said = await at.says("tom", f"/note {raised(office)} {WORDS}", chat=GROUP)

        assert not said.gone
        assert at.told("tom", GROUP) == GO_ON

    at_the_door(telegram, office, story)


def test_words_meant_for_baton_are_taken_away_like_a_commands(office: Office, telegram: FakeTelegram) -> None:
    """A mention, or a reply to one of its messages."""

    async def story(at: Doorway) -> None:
        at.telegram.hand(number_of("tom")).promote_bot(GROUP)
        mention = await at.says("tom", f"@baton_bot {WORDS}", chat=GROUP)
        reply = await at.says("tom", WORDS, chat=GROUP, reply_to=card(at))

        assert mention.gone
        assert reply.gone
        assert at.told("tom", GROUP).count(GO_ON) == 2

    at_the_door(telegram, office, story)


def test_what_people_say_to_each_other_is_none_of_batons_business(
    office: Office, telegram: FakeTelegram
) -> None:
    """As an administrator Baton is sent all of it."""

    async def story(at: Doorway) -> None:
        at.telegram.hand(number_of("tom")).promote_bot(GROUP)
        said = await at.says("tom", WORDS, chat=GROUP)
        other = await at.says("tom", "/roll@dice_bot", chat=GROUP)
        nobodys = await at.says("tom", "/roll", chat=GROUP)
        dice = User(4_242, "Dice", "dice_bot", is_bot=True)
        six = at.telegram.chats.say(at.telegram.chats.chats[GROUP], dice, "Six")
        reply = await at.says("tom", WORDS, chat=GROUP, reply_to=six)

        assert not said.gone | other.gone | nobodys.gone | reply.gone
        assert at.seen("tom", GROUP) == at.seen("tom") == []

    at_the_door(telegram, office, story)


def test_a_command_without_the_prefix_is_another_bots(office: Office, telegram: FakeTelegram) -> None:
    office.with_prefix("b_")

    async def story(at: Doorway) -> None:
        at.telegram.hand(number_of("tom")).promote_bot(GROUP)
        theirs = await at.says("tom", "/note the milk", chat=GROUP)
        ours = await at.says("tom", f"/b_concern {WORDS}", chat=GROUP)

        assert (theirs.gone, ours.gone) == (False, True)

    at_the_door(telegram, office, story)


def test_a_command_that_needs_no_words_is_answered_in_private_only(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        await at.says("tom", f"/show@baton_bot {ref}", chat=GROUP)

        assert "No enquiry was opened." in at.told("tom")
        assert at.seen("tom", GROUP) == []

    at_the_door(telegram, office, story)


def test_whoever_never_pressed_start_is_shown_the_way_without_detail(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        telegram.chats.users[number_of("tom")].started = False
        await at.says("tom", f"/show {ref}", chat=GROUP)
        assert at.told("tom", GROUP) == OPEN_ME

        await at.starts("tom", link(at).partition("start=")[2])
        assert "No enquiry was opened." in at.told("tom")

    at_the_door(telegram, office, story)


def test_a_press_takes_effect_and_whoever_pressed_is_told(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        query = await at.presses("tom", "Acknowledge", card(at, Button("Acknowledge", "ack", ref, 1)))

        assert office.concern(ref).stage is Stage.ACKNOWLEDGED
        assert ref in telegram.api.answers[query]["text"]
        assert f"{ref}" in at.told("tom")
        assert at.seen("tom", GROUP)[-1].text == "A card"

    at_the_door(telegram, office, story)


def test_a_press_that_asks_for_words_opens_the_private_chat(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        query = await at.presses("tom", "Answer", card(at, Button("Answer", "answer", ref, 1)))
        url = str(telegram.api.answers[query]["url"])
        assert at.seen("tom") == []

        await at.starts("tom", url.partition("start=")[2])
        assert f"About {ref}" in at.open("tom").text

    at_the_door(telegram, office, story)


def test_a_stale_press_says_that_it_has_moved_on_and_changes_nothing(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        before = office.concern(ref)
        query = await at.presses("tom", "Acknowledge", card(at, Button("Acknowledge", "ack", ref, 7)))

        assert "moved on" in telegram.api.answers[query]["text"]
        assert office.concern(ref) == before

    at_the_door(telegram, office, story)


def test_whoever_may_not_is_told_aloud_and_alone(office: Office, telegram: FakeTelegram) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        query = await at.presses("alex", "Acknowledge", card(at, Button("Acknowledge", "ack", ref, 1)))

        answer = telegram.api.answers[query]
        assert answer["show_alert"]
        assert office.concern(ref).stage is Stage.CALLED
        assert at.told("alex", GROUP) == "A card"

    at_the_door(telegram, office, story)


def test_a_stranger_who_presses_learns_nothing(office: Office, telegram: FakeTelegram) -> None:
    """Not even whether there is such a concern."""

    async def story(at: Doorway) -> None:
        ref = raised(office)
        telegram.chats.enrol(STRANGER, "Strange")
        query = await at.presses(STRANGER, "Acknowledge", card(at, Button("Acknowledge", "ack", ref, 1)))

        assert "not enrolled" in telegram.api.answers[query]["text"]
        assert ref not in at.told(STRANGER)
        assert NOT_YOURS not in at.told(STRANGER)

    at_the_door(telegram, office, story)


def test_a_press_with_data_nobody_made_does_nothing(office: Office, telegram: FakeTelegram) -> None:
    """Any client can send any data (platforms 2.2)."""

    async def story(at: Doorway) -> None:
        raised(office)
        before = office.untouched()
        for data in (
            "",
            "x",
            "ack",
            "ack:C-0000-0000:1",
            "q:form:0:send",
            "q:danger:0:x",
            "resume:x:0",
            "😀" * 10,
        ):
            telegram.hand(number_of("tom")).press_data(card(at), data)
        await at.settled()

        assert office.untouched() == before

    at_the_door(telegram, office, story)


def test_immediate_danger_in_a_group_is_answered_there_too_where_the_private_chat_is_closed(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        ref = raised(office)
        telegram.chats.users[number_of("tom")].started = False
        await at.says("tom", f"/escalate {ref} immediate_risk now", chat=GROUP)

        assert "ring 999" in at.told("tom", GROUP)

    at_the_door(telegram, office, story)


def test_a_group_nobody_has_listed_is_told_its_number_once_and_nothing_else(
    office: Office, telegram: FakeTelegram
) -> None:
    async def story(at: Doorway) -> None:
        telegram.chats.make_group(UNLISTED, number_of("tom")).bot = "left"
        telegram.hand(number_of("tom")).add_bot(UNLISTED)
        await at.settled()
        (said,) = at.seen("tom", UNLISTED)
        assert f"Its number is {UNLISTED}." in said.text

        telegram.hand(number_of("tom")).kick_bot(UNLISTED)
        telegram.hand(number_of("tom")).kick_bot(GROUP)
        telegram.hand(number_of("tom")).add_bot(GROUP)
        await at.settled()
        assert at.seen("tom", UNLISTED) == [said]
        assert at.seen("tom", GROUP) == []

    at_the_door(telegram, office, story)


def test_a_stranger_is_told_the_number_of_their_own_account(office: Office, telegram: FakeTelegram) -> None:
    """Whoever keeps the partnership file writes it there for the first of its people."""

    async def story(at: Doorway) -> None:
        telegram.chats.enrol(STRANGER, "Strange")
        await at.starts(STRANGER)
        assert f"does not know this account, telegram:{STRANGER}." in at.told(STRANGER)

    at_the_door(telegram, office, story)
