"""Messages as Slack posts: everything said stands in them, literally, and every post is one Slack takes."""

from typing import Any

import pytest
from hypothesis import given

from bot.plain import one_line, plain
from bot.slack.blocks import Post, posts
from bot.slack.limits import size
from concerns.people import PersonId
from tests.slack.contents import NASTY, messages
from tests.slack.limits import faults_of_message, literal_texts, live_texts
from views.parts import Button, Drawing, Message

CARD = Message(
    "Urgent: C-7F3K-9QMX, stage 2 of 4: Line managers",
    ("Waiting for: line manager, Northshire Council.", "Answer due Tue 1 Dec at 17:00."),
    (Button("Acknowledge", "ack", "C-7F3K-9QMX", 3), Button("Show", "show", "C-7F3K-9QMX", 3)),
    ("tom", "lena", "nobody", "tom"),
)


def mention(person: PersonId) -> str | None:
    """Everybody has an account here but `nobody`."""
    return None if person == "nobody" else f"U0{person.upper()}"


def shown(made: tuple[Post, ...]) -> str:
    """All that can be read in the blocks, one after the other, as one stream of characters."""
    return "".join(text for post in made for text in literal_texts(post.blocks))


def pressed(made: tuple[Post, ...]) -> list[dict[str, Any]]:
    """Every button."""
    rows = (block for post in made for block in post.blocks if block["type"] == "actions")
    return [button for row in rows for button in row["elements"]]


def squeezed(text: str) -> str:
    """Without blanks, which stand wherever a text is cut."""
    return "".join(plain(text).split())


def test_a_card_is_a_heading_those_called_the_lines_and_the_buttons() -> None:
    (post,) = posts(CARD, mention)

    kinds = [block["type"] for block in post.blocks]
    assert kinds == ["header", "section", "section", "actions"]
    assert post.blocks[1]["text"] == {"type": "mrkdwn", "text": "<@U0TOM> <@U0LENA>"}
    assert post.blocks[2]["text"]["text"] == "\n".join(CARD.lines)
    assert [(b["action_id"], b["value"]) for b in pressed((post,))] == [
        ("press:0", "ack:C-7F3K-9QMX:3"),
        ("press:1", "show:C-7F3K-9QMX:3"),
    ]


def test_a_button_read_aloud_says_what_it_is_about() -> None:
    acknowledge, _ = pressed(posts(CARD, mention))

    assert acknowledge["accessibility_label"] == "Acknowledge, C-7F3K-9QMX"


def test_what_phones_show_is_the_title_and_with_aloud_the_lines() -> None:
    (private,), (told,) = posts(CARD, mention), posts(CARD, mention, aloud=True)

    assert private.text == CARD.title
    assert told.text == "\n".join((CARD.title, *CARD.lines))
    assert private.blocks == told.blocks


def test_a_user_group_is_mentioned_as_one_and_what_is_no_account_is_not() -> None:
    ids = {"team": "S0TEAM", "odd": "U1> <!channel", "none": ""}
    (post,) = posts(Message("Called", mentions=tuple(ids)), ids.get)

    assert list(live_texts(post.blocks)) == ["<!subteam^S0TEAM>"]


def test_a_picture_is_told_in_words() -> None:
    (post,) = posts(Message("The pathway", drawing=Drawing("<svg/>", "Stage 1, then stage 2.")), mention)

    assert "Stage 1, then stage 2." in shown((post,))


def test_a_long_record_goes_on_in_further_posts_and_the_buttons_come_last() -> None:
    record = Message(
        "C-7F3K-9QMX, closed", tuple(f"Line {n}: {'word ' * 80}" for n in range(40)), CARD.buttons
    )
    made = posts(record, mention, aloud=True)

    assert len(made) > 3
    assert "Part 1 of" in shown(made[:1])
    assert made[1].text.startswith(f"C-7F3K-9QMX, closed, part 2 of {len(made)}\n")
    assert pressed(made[:-1]) == []
    assert len(pressed(made[-1:])) == 2


def test_a_label_longer_than_a_button_stands_in_full_above_it() -> None:
    label = f"Open the {'very ' * 20}long stage"
    (post,) = posts(Message("Called", buttons=(Button(label, "escalate"),)), mention)

    assert label in list(literal_texts(post.blocks[1]))
    assert pressed((post,))[0]["text"]["text"].endswith("…")


def test_no_post_has_more_blocks_than_slack_takes() -> None:
    made = posts(Message("Many", buttons=(Button("x", "show"),) * 1_300), mention)

    assert len(pressed(made)) == 1_300
    assert all(len(post.blocks) <= 50 for post in made)


@pytest.mark.parametrize("live", NASTY[:2])
def test_marks_in_words_are_never_live(live: str) -> None:
    (post,) = posts(Message(live, (live,), (Button(live, "show"),)), mention, aloud=True)

    assert not list(live_texts(post.blocks))
    assert "<" not in post.text


@given(messages)
def test_whatever_it_says_slack_takes_every_post(message: Message) -> None:
    for aloud in (False, True):
        for post in posts(message, mention, aloud=aloud):
            assert faults_of_message({"text": post.text, "blocks": post.blocks}) == []


@given(messages)
def test_nothing_said_is_left_out(message: Message) -> None:
    made = posts(message, mention)
    read = squeezed(shown(made))

    picture = (message.drawing.words,) if message.drawing else ()
    for said in (*message.lines, *picture):
        assert all(squeezed(line) in read for line in said.split("\n") if size(line) < 2_000)
    total = sum(len(squeezed(said)) for said in (one_line(message.title), *message.lines, *picture))
    assert len(read) >= total
    assert [button["value"] for button in pressed(made)] == [button.token for button in message.buttons]


@given(messages)
def test_only_accounts_are_live_and_only_with_aloud_does_a_line_leave_the_blocks(message: Message) -> None:
    made = posts(message, mention)

    for post in made:
        assert all(set(text) <= set("<@>U0ABCDEFGHIJKLMNOPQRSTUVWXYZ ") for text in live_texts(post.blocks))
        assert "\n" not in post.text
        assert "<" not in post.text
