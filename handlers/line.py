"""Reading a typed line: which verb, which reference, and the words that are left.

The first word is a verb only when it stands alone or a reference follows; otherwise all of it is a new
concern's words (design 9). A one-time code and the number of a request count as references. Nothing is
guessed from the words themselves.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from concerns import reference
from concerns.enrolment import means_one

LONGEST = 16_384
"""The longest typed line that is read, in bytes of UTF-8."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = re.compile(r"\s")
_SEEN = re.compile(
    r"[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""All but blanks, Unicode's Default_Ignorable_Code_Point, annotation marks and the empty Braille cell."""


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
    """Text that can be stored anywhere: lone surrogates replaced, control characters dropped, trimmed.

    What shows nothing is nothing said; but what shapes the last letter or sign stays with it.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    said = _CONTROL.sub("", whole.replace("\r\n", "\n").replace("\r", "\n")).strip()
    end = next((n for n in range(len(said), 0, -1) if _SEEN.match(said, n - 1)), 0)
    return said[:end] + _BLANK.split(said[end:], maxsplit=1)[0] if end else ""


def is_command(text: str) -> bool:
    """Whether a line speaks to Baton at all."""
    return text.startswith("/")


def parse(text: str, verbs: Collection[str], prefix: str = "") -> Line | Unknown:
    """Read `/concern VERB REF words…`, `/contact REF words…` or `/VERB REF words…`.

    `prefix` stands before the command names where they were taken by another app.
    """
    slash, (head, rest) = f"/{prefix}", _first(text.lstrip("/"))
    name = head.split("@", 1)[0].lower().removeprefix(prefix.lower())
    if name == "concern":
        return _concern(rest, verbs, f"{slash}concern")
    if name in verbs:
        return _with_ref(name, rest)
    names = list(dict.fromkeys(f"{slash}{verb}" for verb in ("concern", "contact", *verbs)))
    near = get_close_matches(f"{slash}{name[:32]}", names, n=3, cutoff=0.5)
    return Unknown(
        f"/{head}", tuple(near) or tuple(f"{slash}concern{verb}" for verb in ("", " mine", " help"))
    )


def _concern(rest: str, verbs: Collection[str], typed: str) -> Line | Unknown:
    first, following = _first(rest)
    word = first.lower()
    before_reference = bool(_reference(_first(following)[0]))
    if not rest:
        return Line("raise")
    if _reference(first):
        return _about(_reference(first), following, typed)
    if word in verbs and (not following or before_reference):
        return _with_ref(word, following)
    near = _near(word[:32], verbs)
    if before_reference or (near and not following):
        return Unknown(f"{typed} {first}", tuple(f"{typed} {verb}" for verb in near) or (f"{typed} help",))
    return Line("raise", words=rest)


def _near(word: str, verbs: Collection[str]) -> list[str]:
    """Those spelt nearly so; else those it begins, or that begin it, as `ack` does `acknowledge`."""
    alike = [verb for verb in verbs if len(word) > 2 and (word.startswith(verb) or verb.startswith(word))]
    return get_close_matches(word, list(verbs), n=3, cutoff=0.6) or alike[:3]


def _about(ref: str, words: str, typed: str) -> Line | Unknown:
    """A reference alone is looked at; with words after it a command is missing, and none is guessed."""
    if not words:
        return Line("show", ref)
    return Unknown(f"{typed} {ref}", tuple(f"{typed} {verb} {ref}" for verb in ("note", "contact", "show")))


def _with_ref(verb: str, rest: str) -> Line:
    first, words = _first(rest)
    ref = _reference(first)
    return Line(verb, ref, words) if ref else Line(verb, words=rest)


def _reference(word: str) -> str:
    """The word without what people put around a reference, if it means one, right or wrong."""
    bare = reference.bare(word)
    return bare if reference.looks_like(bare) or reference.parse(bare) or means_one(bare) else ""


def _first(text: str) -> tuple[str, str]:
    """The first word and what follows it."""
    first, *following = text.split(maxsplit=1) or [""]
    return first, following[0].strip() if following else ""
