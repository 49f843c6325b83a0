"""A form as a Slack modal, and what somebody filled in there as answers.

Every field stands in an input block named by its key. A text longer than one box holds stands in several, and
comes back as one; an answer too long to be shown at all stays as it was, and the modal says so.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.plain import one_line, plain
from bot.slack.blocks import heading, paragraphs, small
from bot.slack.inputs import JOINTS, NO_ANSWER, asked
from bot.slack.limits import VIEW_BLOCKS, VIEW_BYTES, VIEW_TITLE, Json, literal, size
from concerns.calendar import Calendar
from handlers.answers import Given
from views.parts import Form

CALLBACK = "form"
"""What a form's modal is called when it is sent."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Which page of which form a modal shows."""

    form: str
    part: int


# ---- a form, shown ---------------------------------------------------------------------------------


def view(form: Form, calendar: Calendar, error: str | None = None) -> Json:
    """The form as a modal; `error` stands on top, and which page it is comes back with what is filled in.

    `calendar` is the pathway's: it turns a moment in local time into the epoch seconds Slack shows, to each
    person in their own time zone. Where all this is more than a view holds, long answers are kept unseen, and
    a long name in a list ends in a mark without standing in full above it.
    """
    shown = _view(form, calendar, error)
    return shown if fits(shown) else _view(form, calendar, error, crowded=True)


def fits(shown: Json) -> bool:
    """Whether Slack takes a view of this size."""
    return len(shown["blocks"]) <= VIEW_BLOCKS and len(json.dumps(shown)) <= VIEW_BYTES


def _view(form: Form, calendar: Calendar, error: str | None, *, crowded: bool = False) -> Json:
    title = one_line(form.title)
    fits = size(title) <= VIEW_TITLE
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": literal(title if fits else "Baton"),
        "submit": literal("Send" if form.part >= form.parts else "Next"),
        "close": literal("Not now"),
        "notify_on_close": True,
        "private_metadata": json.dumps([form.id, form.part]),
        "blocks": [
            *(() if fits else heading(title)),
            *(paragraphs((error,)) if error else ()),
            *((small(f"Page {form.part} of {form.parts}"),) if form.parts > 1 else ()),
            *paragraphs(form.lines),
            *(block for field in form.fields for block in asked(field, form.part, calendar, crowded=crowded)),
        ],
    }


# ---- what was filled in ----------------------------------------------------------------------------


def opened(private_metadata: str) -> Opened | None:
    """What a modal carried; None where it is not one of ours."""
    try:
        carried = json.loads(private_metadata)
    except ValueError:
        return None
    match carried:
        case [str(form), int(part)]:
            return Opened(form, part)
        case _:
            return None


def given(values: Mapping[str, Mapping[str, Json]], calendar: Calendar) -> Given:
    """The answers by field key, from the `state.values` of what Slack sends; moments as local time.

    A moment carries its offset, so that the hour that comes twice is still one moment.
    """
    answers: dict[str, object] = {}
    for block_id, (action_id, element) in _in_order(values):
        key, answer = block_id.partition("#")[0], _answer(element, calendar)
        before = answers.get(key)
        if isinstance(before, str) and isinstance(answer, str):
            answer = _joint(action_id).join(filter(None, (before, answer)))
        answers[key] = answer
    return answers


def field_errors(errors: Iterable[tuple[str, str]], view: Mapping[str, Any]) -> dict[str, str]:
    """The sentences to stand beside fields, by block; those of fields this view does not ask are left out.

    Slack refuses an answer that names any other block, so where nothing is left the view is shown anew with
    the sentence on top.
    """
    here = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return {key: plain(sentence) for key, sentence in errors if key in here}


def _in_order(values: Mapping[str, Mapping[str, Json]]) -> list[tuple[str, tuple[str, Json]]]:
    """Every element with its names, the boxes of one text in their order."""
    named = [(block_id, one) for block_id, inside in values.items() for one in inside.items()]
    return sorted(named, key=lambda one: int(one[0].partition("#")[2] or 1))


def _joint(action_id: str) -> str:
    name = action_id.partition(":")[2]
    return next((joint for joint, known in JOINTS.items() if known == name), "")


def _answer(element: Json, calendar: Calendar) -> str | list[str]:
    match element:
        case {"type": "plain_text_input", "value": str(text)}:
            return text
        case {"type": "datepicker", "selected_date": str(day)}:
            return day
        case {"type": "datetimepicker", "selected_date_time": int(epoch)}:
            return calendar.local(datetime.fromtimestamp(epoch, UTC)).isoformat(timespec="minutes")
        case {"selected_option": {"value": str(value)}}:
            return "" if value == NO_ANSWER else value
        case {"selected_options": list(options)}:
            return [option["value"] for option in options]
        case _:
            return ""
