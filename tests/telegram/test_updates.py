"""What counts as somebody asking for something, over every shape an update may have (threat T3)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.updates import Malformed, Moved, Pressed, Standing, Typed, Unread, Where, number, read

Json = dict[str, Any]

TOM: Json = {"id": 101, "is_bot": False, "first_name": "Tom", "last_name": "Ashby"}
BOT: Json = {"id": 7, "is_bot": True, "first_name": "Baton"}
PRIVATE: Json = {"id": 101, "type": "private", "first_name": "Tom"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Escalations"}
IN_PRIVATE, IN_GROUP = Where(101, 101, True, "Tom Ashby"), Where(101, -1001, False, "Tom Ashby")


def message(**said: object) -> Json:
    """Tom writes in his private chat, unless told otherwise."""
    whole: Json = {"message_id": 5, "date": 0, "chat": PRIVATE, "from": TOM, "text": "/mine"} | said
    return {"update_id": 1, "message": {key: value for key, value in whole.items() if value is not None}}


def query(**said: object) -> Json:
    """Tom presses a button in the group, unless told otherwise."""
    under = {"message_id": 9, "date": 0, "chat": GROUP, "from": BOT}
    whole: Json = {"id": "77", "from": TOM, "message": under, "data": "ack:C-7F3K-9QMX:1"} | said
    return {
        "update_id": 2,
        "callback_query": {key: value for key, value in whole.items() if value is not None},
    }


def test_a_message_is_read_with_who_wrote_it_where() -> None:
    assert read(message()) == Typed(1, IN_PRIVATE, "/mine", 5)
    assert read(message(chat=GROUP)) == Typed(1, IN_GROUP, "/mine", 5)


def test_a_reply_names_what_it_answers_and_who_wrote_that() -> None:
    answered = {"message_id": 3, "date": 0, "chat": PRIVATE}

    assert read(message(reply_to_message=answered | {"from": BOT})) == Typed(1, IN_PRIVATE, "/mine", 5, 3, 7)
    assert read(message(reply_to_message=answered)) == Typed(1, IN_PRIVATE, "/mine", 5, 3)


def test_a_press_is_read_under_a_message_telegram_shows_no_more() -> None:
    gone = {"message_id": 9, "date": 0, "chat": GROUP}

    assert read(query(message=gone)) == Pressed(2, IN_GROUP, "ack:C-7F3K-9QMX:1", "77", 9)


SPOKEN_FOR = {
    "an anonymous administrator": {"from": {"id": 1087968824, "is_bot": True}, "sender_chat": GROUP},
    "an administrator behind the group": {"sender_chat": GROUP},
    "a channel": {"from": {"id": 136817688, "is_bot": True}, "sender_chat": {"id": -5, "type": "channel"}},
    "a channel's post carried on": {"from": {"id": 777000, "is_bot": False}, "is_automatic_forward": True},
    "nobody": {"from": None},
    "another bot": {"from": BOT},
    "a channel's own chat": {"chat": {"id": -9, "type": "channel"}},
}


@pytest.mark.parametrize("shape", SPOKEN_FOR.values(), ids=SPOKEN_FOR)
@pytest.mark.parametrize("chat", [PRIVATE, GROUP], ids=["in private", "in a group"])
def test_whoever_cannot_be_told_for_certain_asks_for_nothing(shape: Json, chat: Json) -> None:
    assert read(message(**{"chat": chat} | shape)) is None


BORROWED = {
    "forwarded": {"forward_origin": {"type": "user", "sender_user": TOM, "date": 0}},
    "forwarded by an old client": {"forward_date": 12},
    "written by way of a bot": {"via_bot": BOT},
    "a picture": {"text": None, "photo": [{"file_id": "x"}]},
}


@pytest.mark.parametrize("shape", BORROWED.values(), ids=BORROWED)
def test_what_somebody_did_not_write_is_no_command_and_in_private_they_are_told(shape: Json) -> None:
    assert isinstance(read(message(**shape)), Unread)
    assert read(message(**shape | {"chat": GROUP})) is None


def test_an_edited_message_is_no_command() -> None:
    edited = message()["message"] | {"edit_date": 3}

    assert read({"update_id": 3, "edited_message": edited}) == Unread(3, IN_PRIVATE, "edited")
    assert read({"update_id": 3, "edited_message": edited | {"chat": GROUP}}) is None


def test_a_press_by_a_bot_or_of_nothing_asks_for_nothing() -> None:
    assert read(query(**{"from": BOT})) is None
    assert read(query(data=None)) is None
    assert read(query(message=None)) is None


def test_somebody_elses_private_chat_is_nobodys() -> None:
    assert read(message(chat=PRIVATE | {"id": 102})) is None


def test_a_group_that_has_moved_says_where_to() -> None:
    assert read(message(chat=GROUP, text=None, migrate_to_chat_id=-1002)) == Moved(1, -1001, -1002)


def test_what_baton_may_do_in_a_chat_is_told() -> None:
    change = {"chat": GROUP, "from": TOM, "date": 0, "new_chat_member": {"status": "kicked", "user": BOT}}

    assert read({"update_id": 4, "my_chat_member": change}) == Standing(4, -1001, False, "kicked")


def test_what_somebody_wrote_is_never_printed() -> None:
    assert "private words" not in repr(read(message(text="private words")))


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "text",
        {},
        {"update_id": "1"},
        {"update_id": True},
        message(text=5),
        message(chat=None),
        message(**{"from": {"id": "101"}}),
        message(chat=PRIVATE | {"id": 2**53}),
        query(id=""),
    ],
    ids=str,
)
def test_what_is_none_of_telegrams_is_malformed(update: object) -> None:
    with pytest.raises(Malformed):
        read(update)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
PLACES = st.sampled_from(
    ["update_id", "message", "from", "chat", "id", "text", "type", "date", "data", "is_bot"]
)


@given(st.sampled_from([message(), query()]), PLACES, JSON)
def test_whatever_stands_in_any_place_it_is_read_or_malformed(
    update: Json, place: str, other: object
) -> None:
    broken = _put(update, place, other)

    try:
        heard = read(broken)
    except Malformed:
        return
    assert heard is None or heard.id == number(broken)


@given(JSON)
def test_any_json_at_all_is_read_or_malformed(update: object) -> None:
    try:
        read(update)
    except Malformed:
        return


def _put(inside: Json, place: str, other: object) -> Json:
    """The same with something else wherever this key stands."""
    return {
        key: other if key == place else _put(value, place, other) if isinstance(value, dict) else value
        for key, value in inside.items()
    }
