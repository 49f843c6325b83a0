"""`baton doctor`: a line for each thing, and for each red one what to do about it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

import pytest

from bot.commands.doctor import run
from bot.files import shipped_pathways
from bot.house import system_clock
from bot.slack.manifest import SCOPES
from concerns.model import Ref
from concerns.people import ChannelId
from storage.engine import open_store
from storage.moved import Moves
from storage.record import key_slot
from storage.vault import Vault
from tests.bot.folders import BOARD, LADDER, RIVERSIDE, channel, in_force, person, seats
from tests.chat.faults import Busy, Dropped
from tests.command_line import Baton
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack, serving

PARTNERSHIP = """
[partnership]
name = "Northshire"
[[workspace]]
name = "riverside"
platform = "slack"
""" + (
    RIVERSIDE
    + BOARD
    + person("amira", "Amira Khan", "riverside", "slack:riverside:U1")
    + channel("ours", "riverside", "C1", "riverside")
    + seats("riverside", "amira", *LADDER)
    + seats("board", "amira", "independent_chair")
)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A workspace where everything is as it should be."""
    with serving(FakeSlack(system_clock, "riverside")) as served:
        served.only.enrol("U1")
        served.only.make_channel("C1", "U1")
        served.only.scopes = ",".join(SCOPES)
        yield served


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, baton: Baton, slack: FakeSlack) -> Path:
    """Everything set up as it should be."""
    settings = {
        "BATON_SLACK_API_URL": slack.api_url,
        "BATON_SLACK_RIVERSIDE_BOT_TOKEN": "xoxb-riverside",
        "BATON_SLACK_RIVERSIDE_APP_TOKEN": "xapp-riverside",
    }
    in_force(tmp_path, monkeypatch, baton, PARTNERSHIP, settings)
    ladder = (tmp_path / "pathway.toml").read_text("utf-8")
    assert 'approved_by = ""' in ladder
    (tmp_path / "pathway.toml").write_text(ladder.replace('approved_by = ""', 'approved_by = "The board"'))
    return tmp_path


def red(out: str) -> list[str]:
    """The red lines."""
    return [line for line in out.splitlines() if line.startswith("RED")]


def test_where_all_is_well_no_line_is_red(folder: Path, baton: Baton) -> None:
    code, out, err = baton("doctor")

    assert (code, red(out), err) == (0, [], "")
    for looked_at in (
        "pathway",
        "key file",
        "database",
        "directory",
        "Slack riverside token",
        "Slack riverside scopes",
        "Slack riverside clock",
        "Slack riverside socket",
        'Slack riverside channel "ours"',
    ):
        assert f"ok    {looked_at}:" in out
    assert "xoxb-" not in out


def test_a_bot_rung_by_slack_has_a_secret_instead_of_a_socket(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_APP_TOKEN", "")
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_SIGNING_SECRET", "0123456789abcdef")
    code, out, _ = baton("doctor")

    assert code == 0
    assert "ok    Slack riverside signing secret:" in out
    assert "0123456789abcdef" not in out


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BATON_PATHWAY", "", "RED   pathway: BATON_PATHWAY is not set."),
        ("BATON_PATHWAY", "nowhere.toml", "RED   pathway: "),
        ("BATON_KEY_FILE", "", "RED   key file: BATON_KEY_FILE is not set."),
        ("BATON_KEY_FILE", "lost.key", "RED   key file: The key file lost.key is missing"),
        ("BATON_DATABASE_URL", "sqlite:///other.db", "RED   database: there is no "),
        ("BATON_DATABASE_URL", "mysql://x", "RED   database: "),
        ("BATON_DATABASE_URL", "sqlite:///none/b.db", "/none for the database does not exist; make it first"),
        ("BATON_DATABASE_URL", "sqlite:///pathway.toml", "pathway.toml, at who may read and write it,"),
        (
            "BATON_SLACK_RIVERSIDE_BOT_TOKEN",
            "xoxb-old",
            "token: Slack does not take it",
        ),
        (
            "BATON_SLACK_RIVERSIDE_BOT_TOKEN",
            "xapp-riverside",
            "BOT_TOKEN begins with xoxb-",
        ),
        ("BATON_SLACK_RIVERSIDE_APP_TOKEN", "xapp-old", "socket: Slack gives no connection"),
        ("BATON_SLACK_RIVERSIDE_APP_TOKEN", "xoxb-1", "APP_TOKEN begins with xapp-"),
        ("BATON_SLACK_RIVERSIDE_SIGNING_SECRET", "xoxb-1", "RED   Slack riverside signing secret"),
        ("BATON_SLACK_API_URL", "http://127.0.0.1:1/api/", "Slack cannot be reached from here"),
    ],
)
def test_a_setting_that_will_not_do_is_red_with_its_cure(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    code, out, _ = baton("doctor")

    assert code == 1
    assert any(told in line for line in red(out)), out


def test_a_workspace_half_set_up_is_refused_in_one_line(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_APP_TOKEN", "")
    code, out, err = baton("doctor")

    assert (code, out) == (2, "")
    assert err.startswith("Set BATON_SLACK_RIVERSIDE_APP_TOKEN")


def test_workspaces_and_tokens_that_do_not_match_are_red(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BATON_SLACK_RIVERSIDE_BOT_TOKEN")
    monkeypatch.delenv("BATON_SLACK_RIVERSIDE_APP_TOKEN")
    monkeypatch.setenv("BATON_SLACK_OTHER_BOT_TOKEN", "xoxb-riverside")
    monkeypatch.setenv("BATON_SLACK_OTHER_APP_TOKEN", "xapp-riverside")
    _, out, _ = baton("doctor")

    assert any("Set BATON_SLACK_RIVERSIDE_BOT_TOKEN" in line for line in red(out))
    assert any("Slack other" in line for line in red(out))


def test_a_scope_that_was_not_granted_is_named(folder: Path, baton: Baton, slack: FakeSlack) -> None:
    slack.only.scopes = "commands"
    _, out, _ = baton("doctor")

    (line,) = red(out)
    assert "chat:write" in line
    assert "baton manifest" in line


@pytest.mark.parametrize(
    ("what", "cure"),
    [("archived", "Take it out of the archive"), ("removed", "/invite @Baton"), ("gone", "is its id")],
)
def test_a_channel_baton_cannot_speak_in_is_red(
    folder: Path, baton: Baton, slack: FakeSlack, what: str, cure: str
) -> None:
    if what == "archived":
        slack.only.conversations["C1"].archived = True
    elif what == "removed":
        slack.only.remove_bot("C1")
    else:
        slack.only.change_id("C1", "C9")
    _, out, _ = baton("doctor")

    (line,) = red(out)
    assert 'channel "ours"' in line
    assert cure in line


def test_an_account_that_counts_for_nothing_is_red(folder: Path, baton: Baton, slack: FakeSlack) -> None:
    slack.only.users["U1"].is_restricted = True
    _, out, _ = baton("doctor")

    (line,) = red(out)
    assert 'account of "amira"' in line
    assert "full member" in line


@pytest.mark.parametrize("there_is_one", [True, False])
def test_settings_of_another_folder_are_no_riddle(folder: Path, baton: Baton, there_is_one: bool) -> None:
    """Started in the wrong folder, everything seems to be missing."""
    if there_is_one:
        (folder / ".env").touch(0o600)
    code, out, _ = baton("doctor")

    assert code == 0
    assert (f"note  settings: There is no .env in {folder}" in out) is not there_is_one


def test_settings_that_others_can_read_or_that_stand_there_twice_are_worth_a_note(
    folder: Path, baton: Baton
) -> None:
    """A token pasted below an old one, or above."""
    (folder / ".env").write_text("# ours\nBATON_HTTP_PORT=1\n\nBATON_HTTP_PORT=2\n")
    (folder / ".env").chmod(0o644)
    code, out, _ = baton("doctor")

    assert code == 0
    assert "note  settings: .env sets BATON_HTTP_PORT in line 2 and again in line 4; only the last" in out
    assert "note  settings: other accounts of this machine can reach .env, which holds tokens;" in out


def test_tokens_of_two_workspaces_that_changed_places_are_named(
    folder: Path, baton: Baton, slack: FakeSlack
) -> None:
    """Not every account listed needs a look: the token does."""
    listed = PARTNERSHIP + person("bo", "Bo Lind", "riverside", "slack:riverside:U2")
    (folder / "partnership.toml").write_text(listed)
    baton("directory", "apply", "partnership.toml")
    del slack.only.users["U1"]
    _, out, _ = baton("doctor")

    (line,) = [line for line in red(out) if line.startswith("RED   Slack riverside token")]
    assert "none of the 2 accounts listed is known" in line
    assert "BATON_SLACK_RIVERSIDE_BOT_TOKEN" in line


def test_where_a_right_is_missing_no_invitation_is_asked_for(
    folder: Path, baton: Baton, slack: FakeSlack
) -> None:
    slack.weather.will("conversations.info", Says("missing_scope"))
    _, out, _ = baton("doctor")

    (line,) = red(out)
    assert "(missing_scope)" in line
    assert "baton manifest" in line
    assert "/invite" not in line


def test_an_account_slack_does_not_know_is_red(folder: Path, baton: Baton, slack: FakeSlack) -> None:
    """A letter of the member id was mistyped: nobody would be called by it."""
    del slack.only.users["U1"]
    code, out, _ = baton("doctor")

    assert code == 1
    (line,) = red(out)
    assert 'account of "amira"' in line
    assert 'Copy "member ID" anew' in line


def test_slack_with_no_time_is_no_channel_to_be_invited_to(
    folder: Path, baton: Baton, slack: FakeSlack
) -> None:
    slack.weather.will("conversations.info", Busy(30), Busy(30))
    _, out, _ = baton("doctor")

    (line,) = red(out)
    assert "run baton doctor again in a minute" in line


def test_without_any_platform_nobody_could_be_called(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`baton serve` refuses to start then, so doctor may not be content."""
    people = person("amira", "Amira Khan", "riverside", "telegram:5000000101")
    listed = '[partnership]\nname = "Northshire"\n' + RIVERSIDE + BOARD + people
    held = seats("riverside", "amira", *LADDER) + seats("board", "amira", "independent_chair")
    (folder / "partnership.toml").write_text(listed + held)
    assert baton("directory", "apply", "partnership.toml")[0] == 0
    monkeypatch.delenv("BATON_SLACK_RIVERSIDE_BOT_TOKEN")
    monkeypatch.delenv("BATON_SLACK_RIVERSIDE_APP_TOKEN")
    code, out, _ = baton("doctor")

    assert code == 1
    assert any("No platform is set up" in line and "BATON_TELEGRAM_TOKEN" in line for line in red(out))


def test_a_key_that_is_not_the_records_is_red(folder: Path, baton: Baton) -> None:
    """After a restore the wrong copy opens nothing, and nothing else shows it."""
    ref, key = "C-7F3K-9QMX", Vault(folder / "baton.key", token_bytes)
    _, wrapped = key.new_key(key_slot(Ref(ref)))
    with closing(sqlite3.connect(folder / "baton.db")) as db:
        db.execute("INSERT INTO pathways VALUES ('d', 'standard', '1', '', 0)")
        db.execute(
            "INSERT INTO concerns VALUES"
            " (?, 1, 'called', 1, 0, NULL, 'amira', 'riverside', 'board', 'd', 0, 0, x'', x'', ?)",
            (ref, wrapped.blob),
        )
        db.commit()
    assert red(baton("doctor")[1]) == []
    (folder / "baton.key").write_text("11" * 32 + "\n")
    code, out, _ = baton("doctor")

    assert code == 1
    (line,) = red(out)
    assert "baton.key is not the one the words on record were sealed with" in line


@pytest.mark.parametrize(("trust", "noted"), [(0, False), (1, True)])
def test_a_reader_nobody_knows_is_worth_a_note(
    folder: Path, baton: Baton, slack: FakeSlack, trust: int, noted: bool
) -> None:
    """Where the channel would be told more than any channel may carry."""
    (folder / "partnership.toml").write_text(
        PARTNERSHIP.replace('address = "C1"', f'address = "C1"\ntrust = {trust}')
    )
    baton("directory", "apply", "partnership.toml")
    slack.only.conversations["C1"].members.add("U-cousin")
    code, out, _ = baton("doctor")

    assert code == 0
    assert ("somebody reads it whom the directory does not know" in out) is noted
    assert "U-cousin" not in out


def test_a_database_other_accounts_can_read_is_worth_a_note(folder: Path, baton: Baton) -> None:
    """One made by an earlier version, or brought back from a copy."""
    assert "other accounts" not in baton("doctor")[1]
    (file,) = folder.glob("*.db")
    file.chmod(0o640)
    code, out, _ = baton("doctor")

    assert code == 0
    assert f"note  database: other accounts of this machine can reach {file}" in out


def test_two_names_of_one_slack_workspace_are_red(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = '[[workspace]]\nname = "twin"\nplatform = "slack"\n'
    (folder / "partnership.toml").write_text(PARTNERSHIP + twin)
    baton("directory", "apply", "partnership.toml")
    monkeypatch.setenv("BATON_SLACK_TWIN_BOT_TOKEN", "xoxb-riverside")
    monkeypatch.setenv("BATON_SLACK_TWIN_APP_TOKEN", "xapp-riverside")
    code, out, _ = baton("doctor")

    assert code == 1
    assert any('same Slack workspace as that of "riverside"' in line for line in red(out))


OTHER_APP = (
    "RED   Slack riverside socket: this app token is of the app A0002, and the bot is of A0001. Copy the"
    ' app-level token of the same app, from "Basic Information", into BATON_SLACK_RIVERSIDE_APP_TOKEN.'
)


@pytest.mark.parametrize(("app", "told"), [("A0001", []), ("A0002", [OTHER_APP])])
def test_an_app_token_of_another_app_is_red(
    folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch, slack: FakeSlack, app: str, told: list[str]
) -> None:
    """Those of two workspaces changed places: Slack gives a connection, and nobody of this one is on it."""
    slack.only.app_token = f"xapp-1-{app}-1234567890-0123456789abcdef"
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_APP_TOKEN", slack.only.app_token)
    code, out, _ = baton("doctor")

    assert (code, red(out)) == (bool(told), told)
    assert "0123456789abcdef" not in out


def test_a_clock_that_is_wrong_is_red(folder: Path) -> None:
    told, well = run(print, lambda: system_clock() + timedelta(minutes=4))

    assert not well
    (line,) = red(told)
    assert "Slack riverside clock" in line
    assert "NTP" in line


def test_an_answer_that_does_not_come_is_red_and_no_defect(
    folder: Path, baton: Baton, slack: FakeSlack
) -> None:
    slack.weather.will("conversations.info", Dropped(accepted=True), Dropped(accepted=True))
    _, out, _ = baton("doctor")

    assert "Slack does not show it to Baton (no answer)" in out


def test_a_ladder_nobody_signed_off_is_worth_a_note(folder: Path, baton: Baton) -> None:
    shutil.copy(shipped_pathways()["standard"], folder / "pathway.toml")
    code, out, _ = baton("doctor")

    assert code == 0
    assert "note  pathway: nobody has signed it off yet" in out


def test_an_older_schema_is_red(folder: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "old.db").touch()
    monkeypatch.setenv("BATON_DATABASE_URL", "sqlite:///old.db")
    _, out, _ = baton("doctor")

    assert any("baton db upgrade" in line for line in red(out))


def test_a_channel_that_has_moved_is_looked_for_where_it_is_and_the_file_named(
    folder: Path, baton: Baton, slack: FakeSlack
) -> None:
    slack.only.change_id("C1", "C2")
    with closing(open_store(f"sqlite:///{folder}/baton.db")) as store:
        Moves(store).note(ChannelId("ours"), "C1", "C2", system_clock())
    code, out, _ = baton("doctor")

    assert (code, red(out)) == (0, [])
    assert 'note  directory: The channel "ours" has moved on its platform; set its address to "C2"' in out
