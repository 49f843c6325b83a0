"""`baton rehearse`: a pathway file and a first call in, the whole walk out, as JSON or as a table."""

import json
from pathlib import Path

from bot.commands import refusing
from bot.files.pathway import load_pathway
from bot.files.toml import BadFile
from bot.rehearse import BadRehearsal, as_json, rehearsal_rules, rehearse
from bot.timetable import timetable
from concerns.calendar import BadInstant


def run(file: Path, start: str, *, urgent: bool, json_wanted: bool) -> str:
    """What to print. Raises `Refusal` for a file, an instant, or a ladder that cannot be walked."""
    with refusing(BadFile, BadInstant, BadRehearsal):
        pathway = load_pathway(file)
        rules = rehearsal_rules(pathway.pathway, pathway.calendar)
        steps = rehearse(rules, rules.calendar.parse_local(start), urgent=urgent)
        if json_wanted:
            return json.dumps([as_json(step, rules.calendar) for step in steps], indent=2) + "\n"
        return timetable(rules, steps, urgent=urgent)
