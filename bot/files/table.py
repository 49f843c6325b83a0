"""One TOML table at a time, read with its type checked and every refusal naming file, key and fix.

It knows nothing of pathways or partnerships, and shows nobody a trace.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NoReturn

from bot.files.toml import BadFile
from concerns.window import BadWindow, Window, quoted

LONGEST_TEXT = 1000
LONGEST_ID = 40
LONGEST_LIST = 30
ID = r"[a-z][a-z0-9-]*"


class Table:
    """A table of a file: hands out its values by key and type, and refuses with file, table and key."""

    def __init__(self, file: str, name: str, values: Mapping[str, object], known: Collection[str]) -> None:
        """`name` is what refusals call it ("tier 2"); a key that is not in `known` is refused at once."""
        self._file, self._where, self._values = file, f"{file}: {name}".strip(), values
        for key in values:
            if key not in known:
                raise BadFile(f"{self._where} {quoted(key)} is not a key here; {suggestion(key, known)}")

    def __contains__(self, key: str) -> bool:
        """Whether the file gives this key."""
        return key in self._values

    def refuse(self, key: str, problem: str) -> NoReturn:
        """Raises `BadFile` about one key: what it must be, or its value in quotes and what that is."""
        colon = ":" if problem.startswith('"') else ""
        raise BadFile(f'{self._where} "{key}"{colon} {problem}')

    def text(self, key: str, default: str | None = None, *, lines: bool = False) -> str:
        """Text, on one line unless `lines`; it may be empty only if that is the default."""
        value = self._get(key, default)
        if not isinstance(value, str):
            self.refuse(key, f'must be text in quotes, like {key} = "…".')
        if not value.strip() and default != "":
            self.refuse(key, "is empty; write it, or leave the line out if there is a usual value.")
        if len(value) > LONGEST_TEXT:
            self.refuse(key, f"{quoted(value)} is too long; use at most {LONGEST_TEXT} characters.")
        if not (value.replace("\n", "") if lines else value).isprintable():
            self.refuse(key, f"{quoted(value)} holds a line break or hidden character; use one plain line.")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, empty when the key is left out."""
        value = self._get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            self.refuse(key, f'must be a list of texts, like {key} = ["…", "…"].')
        seen: dict[str, None] = {}
        for item in value:
            if not item.strip() or not item.isprintable() or len(item) > LONGEST_TEXT:
                self.refuse(key, f"{quoted(item)} is no plain word or line; mend it, or leave it out.")
            if item in seen:
                self.refuse(key, f"{quoted(item)} stands there twice; keep one.")
            seen[item] = None
        return tuple(seen)

    def whole(self, key: str, lowest: int, highest: int, default: int | None = None) -> int:
        """A whole number from `lowest` to `highest`."""
        return self._whole(key, self._get(key, default), lowest, highest)

    def wholes(self, key: str, lowest: int, highest: int) -> tuple[int, ...]:
        """A list of whole numbers, empty when the key is left out."""
        value = self._get(key, ())
        if not isinstance(value, list | tuple):
            self.refuse(key, f"must be a list of whole numbers, like {key} = [{lowest}].")
        return tuple(self._whole(key, item, lowest, highest) for item in value)

    def flag(self, key: str) -> bool:
        """True or false; false when the key is left out."""
        value = self._get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, f"must be true or false, without quotes, like {key} = true.")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None when the key is left out."""
        value = self._values.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.refuse(key, f"must be a date without quotes, like {key} = 2027-04-01.")
        return value

    def window(self, key: str, default: str | None = None) -> Window:
        """A window of time, such as "2 working days"."""
        try:
            return Window.parse(self.text(key, default))
        except BadWindow as problem:
            self.refuse(key, str(problem))

    def window_if_given(self, key: str) -> Window | None:
        """A window of time, or None when the key is left out."""
        return self.window(key) if key in self else None

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        """One of a known set of words."""
        return self._chosen(key, self.text(key, default), options)

    def choices(self, key: str, options: Iterable[str]) -> tuple[str, ...]:
        """A list of different words of a known set, empty when the key is left out."""
        return tuple(self._chosen(key, value, options) for value in self.texts(key))

    def new_id(self, key: str, taken: list[str]) -> str:
        """An id of ours that is not in `taken`; from now on it is."""
        value = self.text(key)
        if not re.fullmatch(ID, value) or len(value) > LONGEST_ID:
            self.refuse(
                key, f"{quoted(value)} is no id; use small letters, digits and hyphens, a letter first."
            )
        if value in taken:
            self.refuse(key, f"{quoted(value)} stands there twice; keep one, or give the other its own.")
        taken.append(value)
        return value

    def table(self, key: str, known: Collection[str]) -> "Table":
        """The table under `[key]`, empty when it is left out."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"must be a table of its own, opened once by a line [{key}].")
        return Table(self._file, f"[{key}]", value, known)

    def tables(self, key: str, known: Collection[str], named_by: str = "") -> tuple["Table", ...]:
        """Every table opened by `[[key]]`; refusals call it by the value of `named_by`, or by its number."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"must be written [[{key}]], in two pairs of brackets, once for each.")
        return tuple(
            Table(self._file, f"{key} {_title(item.get(named_by), at)}", item, known)
            for at, item in enumerate(value, start=1)
        )

    def mapping(self, key: str) -> Mapping[str, object] | None:
        """An inline table whose keys are free, or None when the key is left out."""
        value = self._values.get(key)
        if value is not None and not isinstance(value, dict):
            self.refuse(key, f'must be a table, like {key} = {{ mon-fri = "09:00-17:00" }}.')
        return value

    def _get(self, key: str, default: object) -> object:
        value = self._values.get(key, default)
        if value is None:
            self.refuse(key, f'is missing; add "{key} = …".')
        return value

    def _chosen(self, key: str, value: str, options: Iterable[str]) -> str:
        known = [str(option) for option in options]
        if value not in known:
            self.refuse(key, f"{quoted(value)} is not known here; {suggestion(value, known)}")
        return value

    def _whole(self, key: str, value: object, lowest: int, highest: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(key, f"must be a whole number without quotes, like {lowest}.")
        if not lowest <= value <= highest:
            wanted = f"{lowest}" if lowest == highest else f"a whole number from {lowest} to {highest}"
            self.refuse(key, f"must be {wanted}.")
        return value


def _title(name: object, at: int) -> str:
    return quoted(name) if isinstance(name, str) else str(at)


def suggestion(word: str, known: Collection[str]) -> str:
    """What to write instead of a word that is not known: the nearest known one, or any of them."""
    if nearest := difflib.get_close_matches(word[:LONGEST_TEXT], known, n=1):
        return f'did you mean "{nearest[0]}"?'
    if 0 < len(known) <= LONGEST_LIST:
        return f"use one of: {', '.join(known)}."
    return "add it to the file first, or mend the spelling."
