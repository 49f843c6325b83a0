"""Which file `baton directory apply` puts in force: the one on the line, else the one of the settings."""

import shutil
from pathlib import Path

import pytest

from bot.files import DEMO_PARTNERSHIP, shipped_pathways
from tests.command_line import Baton

FILE = "partnership.toml"
APPLY = ("directory", "apply")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> None:
    """The demo's partnership and the standard ladder, in the current folder."""
    shutil.copy(DEMO_PARTNERSHIP, tmp_path / FILE)
    shutil.copy(shipped_pathways()["standard"], tmp_path / "pathway.toml")
    monkeypatch.setenv("BATON_PATHWAY", "pathway.toml")


def test_without_a_name_it_is_the_file_of_the_settings(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PARTNERSHIP", FILE)
    code, out, _ = baton(*APPLY)

    assert code == 0
    assert out.endswith("Version 1 of the directory is in force.\n")


def test_the_file_named_on_the_line_counts(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PARTNERSHIP", "nowhere.toml")

    assert baton(*APPLY, FILE)[0] == 0
    code, out, err = baton(*APPLY)
    assert (code, out) == (2, "")
    assert "nowhere.toml" in err


def test_with_no_file_named_anywhere_it_says_where_to_name_one(baton: Baton) -> None:
    assert baton(*APPLY) == (
        2,
        "",
        "No partnership file is named; name it on the line, like baton directory apply partnership.toml,"
        " or in .env, like BATON_PARTNERSHIP=partnership.toml."
        f" There is no .env in {Path.cwd()}: if yours is in another folder, start Baton there.\n",
    )
