"""`baton rehearse`: a pathway file and a first call in, the whole walk out: table or JSON, and a picture."""

import json
from pathlib import Path

from bot.commands import Refusal, refusing
from bot.files.pathway import load_pathway
from bot.files.toml import BadFile
from bot.pictures import png
from bot.rehearse import as_json
from bot.timetable import timetable
from concerns.calendar import BadInstant
from concerns.rehearsal import BadRehearsal, rehearsal_rules, rehearse
from views.rehearsal import rehearsal
from views.staircase import drawn

_SUFFIXES = (".svg", ".png")


def run(file: Path, start: str, *, urgent: bool, json_wanted: bool, out: Path | None = None) -> str:
    """What to print; `out` is where the picture goes.

    Raises `Refusal` for a file, an instant, or a ladder that cannot be walked, and for a picture that cannot
    be written.
    """
    if out is not None and not out.name.lower().endswith(_SUFFIXES):
        raise Refusal(f"{out}: the picture is an SVG or a PNG, so its name must end in .svg or .png.")
    with refusing(BadFile, BadInstant, BadRehearsal):
        pathway = load_pathway(file)
        rules = rehearsal_rules(pathway.pathway, pathway.calendar)
        steps = tuple(rehearse(rules, rules.calendar.parse_local(start), urgent=urgent))
    if out is not None:
        _write(out, drawn(rehearsal(rules, steps, urgent=urgent)).svg)
    if json_wanted:
        return json.dumps([as_json(step, rules.calendar) for step in steps], indent=2) + "\n"
    return timetable(rules, steps, urgent=urgent)


def _write(out: Path, svg: str) -> None:
    """A picture that stands there already is drawn anew."""
    content = png(svg) if out.name.lower().endswith(".png") else f"{svg}\n".encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        why = error.strerror or "it is no place for a file"
        raise Refusal(f"{out}: the picture cannot be written there ({why}). Name another file.") from None
