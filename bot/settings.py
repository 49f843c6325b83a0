"""What the environment says: the settings of this process, from variables and a `.env` in the current folder.

It opens nothing it names and shows no secret.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Annotated

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"
_AS_SAVED = "utf-8-sig"
"""Some editors put a mark before the first line; it is no part of a name."""
SLACK_API_URL = "https://slack.com/api/"
TELEGRAM_API_URL = "https://api.telegram.org"
_PREFIX = "BATON_"
_SIGNING = "BATON_SIGNING_KEY_FILE"
"""`baton init` writes it; the commands that will use it do not exist yet."""
_TOKEN = re.compile(r"BATON_(SLACK_.+_BOT_TOKEN|TELEGRAM_TOKEN)", re.IGNORECASE)
_SLACK = re.compile(r"BATON_SLACK_([A-Z][A-Z0-9_]*)_(BOT_TOKEN|APP_TOKEN|SIGNING_SECRET)", re.IGNORECASE)
_PUBLIC = r"^(https://[^\s/]+|http://(localhost|127\.0\.0\.1)(:\d+)?)?/?$"
_TELEGRAM = re.compile(r"\d{1,20}:[A-Za-z0-9_-]+", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_RELATIVE_SQLITE = re.compile(r"(sqlite(?:\+pysqlite)?:///)(?!/|:memory:)(.+)")

# Every setting that can be refused for what it is. What others name is looked at by whoever opens it.
_FIXES = {
    "http_port": "must be a whole number from 1 to 65535, such as 8080.",
    "command_prefix": 'may hold small letters, digits, "-" and "_", at most 12 of them, such as nss-.',
    "slack_api_url": "must be an address such as http://127.0.0.1:9001/api/; leave it out for Slack itself.",
    "telegram_api_url": "must be an address such as http://127.0.0.1:9002; leave it out for Telegram itself.",
    "telegram_token": "must be what @BotFather shows: a number, a colon, and letters and digits behind it.",
    "telegram_webhook_secret": 'may hold letters, digits, "_" and "-", from 1 to 256 of them.',
    "public_url": "must be an https address without a path, such as https://baton.example, or left out.",
    "heartbeat_url": "must be an address such as https://heartbeat.example/baton; leave it out for none.",
}


class BadSettings(ValueError):
    """Settings that cannot be used; the text is one line naming the variable and the fix."""


def _from_here(url: SecretStr) -> SecretStr:
    """An SQLite path without a leading slash counts from the current folder, as `.env` itself does."""
    relative = _RELATIVE_SQLITE.fullmatch(url.get_secret_value())
    return SecretStr(f"{relative[1]}{Path.cwd() / relative[2]}") if relative else url


def _as_root(url: str) -> str:
    """The SDK puts a method's name right behind it."""
    return url if url.endswith("/") else f"{url}/"


@dataclass(frozen=True, slots=True)
class SlackAccount:
    """How Baton signs in to one Slack workspace. With an app token it rings Slack (Socket Mode); else Slack
    rings Baton, and signs what it says with the secret.
    """

    workspace: str
    bot_token: SecretStr
    app_token: SecretStr | None
    signing_secret: SecretStr | None


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """How Baton signs in to Telegram. With a public address Telegram rings Baton, and shows the secret; else
    Baton asks Telegram.
    """

    token: SecretStr
    public_url: str = ""
    secret: SecretStr | None = None


def _shaped(shape: re.Pattern[str]) -> AfterValidator:
    """A secret that has this shape."""

    def checked(secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not shape.fullmatch(secret.get_secret_value()):
            raise ValueError("it has another shape")
        return secret

    return AfterValidator(checked)


class Settings(BaseSettings):
    """The variables of section 9 of the design that are used so far. An empty one counts as left out."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=_AS_SAVED,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    database_url: Annotated[SecretStr, AfterValidator(_from_here)] = SecretStr("sqlite:///baton.db")
    pathway: Path | None = None
    partnership: Path | None = None
    key_file: Path | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
    command_prefix: str = Field(default="", pattern=r"^[a-z0-9_-]{0,12}$")
    slack_api_url: Annotated[str, AfterValidator(_as_root)] = Field(
        default=SLACK_API_URL, pattern=r"^https?://\S+$"
    )
    telegram_api_url: str = Field(default=TELEGRAM_API_URL, pattern=r"^https?://\S+$")
    telegram_token: Annotated[SecretStr | None, _shaped(_TELEGRAM)] = None
    telegram_webhook_secret: Annotated[SecretStr | None, _shaped(_SECRET)] = None
    public_url: str = Field(default="", pattern=_PUBLIC)
    heartbeat_url: str = Field(default="", pattern=r"^(https?://\S+)?$")

    @property
    def telegram(self) -> TelegramAccount | None:
        """The bot on Telegram, where there is one. Raises `BadSettings` for one half set up."""
        if self.telegram_token is None:
            return None
        if self.public_url and self.telegram_webhook_secret is None:
            raise BadSettings(
                "BATON_TELEGRAM_WEBHOOK_SECRET is not set, and BATON_PUBLIC_URL is: without that word anybody"
                " could pretend to be Telegram. Set it to a long word of your own, or leave out the address."
            )
        return TelegramAccount(self.telegram_token, self.public_url.rstrip("/"), self.telegram_webhook_secret)


_NAMES = frozenset({f"{_PREFIX}{field.upper()}" for field in Settings.model_fields} | {_SIGNING})
"""All there are but Slack's, which have the names of workspaces in them."""


def read_settings() -> Settings:
    """The settings as they stand now. Raises `BadSettings`, also for a line of `.env` nobody would read."""
    for name in map(str.upper, _dotenv()):
        if name.startswith(_PREFIX) and name not in _NAMES and not _SLACK.fullmatch(name):
            raise BadSettings(f"{ENV_FILE} sets {name}, which is no setting of Baton's; {_meant(name)}")
    try:
        return Settings()
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise BadSettings(f"{_PREFIX}{key.upper()} {_FIXES[key]}") from None


def _meant(name: str) -> str:
    if near := get_close_matches(name, _NAMES, 1, 0.85):
        return f"is it {near[0]}?"
    if name.startswith(f"{_PREFIX}SLACK_"):
        return (
            "a workspace's have its name in capitals, with _ for -, and end in _BOT_TOKEN, _APP_TOKEN or"
            " _SIGNING_SECRET, such as BATON_SLACK_NORTH_SHIRE_BOT_TOKEN."
        )
    return "take it out, or see .env.example for those there are."


def set_twice() -> tuple[str, ...]:
    """A sentence for each setting of `.env` that stands there more than once: one line is quietly useless."""
    if not (file := Path(ENV_FILE)).is_file():
        return ()
    with file.open(encoding=_AS_SAVED) as said:
        lines = [(binding.key.upper(), _line(binding)) for binding in parse_stream(said) if binding.key]
    counted = {name: line for name, line in lines if name.startswith(_PREFIX)}
    earlier = [(name, line) for name, line in lines if line < counted.get(name, 0)]
    return tuple(
        f"{ENV_FILE} sets {name} in line {line} and again in line {counted[name]}; only the last counts"
        for name, line in earlier
    )


def elsewhere() -> str:
    """Why nothing may be set: Baton was started in another folder than that of its `.env`."""
    if Path(ENV_FILE).is_file():
        return ""
    return f" There is no {ENV_FILE} in {Path.cwd()}: if yours is in another folder, start Baton there."


def read_slack() -> tuple[SlackAccount, ...]:
    """The Slack workspaces there are tokens for, by name. Raises `BadSettings` for one half set up."""
    found: dict[str, dict[str, SecretStr]] = {}
    for said in (_dotenv(), os.environ):
        for name, value in said.items():
            if value is not None and (part := _SLACK.fullmatch(name.upper())):
                found.setdefault(part[1], {})[part[2]] = SecretStr(value.strip())
    set_up = {name: {what: said for what, said in parts.items() if said} for name, parts in found.items()}
    return tuple(_account(name, parts) for name, parts in sorted(set_up.items()) if parts)


def slack_variable(workspace: str, what: str) -> str:
    """The variable that holds this of a workspace: "north-shire" is NORTH_SHIRE in it."""
    return f"{_PREFIX}SLACK_{workspace.upper().replace('-', '_')}_{what}"


def _account(name: str, parts: Mapping[str, SecretStr]) -> SlackAccount:
    workspace = name.lower().replace("_", "-")
    if "BOT_TOKEN" not in parts:
        raise BadSettings(
            f"{slack_variable(workspace, 'BOT_TOKEN')} is not set, but other settings of that workspace are;"
            ' copy the token from the page "Install App" of its Slack app.'
        )
    if "APP_TOKEN" not in parts and "SIGNING_SECRET" not in parts:
        raise BadSettings(
            f"Set {slack_variable(workspace, 'APP_TOKEN')} (Baton rings Slack) or"
            f" {slack_variable(workspace, 'SIGNING_SECRET')} (Slack rings Baton); without one of them nobody"
            ' can reach Baton there. Both are on the page "Basic Information" of the Slack app.'
        )
    return SlackAccount(workspace, parts["BOT_TOKEN"], parts.get("APP_TOKEN"), parts.get("SIGNING_SECRET"))


def has_tokens() -> bool:
    """Whether a real platform token is set, here or in `.env`; the playground keeps away from those."""
    return any(
        _TOKEN.fullmatch(name) and value for said in (os.environ, _dotenv()) for name, value in said.items()
    )


def _dotenv() -> dict[str, str | None]:
    """What `.env` says; nothing when there is none. Raises `BadSettings` when it cannot be read."""
    try:
        if (file := Path(ENV_FILE)).is_file():
            with file.open(encoding=_AS_SAVED) as lines:
                _refuse_unreadable(lines)
        return dotenv_values(ENV_FILE, encoding=_AS_SAVED)
    except UnicodeDecodeError:
        raise BadSettings(f"{ENV_FILE} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise BadSettings(f"{ENV_FILE} cannot be read ({error.strerror}); check who may read it.") from None


def _refuse_unreadable(lines: IO[str]) -> None:
    """A line that is no setting would be passed over, and the one meant left as it is by default."""
    for binding in parse_stream(lines):
        if binding.error:
            raise BadSettings(
                f"{ENV_FILE} line {_line(binding)} cannot be read; write NAME=value, or # before it."
            )


def _line(binding: Binding) -> int:
    """Where it stands; empty lines before it are counted to it."""
    said = binding.original.string
    return binding.original.line + said[: len(said) - len(said.lstrip())].count("\n")
