"""Pathway files: what a file means, what it may leave out, and in which words it is refused."""

from datetime import date
from pathlib import Path

import pytest

from bot.files import BadFile, LoadedPathway, load_pathway, load_pathways, pathway_from_body
from concerns.calendar import Span
from concerns.pathway import Board, Emergency, OnLapse, OnReferralLapse, Referral, Strand, Tier, Urgent
from concerns.window import Window

TIER = """
[[tier]]
name = "Practitioners"
raising = "practitioner"
challenged = "duty_worker"
answer = "1 working day"
"""
SHORT = f'name = "Short"\nversion = "1"\n{TIER}'
LONG = """
name = "Standard four-stage"
version = "2026.1"
strand = "adult"
tier_word = "stage"
source = "Somewhere"
policy_url = "https://policy.example"
review_by = 2027-04-01
approved_by = "The board"
nation = "scotland"
hours = { mon-thu = "09:00-17:00", fri = ["13:00-16:30", "09:00-12:30"], sun = "00:00-24:00" }
closures = [ { from = 2026-12-24, to = 2027-01-01, why = "council shutdown" }, { from = 2027-06-01 } ]
on_lapse = "ask"
[emergency]
text = "Ring 999."
duty_team = "Emergency duty team"
phone = "01632 960999"
hours = "Nights"
[ask]
window = "4 working hours"
[referral]
answer = "7 working days"
on_lapse = "open"
contacts = 3
[[tier]]
name = "Practitioners"
raising = "practitioner"
challenged = "duty_worker"
acknowledge = "2 working hours"
answer = "1 working day"
or_sooner = true
remind = ["80%", "50%"]
[[tier]]
name = "Directors"
raising = "director"
challenged = "director"
convener = "independent_chair"
answer = "1 week"
[top]
repeat = "2 working days"
[urgent]
enter_at = 2
acknowledge = "1 hour"
answer = "4 hours"
repeat = "30 minutes"
[acceptance]
window = "3 working days"
[follow_up]
after = "4 weeks"
[board]
told_at = 2
told_on_close = true
"""


def window(text: str) -> Window:
    return Window.parse(text)


@pytest.fixture
def loading(tmp_path: Path) -> "Loading":
    return Loading(tmp_path / "pathway.toml")


class Loading:
    """A pathway.toml to write, and to load or see refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self, text: str) -> LoadedPathway:
        self.path.write_text(text, encoding="utf-8")
        return load_pathway(self.path)

    def refusal(self, text: str) -> str:
        with pytest.raises(BadFile) as refused:
            self.load(text)
        sentence = str(refused.value)
        assert "\n" not in sentence
        return sentence


# ---- what a file means -----------------------------------------------------------------------------


def test_every_key_of_a_file_is_read(loading: Loading) -> None:
    pathway = loading.load(LONG).pathway

    assert (pathway.name, pathway.version, pathway.tier_word) == ("Standard four-stage", "2026.1", "stage")
    assert (pathway.source, pathway.policy_url) == ("Somewhere", "https://policy.example")
    assert (pathway.review_by, pathway.approved_by) == (date(2027, 4, 1), "The board")
    assert (pathway.nation, pathway.strands) == ("scotland", (Strand.ADULT,))
    assert (pathway.on_lapse, pathway.ask) == (OnLapse.ASK, window("4 working hours"))
    assert pathway.emergency == Emergency("Ring 999.", "Emergency duty team", "01632 960999", "Nights")
    assert pathway.referral == Referral(window("7 working days"), OnReferralLapse.OPEN, 3)
    assert pathway.tiers == (
        Tier(
            number=1,
            name="Practitioners",
            raising="practitioner",
            challenged="duty_worker",
            convener=None,
            acknowledge=window("2 working hours"),
            answer=window("1 working day"),
            or_sooner=True,
            remind=(50, 80),
        ),
        Tier(
            number=2,
            name="Directors",
            raising="director",
            challenged="director",
            convener="independent_chair",
            acknowledge=None,
            answer=window("1 week"),
            or_sooner=False,
            remind=(),
        ),
    )
    assert pathway.repeat == window("2 working days")
    assert pathway.urgent == Urgent(2, window("1 hour"), window("4 hours"), window("30 minutes"))
    assert (pathway.acceptance, pathway.follow_up) == (window("3 working days"), window("4 weeks"))
    assert pathway.board == Board(told_at=2, told_on_close=True)


def test_hours_and_closures_go_to_the_calendar(loading: Loading) -> None:
    loaded = loading.load(LONG)
    office, friday = Span(540, 1020), (Span(540, 750), Span(780, 990))

    assert loaded.calendar.hours == ((office,),) * 4 + (friday, (), (Span(0, 1440),))
    assert loaded.calendar.day_off(date(2026, 12, 24)) == "council shutdown"
    assert loaded.calendar.day_off(date(2026, 12, 25)) == "Christmas Day"
    assert loaded.calendar.day_off(date(2027, 6, 1)) == "closed"
    assert loaded.calendar.day_off(date(2027, 6, 2)) is None
    assert loaded.hours == (
        "Monday to Thursday 09:00 to 17:00, Friday 09:00 to 12:30 and 13:00 to 16:30, Sunday 00:00 to 24:00"
    )


def test_what_is_left_out_has_its_usual_value(loading: Loading) -> None:
    loaded = loading.load(SHORT)
    pathway = loaded.pathway

    assert (pathway.strands, pathway.tier_word) == ((Strand.CHILD, Strand.ADULT), "tier")
    assert (pathway.source, pathway.policy_url, pathway.review_by, pathway.approved_by) == ("", "", None, "")
    assert (pathway.nation, loaded.hours) == ("england", "Monday to Friday 09:00 to 17:00")
    assert (pathway.on_lapse, pathway.ask) == (OnLapse.ADVANCE, None)
    assert pathway.emergency == Emergency("If someone is in immediate danger ring 999.", "", "", "")
    assert pathway.referral == Referral(window("1 working day"), OnReferralLapse.ASK, 2)
    assert (pathway.repeat, pathway.urgent) == (window("1 working day"), None)
    assert (pathway.acceptance, pathway.follow_up) == (window("2 working days"), window("10 working days"))
    assert pathway.board == Board(told_at=None, told_on_close=False)
    assert (pathway.top, pathway.tier(1).acknowledge, pathway.tier(1).remind) == (1, None, ())


def test_the_roles_of_a_ladder_are_all_it_may_call(loading: Loading) -> None:
    pathway = loading.load(LONG).pathway

    assert pathway.roles() == {"practitioner", "duty_worker", "director", "independent_chair"}
    with pytest.raises(ValueError, match="no tier 3"):
        pathway.tier(3)


@pytest.mark.parametrize(
    ("nation", "off", "open_"),
    [
        ("england", ["2026-04-06", "2026-08-31"], ["2026-06-15", "2026-07-13", "2026-03-17", "2026-11-30"]),
        ("wales", ["2026-04-06", "2026-08-31"], ["2026-06-15", "2026-07-13", "2027-03-01", "2026-11-30"]),
        (
            "scotland",
            ["2026-01-02", "2026-06-15", "2026-08-03", "2026-11-30"],
            ["2026-04-06", "2026-08-31", "2026-07-13"],
        ),
        ("northern-ireland", ["2026-03-17", "2026-07-13", "2027-07-12"], ["2026-06-15", "2026-11-30"]),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(
    loading: Loading, nation: str, off: list[str], open_: list[str]
) -> None:
    calendar = loading.load(f'nation = "{nation}"\n{SHORT}').calendar

    assert [day for day in off if not calendar.day_off(date.fromisoformat(day))] == []
    assert [day for day in open_ if calendar.day_off(date.fromisoformat(day))] == []
    assert calendar.day_off(date(2026, 12, 28)) == "Boxing Day (observed)"
    assert calendar.day_off(date(2031, 4, 11)) == "Good Friday"


# ---- the version that is kept ----------------------------------------------------------------------


def test_order_comments_and_spelling_of_a_file_leave_its_digest_alone(loading: Loading) -> None:
    first = loading.load(SHORT)
    again = loading.load(
        '# the same\nversion = "1"\nname="Short"\nhours = { fri = "9:00-17:00", mon-thu = ["09:00-17:00"] }\n'
        + TIER.replace('"1 working day"', '"1  Working  days"')
    )

    assert (again.digest, again.body) == (first.digest, first.body)
    assert len(first.digest) == 64


def test_the_order_of_closures_leaves_the_digest_alone(loading: Loading) -> None:
    summer, winter = "{ from = 2030-08-01 }", "{ from = 2030-01-02 }"
    digests = {
        loading.load(f"closures = [ {one}, {other} ]\n{SHORT}").digest
        for one, other in ((summer, winter), (winter, summer))
    }

    assert len(digests) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"1 working day"', '"2 working days"'),
        ("duty_worker", "manager"),
        ('name = "Short"', 'name = "Shorter"'),
        ('version = "1"', 'version = "1"\nnation = "wales"\nhours = { mon = "09:00-17:00" }'),
        ('version = "1"', 'version = "1"\nclosures = [ { from = 2030-01-02 } ]'),
    ],
)
def test_whatever_decides_behaviour_changes_the_digest(loading: Loading, old: str, new: str) -> None:
    assert loading.load(SHORT).digest != loading.load(SHORT.replace(old, new)).digest


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_a_version_is_rebuilt_from_its_body(loading: Loading, text: str) -> None:
    loaded = loading.load(text)

    assert pathway_from_body(loaded.body) == loaded


def test_a_damaged_body_is_refused() -> None:
    with pytest.raises(ValueError, match="pathway"):
        pathway_from_body("{}")


# ---- one file, or a folder of them -----------------------------------------------------------------


def test_a_folder_may_hold_a_pathway_for_each_strand(tmp_path: Path) -> None:
    for strand in ("child", "adult"):
        (tmp_path / f"{strand}.toml").write_text(f'strand = "{strand}"\n{SHORT}')
    (tmp_path / "notes.txt").write_text("not a pathway")

    strands = [loaded.pathway.strands for loaded in load_pathways(tmp_path)]

    assert strands == [(Strand.ADULT,), (Strand.CHILD,)]
    assert len(load_pathways(tmp_path / "child.toml")) == 1


def test_two_pathways_for_one_strand_are_refused_naming_both(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(f'strand = "child"\n{SHORT}')
    (tmp_path / "two.toml").write_text(SHORT)

    with pytest.raises(BadFile) as refused:
        load_pathways(tmp_path)

    assert str(refused.value) == (
        'two.toml: "strand" overlaps: one.toml is for child concerns too; '
        "keep one of the two files, or give each its own strand."
    )


def test_a_folder_without_pathways_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="holds no pathway file"):
        load_pathways(tmp_path)
