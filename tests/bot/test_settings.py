"""Settings: from variables and `.env`, with refusals that name the variable, and no secret ever shown."""

import os
import re
from pathlib import Path

import pytest

from bot.files.shipped import STARTER_SETTINGS
from bot.settings import BadSettings, has_tokens, read_settings, read_slack


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith("BATON_"):
            monkeypatch.delenv(name)
    return tmp_path


def database() -> str:
    """The address the database would be opened at."""
    return read_settings().database_url.get_secret_value()


def test_with_nothing_set_the_record_is_a_file_in_the_current_folder(folder: Path) -> None:
    """And the bot listens on this machine only."""
    settings = read_settings()

    assert database() == f"sqlite:///{folder}/baton.db"
    assert (settings.pathway, settings.partnership, settings.key_file) == (None, None, None)
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)


def test_settings_are_read_from_dotenv_in_the_current_folder(folder: Path) -> None:
    """Keys it does not know yet are let be."""
    (folder / ".env").write_text(
        "# ours\nBATON_PATHWAY=ladders\nBATON_HTTP_PORT=9000\nBATON_COMMAND_PREFIX=nss-\nOTHER=1\n"
    )
    settings = read_settings()

    assert (settings.pathway, settings.http_port) == (Path("ladders"), 9000)


def test_a_variable_goes_before_dotenv(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one run can differ."""
    (folder / ".env").write_text("BATON_HTTP_PORT=9000\n")
    monkeypatch.setenv("BATON_HTTP_PORT", "9001")

    assert read_settings().http_port == 9001


@pytest.mark.parametrize("place", ["variable", "file"])
def test_an_empty_setting_counts_as_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A line `BATON_HTTP_PORT=` says nothing."""
    if place == "variable":
        monkeypatch.setenv("BATON_HTTP_PORT", "")
    else:
        (folder / ".env").write_text("BATON_HTTP_PORT=\n")

    assert read_settings().http_port == 8080


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////srv/baton.db",
        "sqlite:///:memory:",
        "postgresql+psycopg://baton:secret@db.example/baton",
    ],
)
def test_an_address_is_handed_on_as_it_was_written(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Whether it can be used is for the store to say."""
    monkeypatch.setenv("BATON_DATABASE_URL", url)

    assert database() == url


def test_a_relative_database_counts_from_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `.env`, where it stands, does."""
    monkeypatch.setenv("BATON_DATABASE_URL", "sqlite:///data/baton.db?timeout=1")

    assert database() == f"sqlite:///{folder}/data/baton.db?timeout=1"


def test_printing_the_settings_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a database may hold one; a token speaks in the bot's name."""
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql+psycopg://baton:sesame@db.example/baton")
    monkeypatch.setenv("BATON_TELEGRAM_TOKEN", "123:sesame")
    monkeypatch.setenv("BATON_TELEGRAM_WEBHOOK_SECRET", "sesame")

    assert "sesame" not in f"{read_settings()!r} {read_settings()} {read_settings().telegram}"


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "80.5", "-1"])
def test_a_port_that_is_none_is_refused_naming_the_variable(
    monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    """One line, with the fix."""
    monkeypatch.setenv("BATON_HTTP_PORT", port)

    with pytest.raises(BadSettings) as refusal:
        read_settings()
    assert str(refusal.value) == "BATON_HTTP_PORT must be a whole number from 1 to 65535, such as 8080."


@pytest.mark.parametrize("prefix", ["NSS-", "nss ", "/nss", "thirteen-long"])
def test_a_prefix_slack_would_not_take_is_refused(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    monkeypatch.setenv("BATON_COMMAND_PREFIX", prefix)

    with pytest.raises(BadSettings, match=r"^BATON_COMMAND_PREFIX may hold small letters"):
        read_settings()


@pytest.mark.parametrize("name", ["BATON_SLACK_API_URL", "BATON_HEARTBEAT_URL"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "slack.example")

    with pytest.raises(BadSettings, match=f"^{name} must be an address"):
        read_settings()


def test_the_root_of_slacks_interface_may_lack_its_last_stroke(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_SLACK_API_URL", "http://127.0.0.1:9001/api")

    assert read_settings().slack_api_url == "http://127.0.0.1:9001/api/"


# ---- Telegram's one bot ----------------------------------------------------------------------------


def test_without_a_token_there_is_no_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other settings alone make none."""
    monkeypatch.setenv("BATON_PUBLIC_URL", "https://baton.example")
    monkeypatch.setenv("BATON_TELEGRAM_WEBHOOK_SECRET", "a-word")

    assert read_settings().telegram is None


def test_with_a_token_alone_baton_asks_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_TELEGRAM_TOKEN", "123456789:AA-letters_and-digits")
    account = read_settings().telegram

    assert account is not None
    assert (account.token.get_secret_value(), account.public_url) == ("123456789:AA-letters_and-digits", "")
    assert read_settings().telegram_api_url == "https://api.telegram.org"


def test_with_a_public_address_telegram_rings_and_must_show_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the word anybody could pretend to be Telegram."""
    monkeypatch.setenv("BATON_TELEGRAM_TOKEN", "123:abc")
    monkeypatch.setenv("BATON_PUBLIC_URL", "https://baton.example/")
    with pytest.raises(BadSettings, match=r"^BATON_TELEGRAM_WEBHOOK_SECRET is not set, and BATON_PUBLIC_URL"):
        _ = read_settings().telegram

    monkeypatch.setenv("BATON_TELEGRAM_WEBHOOK_SECRET", "a-word")
    account = read_settings().telegram

    assert account is not None
    assert account.secret is not None
    assert (account.public_url, account.secret.get_secret_value()) == ("https://baton.example", "a-word")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("BATON_TELEGRAM_TOKEN", "no-number:abc"),
        ("BATON_TELEGRAM_WEBHOOK_SECRET", "two words"),
        ("BATON_TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("BATON_TELEGRAM_API_URL", "telegram.example"),
        ("BATON_PUBLIC_URL", "http://baton.example"),
        ("BATON_PUBLIC_URL", "https://baton.example/somewhere"),
    ],
)
def test_a_setting_of_telegrams_that_cannot_be_one_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    """What was said is not repeated: it may be a secret."""
    monkeypatch.setenv(name, said)

    with pytest.raises(BadSettings) as refusal:
        read_settings()
    assert str(refusal.value).startswith(f"{name} m")
    assert said not in str(refusal.value)


# ---- Slack's workspaces ----------------------------------------------------------------------------


def test_a_workspace_is_read_from_its_variables_wherever_they_stand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable goes before `.env`, and an underscore stands for the hyphen of the workspace's name."""
    (folder / ".env").write_text(
        "BATON_SLACK_NORTH_SHIRE_BOT_TOKEN=xoxb-file\nBATON_SLACK_NORTH_SHIRE_SIGNING_SECRET=abc\n"
    )
    monkeypatch.setenv("BATON_SLACK_NORTH_SHIRE_BOT_TOKEN", "xoxb-variable")
    monkeypatch.setenv("BATON_SLACK_NORTH_SHIRE_APP_TOKEN", "")
    monkeypatch.setenv("BATON_SLACK_API_URL", "http://127.0.0.1:9001/api/")
    (account,) = read_slack()

    assert account.workspace == "north-shire"
    assert account.bot_token.get_secret_value() == "xoxb-variable"
    assert account.app_token is None
    assert account.signing_secret is not None
    assert account.signing_secret.get_secret_value() == "abc"
    assert "xoxb" not in repr(account)


def test_without_variables_there_is_no_workspace() -> None:
    assert read_slack() == ()


def test_a_workspace_nobody_can_reach_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Baton rings Slack nor Slack rings Baton."""
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_BOT_TOKEN", "xoxb-1")

    with pytest.raises(BadSettings) as refusal:
        read_slack()
    assert str(refusal.value).startswith(
        "Set BATON_SLACK_RIVERSIDE_APP_TOKEN (Baton rings Slack) or BATON_SLACK_RIVERSIDE_SIGNING_SECRET"
    )
    assert "xoxb" not in str(refusal.value)


def test_a_workspace_without_its_bot_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_APP_TOKEN", "xapp-1")

    with pytest.raises(BadSettings, match=r"^BATON_SLACK_RIVERSIDE_BOT_TOKEN is not set, but other"):
        read_slack()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("BATON_DATABSE_URL=sqlite:///x.db", r"\.env sets BATON_DATABSE_URL, .* is it BATON_DATABASE_URL\?"),
        ("baton_htp_port=1", r"\.env sets BATON_HTP_PORT, .* is it BATON_HTTP_PORT\?"),
        (
            "BATON_SLACK_RIVERSIDE_TOKEN=xoxb-1",
            r"sets BATON_SLACK_RIVERSIDE_TOKEN, .* _BOT_TOKEN, _APP_TOKEN or",
        ),
        ("BATON_PATHWAY=a.toml\nBATON PATHWAY b.toml", r"\.env line 2 cannot be read; write NAME=value"),
        (
            "BATON_SLACK_A_BOT_TOKN=xoxb-1",
            r"sets BATON_SLACK_A_BOT_TOKN, .* _BOT_TOKEN, _APP_TOKEN or",
        ),
        ("BATON_SLACK_NORTH-SHIRE_BOT_TOKEN=xoxb-1", r"sets BATON_SLACK_NORTH-SHIRE_BOT_TOKEN, .* _ for -"),
    ],
)
def test_a_line_of_dotenv_nobody_would_read_is_refused(folder: Path, line: str, told: str) -> None:
    """What it was to change would quietly stay as it is."""
    (folder / ".env").write_text(f"{line}\n")
    with pytest.raises(BadSettings, match=told) as refused:
        read_settings()
    assert "xoxb" not in str(refused.value)


def test_a_mark_some_editors_put_before_the_first_line_is_no_part_of_it(folder: Path) -> None:
    """That line would be passed over in silence."""
    (folder / ".env").write_bytes(b"\xef\xbb\xbfBATON_SLACK_A_BOT_TOKEN=xoxb-1\r\nBATON_HTTP_PORT=9000\r\n")
    assert read_settings().http_port == 9000
    assert has_tokens()
    (folder / ".env").write_bytes(b"\xef\xbb\xbfBATON_HTTP_PORT=9000\n")
    assert read_settings().http_port == 9000


def test_what_baton_init_writes_is_read(folder: Path) -> None:
    (folder / ".env").write_text(STARTER_SETTINGS.read_text("utf-8"))

    assert read_settings().pathway == Path("pathway.toml")


def test_every_setting_of_the_example_is_one(folder: Path) -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    names = re.findall(r"^# (BATON_\w+)=", example, re.MULTILINE)
    (folder / ".env").write_text("".join(f"{name}=\n" for name in names))

    assert len(names) > 12
    read_settings()


def test_a_dotenv_that_is_no_text_is_refused(folder: Path) -> None:
    """It says which file and what to do."""
    (folder / ".env").write_bytes(b"BATON_PATHWAY=\xff\xfe\n")

    for reading in (read_settings, read_slack, has_tokens):
        with pytest.raises(BadSettings, match=r"\.env is not UTF-8 text; save it as UTF-8"):
            reading()


# ---- tokens ----------------------------------------------------------------------------------------

TOKENS = ["BATON_TELEGRAM_TOKEN", "BATON_SLACK_RIVERSIDE_BOT_TOKEN", "BATON_SLACK_NORTH_SHIRE_BOT_TOKEN"]


def test_without_tokens_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when other settings of the platforms are set, or a token is empty."""
    monkeypatch.setenv("BATON_SLACK_API_URL", "http://127.0.0.1:9001/api/")
    monkeypatch.setenv("BATON_SLACK_RIVERSIDE_SIGNING_SECRET", "x")
    monkeypatch.setenv("BATON_TELEGRAM_TOKEN", "")

    assert not has_tokens()


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_is_found_in_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Of any workspace."""
    monkeypatch.setenv(name, "xoxb-1")

    assert has_tokens()


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_is_found_in_dotenv(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Even where an empty variable hides it: better to refuse once too often."""
    (folder / ".env").write_text(f"{name}=xoxb-1\n")
    monkeypatch.setenv(name, "")

    assert has_tokens()
