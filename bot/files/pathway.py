"""Pathway files: a ladder in TOML, read into a `Pathway` and its `Calendar`, or refused in a sentence.

What a file may leave out has its usual value here, where it is read.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.files.calendars import Nation, read_calendar, read_closures
from bot.files.outlasting import outlasting
from bot.files.stored import LoadedPathway, loaded
from bot.files.table import Table
from bot.files.toml import BadFile, read_toml
from concerns.calendar import Calendar
from concerns.pathway import (
    Board,
    Emergency,
    OnLapse,
    OnReferralLapse,
    Pathway,
    Referral,
    Strand,
    Tier,
    Urgent,
)
from concerns.window import Window

IN_DANGER = "If someone is in immediate danger ring 999."
MOST_CONTACTS = 20

_KEYS = (
    *("name", "version", "strand", "tier_word", "source", "policy_url", "review_by", "approved_by"),
    *("nation", "hours", "closures", "on_lapse", "emergency", "ask", "referral", "tier", "top", "urgent"),
    *("acceptance", "follow_up", "board"),
)
_TIER_KEYS = ("name", "raising", "challenged", "convener", "acknowledge", "answer", "or_sooner", "remind")
_STRANDS = {"child": (Strand.CHILD,), "adult": (Strand.ADULT,), "both": (Strand.CHILD, Strand.ADULT)}

# From which instant an acknowledge window ends after its answer window, if from any.
Outlasting = Callable[[Window, Window], datetime | None]


def load_pathway(path: Path) -> LoadedPathway:
    """One pathway file; raises `BadFile` with file, key and fix."""
    top = Table(path.name, "", read_toml(path), _KEYS)
    closures = read_closures(top)
    calendar = read_calendar(top, closures)
    outlasts = cache(lambda acknowledge, answer: outlasting(calendar, acknowledge, answer, closures))
    return loaded(_pathway(top, calendar, outlasts), calendar)


def load_pathways(path: Path) -> tuple[LoadedPathway, ...]:
    """The pathway file, or every one in a folder; two for one strand are refused naming both."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise BadFile(f"{path}: holds no pathway file; put one there, such as standard.toml.")
    taken: dict[Strand, Path] = {}
    versions = []
    for file in files:
        version = load_pathway(file)
        for strand in version.pathway.strands:
            if strand in taken:
                raise BadFile(
                    f'{file.name}: "strand" overlaps: {taken[strand].name} is for {strand} concerns too; '
                    f"keep one of the two files, or give each its own strand."
                )
            taken[strand] = file
        versions.append(version)
    return tuple(versions)


def _pathway(top: Table, calendar: Calendar, outlasts: Outlasting) -> Pathway:
    name, version = top.text("name"), top.text("version")
    tiers = top.tables("tier", _TIER_KEYS)
    if not tiers:
        top.refuse("tier", "is missing; add at least one [[tier]].")
    on_lapse = OnLapse(top.choice("on_lapse", OnLapse, "advance"))
    ask = top.table("ask", ("window",)).window("window") if "ask" in top else None
    if on_lapse is OnLapse.ASK and ask is None:
        top.refuse("on_lapse", '"ask" needs to know for how long; add [ask] with window = "4 working hours".')
    return Pathway(
        name=name,
        version=version,
        strands=_STRANDS[top.choice("strand", _STRANDS, "both")],
        tier_word=top.text("tier_word", "tier"),
        source=top.text("source", ""),
        policy_url=top.text("policy_url", ""),
        review_by=top.day("review_by"),
        approved_by=top.text("approved_by", ""),
        nation=top.choice("nation", Nation, Nation.ENGLAND),
        on_lapse=on_lapse,
        ask=ask,
        emergency=_emergency(top),
        referral=_referral(top),
        tiers=tuple(_tier(table, number, outlasts, calendar) for number, table in enumerate(tiers, start=1)),
        repeat=top.table("top", ("repeat",)).window("repeat", "1 working day"),
        urgent=_urgent(top, len(tiers), outlasts, calendar) if "urgent" in top else None,
        acceptance=top.table("acceptance", ("window",)).window("window", "2 working days"),
        follow_up=top.table("follow_up", ("after",)).window("after", "10 working days"),
        board=_board(top, len(tiers)),
    )


def _emergency(top: Table) -> Emergency:
    table = top.table("emergency", ("text", "duty_team", "phone", "hours"))
    return Emergency(
        text=table.text("text", IN_DANGER, lines=True),
        duty_team=table.text("duty_team", ""),
        phone=table.text("phone", ""),
        hours=table.text("hours", ""),
    )


def _referral(top: Table) -> Referral:
    table = top.table("referral", ("answer", "on_lapse", "contacts"))
    return Referral(
        answer=table.window("answer", "1 working day"),
        on_lapse=OnReferralLapse(table.choice("on_lapse", OnReferralLapse, "ask")),
        contacts=table.whole("contacts", 1, MOST_CONTACTS, default=2),
    )


def _tier(table: Table, number: int, outlasts: Outlasting, calendar: Calendar) -> Tier:
    acknowledge, answer = _windows(table, outlasts, calendar)
    return Tier(
        number=number,
        name=table.text("name"),
        raising=table.text("raising"),
        challenged=table.text("challenged"),
        convener=table.text("convener", "") or None,
        acknowledge=acknowledge,
        answer=answer,
        or_sooner=table.flag("or_sooner"),
        remind=_remind(table),
    )


def _urgent(top: Table, tiers: int, outlasts: Outlasting, calendar: Calendar) -> Urgent:
    table = top.table("urgent", ("enter_at", "acknowledge", "answer", "repeat"))
    acknowledge, answer = _windows(table, outlasts, calendar)
    return Urgent(
        enter_at=table.whole("enter_at", 1, tiers),
        acknowledge=acknowledge,
        answer=answer,
        repeat=table.window("repeat", "1 hour"),
    )


def _board(top: Table, tiers: int) -> Board:
    table = top.table("board", ("told_at", "told_on_close"))
    return Board(
        told_at=table.whole("told_at", 1, tiers) if "told_at" in table else None,
        told_on_close=table.flag("told_on_close"),
    )


def _windows(table: Table, outlasts: Outlasting, calendar: Calendar) -> tuple[Window | None, Window]:
    acknowledge, answer = table.window_if_given("acknowledge"), table.window("answer")
    start = outlasts(acknowledge, answer) if acknowledge else None
    if start:
        begun = calendar.local(start)
        table.refuse(
            "acknowledge",
            f'"{acknowledge}" can end after the answer window of "{answer}", for one when both begin on '
            f"{begun:%A} {begun.day} {begun:%B %Y at %H:%M}; shorten it, or leave it out.",
        )
    return acknowledge, answer


def _remind(table: Table) -> tuple[int, ...]:
    """Percents of the answer window, ascending whatever their order in the file."""
    written = [re.fullmatch(r"([1-9][0-9]?) ?%", text) for text in table.texts("remind")]
    if not all(written):
        table.refuse("remind", 'must be parts of the answer window from "1%" to "99%", like ["50%", "80%"].')
    return tuple(sorted({int(found[1]) for found in written if found}))
