"""Messages as Telegram posts: everything said stands in them, nothing is a link, every post is taken."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.keyboards import SURE
from bot.telegram.limits import shown
from bot.telegram.posts import Called, Post, caption, posts
from concerns.people import PersonId
from tests.slack.contents import NASTY, messages
from tests.telegram.limits import CAPTION, faults_of_keyboard, faults_of_text
from tests.telegram.reading import as_telegram_shows, links, marked
from views.parts import Button, Drawing, Message

CARD = Message(
    "Urgent: C-7F3K-9QMX, stage 2 of 4: Line managers",
    ("Waiting for: line manager, Northshire Council.", "Answer due Tue 1 Dec at 17:00."),
    (Button("Acknowledge", "ack", "C-7F3K-9QMX", 3), Button("Show", "show", "C-7F3K-9QMX", 3)),
    ("tom", "lena", "nobody", "tom"),
)
LIVE = (
    "@someone",
    "ask @someone_else, please",
    "/concern mine",
    "(/show)",
    "https://evil.example/x?y=z",
    "evil.example",
    "tg://resolve?domain=x",
    "who@council.example",
    "#safeguarding",
    "$GBP",
    "münchen.example/straße",
    "🙂 evil.example 🙂",
    "a @bb x @cc y @dd " * 200,
)


def mention(person: PersonId) -> Called | None:
    """Everybody has an account here but `nobody`."""
    return None if person == "nobody" else Called(1_000 + len(person), f"Name of {person}")


def json_of(post: Post) -> list[dict[str, Any]]:
    """Its marks, as they are sent."""
    return [entity.to_dict() for entity in post.entities]


def keyboard_of(post: Post) -> list[list[dict[str, Any]]]:
    """Its buttons, as they are sent."""
    return post.keyboard.to_dict()["inline_keyboard"] if post.keyboard else []


def faults(post: Post) -> list[str]:
    """Why Telegram would not take it, or not as it is."""
    board = {"inline_keyboard": keyboard_of(post)}
    return faults_of_text(post.text, json_of(post)) + faults_of_keyboard(board)


def squeezed(text: str) -> str:
    """Without blanks, which stand wherever a text is cut."""
    return "".join(shown(text).split())


def test_a_card_is_a_title_those_called_the_lines_and_the_buttons() -> None:
    (post,) = posts(CARD, mention)

    assert post.text.split("\n") == [CARD.title, "Name of tom, Name of lena", *CARD.lines]
    assert list(marked(post.text, json_of(post))) == [
        ("bold", CARD.title),
        ("text_mention", "Name of tom"),
        ("text_mention", "Name of lena"),
    ]
    assert [one.user.id for one in post.entities if one.user] == [1_003, 1_004]
    assert [[(b["text"], b["callback_data"]) for b in row] for row in keyboard_of(post)] == [
        [("Acknowledge", "ack:C-7F3K-9QMX:3"), ("Show", "show:C-7F3K-9QMX:3")]
    ]


@pytest.mark.parametrize("live", LIVE)
def test_nothing_anybody_types_becomes_a_link(live: str) -> None:
    """Telegram would make one of it, if it were not marked as code; and the words are all there."""
    assert links(shown(live), [])
    made = posts(Message(live, (live, f"As he said: {live}"), (Button("Show", "show"),)), mention)

    for post in made:
        assert faults(post) == []
        assert links(post.text, json_of(post)) == []
    bodies = [_body(post, n, len(made)) for n, post in enumerate(made, 1)]
    assert squeezed(live) in squeezed("".join(bodies))


def test_offsets_count_as_telegram_counts() -> None:
    """A face is two units; a ring that Telegram would drop is joined to its letter first."""
    (post,) = posts(Message("🙂🙂 A\u030asa", ("🙂 see /show now",)), mention)

    assert list(marked(post.text, json_of(post))) == [("bold", "🙂🙂 Åsa"), ("code", "/show")]


def test_what_telegram_would_take_out_is_out_before_anything_is_counted() -> None:
    """Tabs, lone returns, line separators, bidi marks, half a face: the marks behind them stay in place."""
    text = "a\tb\x00c\r\nd\u2028e\u202ef\ud83dg\u0333 see /show"
    (post,) = posts(Message("Said", (text,)), mention)

    assert post.text == as_telegram_shows(post.text) == "Said\na b c\ndef\ufffdg see /show"
    assert ("code", "/show") in list(marked(post.text, json_of(post)))


def test_a_long_record_goes_on_in_further_posts_and_the_buttons_come_last() -> None:
    lines = tuple(f"Line {n}: {'word ' * 80}".strip() for n in range(40))
    made = posts(Message("C-7F3K-9QMX, closed", lines, CARD.buttons), mention)

    assert len(made) > 3
    assert made[0].text.endswith(f"Part 1 of {len(made)}. It goes on below.")
    assert made[1].text.startswith(f"C-7F3K-9QMX, closed, part 2 of {len(made)}\n")
    assert [bool(post.keyboard) for post in made] == [False] * (len(made) - 1) + [True]
    assert [line for post in made for line in post.text.split("\n") if line.startswith("Line")] == list(lines)


def test_a_label_longer_than_a_button_stands_in_full_above_it() -> None:
    label = f"Open the {'very ' * 20}long stage"
    (post,) = posts(Message("Called", buttons=(Button(label, "escalate"),)), mention)

    assert label in post.text.split("\n")
    assert keyboard_of(post)[0][0]["text"].endswith("…")


def test_no_post_has_more_buttons_than_telegram_takes() -> None:
    made = posts(Message("Many", buttons=tuple(Button(str(n), "show") for n in range(250))), mention)

    labels = [button["text"] for post in made for row in keyboard_of(post) for button in row]
    assert labels == [str(n) for n in range(250)]
    assert [faults(post) for post in made] == [[], [], []]


def test_a_token_no_button_can_carry_is_a_defect() -> None:
    with pytest.raises(ValueError, match="token"):
        posts(Message("x", buttons=(Button("x", "v" * 80),)), mention)


def test_a_picture_is_told_in_words_unless_they_go_with_it() -> None:
    pathway = Message("The pathway", drawing=Drawing("<svg/>", "Stage 1, then stage 2."))
    (alone,), (beside,) = posts(pathway, mention), posts(pathway, mention, captioned=True)
    words = caption(pathway)

    assert alone.text == "The pathway\nStage 1, then stage 2."
    assert beside.text == "The pathway"
    assert words is not None
    assert words.text == "Stage 1, then stage 2."


def test_words_too_long_to_go_with_a_picture_stand_in_the_text() -> None:
    pathway = Message("The pathway", drawing=Drawing("<svg/>", "word " * 400))

    assert caption(pathway) is None
    assert "word word" in posts(pathway, mention, captioned=True)[0].text


def test_a_long_line_is_not_broken_where_it_need_not_be() -> None:
    """However it is cut, within one post it reads as it was written."""
    long = "word  " * 400 + "x" * 900
    (post,) = posts(Message("Said", (long,)), mention)

    assert post.text == f"Said\n{long}"


@given(messages, st.booleans())
@example(Message("", drawing=Drawing("<svg/>", " @0")), True)
def test_whatever_is_said_telegram_takes_every_post_and_all_of_it_is_there(
    message: Message, captioned: bool
) -> None:
    """Limits by Telegram's own book; the words in their order; a button for each; nothing is a link."""
    made = posts(message, mention, captioned=captioned)
    words = caption(message) if captioned else None

    assert [fault for post in made for fault in faults(post)] == []
    if words:
        assert faults_of_text(words.text, json_of(words), CAPTION) == []
    assert not any(links(post.text, json_of(post)) for post in made)
    assert all(post.text == as_telegram_shows(post.text) for post in made)
    picture = message.drawing.words if message.drawing and words is None else ""
    stream = squeezed("".join(_body(post, n, len(made)) for n, post in enumerate(made, 1)))
    for said in (message.title, *message.lines, picture):
        assert squeezed(said) in stream
        stream = stream[stream.index(squeezed(said)) + len(squeezed(said)) :]
    tokens = [button["callback_data"] for post in made for row in keyboard_of(post) for button in row]
    assert tokens == [f"{SURE if button.sure else ''}{button.token}" for button in message.buttons]


def _body(post: Post, n: int, parts: int) -> str:
    """A post without what it says of itself as one of several."""
    lines = post.text.split("\n")
    if parts == 1:
        return post.text
    return "\n".join(lines[:-1] if n == 1 else lines[1:])


@pytest.mark.parametrize("nasty", NASTY)
def test_what_was_made_to_break_things_is_shown_as_it_is(nasty: str) -> None:
    made = posts(Message(nasty, (nasty,), (Button(nasty, "show"),)), mention)

    assert [fault for post in made for fault in faults(post)] == []
