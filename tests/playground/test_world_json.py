"""What `/api/world` and the messages look like to a script (design 9)."""

from datetime import datetime, timedelta

import pytest

from tests.playground.outsider import Outsider
from tests.playground.shapes import ANSWER, KINDS, MESSAGE, STAGES, WORLD, misfit


def test_the_world_has_the_shape_of_the_design(out: Outsider) -> None:
    world = out.world()

    assert misfit(world, WORLD) == ""


def test_a_fresh_world_begins_on_a_monday_morning_with_nothing_in_it(out: Outsider) -> None:
    world = out.world()

    now = datetime.fromisoformat(world["now"])
    assert now.replace(tzinfo=None) == datetime(2026, 11, 30, 10, 0)  # noqa: DTZ001 -- London's wall clock
    assert now.utcoffset() == timedelta()
    assert world["concerns"] == []
    assert not any(out.everything().values())


def test_five_agencies_and_a_board_sit_on_both_platforms(out: Outsider) -> None:
    world = out.world()

    kinds = [agency["kind"] for agency in world["agencies"]]
    assert sorted(kinds) == ["board", "council", "health", "provider", "provider", "provider"]
    assert {person["platform"] for person in world["people"]} == {"slack", "telegram"}
    assert {channel["platform"] for channel in world["channels"]} == {"slack", "telegram"}
    agencies = {agency["id"] for agency in world["agencies"]}
    assert {person["agency"] for person in world["people"]} == agencies
    assert {id for channel in world["channels"] for id in channel["agencies"]} == agencies


def test_ids_are_unique(out: Outsider) -> None:
    world = out.world()

    for kind in ("agencies", "people", "channels"):
        ids = [one["id"] for one in world[kind]]
        assert len(ids) == len(set(ids))


def test_a_referral_has_no_tier_and_the_soonest_clock_is_its_due(out: Outsider) -> None:
    ref = out.opened("amira", "/concern refer", agency="council")

    concern = out.concern(ref)
    assert (concern["stage"], concern["tier"]) == ("referred", None)
    assert concern["due"] == "2026-12-01T17:00:00+00:00"


def test_the_due_of_a_called_concern_is_the_soonest_of_its_clocks_and_no_reminder(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")

    concern = out.concern(ref)
    assert (concern["stage"], concern["tier"]) == ("called", 1)
    assert concern["due"] == "2026-11-30T14:00:00+00:00"


def test_a_closed_concern_stays_listed_without_a_clock(out: Outsider) -> None:
    ref = out.opened("amira", "/concern raise", agency="council")
    out.do("amira", f"/concern withdraw {ref} The decision came after all.")

    concern = out.concern(ref)
    assert (concern["stage"], concern["due"]) == ("closed", None)


@pytest.fixture(scope="module")
def played(still: Outsider) -> Outsider:
    """After the situation, with an answer given and accepted: every kind of message has been posted."""
    ref = still.post("/api/situation", {"name": "delayed"})["ref"]
    still.do("grace", f"/concern ack {ref}")
    still.do("grace", f"/concern answer {ref}")
    still.do("amira", f"/concern accept {ref} plain")
    return still


@pytest.fixture(scope="module")
def called(played: Outsider) -> str:
    """A second concern in that world, tier 1 of the council called."""
    return played.opened("amira", "/concern raise", agency="council")


def test_every_message_has_the_shape_of_the_design(played: Outsider) -> None:
    places = played.everything()

    assert sum(map(len, places.values())) > 20
    for place, messages in places.items():
        assert misfit(messages, [MESSAGE], place) == ""


def test_messages_come_oldest_first(played: Outsider) -> None:
    for messages in played.everything().values():
        times = [datetime.fromisoformat(message["at"]) for message in messages]
        assert times == sorted(times)


def test_one_live_card_stands_in_each_channel_and_all_else_is_its_thread(played: Outsider) -> None:
    for channel in ("riverside-escalations", "riverside-council", "council-escalations"):
        messages = played.channel(channel)
        cards = {message["id"]: message for message in messages if message["thread_of"] is None}
        assert len(cards) == len(played.world()["concerns"])
        assert any(card["edited"] for card in cards.values())
        assert {message["thread_of"] for message in messages} == {None, *cards}


def test_nothing_in_a_private_chat_is_a_thread(played: Outsider) -> None:
    assert all(message["thread_of"] is None for message in played.private("amira"))


def test_every_button_names_its_command_and_its_concern(played: Outsider) -> None:
    refs = {concern["ref"] for concern in played.world()["concerns"]}
    buttons = [
        button
        for messages in played.everything().values()
        for message in messages
        for button in message["buttons"]
    ]

    assert {button["ref"] for button in buttons} == refs
    assert all(button["label"] and button["command"] for button in buttons)


def test_the_stages_are_those_of_the_design(played: Outsider) -> None:
    assert {concern["stage"] for concern in played.world()["concerns"]} <= STAGES


@pytest.mark.parametrize(
    ("person", "line"),
    [
        ("amira", "/concern"),
        ("amira", "/concern refer"),
        ("amira", "/contact {ref}"),
        ("amira", "/concern note {ref}"),
        ("amira", "/concern escalate {ref}"),
        ("amira", "/concern withdraw {ref}"),
        ("tom", "/concern answer {ref}"),
        ("amira", "/concern ack {ref}"),
        ("amira", "/concern answer {ref}"),
    ],
)
def test_every_form_has_the_shape_of_the_design(
    played: Outsider, called: str, person: str, line: str
) -> None:
    answer = played.say(person, line.format(ref=called))

    assert misfit(answer, ANSWER) == ""
    fields = answer["reply"]["form"]["fields"]
    assert fields
    assert {field["kind"] for field in fields} <= KINDS
    for field in fields:
        asks_to_choose = field["kind"] in {"choice", "choices", "person"}
        assert bool(field["choices"]) or not asks_to_choose


@pytest.mark.parametrize("path", ["/api/channels/nowhere/messages", "/api/people/nobody/messages"])
def test_an_unknown_place_is_not_found(out: Outsider, path: str) -> None:
    response = out.http.get(path)

    assert response.status_code == 404
    assert response.json()["error"]
