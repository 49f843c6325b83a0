"""The picture of a rehearsed ladder: well formed, complete, legible, and standing alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from concerns.calendar import Calendar
from concerns.pathway import OnLapse, Pathway
from concerns.rehearsal import What, rehearsal_rules, rehearse
from tests.chances import pathways
from tests.ladders import CALENDAR, DAILY, MONDAY, london, tier, window
from views.rehearsal import NOT_SIGNED_OFF, Rehearsal, rehearsal
from views.scale import Scale
from views.staircase import LEFT, RIGHT, WIDTH, drawn

SVG = "{http://www.w3.org/2000/svg}"
CHRISTMAS = london("Wed 23 Dec 2026 16:30")

names = st.text(max_size=200) | st.sampled_from(
    ["a" * 300, "子どもの安全 " * 20, "مرحبا " * 30, "<b>&amp;</b> "]
)
starts = st.integers(0, 400 * 86_400).map(lambda after: MONDAY + timedelta(seconds=after))


@st.composite
def rehearsals(draw: st.DrawFn) -> Rehearsal:
    """Any ladder that is not urgent, under any names, over a calendar with a closure of any name."""
    pathway = draw(pathways())
    tiers = tuple(replace(one, name=draw(names)) for one in pathway.tiers)
    named = replace(pathway, tiers=tiers, name=draw(names), source=draw(names), tier_word=draw(names)[:20])
    first = draw(st.integers(0, 60))
    closure = {
        date(2026, 12, 1) + timedelta(days=first + n): draw(names) for n in range(draw(st.integers(0, 9)))
    }
    return walked(named, draw(starts), replace(CALENDAR, days_off={**CALENDAR.days_off, **closure}))


def walked(
    pathway: Pathway = DAILY,
    start: datetime = CHRISTMAS,
    calendar: Calendar = CALENDAR,
    *,
    urgent: bool = False,
) -> Rehearsal:
    """The rehearsal of a ladder."""
    rules = rehearsal_rules(pathway, calendar)
    return rehearsal(rules, tuple(rehearse(rules, start, urgent=urgent)), urgent=urgent)


def root_of(of: Rehearsal) -> ET.Element:
    return ET.fromstring(drawn(of).svg)


def texts(root: ET.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def classed(root: ET.Element, name: str) -> list[ET.Element]:
    """Every element of this class but for those of the legend."""
    legend = {node for one in root.iter() if one.get("class") == "legend" for node in one.iter()}
    return [node for node in root.iter() if node.get("class") == name and node not in legend]


@dataclass(frozen=True)
class Box:
    """Where words are, by a guess of how wide they are: a little over half their size for each letter."""

    left: float
    top: float
    right: float
    bottom: float
    said: str

    def meets(self, other: "Box") -> bool:
        """Whether two would be printed over one another."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def placed(node: ET.Element, across: float = 0, down: float = 0) -> Iterator[tuple[ET.Element, float, float]]:
    """Every element with where its own origin lies."""
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", node.get("transform", "translate(0 0)"))
    assert moved
    across, down = across + float(moved[1]), down + float(moved[2])
    yield node, across, down
    for child in node:
        yield from placed(child, across, down)


def boxes(root: ET.Element) -> list[Box]:
    return [_box(node, across, down) for node, across, down in placed(root) if node.tag == f"{SVG}text"]


def _box(node: ET.Element, across: float, down: float) -> Box:
    said, size = node.text or "", float(node.get("font-size", 0))
    letters = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in said)
    wide = letters * size * (0.56 if int(node.get("font-weight", 400)) > 500 else 0.52)
    x, y = across + float(node.get("x", 0)), down + float(node.get("y", 0))
    left = x - wide if node.get("text-anchor") == "end" else x
    return Box(left, y - 0.8 * size, left + wide, y + 0.25 * size, said)


# ---- whatever the ladder ---------------------------------------------------------------------------


@given(rehearsals())
def test_it_is_well_formed_and_no_words_meet_or_leave_the_picture(of: Rehearsal) -> None:
    root = root_of(of)
    height = float(root.get("height", 0))

    assert root.get("viewBox") == f"0 0 {WIDTH} {root.get('height')}"
    found = boxes(root)
    assert found
    for box in found:
        assert 0 <= box.left <= box.right <= WIDTH, box
        assert 0 <= box.top <= box.bottom <= height, box
    for one, other in combinations(found, 2):
        assert not one.meets(other), (one, other)


@given(rehearsals())
def test_every_step_is_drawn_where_it_happens(of: Rehearsal) -> None:
    root, steps = root_of(of), of.steps
    room = (steps[-1].call.due - steps[0].at) / 50
    scale = Scale(of.rules.calendar, steps[0].at - room, steps[-1].call.due + room, LEFT, RIGHT)
    heads = " ".join(node.get("d", "") for node in classed(root, "reminders"))
    diamonds = [node.get("d", "") for node in classed(root, "acknowledge")]
    crosses = [ring.get("cx") for node in classed(root, "lapse") for ring in node.iter(f"{SVG}circle")]
    bars = {
        kind: [(bar.get("x"), bar.get("width")) for bar in classed(root, kind)] for kind in ("call", "again")
    }

    assert len(bars["call"]) + len(bars["again"]) == sum(
        s.what in (What.CALLED, What.CALLED_AGAIN) for s in steps
    )
    assert len(crosses) == sum(step.what is What.LAPSED for step in steps)
    for step in steps:
        x, due = scale.x(step.at), scale.x(step.call.due)
        match step.what:
            case What.CALLED:
                assert (f"{x:g}", f"{max(2.0, due - x):g}") in bars["call"]
            case What.CALLED_AGAIN:
                assert (f"{x:g}", f"{max(2.0, due - x):g}") in bars["again"]
            case What.LAPSED:
                assert f"{x:g}" in crosses
            case What.REMINDED:
                assert f"M{x:g} " in heads
            case What.ACKNOWLEDGEMENT_LAPSED:
                assert any(diamond.startswith(f"M{x:g} ") for diamond in diamonds)


@given(rehearsals())
def test_every_colour_is_the_pages_to_change_and_nothing_is_fetched_or_run(of: Rehearsal) -> None:
    for node in root_of(of).iter():
        assert node.tag not in {f"{SVG}{tag}" for tag in ("style", "script", "image", "use", "a")}
        assert not {name for name in node.attrib if name == "style" or name.startswith(("on", "href", "{"))}
        for paint in (node.get("fill"), node.get("stroke")):
            assert paint is None or re.fullmatch(r"var\(--ladder-[a-z]+, #[0-9a-f]{6}\)", paint)


@given(rehearsals())
def test_the_words_beside_it_are_its_description(of: Rehearsal) -> None:
    drawing = drawn(of)
    root = ET.fromstring(drawing.svg)

    assert root.get("role") == "img"
    assert [root[0].get("id"), root[1].get("id")] == [
        root.get("aria-labelledby"),
        root.get("aria-describedby"),
    ]
    assert root[1].text == drawing.words
    assert root[0].text


# ---- examples --------------------------------------------------------------------------------------


def test_the_ladder_over_christmas_names_who_by_when_and_why_nobody_works() -> None:
    said = texts(root_of(walked()))

    assert {
        "Daily ladder, version 2026.1",
        "Stage 1, Practitioner",
        "Answer by Thu 24 Dec, 17:00 (1 working day).",
        "Fri 25 Dec, Christmas Day",
        "Mon 28 Dec, Boxing Day (substitute day)",
        "Stage 4, called again",
        "Source: made up for tests",
    } <= set(said)
    assert NOT_SIGNED_OFF in " ".join(said)


def test_tiers_are_steps_up() -> None:
    places = {box.said: box.top for box in boxes(root_of(walked()))}

    climb = ["Stage 1, Practitioner", "Stage 2, Manager", "Stage 3, Senior manager", "Stage 4, Director"]
    tops = [places[name] for name in (*climb, "Stage 4, called again")]
    assert tops == sorted(tops, reverse=True)


def test_working_time_is_shaded_and_days_off_are_not() -> None:
    (shade,) = classed(root_of(walked()), "work")
    (christmas, *_) = classed(root_of(walked()), "off")
    (column, *_) = christmas.iter(f"{SVG}rect")
    shaded = [
        tuple(map(float, part.split(" 0H"))) for part in re.findall(r"M(\S+ 0H[0-9.]+)V", shade.get("d", ""))
    ]
    left = float(column.get("x", 0))
    right = left + float(column.get("width", 0))

    assert len(shaded) > 5
    assert all(to <= left or right <= begin for begin, to in shaded)


def test_the_legend_explains_the_signs_that_are_there_and_no_others() -> None:
    plain_ladder = replace(
        DAILY, tiers=(tier(1, "manager", "2 weeks", None, remind=()),), repeat=window("1 week")
    )
    few = texts(root_of(walked(plain_ladder, MONDAY, replace(CALENDAR, days_off={}))))
    many = texts(root_of(walked(replace(DAILY, on_lapse=OnLapse.ASK))))

    always = {"A call, until its answer is due", "No answer in time", "Called again"}
    sometimes = {
        "Acknowledgement due, none came",
        "Reminder",
        "The raising side is asked first",
        "Bank holiday or closure",
    }
    assert always <= set(few)
    assert not sometimes & set(few)
    assert always | sometimes <= set(many)


def test_a_signed_off_ladder_has_no_banner_and_an_urgent_one_has_its_own() -> None:
    signed = replace(DAILY, approved_by="NSP board")

    assert classed(root_of(walked(signed)), "banner") == []
    assert "Immediate danger: it enters at stage 3." in texts(root_of(walked(signed, urgent=True)))


def test_a_ladder_of_years_says_that_days_are_too_narrow_to_see() -> None:
    slow = replace(DAILY, tiers=(tier(1, "manager", "300 working days"),), repeat=window("366 calendar days"))
    root = root_of(walked(slow))

    assert classed(root, "off") == []
    assert any("too narrow" in said for said in texts(root))


def test_a_ladder_of_fifty_tiers_is_tall_and_has_them_all() -> None:
    high = replace(DAILY, tiers=tuple(tier(number, "manager") for number in range(1, 51)))
    root = root_of(walked(high, MONDAY))

    assert len(classed(root, "lane")) == 51
    assert {f"Stage {number}, Manager" for number in range(1, 51)} <= set(texts(root))


def test_thousands_of_reminders_make_no_heavy_picture() -> None:
    urgent = DAILY.urgent
    assert urgent
    often = replace(
        DAILY, urgent=replace(urgent, acknowledge=None, answer=window("4 hours"), repeat=window("5 seconds"))
    )
    of = walked(often, urgent=True)

    assert len(of.steps) > 5_000
    assert len(drawn(of).svg) < 200_000


def test_the_whole_name_of_a_day_off_is_in_its_column() -> None:
    long = "an inset day for all schools of the county and for everybody who works in one of them " * 3
    root = root_of(walked(calendar=replace(CALENDAR, days_off={date(2026, 12, 28): long.strip()})))
    (off,) = classed(root, "off")

    assert off.findtext(f"{SVG}title") == f"Mon 28 Dec, {long.strip()}"
    assert any(said.startswith("Mon 28 Dec, an inset") and said.endswith("…") for said in texts(root))
