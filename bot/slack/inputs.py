"""The questions of a form as Slack's inputs: the right one for each kind, and nothing of an answer cut.

A text longer than one box holds stands in several, named `key`, `key#2`, `key#3`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import assert_never

from bot.plain import one_line, plain
from bot.slack.blocks import paragraphs
from bot.slack.limits import INPUT, LABEL, LISTED, OPTION, OPTIONS, PIECE, Json, literal, pieces, short, size
from concerns.calendar import BadInstant, Calendar
from views.parts import Choice, Field, FieldKind

NO_ANSWER = "no answer"
"""The value of taking a choice back, which Slack's lists do not offer; no id holds a blank."""
JOINTS = {"\n": "line", " ": "space", "": "word"}
"""What stood between two boxes of one text, as the later one's name says."""

K = FieldKind


def asked(field: Field, part: int, calendar: Calendar, *, crowded: bool) -> Iterator[Json]:
    """One question. Its name holds the page: under the same name Slack shows again what was typed."""
    match field.kind:
        case K.TEXT | K.LONG:
            yield from _boxes(field, part, crowded=crowded)
        case K.DATE:
            yield from _input(field, field.key, {**_named("datepicker", part), **_day(field)})
        case K.DATETIME:
            yield from _input(
                field, field.key, {**_named("datetimepicker", part), **_moment(field, calendar)}
            )
        case K.YES_NO | K.CHOICE | K.CHOICES | K.PERSON:
            yield from _list(field, part, crowded=crowded)
        case _:
            assert_never(field.kind)


def _input(field: Field, block_id: str, element: Json, hint: str = "") -> Iterator[Json]:
    """The block around an input; what is too long beside it stands above it, whole."""
    ask, hint = one_line(field.ask), " ".join(filter(None, (plain(field.hint).strip(), hint)))
    yield from paragraphs(text for text in (ask, hint) if size(text) > LABEL)
    yield {
        "type": "input",
        "block_id": block_id,
        "label": literal(short(ask, LABEL)),
        "element": element,
        "optional": not field.required or block_id != field.key,
        **({"hint": literal(short(hint, LABEL))} if hint else {}),
    }


def _named(kind: str, part: int, joint: str = "") -> Json:
    return {"type": kind, "action_id": f"{part}:{joint}" if joint else f"{part}"}


# ---- texts -----------------------------------------------------------------------------------------


def _boxes(field: Field, part: int, *, crowded: bool) -> Iterator[Json]:
    """One box, or as many as a long answer takes."""
    value = _one(field)
    if crowded and size(value) > PIECE:
        yield from paragraphs((one_line(field.ask), f"Kept as you wrote it: {len(value):,} characters."))
        return
    parted = list(_parted(value)) if value else [("", "")]
    several = field.kind is K.LONG or len(parted) > 1 or "\n" in value
    for n, (joint, text) in enumerate(parted, start=1):
        element = {
            **_named("plain_text_input", part, joint),
            "multiline": several,
            "max_length": INPUT,
            **({"initial_value": text} if text else {}),
        }
        last = several and n == len(parted)
        hint = f"This box holds {INPUT:,} characters. What does not fit can follow as a note." if last else ""
        yield from _input(field, field.key if n == 1 else f"{field.key}#{n}", element, hint)


def _parted(value: str) -> Iterator[tuple[str, str]]:
    """A long text in pieces, each with the name of what stood before it and is left out."""
    *first, last = pieces(value)
    joint = ""
    for piece in first:
        end = piece[-1] if piece[-1] in JOINTS else ""
        yield joint, piece.removesuffix(end)
        joint = JOINTS[end]
    yield joint, last


# ---- choices ---------------------------------------------------------------------------------------


def _list(field: Field, part: int, *, crowded: bool) -> Iterator[Json]:
    """Something to choose from: all in sight where they are few, a list that can be searched where not."""
    offered = field.choices
    if not offered:
        yield from paragraphs((one_line(field.ask), "There is nothing to choose from here yet."))
        return
    many = field.kind is K.CHOICES
    if not (field.required or many):
        offered = (*offered, Choice(NO_ANSWER, "No answer"))
    labels = [one_line(choice.label) for choice in offered]
    if not crowded:
        yield from paragraphs(label for label in labels if size(label) > OPTION)
    named = zip(offered, labels, strict=True)
    options = [{"text": literal(short(label, OPTION)), "value": choice.value} for choice, label in named]
    chosen = field.value if many else (_one(field),)
    first = [option for option in options if option["value"] in chosen]
    few = len(options) <= LISTED and field.kind is not K.PERSON
    element = _named(_LISTS[many, few], part) | _grouped(options)
    if first:
        element |= {"initial_options": first} if many else {"initial_option": first[0]}
    yield from _input(field, field.key, element)


_LISTS = {
    (False, True): "radio_buttons",
    (False, False): "static_select",
    (True, True): "checkboxes",
    (True, False): "multi_static_select",
}
"""What a list is asked with: whether several may be chosen, and whether they are few."""


def _grouped(options: Sequence[Json]) -> Json:
    """The options; more than a list holds stand in groups that say which they are."""
    if len(options) <= OPTIONS:
        return {"options": list(options)}
    groups = (options[n : n + OPTIONS] for n in range(0, len(options), OPTIONS))
    named = ((f"{n * OPTIONS + 1} to {n * OPTIONS + len(group)}", group) for n, group in enumerate(groups))
    return {"option_groups": [{"label": literal(name), "options": list(group)} for name, group in named]}


# ---- days and moments ------------------------------------------------------------------------------


def _day(field: Field) -> Json:
    """The day filled in already; what is no date is asked again."""
    try:
        return {"initial_date": date.fromisoformat(_one(field)).isoformat()}
    except ValueError:
        return {}


def _moment(field: Field, calendar: Calendar) -> Json:
    """The moment filled in already; what names no single one is asked again."""
    try:
        moment = calendar.parse_local(_one(field))
    except BadInstant:
        return {}
    epoch = int(moment.timestamp())
    return {"initial_date_time": epoch} if epoch >= _FIRST_SHOWN else {}


_FIRST_SHOWN = 10**9
"""Slack takes ten digits: from September 2001."""


def _one(field: Field) -> str:
    return field.value if isinstance(field.value, str) else next(iter(field.value), "")
