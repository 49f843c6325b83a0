"""The command line: what it prints where, and the code it leaves with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.files import shipped_pathways
from tests.command_line import Baton

ROOT = Path(__file__).parents[2]
STANDARD = str(shipped_pathways()["standard"])
CHRISTMAS = ("--from", "2026-12-23T16:30")


def process(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], capture_output=True, text=True, env=environment, check=False
    )


# ---- the real command ------------------------------------------------------------------------------


def test_the_real_command_prints_json_and_leaves_with_nothing_on_standard_error() -> None:
    """A list of steps other people's scripts can read."""
    done = process("rehearse", STANDARD, *CHRISTMAS, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0] == {
        "at": "2026-12-23T16:30:00+00:00",
        "what": "called",
        "tier": 1,
        "due": "2026-12-24T17:00:00+00:00",
        "acknowledge_due": "2026-12-24T12:30:00+00:00",
    }


def test_the_real_command_refuses_with_code_2_and_one_line() -> None:
    """Nothing on standard output, so that a script cannot mistake it for an answer."""
    done = process("rehearse", STANDARD, "--from", "2026-10-25T01:30", "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        '"2026-10-25T01:30" comes twice: the clocks go back then. '
        "Add +01:00 for the first or +00:00 for the second.\n"
    )


def test_a_table_fits_a_terminal_that_knows_no_accents(tmp_path: Path) -> None:
    """A name the terminal cannot show is no reason to fail."""
    file = tmp_path / "pathway.toml"
    file.write_text(Path(STANDARD).read_text("utf-8").replace("Standard", "Ysgol Tŷ"), "utf-8")
    done = process("rehearse", str(file), *CHRISTMAS, PYTHONIOENCODING="latin-1")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ysgol T? four-stage")


# ---- help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "rehearse"),
        (("demo",), "--port"),
        (("rehearse",), "--urgent"),
        (("db",), "upgrade"),
        (("db", "upgrade"), "newest schema"),
        (("db", "check"), "line for each difference"),
        (("db", "backup"), "not whole"),
        (("init",), "--pathway"),
        (("directory",), "apply"),
        (("directory", "apply"), "--dry-run"),
    ],
)
def test_every_command_has_help(baton: Baton, words: tuple[str, ...], told: str) -> None:
    """Plain text on standard output."""
    code, out, err = baton(*words, "--help")

    assert (code, err) == (0, "")
    assert out.startswith("Usage: baton")
    assert told in out
    assert out.isascii()


def test_help_waits_for_no_database_and_no_chat_app() -> None:
    """What a command needs is loaded when it is asked for."""
    loaded = "import sys, bot.cli; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", loaded],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    for heavy in ("alembic", "holidays", "pydantic", "slack_bolt", "sqlalchemy", "starlette", "telegram"):
        assert f"'{heavy}'" not in done.stdout


def test_the_version_is_shown(baton: Baton) -> None:
    """Whether installed or run from its source."""
    code, out, err = baton("--version")

    assert (code, err) == (0, "")
    assert out.startswith("baton")


# ---- wrong use -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Missing command"),
        (("rehears",), "'rehearse'"),
        (("verify",), "No such command 'verify'"),
        (("--colour",), "No such option: --colour"),
        (("db",), "Missing command"),
        (("db", "upgrad"), "'upgrade'"),
        (("db", "backup"), "FILE"),
        (("init", "here", "there"), "unexpected extra argument"),
        (("directory",), "Missing command"),
        (("directory", "apply", "partnership.toml", "--dryrun"), "--dry-run"),
        (("rehearse",), "PATHWAY.toml"),
        (("rehearse", STANDARD), "--from"),
        (("rehearse", STANDARD, "--from"), "--from"),
        (("rehearse", STANDARD, *CHRISTMAS, "--jsn"), "--json"),
        (("rehearse", STANDARD, STANDARD, *CHRISTMAS), "unexpected extra argument"),
        (("demo", "--port", "a\nb"), "--port"),
        (("demo", "--port", "0"), "--port"),
    ],
)
def test_wrong_use_is_one_line_with_code_2(baton: Baton, words: tuple[str, ...], told: str) -> None:
    """It names what is wrong and where help is; no box, no trace."""
    code, out, err = baton(*words)

    assert (code, out) == (2, "")
    assert told in err
    assert err.endswith(" --help.\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2026-03-29T01:30", "does not exist"),
        ("2026-02-30T10:00", "not a date"),
        ("tomorrow", "not a date"),
        ("", "not a date"),
        ("1999-12-31T10:00", "years"),
    ],
)
def test_a_start_that_is_no_single_instant_is_refused(baton: Baton, start: str, told: str) -> None:
    """With the fix, and nothing on standard output."""
    code, out, err = baton("rehearse", STANDARD, "--from", start, "--json")

    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("start", ["2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00", "2026-10-25T00:30Z"])
def test_an_offset_makes_an_ambiguous_start_plain(baton: Baton, start: str) -> None:
    """Both of the two hours can be meant."""
    assert baton("rehearse", STANDARD, "--from", start)[0] == 0


def test_a_missing_pathway_file_is_refused(baton: Baton) -> None:
    """Its path is named."""
    code, out, err = baton("rehearse", "nowhere.toml", *CHRISTMAS)

    assert (code, out) == (2, "")
    assert err.startswith("nowhere.toml: ")
    assert err.count("\n") == 1


def test_a_pathway_file_with_a_fault_is_refused(baton: Baton) -> None:
    """File, key and fix, in the words of the file reader."""
    Path("bad.toml").write_text(
        Path(STANDARD).read_text("utf-8").replace('"3 working days"', '"3 days"'), "utf-8"
    )
    code, out, err = baton("rehearse", "bad.toml", *CHRISTMAS, "--json")

    assert (code, out) == (2, "")
    assert err.startswith("bad.toml: ")
    assert "3 working days" in err
    assert err.count("\n") == 1


def test_urgent_without_an_urgent_table_is_refused(baton: Baton) -> None:
    """One line that names the table."""
    Path("calm.toml").write_text(
        'name = "Calm"\nversion = "1"\n'
        '[[tier]]\nname = "One"\nraising = "manager"\nchallenged = "manager"\nanswer = "1 week"\n',
        "utf-8",
    )
    code, out, err = baton("rehearse", "calm.toml", *CHRISTMAS, "--urgent")

    assert (code, out) == (2, "")
    assert "[urgent]" in err
    assert err.count("\n") == 1


def test_the_table_is_printed_without_json(baton: Baton) -> None:
    """The same walk, for people."""
    code, out, err = baton("rehearse", STANDARD, *CHRISTMAS, "--urgent")

    assert (code, err) == (0, "")
    assert "Wed 23 Dec 2026 16:30" in out
    assert "Stage 3" in out
