"""Every published ladder whose windows we could read, as a pathway file, rehearsed from a Monday morning.

What is expected stands here as a safeguarding lead would work it out with a calendar. What a file fills in by
itself is called a local figure in its `source`; the repeats at the top are, so they are not looked at here.
"""

import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.files import load_pathway
from bot.files.toml import BadFile
from concerns.rehearsal import Step, What, rehearsal_rules, rehearse
from concerns.window import BadWindow, Window
from tests.ladders import MONDAY, wall

FOLDER = Path(__file__).parent / "published"

EXPECTED = {
    # Lincolnshire: at once and 48 hours, stated as two working days; then five; then two.
    "lincolnshire": """
        step 1 is called on Mon 30 Nov 10:00, acknowledged by Mon 30 Nov 11:00, answered by Wed 2 Dec 17:00
        step 2 is called on Wed 2 Dec 17:00, answered by Wed 9 Dec 17:00
        step 3 is called on Wed 9 Dec 17:00, acknowledged by Thu 10 Dec 10:00, answered by Fri 11 Dec 17:00
        step 3 is unanswered on Fri 11 Dec 17:00""",
    # Darlington: one working day, then three.
    "darlington": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 17:00
        stage 2 is called on Tue 1 Dec 17:00, answered by Fri 4 Dec 17:00
        stage 2 is unanswered on Fri 4 Dec 17:00""",
    # BCP and Dorset, adults: a working day each; at the top one to tell the chair and one more to decide.
    "bcp-dorset": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 17:00
        stage 2 is called on Tue 1 Dec 17:00, answered by Wed 2 Dec 17:00
        stage 3 is called on Wed 2 Dec 17:00, answered by Thu 3 Dec 17:00
        stage 4 is called on Thu 3 Dec 17:00, acknowledged by Fri 4 Dec 17:00, answered by Mon 7 Dec 17:00
        stage 4 is unanswered on Mon 7 Dec 17:00""",
    # Coventry: one working day for the frontline, a further one for its line managers.
    "coventry": """
        rung 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 17:00
        rung 2 is called on Tue 1 Dec 17:00, answered by Wed 2 Dec 17:00
        rung 2 is unanswered on Wed 2 Dec 17:00""",
    # St Helens: two days before the first formal stage, which has five.
    "st-helens": """
        rung 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 17:00
        rung 2 is called on Tue 1 Dec 17:00, answered by Wed 2 Dec 17:00
        rung 3 is called on Wed 2 Dec 17:00, answered by Wed 9 Dec 17:00
        rung 3 is unanswered on Wed 9 Dec 17:00""",
    # Sunderland, adults: three working days at most.
    "sunderland": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Thu 3 Dec 17:00
        stage 1 is unanswered on Thu 3 Dec 17:00""",
    # London, Barnet, Cheshire West: one working week or sooner. Birmingham: one working week.
    "london": """
        tier 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00 or sooner
        tier 1 is unanswered on Mon 7 Dec 17:00""",
    "barnet": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00 or sooner
        stage 1 is unanswered on Mon 7 Dec 17:00""",
    "cheshire-west": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00 or sooner
        stage 1 is unanswered on Mon 7 Dec 17:00""",
    "birmingham": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00
        stage 1 is unanswered on Mon 7 Dec 17:00""",
    # Wirral: a manager within one working day, everything within one working week.
    "wirral": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 17:00 or sooner
        stage 2 is called on Tue 1 Dec 17:00, answered by Mon 7 Dec 17:00 or sooner
        stage 2 is unanswered on Mon 7 Dec 17:00""",
    # Torbay's Channel panel: five working days.
    "torbay-channel": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00
        stage 1 is unanswered on Mon 7 Dec 17:00""",
    # South Tyneside: up the same working day, as nearly as it can be said.
    "south-tyneside": """
        level 1 is called on Mon 30 Nov 10:00, answered by Mon 30 Nov 14:00
        level 2 is called on Mon 30 Nov 14:00, answered by Tue 1 Dec 10:00
        level 3 is called on Tue 1 Dec 10:00, answered by Tue 1 Dec 14:00
        level 3 is unanswered on Tue 1 Dec 14:00""",
    # Bedfordshire: 24 hours by the clock.
    "bedfordshire": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Tue 1 Dec 10:00
        stage 1 is unanswered on Tue 1 Dec 10:00""",
    # The reviewing officer's alert: three times five working days.
    "reviewing-officer": """
        stage 1 is called on Mon 30 Nov 10:00, answered by Mon 7 Dec 17:00
        stage 2 is called on Mon 7 Dec 17:00, answered by Mon 14 Dec 17:00
        stage 3 is called on Mon 14 Dec 17:00, answered by Mon 21 Dec 17:00
        stage 3 is unanswered on Mon 21 Dec 17:00""",
}

WITHOUT_NUMBERS = """
name = "Pan-Lancashire and Cumbria adults"
version = "as read"
tier_word = "stage"
source = "Pan-Lancashire and Cumbria Safeguarding Adults Boards: without delay, and no numbers."

[[tier]]
name = "First-line managers"
raising = "manager"
challenged = "manager"
answer = "without delay"
"""


def test_every_ladder_that_could_be_read_has_its_file_and_its_expectation() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_published_ladder_runs_as_a_lead_would_work_it_out(name: str) -> None:
    loaded = load_pathway(FOLDER / f"{name}.toml")
    rules = rehearsal_rules(loaded.pathway, loaded.calendar)

    told = []
    for step in rehearse(rules, MONDAY):
        told += _told(step, loaded.pathway.tier_word, sooner=loaded.pathway.tier(step.call.tier).or_sooner)
        if step.what is What.CALLED_AGAIN:
            break
    assert told == [line.strip() for line in EXPECTED[name].strip().splitlines()]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_figure_no_policy_gives_is_called_a_local_figure(name: str) -> None:
    """Beside the figure and in the source; the rest stands in the policy, and nobody has signed the file."""
    pathway = load_pathway(FOLDER / f"{name}.toml").pathway
    written = (FOLDER / f"{name}.toml").read_text()

    assert "Local figures: " in pathway.source
    assert re.search(r"(?m)^repeat = .*# local figure", written)
    assert pathway.approved_by == ""


def test_a_ladder_without_numbers_cannot_be_written(tmp_path: Path) -> None:
    """Pan-Lancashire and Cumbria says "without delay": a clock needs a number, and we invent none."""
    file = tmp_path / "pan-lancashire.toml"
    file.write_text(WITHOUT_NUMBERS)
    with pytest.raises(BadFile, match='tier 1 "answer": "without delay" has no whole number first'):
        load_pathway(file)

    file.write_text(WITHOUT_NUMBERS.replace('answer = "without delay"', ""))
    with pytest.raises(BadFile, match='tier 1 "answer" is missing'):
        load_pathway(file)


def test_the_same_working_day_is_not_a_window() -> None:
    """South Tyneside's own words: a window has a length, and the rest of this day has none of its own."""
    with pytest.raises(BadWindow, match="no time at all"):
        Window.parse("0 working days")


def _told(step: Step, word: str, *, sooner: bool) -> list[str]:
    """The step as a lead would write it down; reminders and lapsed acknowledgements follow from the calls."""
    here = f"{word} {step.call.tier}"
    match step.what:
        case What.CALLED:
            first = f"acknowledged by {_day(step.acknowledge_due)}, " if step.acknowledge_due else ""
            by = f"answered by {_day(step.call.due)}{' or sooner' if sooner else ''}"
            return [f"{here} is called on {_day(step.at)}, {first}{by}"]
        case What.CALLED_AGAIN:
            return [f"{here} is unanswered on {_day(step.at)}"]
        case _:
            return []


def _day(instant: datetime) -> str:
    return wall(instant).replace(" 2026", "")
