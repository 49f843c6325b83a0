"""What is said when something happens: calm, short, complete, and nothing a channel may not carry."""

from collections.abc import Iterator
from dataclasses import replace

from concerns import commands as c
from concerns.authority import for_challenged, for_raising, may_see
from concerns.model import Concern, Stage, Why
from concerns.notice import ABOUT_NO_CONCERN, Notice, NoticeKind, Place, PlaceKind
from concerns.pathway import OnLapse
from concerns.people import ChannelId, PersonId
from concerns.rules import Rules
from tests.ladders import DAILY, MONDAY, RULES, ruled
from tests.partnership import AMIRA, GRACE, JOEL, LENA, PEOPLE, RIVERSIDE, SAM, TOM
from tests.views.stories import said
from tests.worlds import an_answer, answered, called, words
from views.labels import GROUNDS, STRANDS
from views.parts import Message
from views.pings import render, trust_of

K = NoticeKind


def rendered() -> Iterator[tuple[Notice, Concern, Rules, Message]]:
    """Everything said in every story."""
    for notice, concern, rules in said():
        yield notice, concern, rules, render(notice, concern, rules)


def text(message: Message) -> str:
    """All that is read of a message."""
    return "\n".join((message.title, *message.lines, *(button.label for button in message.buttons)))


def test_the_stories_say_every_kind_of_notice() -> None:
    of_one_concern = set(NoticeKind) - {NoticeKind.DIGEST} - ABOUT_NO_CONCERN

    assert {notice.kind for notice, _, _ in said()} == of_one_concern


def test_every_message_is_whole() -> None:
    for notice, concern, _, message in rendered():
        assert concern.ref in message.title
        assert message.title[0].isupper()
        assert not message.title.endswith(".")
        assert message.lines, notice.kind
        for line in message.lines:
            assert line == line.strip()
            assert line[0].isupper()
            assert line[-1] in ".?"
            assert not any(odd in line for odd in ("..", " .", "  ", "None", ": .", "()", "by ."))


def test_a_message_is_short() -> None:
    for _, _, _, message in rendered():
        assert len(message.title) < 90
        assert len(message.lines) <= 10
        assert sum(map(len, message.lines)) < 700


def test_buttons_fit_the_smallest_platform() -> None:
    for _, concern, _, message in rendered():
        assert len(message.buttons) <= 5
        assert len({button.command for button in message.buttons}) == len(message.buttons)
        for button in message.buttons:
            assert 0 < len(button.label) < 25
            assert len(button.token.encode()) <= 64
            assert (button.ref, button.turn) == (concern.ref, concern.turn)


def test_every_message_speaks_the_partnerships_word_for_a_tier() -> None:
    other = {"stage": "step ", "step": "stage "}

    for _, _, rules, message in rendered():
        words = text(message).lower()
        assert other[rules.pathway.tier_word] not in words
        assert "tier" not in words.replace(rules.pathway.emergency.text, "")


BLAME = {"fail", "failed", "fault", "blame", "ignored", "must", "breach", "unacceptable", "upheld"}


def test_no_message_names_a_person_or_blames_one() -> None:
    names = {name for person in PEOPLE for name in (person.name, person.name.split()[0])}

    for _, _, _, message in rendered():
        assert not any(name in text(message) for name in names)
        assert not BLAME & {word.strip(".,:;()").lower() for word in text(message).split()}


def test_a_channel_carries_no_more_than_its_trust() -> None:
    private = [*GROUNDS.values(), *(f"{strand}." for strand in STRANDS.values())]

    for notice, concern, rules, message in rendered():
        if notice.place.kind is not PlaceKind.CHANNEL:
            continue
        trust = trust_of(notice, rules)
        told = any(part in text(message) for part in private)
        action = any(line.startswith("Next: ") for line in message.lines)
        card = notice.kind is K.CARD
        assert told == (card and trust >= 1)
        assert action == (card and trust >= 2 and concern.stage is not Stage.CLOSED)


def test_a_place_nobody_lists_is_trusted_with_nothing() -> None:
    notice = called().notice(K.CALLED, "riverside-council")

    assert trust_of(notice, RULES) == 1
    assert trust_of(replace(notice, place=Place(PlaceKind.CHANNEL, "elsewhere")), RULES) == 0
    assert trust_of(replace(notice, place=Place(PlaceKind.PERSON, AMIRA)), RULES) == 0


def test_in_private_nothing_is_offered_that_would_be_refused() -> None:
    raising = {"accept", "check", "dispute", "escalate", "reopen", "responded"}

    for notice, concern, rules, message in rendered():
        if notice.place.kind is not PlaceKind.PERSON:
            continue
        who = PersonId(notice.place.id), concern, rules.directory
        for button in message.buttons:
            assert may_see(*who) or for_challenged(*who)
            assert button.command not in raising or for_raising(*who)
            assert button.command != "release" or for_challenged(*who)
            assert button.command not in {"ack", "answer"} or for_challenged(*who) or for_raising(*who)


def test_the_manager_told_at_the_opening_is_offered_to_look_and_no_more() -> None:
    world = called()

    message = render(world.notice(K.RAISING_TOLD, JOEL), world.concern, RULES)

    assert [button.command for button in message.buttons] == ["show"]
    assert message.lines[-1] == "For your information: if it moves up to stage 2, you speak for your side."


def test_a_call_mentions_whoever_sits_there_holder_first() -> None:
    world = called()
    told = render(world.notice(K.CALLED, "riverside-council"), world.concern, RULES)
    assert told.mentions == (TOM, LENA)

    world.until("Tue 1 Dec 2026 17:00")
    told = render(world.notice(K.CALLED, "council-escalations"), world.concern, RULES)
    assert told.mentions[0] == GRACE
    assert JOEL in told.mentions


def test_a_call_says_why_who_until_when_and_what_comes_next() -> None:
    world = called().until("Tue 1 Dec 2026 17:00")

    message = render(world.notice(K.CALLED, "council-escalations"), world.concern, RULES)

    assert message.title == "C-7F3K-9QMX, stage 2 of 4 is called"
    assert message.lines == (
        "No answer came in time at stage 1.",
        "Asked to answer: manager, Northshire Council.",
        "Acknowledge by Wed 2 Dec at 13:00. Answer due Wed 2 Dec at 17:00.",
        "Raising side: manager, Riverside Home Care.",
        "If nobody answers, stage 3 (Senior manager) is called.",
    )


def test_a_late_call_says_how_late() -> None:
    world = called().asleep_until("Wed 2 Dec 2026 12:00")

    message = render(world.notice(K.CALLED, "council-escalations"), world.concern, RULES)

    assert "This call is 19 hours late; its windows count from now." in message.lines


def test_a_possible_repeat_says_so_first_with_its_code() -> None:
    world = called()
    notice = world.notice(K.CALLED, "riverside-council")

    once, again = (render(notice, world.concern, RULES, repeat, "7KQ2") for repeat in (False, True))

    assert again.lines[1:] == once.lines
    assert again.lines[0].startswith("Possible repeat of message 7KQ2: ")


def test_an_urgent_message_is_marked_and_says_whom_to_ring() -> None:
    for notice, concern, _, message in rendered():
        if notice.kind is K.CALLED and notice.urgent:
            assert message.urgent
            assert message.title.startswith("Urgent: ")
            assert "If someone is in immediate danger ring 999." in message.lines
        assert (
            message.urgent == (concern.urgent and concern.stage is not Stage.CLOSED)
            or notice.kind is not K.CARD
        )


def test_the_coordinator_is_offered_to_look_not_to_decide() -> None:
    world = answered()
    notice = replace(world.notice(K.ANSWERED, AMIRA), place=Place(PlaceKind.PERSON, SAM))

    assert [b.command for b in render(notice, world.concern, RULES).buttons] == ["show"]


def test_the_called_side_is_not_offered_what_the_raising_side_decides() -> None:
    world = answered()
    notice = replace(world.notice(K.ANSWERED, AMIRA), place=Place(PlaceKind.PERSON, TOM))

    assert [b.command for b in render(notice, world.concern, RULES).buttons] == ["show", "correct"]


def test_what_was_reported_of_a_side_it_hears_and_can_put_right() -> None:
    world = called().hear(c.Acknowledge(by=AMIRA, when=MONDAY, words=words(who="Tom", how="phone")))
    told, reporter = (render(world.notice(K.ACKNOWLEDGED, who), world.concern, RULES) for who in (TOM, AMIRA))
    assert told.lines[0] == "The raising side records that your side has it. If that is not so, correct it."
    assert told.buttons[-1].command == "correct"
    assert reporter.lines[0] == "They have it."

    world.hear(an_answer(AMIRA, when=MONDAY, who="Tom", how="phone"))
    told, reporter = (render(world.notice(K.ANSWERED, who), world.concern, RULES) for who in (TOM, AMIRA))
    assert told.lines[0] == "The raising side records an answer of yours. If that is not so, correct it."
    assert reporter.lines[0] == "The raising side reports it; the calling stops."


def test_the_next_tier_is_told_what_is_true_now() -> None:
    asking = ruled(replace(DAILY, on_lapse=OnLapse.ASK))
    world = called(asking).until("Mon 30 Nov 2026 14:00")
    notice = world.notice(K.NEXT_TIER_TOLD, GRACE)
    assert "nobody has said yet" in render(notice, world.concern, asking).lines[0]

    world.hear(c.Acknowledge(by=TOM))
    assert "it is acknowledged" in render(notice, world.concern, asking).lines[0]

    world.until("Tue 1 Dec 2026 17:00")
    assert render(world.notice(K.NEXT_TIER_TOLD, GRACE), world.concern, asking).lines == (
        "For your information: no answer came in time, and the raising side is asked whether to move it up.",
        "If nobody says, your seat is called Wed 2 Dec at 13:00.",
    )


def test_an_agency_that_is_not_on_baton_is_rung_up_with_its_number() -> None:
    found = [
        (concern, rules, said) for notice, concern, rules, said in rendered() if notice.kind is K.RING_THEM
    ]

    assert found
    for concern, rules, message in found:
        other = rules.directory.name_of(concern.challenged)
        assert message.lines[0] == f"{other} is not on Baton, so this call needs your voice."
        assert any("number" in line or "Reach them at" in line for line in message.lines)
        assert [button.label for button in message.buttons][:2] == ["Log a contact", "They answered"]


def test_numbers_and_addresses_stand_in_no_channel_and_on_no_lock_screen() -> None:
    """Where nobody could be written to privately, a channel hears of it, and an e-mail is a name."""
    people = tuple(replace(one, phone="01632 960001", email="tom@council.example") for one in PEOPLE)
    directory = replace(RULES.directory, people=people)
    asked = [
        (notice, concern, replace(rules, directory=directory))
        for notice, concern, rules, _ in rendered()
        if notice.kind is K.RING_THEM and concern.call and rules.directory.holders(concern.call.challenged)
    ]

    assert asked
    for notice, concern, rules in asked:
        alone = render(notice, concern, rules)
        instead = render(replace(notice, place=Place(PlaceKind.CHANNEL, OWN)), concern, rules)
        assert "tom@council.example" in text(alone)
        assert alone.discreet
        assert "960001" not in text(instead)
        assert "@" not in text(instead)


def test_what_is_said_because_a_window_ended_is_broadcast() -> None:
    """A thread nobody follows is no place for it; a first call and a reminder have their card."""
    told = {(notice.kind, notice.why): message.broadcast for notice, _, _, message in rendered()}

    assert told[K.CALLED, Why.NO_ANSWER_IN_TIME]
    assert not told[K.CALLED, Why.CHOICE]
    loud = {kind for (kind, _), broadcast in told.items() if broadcast}
    assert loud == {K.CALLED, K.CALLED_AGAIN, K.ACKNOWLEDGEMENT_LAPSED, K.LAPSED_ASK}


# ---- what a channel is offered ---------------------------------------------------------------------

OWN, THEIRS, JOINT, CHAIR = "riverside-escalations", "council-escalations", "riverside-council", "board"
OF_THE_RAISING = {"accept", "agree", "check", "decline", "dispute", "escalate", "reopen", "responded"}
OF_THE_CALLED = {"release", "decide", "extend"}


def card_in(channel: str, concern: Concern, rules: Rules = RULES) -> list[str]:
    """The labels on its card in this channel."""
    notice = Notice(Place(PlaceKind.CHANNEL, channel), K.CARD, concern.ref, concern.turn, urgent=False)
    return [button.label for button in render(notice, concern, rules).buttons]


def test_a_channel_of_one_side_is_offered_nothing_that_nobody_there_may_press() -> None:
    for notice, concern, rules, message in rendered():
        channel = rules.directory.channel(ChannelId(notice.place.id))
        if notice.place.kind is not PlaceKind.CHANNEL or channel is None:
            continue
        labels = {button.command: button.label for button in message.buttons}
        if concern.raising not in channel.agencies:
            assert not OF_THE_RAISING & set(labels), (notice.kind, channel.id)
        if set(channel.agencies) == {concern.raising}:
            assert not OF_THE_CALLED & set(labels), (notice.kind, channel.id)
            assert labels.get("ack", "They acknowledged") == "They acknowledged"
            assert labels.get("answer", "They answered") == "They answered"


def test_the_card_offers_each_channel_what_is_for_its_side() -> None:
    waits, done = called().concern, answered().concern
    held = called().hear(c.Acknowledge(by=TOM)).concern

    assert card_in(JOINT, waits) == card_in(THEIRS, waits) == ["Acknowledge", "Answer", "Show"]
    assert card_in(OWN, waits) == ["They acknowledged", "They answered", "Show"]
    assert card_in(JOINT, held) == card_in(THEIRS, held) == ["Answer", "Hand back", "Show"]
    assert card_in(OWN, held) == ["They answered", "Show"]
    assert card_in(JOINT, done) == card_in(OWN, done) == ["Accept", "Not enough", "Show"]
    assert card_in(THEIRS, done) == card_in(CHAIR, done) == ["Show"]


def test_the_boards_channel_keeps_what_its_chair_may_do() -> None:
    top = called().until("Fri 4 Dec 2026 10:00").concern

    assert card_in(CHAIR, top) == ["Acknowledge", "Answer", "Record a decision", "Show"]
    assert card_in(OWN, top) == ["They acknowledged", "They answered", "Show"]


def test_where_both_sides_are_one_agency_nothing_is_left_out() -> None:
    alert = replace(called().concern, challenged=RIVERSIDE)

    assert card_in(OWN, alert) == ["Acknowledge", "Answer", "Show"]
    assert card_in(OWN, replace(alert, stage=Stage.ANSWERED)) == ["Accept", "Not enough", "Show"]
