"""Made-up messages and forms of the worst kind: long names, emoji, right-to-left, marks meant to be live."""

from hypothesis import strategies as st

from views.parts import Button, Choice, Drawing, Field, FieldKind, Form, Message

NASTY = (
    "<!channel> <@U0AMIRA> <https://evil.example|Safe link>",
    "*bold* _slanted_ ~gone~ `code` > quoted :warning: @here #general",
    "عائشة بنت محمد، خدمات الأطفال",
    "Tom \u202eybhsA\u202c \u200b(council)\ufeff",
    "👩\u200d👩\u200d👧\u200d👦 " * 40,
    "&amp; &lt;b&gt; Fish & Chips " * 200,
    "x" * 5_000,
    "陳大文" * 900,
    "one line\nand another\n\nand a third",
    " \n ",
)

plain_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=200)
texts = st.one_of(
    plain_texts, st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join)
)
answers = st.one_of(
    texts, st.sampled_from(NASTY).map(lambda text: (text * (16_000 // len(text) + 1))[:16_000])
)
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)

buttons = st.builds(
    Button, texts, words, st.sampled_from(("", "C-7F3K-9QMX")), st.integers(0, 99), st.just("") | texts
)
messages = st.builds(
    Message,
    title=texts,
    lines=st.lists(texts, max_size=6).map(tuple),
    buttons=st.one_of(
        st.lists(buttons, max_size=6).map(tuple),
        st.lists(buttons, min_size=50, max_size=60).map(tuple),
    ),
    mentions=st.lists(words, max_size=120).map(tuple),
    urgent=st.booleans(),
    drawing=st.none() | st.builds(Drawing, st.just("<svg/>"), texts),
)


names = st.one_of(plain_texts, st.sampled_from(NASTY)).map(lambda text: text[:1_000])
"""As long as a file may name anything."""
own_words = st.one_of(plain_texts, st.sampled_from(NASTY)).map(lambda text: text[:2_500])
"""What we ask, longer than we ever ask it."""


@st.composite
def fields(draw: st.DrawFn, key: str, counts: tuple[int, ...]) -> Field:
    """One question of any kind."""
    kind = draw(st.sampled_from(FieldKind))
    label = draw(names)
    choices = tuple(Choice(f"value-{n}", f"{label} {n}") for n in range(draw(st.sampled_from(counts))))
    value: str | tuple[str, ...] = draw(answers)
    match kind:
        case FieldKind.CHOICES:
            value = draw(st.lists(st.sampled_from(["value-0", "value-9", "gone"]), unique=True).map(tuple))
        case FieldKind.CHOICE | FieldKind.PERSON | FieldKind.YES_NO:
            value = draw(st.sampled_from(["", "value-0", "value-9", "gone"]))
        case FieldKind.DATE:
            value = draw(st.sampled_from(["", "2026-12-01", "tomorrow"]))
        case FieldKind.DATETIME:
            value = draw(st.sampled_from(["", "2026-11-30T10:00", "2026-10-25T01:30", "2000-01-01T00:00"]))
        case _:
            pass
    return Field(key, draw(own_words), kind, choices, draw(st.booleans()), hint=draw(own_words), value=value)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A page of questions, at most two of them with more choices than one list of Slack's holds."""
    counts = [(0, 1, 100, 101, 250)] * 2 + [(0, 1, 2, 10, 11, 17)] * 7
    parts = draw(st.integers(1, 4))
    return Form(
        id=draw(words),
        title=draw(own_words),
        fields=tuple(draw(fields(f"key_{n}", counts[n])) for n in range(draw(st.integers(1, 9)))),
        lines=tuple(draw(st.lists(own_words, max_size=4))),
        part=draw(st.integers(1, parts)),
        parts=parts,
    )
