"""The one menu: every command, in the order help teaches them. Doors make their command lists from it."""

from collections.abc import Sequence

from handlers import (
    accept,
    ack,
    action,
    agree,
    answer,
    check,
    confirm,
    contact,
    correct,
    cover,
    decide,
    decline,
    dispute,
    done,
    duplicate,
    enrol,
    escalate,
    extend,
    guide,
    handover,
    help,
    join,
    mine,
    note,
    pathway,
    raise_concern,
    redirect,
    refer,
    refuse,
    release,
    reopen,
    responded,
    retime,
    revoke,
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
    agree.VERB,
    decline.VERB,
    accept.VERB,
    dispute.VERB,
    check.VERB,
    ack.VERB,
    answer.VERB,
    decide.VERB,
    release.VERB,
    contact.VERB,
    extend.VERB,
    escalate.VERB,
    done.VERB,
    action.VERB,
    reopen.VERB,
    note.VERB,
    correct.VERB,
    withdraw.VERB,
    redirect.VERB,
    duplicate.VERB,
    handover.VERB,
    retime.VERB,
    show.verb(menu),
    mine.VERB,
    cover.VERB,
    pathway.VERB,
    guide.VERB,
    help.verb(menu),
    join.VERB,
    enrol.VERB,
    confirm.VERB,
    refuse.VERB,
    revoke.VERB,
)
_BY_NAME = {verb.name: verb for verb in _MENU}
NAMES = tuple(_BY_NAME)
"""The names of all commands, in the same order."""
