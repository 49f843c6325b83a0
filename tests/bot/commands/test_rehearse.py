"""`baton rehearse --out`: the picture in a file, the table or JSON still on standard output, and refusals."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.files import shipped_pathways
from tests.command_line import Baton

STANDARD = str(shipped_pathways()["standard"])
WALK = ("rehearse", STANDARD, "--from", "2026-12-23T16:30")


@pytest.mark.parametrize("way", [(), ("--json",), ("--urgent",), ("--urgent", "--json")])
def test_the_picture_is_written_and_what_is_printed_stays_the_same(
    baton: Baton, way: tuple[str, ...]
) -> None:
    """A script that reads standard output sees no difference."""
    told = baton(*WALK, *way)

    assert baton(*WALK, *way, "--out", "ladder.svg") == told
    assert told[0] == 0
    assert ElementTree.parse("ladder.svg").getroot().tag.endswith("svg")


def test_the_picture_says_what_the_json_says(baton: Baton) -> None:
    """The last call of the walk stands in the picture's words."""
    _, out, _ = baton(*WALK, "--json", "--out", "ladder.svg")

    assert json.loads(out)[-1]["due"] == "2027-01-20T17:00:00+00:00"
    assert "Again Tue 19 Jan 2027, 17:00, answer by Wed 20 Jan, 17:00." in Path("ladder.svg").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", sorted(shipped_pathways()))
def test_every_shipped_ladder_can_be_drawn(baton: Baton, name: str) -> None:
    """Each with its own name on it."""
    file = shipped_pathways()[name]
    code, _, err = baton("rehearse", str(file), "--from", "2026-12-23T16:30", "--out", f"{name}.svg")

    assert (code, err) == (0, "")
    assert "Not signed off locally" in Path(f"{name}.svg").read_text("utf-8")


def test_an_older_picture_is_drawn_anew(baton: Baton) -> None:
    """A drawing can be made again at any time."""
    Path("LADDER.SVG").write_text("old", "utf-8")

    assert baton(*WALK, "--out", "LADDER.SVG")[0] == 0
    assert Path("LADDER.SVG").read_text("utf-8").startswith("<svg")


def test_a_name_that_ends_in_png_gets_a_png(baton: Baton) -> None:
    code, _, _ = baton(*WALK, "--out", "ladder.PNG")

    assert code == 0
    assert Path("ladder.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("ladder.gif", "must end in .svg or .png"),
        ("ladder", "must end in .svg"),
        ("", "must end in .svg"),
        ("nowhere/ladder.svg", "No such file or directory"),
        ("folder.svg", "Is a directory"),
        ("file.txt/ladder.svg", "Not a directory"),
        ("x" * 300 + ".svg", "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_one_line(baton: Baton, out: str, told: str) -> None:
    """With what to do, nothing on standard output, and nothing made."""
    Path("folder.svg").mkdir()
    Path("file.txt").write_text("mine", "utf-8")
    code, said, err = baton(*WALK, "--out", out)

    assert (code, said) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in Path().iterdir()) == ["file.txt", "folder.svg"]
    assert Path("file.txt").read_text("utf-8") == "mine"


def test_a_refused_rehearsal_draws_nothing(baton: Baton) -> None:
    """The older picture stays as it was."""
    Path("ladder.svg").write_text("old", "utf-8")
    code, out, _ = baton("rehearse", STANDARD, "--from", "tomorrow", "--out", "ladder.svg")

    assert (code, out) == (2, "")
    assert Path("ladder.svg").read_text("utf-8") == "old"
