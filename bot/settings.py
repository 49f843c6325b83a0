"""What the environment says: the settings of this process, from variables and a `.env` in the current folder.

It opens nothing it names and shows no secret.
"""

import os
import re
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"
_PREFIX = "BATON_"
_TOKEN = re.compile(r"BATON_(SLACK_.+_BOT_TOKEN|TELEGRAM_TOKEN)", re.IGNORECASE)
_RELATIVE_SQLITE = re.compile(r"(sqlite(?:\+pysqlite)?:///)(?!/|:memory:)(.+)")

# Every setting that can be refused for what it is. What others name is looked at by whoever opens it.
_FIXES = {"http_port": "must be a whole number from 1 to 65535, such as 8080."}


class BadSettings(ValueError):
    """Settings that cannot be used; the text is one line naming the variable and the fix."""


def _from_here(url: SecretStr) -> SecretStr:
    """An SQLite path without a leading slash counts from the current folder, as `.env` itself does."""
    relative = _RELATIVE_SQLITE.fullmatch(url.get_secret_value())
    return SecretStr(f"{relative[1]}{Path.cwd() / relative[2]}") if relative else url


class Settings(BaseSettings):
    """The variables of section 9 of the design that are used so far. An empty one counts as left out."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
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


def read_settings() -> Settings:
    """The settings as they stand now. Raises `BadSettings`."""
    _dotenv()
    try:
        return Settings()
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise BadSettings(f"{_PREFIX}{key.upper()} {_FIXES[key]}") from None


def has_tokens() -> bool:
    """Whether a real platform token is set, here or in `.env`; the playground keeps away from those."""
    return any(
        _TOKEN.fullmatch(name) and value for said in (os.environ, _dotenv()) for name, value in said.items()
    )


def _dotenv() -> dict[str, str | None]:
    """What `.env` says; nothing when there is none. Raises `BadSettings` when it cannot be read."""
    try:
        return dotenv_values(ENV_FILE, encoding="utf-8")
    except UnicodeDecodeError:
        raise BadSettings(f"{ENV_FILE} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise BadSettings(f"{ENV_FILE} cannot be read ({error.strerror}); check who may read it.") from None
