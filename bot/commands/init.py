"""`baton init`: the files a partnership begins with, and its keys. It never writes over anything."""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bot.commands import NotDone, Refusal
from bot.files import load_pathway, shipped_pathways
from bot.files.shipped import STARTER_PARTNERSHIP, STARTER_SETTINGS
from concerns.pathway import Pathway, Tier
from storage.errors import BadKey
from storage.vault import RandomBytes, make_key_file

SETTINGS, PATHWAY, PARTNERSHIP = ".env", "pathway.toml", "partnership.toml"
KEYS = ("baton.key", "signing.key")

# Who sits in every seat of the starter's agencies: holder, then deputies.
_AGENCIES = {"our-service": ("alex", "bo"), "our-council": ("chris", "dana")}
_BOARD = {"our-board": ("ellis",)}


def run(folder: Path, pathway: str, random_bytes: RandomBytes) -> str:
    """Write the files and say what to do next. Raises `Refusal` or `NotDone`; then nothing was written.

    The signing key is 32 random bytes in hexadecimal, as the words key is: that is what Ed25519 calls a
    private key (RFC 8032, 5.1.5).
    """
    template = _template(pathway)
    texts = {
        SETTINGS: STARTER_SETTINGS.read_text("utf-8"),
        PATHWAY: template.read_text("utf-8"),
        PARTNERSHIP: STARTER_PARTNERSHIP.read_text("utf-8") + seats(load_pathway(template).pathway),
    }
    _make(folder)
    _refuse_existing(folder, (*texts, *KEYS))
    _write_all(folder, texts, random_bytes)
    return _told(folder)


def _template(name: str) -> Path:
    shipped = shipped_pathways()
    if name not in shipped:
        raise Refusal(f'There is no template "{name}"; use one of: {", ".join(shipped)}.')
    return shipped[name]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"The folder {folder} cannot be made ({error.strerror}); name another.") from None


def _refuse_existing(folder: Path, names: tuple[str, ...]) -> None:
    found = [name for name in names if os.path.lexists(folder / name)]
    if found:
        raise Refusal(
            f"Nothing was written, because {folder.resolve()} holds {' and '.join(found)} already; "
            "go on with what is there, or name an empty folder."
        )


def _write_all(folder: Path, texts: Mapping[str, str], random_bytes: RandomBytes) -> None:
    """Every file, or none."""
    with ExitStack() as unless_written:
        try:
            for name, text in texts.items():
                _write(folder / name, text, 0o600 if name == SETTINGS else 0o666)
                unless_written.callback((folder / name).unlink)
            for name in KEYS:
                make_key_file(folder / name, random_bytes)
                unless_written.callback((folder / name).unlink)
        except (OSError, BadKey) as error:
            why = error if isinstance(error, BadKey) else f"{folder} cannot be written ({error.strerror})."
            raise NotDone(f"{why} Nothing was kept.") from None
        unless_written.pop_all()


def _write(file: Path, text: str, mode: int) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as new:
        new.write(text)


def seats(pathway: Pathway) -> str:
    """A `[[seat]]` for every role the ladder calls, in each agency of the starter; conveners on the board."""
    conveners = dict.fromkeys(tier.convener for tier in pathway.tiers if tier.convener)
    called = dict.fromkeys(role for tier in pathway.tiers for role in (tier.challenged, tier.raising))
    tables = [
        _seat(agency, role, people, pathway)
        for sitting, roles in ((_AGENCIES, called), (_BOARD, conveners))
        for agency, people in sitting.items()
        for role in roles
    ]
    return "".join(tables)


def _seat(agency: str, role: str, people: tuple[str, ...], pathway: Pathway) -> str:
    holder, *deputies = people
    numbers = [str(tier.number) for tier in pathway.tiers if role in _roles(tier)]
    called = f"{pathway.tier_word}{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
    heading = f'role = "{role}"'
    lines = [
        "[[seat]]",
        f'agency = "{agency}"',
        f"{heading:<39} # called at {called}",
        f'holder = "{holder}"',
    ]
    if deputies:
        lines.append(f"deputies = {json.dumps(deputies)}")
    return "\n" + "\n".join(lines) + "\n"


def _roles(tier: Tier) -> tuple[str | None, ...]:
    return tier.raising, tier.challenged, tier.convener


def _told(folder: Path) -> str:
    here = folder.resolve()
    inside = "" if here == Path.cwd() else f" Work in that folder from now on: cd {here}"
    return f"""Wrote {SETTINGS}, {PATHWAY}, {PARTNERSHIP}, {" and ".join(KEYS)} in {here}.{inside}

Next:
1. Edit {PARTNERSHIP} (who there is) and {PATHWAY} (the ladder; your own policy decides).
2. See what the ladder would do: baton rehearse {PATHWAY} --from 2026-12-23T16:30
3. See what is still missing: baton directory apply {PARTNERSHIP} --dry-run
   and put it in force with the same line without --dry-run.

Keep copies of {" and ".join(KEYS)} in another place: without the first, nobody can read what people wrote."""
