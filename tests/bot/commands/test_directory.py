"""`baton directory apply`: what changes, what is missing, what leavers leave open; and only then it holds."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.directory import BY
from bot.files import DEMO_PARTNERSHIP, load_partnership, shipped_pathways
from concerns.directory import Directory
from concerns.model import Ref
from concerns.people import PersonId
from storage.directory import Directories, Pathways
from storage.engine import Store, open_store
from storage.ledger import Ledger
from storage.migrate import upgrade
from storage.moved import Moves
from storage.owner import clock_owner
from storage.vault import Vault
from tests.command_line import Baton
from tests.ladders import DAILY, MONDAY, RULES
from tests.storage.chance import Chance
from tests.worlds import REF, a_concern

FILE = "partnership.toml"
UNCHANGED = "Nothing has changed, so no new version was made.\n"
APPLY = ("directory", "apply", FILE)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton) -> None:
    """The demo's partnership and the standard ladder, in the current folder."""
    shutil.copy(DEMO_PARTNERSHIP, tmp_path / FILE)
    shutil.copy(shipped_pathways()["standard"], tmp_path / "pathway.toml")
    monkeypatch.setenv("BATON_PATHWAY", "pathway.toml")


@pytest.fixture
def in_force(tmp_path: Path) -> Iterator[Store]:
    """The database of the current folder, with the demo's partnership applied."""
    with closing(open_store(f"sqlite:///{tmp_path}/baton.db")) as store:
        upgrade(store)
        Directories(store).apply(load_partnership(DEMO_PARTNERSHIP), MONDAY, "sam")
        yield store


def edit(old: str, new: str) -> None:
    """Change the partnership file, as a person does in an editor."""
    text = Path(FILE).read_text("utf-8")
    assert old in text
    Path(FILE).write_text(text.replace(old, new), "utf-8")


def leave(name: str) -> None:
    """Take a person's table out of the file, and the person out of every seat."""
    tables = Path(FILE).read_text("utf-8").split("\n\n")
    kept = "\n\n".join(table for table in tables if f'id = "{name}"' not in table)
    Path(FILE).write_text(kept.replace(f'deputies = ["{name}"]\n', ""), "utf-8")
    assert f'"{name}"' not in kept.replace(f'deputies = ["{name}"]', "")


def in_file() -> Directory:
    """What the file means."""
    return load_partnership(Path(FILE))


def kept(store: Store) -> list[tuple[int, str]]:
    """Every version on record, and who applied it."""
    with store.read() as db:
        found = db.exec_driver_sql("SELECT version, by FROM directory ORDER BY version")
        return [(version, by) for version, by in found]


# ---- applying --------------------------------------------------------------------------------------


def test_what_would_keep_baton_from_starting_again_is_said_at_once(
    baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot that runs goes on, and nobody would know before the machine is started anew."""
    for name in ("BROOKSIDE", "OLD"):
        monkeypatch.setenv(f"BATON_SLACK_{name}_BOT_TOKEN", "xoxb-1")
        monkeypatch.setenv(f"BATON_SLACK_{name}_APP_TOKEN", "xapp-1")
    code, out, _ = baton(*APPLY)

    assert code == 0
    assert "Before baton serve can start again:\n" in out
    assert 'workspace "riverside"; set BATON_SLACK_RIVERSIDE_BOT_TOKEN.' in out
    assert 'tokens for a Slack workspace "old"' in out
    assert '"brookside"' not in out
    monkeypatch.setenv("BATON_SLACK_OLD_BOT_TOKEN", "")
    _, out, _ = baton(*APPLY, "--dry-run")
    assert "BATON_SLACK_OLD_BOT_TOKEN is not set, but other settings of that workspace are" in out


def test_the_first_file_makes_the_database_and_is_in_force(baton: Baton, tmp_path: Path) -> None:
    """The address is told, so that a mistyped one shows."""
    code, out, err = baton(*APPLY)

    assert (code, err) == (0, f"Made the database {tmp_path}/baton.db.\n")
    assert "\n  + person amira (Amira Khan, riverside, practitioner, slack:riverside:U07AMK4R1)\n" in out
    assert out.endswith("\nVersion 1 of the directory is in force.\n")
    with closing(open_store(f"sqlite:///{tmp_path}/baton.db")) as store:
        assert Directories(store).current() == in_file()
        assert kept(store) == [(1, BY)]


def test_a_change_of_people_is_shown_and_put_in_force(baton: Baton, in_force: Store) -> None:
    edit('holder = "joel"\ndeputies = ["priya"]', 'holder = "priya"\ndeputies = ["joel"]')
    code, out, err = baton(*APPLY)

    assert (code, err) == (0, "")
    first, *_, last = out.split("\n\n")
    assert first == "Changes:\n  ~ seat manager, riverside: holder joel → priya; deputies priya → joel"
    assert last == "Version 2 of the directory is in force.\n"
    assert Directories(in_force).current() == in_file()
    assert kept(in_force) == [(1, "sam"), (2, BY)]


def test_a_file_that_changes_nothing_makes_no_version(baton: Baton, in_force: Store) -> None:
    """Comments and spaces are nothing."""
    edit("# ---- the board", "# ---- our own board")
    code, out, err = baton(*APPLY)

    assert (code, err) == (0, "")
    assert out.endswith(UNCHANGED)
    assert "Changes:" not in out
    assert kept(in_force) == [(1, "sam")]


def test_it_works_beside_a_running_baton(baton: Baton, tmp_path: Path, in_force: Store) -> None:
    """Which finds the new version the next time it looks."""
    running = Directories(in_force)
    running.current()
    edit("Amira Khan", "Amira Khan-Lee")
    with clock_owner(f"sqlite:///{tmp_path}/baton.db"):
        assert baton(*APPLY)[0] == 0

    assert running.current().name_of(PersonId("amira")) == "Amira Khan-Lee"


def test_it_works_on_either_database(baton: Baton, monkeypatch: pytest.MonkeyPatch, store_url: str) -> None:
    monkeypatch.setenv("BATON_DATABASE_URL", store_url)

    assert baton(*APPLY)[1].endswith("Version 1 of the directory is in force.\n")
    assert baton(*APPLY)[1].endswith(UNCHANGED)
    edit("Amira Khan", "Amira Khan-Lee")
    assert baton(*APPLY)[1].endswith("Version 2 of the directory is in force.\n")


# ---- a dry run -------------------------------------------------------------------------------------


def test_a_dry_run_shows_the_same_and_applies_nothing(baton: Baton, in_force: Store) -> None:
    edit("Amira Khan", "Amira Khan-Lee")
    code, dry, err = baton(*APPLY, "--dry-run")

    assert (code, err) == (0, "")
    assert kept(in_force) == [(1, "sam")]
    assert dry.endswith("\nThis was a dry run: nothing was applied.\n")
    wet = baton(*APPLY)[1]
    assert dry.splitlines()[:-1] == wet.splitlines()[:-1]


def test_a_dry_run_without_a_database_makes_none(baton: Baton, tmp_path: Path) -> None:
    code, out, err = baton(*APPLY, "--dry-run")

    assert (code, err) == (0, "")
    assert "+ partnership (Northshire Safeguarding Partnership, coordinator sam)" in out
    assert not (tmp_path / "baton.db").exists()


def test_a_dry_run_brings_no_database_up_to_date(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "baton.db").touch()
    code, out, err = baton(*APPLY, "--dry-run")

    assert (code, out) == (2, "")
    assert "baton db upgrade" in err


# ---- what is missing, and what is left open --------------------------------------------------------


def test_gaps_are_listed_and_hold_nothing_up(baton: Baton, in_force: Store) -> None:
    edit('identities = ["telegram:700100222"]\n', "")
    code, out, _ = baton(*APPLY)

    assert code == 0
    assert (
        "\n  Owen Pritchard (owen) holds a seat or deputises, "
        "and has no account to be called on; add it under identities.\n" in out
    )
    assert out.endswith("Version 2 of the directory is in force.\n")


def test_gaps_are_told_for_every_ladder_once(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two strands, two files in one folder."""
    (tmp_path / "ladders").mkdir()
    text = (tmp_path / "pathway.toml").read_text("utf-8")
    for strand in ("child", "adult"):
        (tmp_path / "ladders" / f"{strand}.toml").write_text(
            text.replace('strand = "both"', f'strand = "{strand}"'), "utf-8"
        )
    monkeypatch.setenv("BATON_PATHWAY", "ladders")
    edit('agency = "council"\nrole = "director"', 'agency = "board"\nrole = "director"')
    code, out, _ = baton(*APPLY)

    assert code == 0
    assert out.count('Northshire Council Adult Social Care has nobody as "director"') == 1


def test_what_a_leaver_leaves_open_is_named_with_how_to_hand_it_over(
    baton: Baton, tmp_path: Path, in_force: Store
) -> None:
    """Without the key: references are no words. And again, until it is in other hands."""
    raised_by(tmp_path, in_force, "ben")
    leave("ben")
    code, out, _ = baton(*APPLY)

    assert code == 0
    assert (
        "Left open by people who have gone or moved:\n"
        f"  {REF}: Ben Oakley (ben), who is no longer in the file, raised it; "
        f"hand it over with /concern handover {REF}\n" in out
    )
    again = baton(*APPLY)[1]
    assert f"{REF}: ben, who is no longer in the file, raised it" in again
    assert again.endswith(UNCHANGED)


def raised_by(folder: Path, store: Store, person: str) -> None:
    """Put a concern on record, under the daily ladder."""
    vault = Vault(_key(folder), Chance("vault"))
    Pathways(store).keep(RULES.digest, DAILY.name, DAILY.version, "{}", MONDAY)
    rules = replace(RULES, directory=load_partnership(DEMO_PARTNERSHIP))
    ledger = Ledger(store, vault, lambda digest: rules, lambda strand: rules.digest)
    ledger.change(None, replace(a_concern(), by=PersonId(person), ref=Ref(REF)), MONDAY)


def _key(folder: Path) -> Path:
    key = folder / "words.key"
    key.write_text("ab" * 32)
    key.chmod(0o600)
    return key


# ---- refusals --------------------------------------------------------------------------------------


def refused(baton: Baton, *words: str) -> str:
    """One line on standard error, code 2, nothing on standard output and no database made."""
    code, out, err = baton(*words)

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert not Path("baton.db").exists()
    return err


def test_a_file_that_contradicts_itself_is_refused(baton: Baton) -> None:
    edit('holder = "joel"', 'holder = "jol"')

    assert refused(baton, *APPLY) == (
        'partnership.toml: seat "manager" "holder": "jol" is not known here; did you mean "joel"?\n'
    )


def test_a_role_held_in_no_agency_is_refused(baton: Baton) -> None:
    edit('role = "director"', 'role = "chief"')

    assert refused(baton, *APPLY) == (
        'partnership.toml: No agency holds the role "director"; add a [[seat]] with this role and a holder.\n'
    )


def test_without_a_ladder_nobody_can_say_which_roles_are_called(
    baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BATON_PATHWAY")

    assert "BATON_PATHWAY is not set" in refused(baton, *APPLY)


def test_a_faulty_ladder_is_refused(baton: Baton) -> None:
    Path("pathway.toml").write_text("name = \n")

    assert refused(baton, *APPLY).startswith("pathway.toml: line 1")


def test_a_missing_file_is_refused(baton: Baton) -> None:
    assert refused(baton, "directory", "apply", "nowhere.toml").startswith("nowhere.toml: cannot be read")


def test_a_database_that_cannot_be_written_leaves_with_1(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "baton.db").write_text("not a database, but long enough to look like one\n" * 100)
    code, out, err = baton(*APPLY)

    assert (code, out) == (1, "")
    assert err == "The database file is damaged, or is not a database. Nothing was changed.\n"


def test_a_channel_that_has_moved_is_named_until_the_file_says_so_too(baton: Baton, in_force: Store) -> None:
    """Baton knows where it is; the file does not yet."""
    channel = in_file().channels[0]
    Moves(in_force).note(channel.id, channel.address, "-100999", MONDAY)
    _, out, _ = baton(*APPLY)
    assert f'Channels that have moved:\n  The channel "{channel.id}" has moved' in out

    edit(f'address = "{channel.address}"', 'address = "-100999"')
    assert "have moved" not in baton(*APPLY)[1]
