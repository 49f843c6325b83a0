"""What people write in Slack, made readable: nothing is lost, nobody is named whom Baton does not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.limits import escaped
from bot.slack.markup import readable

NAMES = {"U1": "Ben Hale", "S1": "Joel Price"}


def read(text: str) -> str:
    """As its readers see it."""
    return readable(text, lambda id: NAMES.get(id, ""))


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("Tom &amp; Ann: 3 &lt; 4 &gt; 2", "Tom & Ann: 3 < 4 > 2"),
        ("&amp;lt;", "&lt;"),
        ("&lt;@U1&gt; as typed", "<@U1> as typed"),
        ("<@U1> rang", "Ben Hale rang"),
        ("<@U2> rang", "somebody rang"),
        ("<@U2|a.name.of.their.own> rang", "somebody rang"),
        ("<!subteam^S1|@managers> and <!subteam^S2|@duty>", "Joel Price and @duty"),
        ("<!subteam^S2>", "somebody"),
        ("<!here> <!channel>", "@here @channel"),
        ("<!here|here> <!channel|channel>", "@here @channel"),
        ("<!date^1392734382^{date}|18 Feb 2014>", "18 Feb 2014"),
        ("in <#C1|duty-desk>", "in #duty-desk"),
        ("in <#C1> or <#C1|>", "in a channel or a channel"),
        ("<https://council.example/a?b=1&amp;c=2|the plan>", "the plan (https://council.example/a?b=1&c=2)"),
        ("<https://council.example/a>", "https://council.example/a"),
        ("<http://council.example|council.example>", "council.example"),
        ("<http://council.example|http://council.example>", "http://council.example"),
        ("<http://elsewhere.example|council.example>", "council.example (http://elsewhere.example)"),
        ("<mailto:duty@council.example|duty@council.example>", "duty@council.example"),
        ("<tel:01234567890|01234 567890>", "01234 567890 (tel:01234567890)"),
        ("a < b, <>, <|x>, *bold* _as it is_", "a < b, <>, <|x>, *bold* _as it is_"),
    ],
)
def test_a_message_reads_as_its_readers_see_it(sent: str, seen: str) -> None:
    assert read(sent) == seen


@given(st.text())
def test_what_somebody_typed_comes_back_as_typed(typed: str) -> None:
    """Slack escapes it, so no mark can be typed."""
    assert read(escaped(typed)) == typed
