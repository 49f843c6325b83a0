"""The ladder's picture and its words: complete, well formed, and saying the same thing."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.ladder import Dial, Ladder, Rung, RungState, ladder_svg, ladder_words

SVG = "{http://www.w3.org/2000/svg}"

ACKNOWLEDGE = Dial("acknowledge due", "Wed 2 Dec, 13:00", 0.75, late=False)
ANSWER = Dial("answer due", "Fri 4 Dec, 17:00", 0.25, late=False)

PAST = Rung(1, "Practitioners", "Amira Khan", "Tom Ashby", None, RungState.PAST, "lapsed Tue 17:00", ())
NOW = Rung(2, "Managers", "Joel Marsh", "Grace Obi", None, RungState.NOW, "", (ACKNOWLEDGE, ANSWER))
NEXT = Rung(3, "Directors", "Priya Nair", "Helen Stroud", "Chair", RungState.NEXT, "called Fri 17:00", ())
CALLED = Ladder("C-7F3K-9QMX", "Called, stage 2 of 3", "stage", (PAST, NOW, NEXT), "Pathway 2026.1")
REFERRED = replace(
    CALLED,
    stage="Referred",
    rungs=tuple(replace(rung, state=RungState.NEXT, dials=()) for rung in CALLED.rungs),
    foot=(Dial("response due", "Tue 1 Dec, 17:00", 0.5, late=False),),
)

dials = st.builds(
    Dial,
    st.text(),
    st.text(),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    late=st.booleans(),
)
rungs = st.builds(
    Rung,
    st.integers(1, 9),
    st.text(),
    st.text(),
    st.text(),
    st.none() | st.text(),
    st.sampled_from(RungState),
    st.text(),
    st.lists(dials, max_size=2).map(tuple),
)
ladders = st.builds(
    Ladder,
    st.text(),
    st.text(),
    st.text(),
    st.lists(rungs, max_size=5).map(tuple),
    st.text(),
    st.lists(dials, max_size=2).map(tuple),
)


def drawn(ladder: Ladder) -> ET.Element:
    return ET.fromstring(ladder_svg(ladder))


def classed(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def texts(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def tops(node: ET.Element, above: float = 0.0) -> list[tuple[ET.Element, float]]:
    """Every element with how far down the drawing its own origin lies."""
    shift = node.get("transform", "translate(0 0)").removeprefix("translate(0 ").removesuffix(")")
    top = above + float(shift)
    return [(node, top), *(found for child in node for found in tops(child, top))]


def height(root: ET.Element) -> float:
    return float(root.get("viewBox", "").split()[3])


def test_the_picture_has_a_name_and_says_the_whole_ladder_in_its_description() -> None:
    root = drawn(CALLED)

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Ladder of C-7F3K-9QMX"
    assert root.findtext(f"{SVG}desc") == " ".join(ladder_words(CALLED))


def test_the_name_and_the_description_are_the_ones_pointed_at() -> None:
    root = drawn(CALLED)

    assert [root[0].get("id"), root[1].get("id")] == [
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    ]


def test_tier_one_stands_at_the_bottom() -> None:
    places = {node.get("class"): top for node, top in tops(drawn(CALLED))}

    assert places["rung rung-next"] < places["rung rung-now"] < places["rung rung-past"]


def test_the_order_the_rungs_are_handed_in_does_not_matter() -> None:
    shuffled = replace(CALLED, rungs=(NOW, NEXT, PAST))

    assert ladder_svg(shuffled) == ladder_svg(CALLED)


def test_the_baton_lies_on_the_rung_that_is_called_and_nowhere_else() -> None:
    root = drawn(CALLED)
    (now,) = classed(root, "rung-now")

    assert len(classed(root, "baton")) == 1
    assert len(classed(now, "baton")) == 1


def test_a_referral_leaves_the_baton_at_the_foot_with_its_clock() -> None:
    root = drawn(REFERRED)

    assert len(classed(root, "baton")) == 1
    assert [node for rung in classed(root, "rung") for node in classed(rung, "baton")] == []
    assert {"The baton waits here", "Response due", "Tue 1 Dec, 17:00"} <= set(texts(root))


def test_nobody_has_the_baton_when_no_rung_is_called_and_nothing_waits_at_the_foot() -> None:
    root = drawn(replace(REFERRED, foot=()))

    assert classed(root, "baton") == []


def test_each_state_of_a_rung_is_said_in_words() -> None:
    skipped = replace(PAST, state=RungState.SKIPPED)

    said = texts(drawn(replace(CALLED, rungs=(skipped, NOW, NEXT))))
    assert {"Stage 1 · skipped", "Stage 2 · has the baton", "Stage 3 · not called yet"} <= set(said)
    assert "Stage 1 · past" in texts(drawn(CALLED))


def test_the_partnerships_own_word_for_a_tier_is_used() -> None:
    assert "Step 2 · has the baton" in texts(drawn(replace(CALLED, tier_word="step")))


@pytest.mark.parametrize(
    ("fraction", "share"), [(0.0, 0.0), (0.25, 0.25), (1.0, 1.0), (3.0, 1.0), (-1.0, 0.0)]
)
def test_a_dial_fills_with_the_share_of_the_window_that_is_gone(fraction: float, share: float) -> None:
    root = drawn(replace(CALLED, rungs=(replace(NOW, dials=(replace(ANSWER, fraction=fraction),)),)))
    (track,), (gone,) = classed(root, "track"), classed(root, "gone")

    assert float(gone.get("width", "")) == pytest.approx(share * float(track.get("width", "")))


def test_a_dial_without_a_fraction_has_words_and_no_bar() -> None:
    root = drawn(replace(CALLED, rungs=(replace(NOW, dials=(replace(ANSWER, fraction=None),)),)))

    assert classed(root, "track") == []
    assert "Fri 4 Dec, 17:00" in texts(root)


def test_a_late_dial_says_so_in_words_and_not_by_its_colour_alone() -> None:
    ladder = replace(CALLED, rungs=(replace(NOW, dials=(replace(ANSWER, late=True),)),))

    assert "Fri 4 Dec, 17:00, late" in texts(drawn(ladder))
    assert "Answer due: Fri 4 Dec, 17:00, late." in ladder_words(ladder)[1]


def test_a_name_too_long_to_draw_is_shortened_there_and_whole_in_the_title() -> None:
    long = "Bartholomew-Christopher Featherstonehaugh-Cholmondeley, " * 4
    root = drawn(replace(CALLED, rungs=(replace(NOW, raising=long),)))
    (rung,) = classed(root, "rung-now")

    assert any(line.endswith("…") for line in texts(rung))
    assert long.strip() in rung.findtext(f"{SVG}title", "")


def test_markup_in_a_name_is_only_words() -> None:
    root = drawn(replace(CALLED, rungs=(replace(NOW, raising='<b a="1">&amp;</b>'),)))

    assert "".join(texts(root)).count('<b a="1">&amp;</b>') == 1
    assert root.find(f".//{SVG}b") is None


def test_a_mark_that_turns_the_direction_of_words_is_left_out() -> None:
    assert "\u202e" not in ladder_svg(replace(CALLED, title="C-7F3K\u202e-9QMX"))


def test_the_words_climb_from_the_foot() -> None:
    assert ladder_words(CALLED) == (
        "C-7F3K-9QMX: Called, stage 2 of 3.",
        "Stage 1, Practitioners: past. Raising side: Amira Khan. Challenged side: Tom Ashby. "
        "Lapsed Tue 17:00.",
        "Stage 2, Managers: has the baton. Raising side: Joel Marsh. Challenged side: Grace Obi. "
        "Acknowledge due: Wed 2 Dec, 13:00, 75% of the time gone. "
        "Answer due: Fri 4 Dec, 17:00, 25% of the time gone.",
        "Stage 3, Directors: not called yet. Raising side: Priya Nair. Challenged side: Helen Stroud. "
        "Convener: Chair. Called Fri 17:00.",
        "Pathway 2026.1.",
    )


def test_the_words_of_a_referral_begin_at_the_foot() -> None:
    assert ladder_words(REFERRED)[1:3] == (
        "The baton waits at the foot of the ladder.",
        "Response due: Tue 1 Dec, 17:00, 50% of the time gone.",
    )


@given(ladders)
def test_whatever_it_is_handed_the_picture_is_well_formed_and_nothing_falls_off_it(ladder: Ladder) -> None:
    root = drawn(ladder)

    for node, top in tops(root):
        bottom = top + float(node.get("y", 0)) + float(node.get("height", 0))
        assert -0.1 <= bottom <= height(root) + 0.1


@given(ladders)
def test_every_colour_is_the_pages_to_change_and_no_style_needs_leave(ladder: Ladder) -> None:
    for node in drawn(ladder).iter():
        assert node.tag not in {f"{SVG}style", f"{SVG}script"}
        assert "style" not in node.attrib
        for paint in (node.get("fill"), node.get("stroke")):
            assert paint is None or paint.startswith("var(--ladder-")
