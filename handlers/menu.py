"""The one menu: every command, in the order help teaches them. Doors make their command lists from it."""

from collections.abc import Sequence

from handlers import (
    accept,
    ack,
    answer,
    check,
    contact,
    dispute,
    escalate,
    guide,
    help,
    mine,
    note,
    pathway,
    raise_concern,
    refer,
    release,
    reopen,
    responded,
    show,
    withdraw,
)
from handlers.scene import Verb


def menu() -> Sequence[Verb]:
    """Every command there is."""
    return _MENU


def by_name(name: str) -> Verb | None:
    """The command of that name."""
    return _BY_NAME.get(name)


_MENU: tuple[Verb, ...] = (
    raise_concern.VERB,
    refer.VERB,
    responded.VERB,
    accept.VERB,
    dispute.VERB,
    check.VERB,
    ack.VERB,
    answer.VERB,
    release.VERB,
    contact.VERB,
    escalate.VERB,
    reopen.VERB,
    note.VERB,
    withdraw.VERB,
    show.verb(menu),
    mine.VERB,
    pathway.VERB,
    guide.VERB,
    help.verb(menu),
)
_BY_NAME = {verb.name: verb for verb in _MENU}
