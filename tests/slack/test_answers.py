"""An answer as windows and posts: what does not fit one place goes to the next, and nothing is cut."""

from bot.slack.answers import THE_REST, answer, sent, window
from bot.slack.limits import VIEW_BLOCKS, VIEW_BYTES
from handlers.scene import Reply
from tests.ladders import RULES
from tests.slack.doorway import written
from tests.slack.limits import faults_of_view
from views.parts import Field, FieldKind, Form, Message

FORM = Form("form", "What happened", tuple(Field(f"f{n}", f"Ask {n}", FieldKind.TEXT) for n in range(60)))
LONG = Message("What has to be said first", tuple(f"Line {n}: {'szó ' * 250}" for n in range(120)))


def test_what_is_said_aside_stands_above_a_form_as_far_as_there_is_room() -> None:
    """The rest goes by message: a view that is too large would be refused whole."""
    made = answer(Reply(form=FORM, aside=(Message("First of all", ("Ring 999.",)), LONG)), RULES.calendar, no)
    acknowledged, rest = sent(made)

    view = acknowledged["view"]
    assert faults_of_view(view) == []
    assert "Ring 999." in written(view["blocks"])
    assert "Ask 59" in written(view["blocks"])
    everything = written([view["blocks"], *(post.blocks for post in rest)])
    assert everything.count(THE_REST) == written(view["blocks"]).count(THE_REST) == 1
    assert [f"Line {n}:" in everything for n in range(120)] == [True] * 120


def test_a_window_is_never_larger_than_slack_takes() -> None:
    """Neither by its blocks nor by its bytes."""
    shown, rest = window(answer(Reply(message=LONG), RULES.calendar, no).posts)

    assert rest
    assert written(shown["blocks"]).endswith(THE_REST)
    assert len(shown["blocks"]) <= VIEW_BLOCKS
    assert len(str(shown)) <= VIEW_BYTES
    assert faults_of_view(shown) == []


def test_a_window_with_room_for_all_says_nothing_of_a_rest() -> None:
    shown, rest = window(answer(Reply(message=Message("Short", ("One line.",))), RULES.calendar, no).posts)

    assert rest == ()
    assert written(shown["blocks"]) == "Short\nOne line."


def no(person: str) -> None:
    """Nobody is mentioned."""
