"""Reading a typed line: which verb, which reference, and the words that are left.

The first word is a verb only when it stands alone or a reference follows; otherwise all of it is a new concern's
words (design 9). Nothing is guessed from the words themselves.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from concerns.reference import looks_like

LONGEST = 16_384
"""The longest typed line that is read, in bytes of UTF-8."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line understood: a verb, perhaps a reference as typed, perhaps words."""

    verb: str
    ref: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A command nobody knows, and the nearest ones."""

    said: str
    nearest: tuple[str, ...]


def clean(text: str) -> str:
    """Text that can be stored anywhere: lone surrogates replaced, control characters dropped, ends trimmed."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_command(text: str) -> bool:
    """Whether a line speaks to Baton at all."""
    return text.startswith("/")


def parse(text: str, verbs: Collection[str], prefix: str = "") -> Line | Unknown:
    """Read `/concern VERB REF words…`, `/contact REF words…` or `/VERB REF words…`.

    `prefix` stands before the command names where they were taken by another app.
    """
    head, rest = _first(text.lstrip("/"))
    name = head.split("@", 1)[0].lower()
    name = name.removeprefix(prefix)
    if name == "concern":
        return _concern(rest, verbs)
    if name in verbs:
        return _with_ref(name, rest)
    names = [f"/{prefix}{verb}" for verb in ("concern", "contact", *verbs)]
    near = get_close_matches(f"/{prefix}{name[:32]}", list(dict.fromkeys(names)), n=3, cutoff=0.5)
    return Unknown(f"/{name}", tuple(near) or (f"/{prefix}concern", f"/{prefix}contact", f"/{prefix}help"))


def _concern(rest: str, verbs: Collection[str]) -> Line | Unknown:
    first, following = _first(rest)
    word = first.lower()
    alone = not following
    before_reference = looks_like(_first(following)[0])
    if not rest:
        return Line("raise")
    if word in verbs and (alone or before_reference):
        return _with_ref(word, following)
    near = get_close_matches(word[:32], list(verbs), n=3, cutoff=0.6)
    if looks_like(first):
        return Line("show", first, following)
    if before_reference or (alone and near):
        return Unknown(f"/concern {first}", tuple(f"/concern {verb}" for verb in near) or ("/concern help",))
    return Line("raise", words=rest)


def _with_ref(verb: str, rest: str) -> Line:
    first, words = _first(rest)
    return Line(verb, first, words) if looks_like(first) else Line(verb, words=rest)


def _first(text: str) -> tuple[str, str]:
    """The first word and what follows it."""
    parts = text.split(maxsplit=1)
    return (parts[0] if parts else "", parts[1].strip() if len(parts) > 1 else "")
