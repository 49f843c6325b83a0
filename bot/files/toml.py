"""Reading a TOML file from disk; whatever is wrong with it becomes one sentence, never a trace."""

import tomllib
from pathlib import Path

LARGEST = 1_000_000

# What Python's reader calls the slips people make most, in words for people.
_PLAINLY = {
    "Cannot overwrite a value": "a key stands there twice; keep one",
    "Cannot declare": "a table is opened there twice; keep one of the two headings",
    "Invalid value": "a value there lacks its quotes or its end; finish it",
    "Unterminated string": "a text there lacks its closing quotes; add them",
    "Expected '=' after a key": 'a key there has no value; write key = "value"',
    "Expected newline": "something follows a value there; put text in quotes, and one key on a line",
    "Invalid date or datetime": "there is no such date; write a real one",
}


class BadFile(ValueError):
    """A file that cannot be used; its text is one line naming the file, the key, and what to do."""


def read_toml(path: Path) -> dict[str, object]:
    """The file's content; `BadFile` names the line when it is not TOML, or says why it cannot be read."""
    text = _text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{path.name}: {_mistake(str(error), text)}.") from None
    except (RecursionError, ValueError):
        raise BadFile(f"{path.name}: holds a list or a number beyond all measure; make it smaller.") from None


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        # Editors on Windows may put an invisible mark in front.
        text = content.decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or "no access"
        raise BadFile(f"{path}: cannot be read ({why}); check the path and who may read it.") from None
    except UnicodeDecodeError:
        raise BadFile(f"{path.name}: is not UTF-8 text; save it as UTF-8.") from None
    if len(content) > LARGEST:
        raise BadFile(f"{path.name}: is larger than {LARGEST} bytes; check that it is the right file.")
    return text


def _mistake(told: str, text: str) -> str:
    """The reader's complaint with the place first; "end of document" is no help without its line."""
    what, _, place = told.removesuffix(")").rpartition(" (at ")
    place = place.replace("end of document", f"line {text.rstrip().count(chr(10)) + 1}, the end of the file")
    plainly = next((ours for theirs, ours in _PLAINLY.items() if what.startswith(theirs)), None)
    return f"{place}: {plainly or f'{what}; mend that line'}"
