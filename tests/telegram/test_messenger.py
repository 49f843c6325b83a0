"""A messenger over the real library and a pretend Telegram: what is posted where, and how a card changes."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from reminders.messenger import Dead, Gone, Unknown, Waiting
from storage.errors import NotSaved
from tests.chat.faults import Broken, Busy, Dropped, Garbled
from tests.telegram.fake.chats import Said
from tests.telegram.fake.core import Telegram
from tests.telegram.fake.faults import Call, Fault, Says
from tests.telegram.messaging import CALL, LONG, Told
from tests.telegram.world import COUNCILS, ON_TELEGRAM, TOMS, Clock, furnish, group_of, number_of
from views.parts import Drawing, Message

GROUP, TOM, LENA = group_of("council-escalations"), number_of("tom"), number_of("lena")
NEW = -1_009_000_000_009


@pytest.fixture
def clock() -> Clock:
    """Monday 10:00, until it is moved."""
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    """Telegram with the whole partnership on it, no wire between."""
    made = Telegram(clock)
    furnish(made.chats)
    made.floods.on = True
    return made


@pytest.fixture
def told(telegram: Telegram, clock: Clock) -> Told:
    """A messenger that remembers nothing yet."""
    return Told(telegram, clock)


def seen(telegram: Telegram, chat: int = GROUP) -> list[Said]:
    """What people of the group see."""
    return telegram.chats.seen(chat)


# ---- what is posted --------------------------------------------------------------------------------


def test_a_message_is_posted_as_people_read_it(telegram: Telegram, told: Told) -> None:
    """Title, lines, buttons; no preview of anything."""
    id = told.post()

    (said,) = seen(telegram)
    assert id == f"{GROUP}:{said.id}"
    assert said.text == "\n".join((CALL.title, *CALL.lines))
    assert said.labels == ["Show"]
    assert said.args["link_preview_options"] == {"is_disabled": True}
    assert telegram.refusals == []


def test_a_ping_replies_to_its_card_and_stands_alone_where_that_is_gone(
    telegram: Telegram, told: Told
) -> None:
    """Also where the card needed several posts: the first is what it replies to."""
    card = told.post(LONG)
    told.post(thread=card)
    head, *_, reply = seen(telegram)
    assert reply.reply_to == head.id

    telegram.chats.delete(head)
    told.post(thread=card)
    assert seen(telegram)[-1].reply_to is None


def test_a_call_mentions_those_it_calls_and_is_heard(telegram: Telegram, told: Told) -> None:
    """By their number, under their name. Whoever is on Slack is called there; the card makes no sound."""
    told.post()
    told.post(told.mentioning("tom", "lena", "amira", "nobody"))

    card, call = seen(telegram)
    assert call.mentioned == [TOM, LENA]
    assert "Tom Ashby, Lena Frost" in call.text
    assert (card.args.get("disable_notification"), call.args.get("disable_notification", False)) == (
        True,
        False,
    )


def test_what_is_for_one_person_alone_is_said_in_private_and_not_passed_on(
    telegram: Telegram, told: Told
) -> None:
    told.post(place=TOMS)

    (said,) = seen(telegram, TOM)
    assert said.args["protect_content"] is True


def test_an_account_that_may_be_nobodys_is_written_to_by_its_number(telegram: Telegram, told: Told) -> None:
    told.post(place=Place(PlaceKind.ACCOUNT, f"telegram:{LENA}"))

    assert len(seen(telegram, LENA)) == 1


def test_a_topic_the_directory_names_is_where_it_is_said(telegram: Telegram, clock: Clock) -> None:
    telegram.chats.chats[GROUP].topics.add(45)
    told = Told(telegram, clock, addressed(f"{GROUP}/45"))
    told.post()

    assert seen(telegram)[0].topic == 45


def test_a_long_message_is_several_posts_and_nothing_is_cut(telegram: Telegram, told: Told) -> None:
    """A second apart, as Telegram asks; the id names them all, the buttons stand in the last."""
    id = told.post(replace(LONG, buttons=CALL.buttons))

    said = seen(telegram)
    assert len(said) > 1
    assert id == f"{GROUP}:{','.join(str(one.id) for one in said)}"
    assert [line for one in said for line in one.text.split("\n") if line.startswith("Line")] == list(
        LONG.lines
    )
    assert [bool(one.keyboard) for one in said] == [False] * (len(said) - 1) + [True]
    assert telegram.floods.over == []


def test_a_picture_follows_with_its_words(telegram: Telegram, told: Told) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'
    id = told.post(Message("The pathway", drawing=Drawing(svg, "Stage 1, then stage 2.")), TOMS)

    text, picture = seen(telegram, TOM)
    assert (text.text, picture.text) == ("The pathway", "Stage 1, then stage 2.")
    assert picture.photo.startswith(b"\x89PNG")
    assert id == f"{TOM}:{text.id}", "a picture is never edited"


def test_a_picture_that_cannot_be_drawn_is_told_in_words(telegram: Telegram, told: Told) -> None:
    told.post(Message("The pathway", drawing=Drawing("no picture", "Stage 1, then stage 2.")), TOMS)

    (said,) = seen(telegram, TOM)
    assert said.text == "The pathway\nStage 1, then stage 2."


# ---- edits -----------------------------------------------------------------------------------------


def test_a_card_is_edited_in_place(telegram: Telegram, told: Told) -> None:
    """Twice the same is no harm: "not modified" is a success."""
    id = told.post()
    for _ in range(2):
        told.edit(id, replace(CALL, lines=("Tom has it.",)))

    (said,) = seen(telegram)
    assert said.text == f"{CALL.title}\nTom has it."
    assert len(said.edits) == 1
    assert telegram.floods.over == [], "edits count as well"


def test_a_card_that_is_gone_says_so(telegram: Telegram, told: Told) -> None:
    id = told.post()
    telegram.chats.delete(seen(telegram)[0])

    with pytest.raises(Gone):
        told.edit(id, replace(CALL, lines=()))


@pytest.mark.parametrize(("before", "after"), [(CALL, LONG), (LONG, CALL)])
def test_a_card_that_needs_more_or_fewer_posts_is_taken_away(
    telegram: Telegram, told: Told, before: Message, after: Message
) -> None:
    """Two cards of one concern, one of them out of date, would be worse."""
    id = told.post(before)

    with pytest.raises(Gone):
        told.edit(id, after)
    assert seen(telegram) == []


def test_a_card_is_taken_away_though_part_of_it_is_gone(telegram: Telegram, told: Told) -> None:
    id = told.post(LONG)
    telegram.chats.delete(seen(telegram)[0])

    with pytest.raises(Gone):
        told.edit(id, replace(LONG, lines=tuple(line.upper() for line in LONG.lines)))
    assert seen(telegram) == []


def test_a_card_of_another_chat_is_never_edited_by_its_number(telegram: Telegram, told: Told) -> None:
    """A supergroup counts its messages anew, so the number alone may be somebody else's card by now."""
    told.post()

    with pytest.raises(Gone):
        told.edit("-100777:1", replace(CALL, lines=()))
    assert seen(telegram)[0].edits == []


# ---- what goes wrong -------------------------------------------------------------------------------

OUTCOMES: dict[str, tuple[Fault, type[Exception]]] = {
    "429": (Busy(7), Waiting),
    "dropped": (Dropped(accepted=True), Unknown),
    "dropped before": (Dropped(accepted=False), Unknown),
    "500": (Broken(accepted=True), Unknown),
    "502": (Broken(accepted=True, status=502), Unknown),
    "garbled": (Garbled(accepted=True), Unknown),
    "no result": (Garbled(accepted=True, body=b'{"ok": true}'), Unknown),
    "an odd result": (Garbled(accepted=True, body=b'{"ok": true, "result": 7}'), Unknown),
    "blocked": (Says(403, "Forbidden: bot was blocked by the user"), Dead),
    "401": (Says(401, "Unauthorized"), Dead),
    "409": (Says(409, "Conflict: terminated by other getUpdates request"), Waiting),
    "something new": (Says(400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN"), Dead),
}


@pytest.mark.parametrize("case", OUTCOMES)
def test_every_failure_means_one_thing(telegram: Telegram, told: Told, case: str) -> None:
    """Only what was surely not done is waiting or dead."""
    fault, end = OUTCOMES[case]
    telegram.weather.will("sendMessage", fault)

    with pytest.raises(end) as raised:
        told.post()
    assert type(raised.value) is end
    assert raised.value.__cause__ is None, "what Telegram said is not carried along"


def test_a_chat_that_asked_for_rest_is_left_alone_and_the_others_are_not(
    telegram: Telegram, told: Told, clock: Clock
) -> None:
    telegram.weather.will("sendMessage", Busy(30), chat=GROUP)
    for _ in range(2):
        with pytest.raises(Waiting):
            told.post()
    told.post(place=TOMS)
    assert len(telegram.called("sendMessage")) == 2, "the group was asked once"

    clock.forward(seconds=30)
    told.post()
    assert len(seen(telegram)) == 1


def test_half_a_message_is_of_unknown_fate(telegram: Telegram, told: Told) -> None:
    """What stands already cannot be taken back, so what follows must say that it repeats."""
    telegram.weather.choose = lambda call: Busy(30) if seen(telegram) else None

    with pytest.raises(Unknown):
        told.post(LONG)


def test_a_group_that_must_rest_for_long_is_not_waited_for(telegram: Telegram, told: Told) -> None:
    """Twenty a minute; the next makes room for others instead of holding a lane."""
    for _ in range(20):
        told.post()

    with pytest.raises(Waiting) as rest:
        told.post()
    assert rest.value.until > timedelta(seconds=30)
    assert telegram.floods.over == []


DEATHS: dict[str, tuple[Place, Callable[[Telegram], object], str]] = {
    "blocked": (TOMS, lambda t: setattr(t.chats.users[TOM], "blocked", True), "blocked"),
    "not started": (TOMS, lambda t: setattr(t.chats.users[TOM], "started", False), "pressed Start"),
    "closed account": (TOMS, lambda t: setattr(t.chats.users[TOM], "deactivated", True), "closed"),
    "kicked": (COUNCILS, lambda t: setattr(t.chats.chats[GROUP], "bot", "kicked"), "taken out"),
    "left": (COUNCILS, lambda t: setattr(t.chats.chats[GROUP], "bot", "left"), "not in this group"),
    "silenced": (COUNCILS, lambda t: setattr(t.chats.chats[GROUP], "silenced", True), "may not write"),
    "unknown": (COUNCILS, lambda t: t.chats.chats.pop(GROUP), "does not know this chat"),
    "revoked": (COUNCILS, lambda t: setattr(t, "revoked", True), "token"),
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_place_that_cannot_be_spoken_in_says_why(telegram: Telegram, told: Told, death: str) -> None:
    place, kill, why = DEATHS[death]
    kill(telegram)

    with pytest.raises(Dead, match=why):
        told.post(place=place)


def addressed(address: str, platform: str = "telegram") -> Directory:
    """The partnership, the council's group at this address."""
    channels = tuple(
        replace(one, address=address, platform=platform) if one.id == COUNCILS.id else one
        for one in ON_TELEGRAM.channels
    )
    return replace(ON_TELEGRAM, channels=channels)


@pytest.mark.parametrize(
    ("directory", "place", "why"),
    [
        (addressed("#general"), COUNCILS, "no Telegram number"),
        (addressed(f"{GROUP}", platform="slack"), COUNCILS, "does not list this channel"),
        (ON_TELEGRAM, Place(PlaceKind.PERSON, "amira"), "no Telegram account"),
        (ON_TELEGRAM, Place(PlaceKind.ACCOUNT, "slack:riverside:U1"), "no Telegram account"),
    ],
)
def test_what_is_not_on_telegram_is_dead_at_once(
    telegram: Telegram, clock: Clock, directory: Directory, place: Place, why: str
) -> None:
    with pytest.raises(Dead, match=why):
        Told(telegram, clock, directory).post(place=place)
    assert telegram.calls == []


# ---- a group that moves ----------------------------------------------------------------------------


def test_a_group_that_became_a_supergroup_is_followed(telegram: Telegram, told: Told) -> None:
    """What could not be said there is said at its new address, which is remembered; no reply crosses over."""
    card = told.post()
    telegram.chats.move(GROUP, NEW)
    told.post(thread=card)
    told.post()

    assert [said.reply_to for said in seen(telegram, NEW)] == [None, None]
    assert [(one.old, one.new) for one in told.moves] == [(str(GROUP), str(NEW))]


def test_a_group_that_moves_between_two_posts_leaves_half_a_message(telegram: Telegram, told: Told) -> None:
    """Its first half stands in the old group, and is not said again unmarked."""

    def moves_after_the_first(call: Call) -> None:
        if seen(telegram):
            telegram.weather.choose = lambda _: None
            telegram.chats.move(GROUP, NEW)

    telegram.weather.choose = moves_after_the_first
    with pytest.raises(Unknown):
        told.post(LONG)
    assert seen(telegram, NEW) == []


def test_a_card_left_behind_in_the_old_group_is_posted_anew(telegram: Telegram, told: Told) -> None:
    card = told.post()
    telegram.chats.move(GROUP, NEW)

    for _ in range(2):
        with pytest.raises(Gone):
            told.edit(card, replace(CALL, lines=()))
    assert len(told.moves) == 1


def test_a_move_that_cannot_be_kept_is_tried_again_later(telegram: Telegram, told: Told) -> None:
    """Nothing was said yet, so nothing is repeated."""
    telegram.chats.move(GROUP, NEW)
    told.fails = NotSaved("The database is gone.")

    with pytest.raises(Waiting):
        told.post()
    assert seen(telegram, NEW) == []


def test_a_bot_cannot_read_a_chat(told: Told, clock: Clock) -> None:
    """So whatever is of unknown fate is said again, marked."""
    assert not told.messenger.can_find
    with pytest.raises(Unknown):
        asyncio.run(told.messenger.find(COUNCILS, "0123456789abcdef", clock(), None))
