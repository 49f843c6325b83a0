"""Danger, asked about and answered before anything else: before enrolment, storage, or any right (design 4).

It keeps nothing and needs no database.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from concerns.model import Why
from concerns.pathway import Emergency
from concerns.rules import Rules
from handlers import raise_concern
from handlers.answers import Texts, is_yes
from handlers.scene import Reply
from storage.errors import NotSaved
from views.parts import Form
from views.teaching import in_danger

DANGER_FORM = "danger"
"""The form that asks about danger without keeping anything: for strangers, and when nothing can be saved."""

ANYWHERE = Emergency("If someone is in immediate danger ring 999.", duty_team="", phone="", hours="")


def danger_form() -> Form:
    """The first question alone."""
    page = raise_concern.danger_page()
    return Form(DANGER_FORM, "Raise a concern", page.fields, page.lines)


def alarming(given: Texts) -> bool:
    """Whether the answers say that somebody is in danger now."""
    return is_yes(given.get(raise_concern.DANGER.key, ())) or Why.IMMEDIATE_RISK in given.get("why", ())


def alarming_words(words: str) -> bool:
    """The same of what was typed behind a command: its first word says why."""
    return Why.IMMEDIATE_RISK in words.lower().split(maxsplit=1)[:1]


def alarmed(reply: Reply, in_force: Callable[[], Iterable[Rules]], otherwise: Iterable[Emergency]) -> Reply:
    """The emergency text before all else, whatever became of the rest; `otherwise` where none can be read."""
    try:
        emergencies = dict.fromkeys(rules.pathway.emergency for rules in in_force())
    except NotSaved:
        emergencies = dict.fromkeys(otherwise)
    ring = in_danger(*emergencies)
    return replace(reply, aside=(ring, *(one for one in reply.aside if one != ring)))
