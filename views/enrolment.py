"""What is answered about accounts: to whoever wants to be enrolled, and to whoever looks after the directory.

Names stand here, so it is for private messages only. A stranger is told what happens next, never who or what
is inside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from concerns.calendar import Calendar
from concerns.deciders import at_home
from concerns.directory import Directory
from concerns.enrolment import Enrolment, How
from concerns.people import Identity, PersonId
from views.instants import when
from views.labels import capital
from views.parts import Button, Message

AT_MOST = 2
"""How many requests are listed above what waits on somebody; `confirm` lists them all."""
URGENT = "If somebody is in danger now, {slash}concern raise shows everybody what to do."


class Backdrop(NamedTuple):
    """What a message about an account needs besides the account itself."""

    directory: Directory
    calendar: Calendar
    slash: str


def account_named(account: Identity) -> str:
    """`the Slack account U012 in the workspace riverside`, `the Telegram account 1234`."""
    there = "" if account.on_its_own else f" in the workspace {account.workspace}"
    return f"the {capital(account.platform)} account {account.user}{there}"


# ---- to whoever wants to be enrolled -----------------------------------------------------------------


def waits(one: Enrolment, slash: str, *, right: bool = False) -> Message:
    """What happens now that an account has come forward; `right` with a code that was just used."""
    came = "The code is right." if right else "Your request is kept."
    alone = "another person confirms it, so that nobody is let in by one person alone"
    next_ = alone if one.by else "a directory owner looks at it"
    return Message(
        "Waiting to be confirmed",
        (
            f"{came} Next: {next_}. You are told here as soon as that is done.",
            "Nothing more is needed from you. Until then use your own agency's safeguarding route.",
            URGENT.format(slash=slash),
        ),
        (Button("When to escalate", "guide"),),
    )


def already(person: PersonId, directory: Directory, slash: str) -> Message:
    """Said to somebody who is enrolled."""
    return Message(
        "You are enrolled already",
        (f"This account is that of {directory.name_of(person)}. {slash}concern help says what you can do.",),
        (Button("Help", "help"),),
    )


# ---- to whoever looks after the directory ------------------------------------------------------------


def invited(person: PersonId, code: str, link: str, until: datetime, backdrop: Backdrop) -> Message:
    """The code, shown once; only its digest is kept."""
    name = backdrop.directory.name_of(person)
    return Message(
        "A one-time code",
        (
            code,
            f"It is for {name}. Give it to them in person or by phone."
            f" It works once, until {when(until, backdrop.calendar)}.",
            f"They send it to Baton in private: {backdrop.slash}concern join {code}",
            *((f"Or, on Telegram, they open this link: {link}",) if link else ()),
            "Next: another person confirms the account they use. A code given out before works no longer.",
        ),
        discreet=True,
    )


def confirmed(one: Enrolment, backdrop: Backdrop) -> Message:
    """Said to whoever confirmed it."""
    name, until = backdrop.directory.name_of(one.person), one.until
    again = f" It is to be confirmed again by {when(until, backdrop.calendar)}." if until else ""
    next_ = "They are told." if one.how is not How.AGAIN else "Nothing changes for them."
    said = f"{capital(account_named(one.account))} is {name}'s from now on. {next_}{again}"
    return Message("Enrolled", (said,))


def refused(one: Enrolment) -> Message:
    """Said to whoever refused it."""
    said = (
        f"{capital(account_named(one.account))} stays nobody's. They are told to ask their directory owner."
    )
    return Message("Refused", (said,))


def ended(person: PersonId, accounts: Sequence[Identity], codes: int, backdrop: Backdrop) -> Message:
    """Said to whoever ended a person's accounts; what the file says goes on."""
    found = backdrop.directory.person(person)
    left = [one for one in (found.identities if found else ()) if one not in accounts]
    name = backdrop.directory.name_of(person)
    return Message(
        "Accounts in chat have ended",
        (
            *(f"{capital(account_named(one))} is nobody's any more, as of now." for one in accounts),
            *(("The code given out for them works no longer.",) if codes else ()),
            *(f"Still theirs by the partnership file: {account_named(one)}. It ends there." for one in left),
            f"Seats and concerns of {name} stay as they are: see who stands in, or hand over what is open.",
        ),
    )


def nothing_waits(own: Sequence[Enrolment], backdrop: Backdrop) -> Message:
    """This person has nobody to decide about; `own` used a code they gave out, so others decide."""
    theirs = (
        f"{listed(one, backdrop)}. You gave out the code, so another person confirms it." for one in own
    )
    enrol = f"{backdrop.slash}concern enrol makes a one-time code for a person of the directory."
    return Message(
        "No account waits on you",
        (*theirs, f"To let somebody in, {enrol}"),
        (Button("Enrol somebody", "enrol"),),
    )


def nothing_to_end() -> Message:
    """No account was bound in chat."""
    said = "No account was enrolled in chat, so there is nothing to end here."
    return Message("Nothing to end", (said, "One that stands in the partnership file ends there."))


def listed(one: Enrolment, backdrop: Backdrop) -> str:
    """One thing to decide, on one line: `E-12: …`."""
    name = backdrop.directory.name_of(one.person) if one.person else ""
    account = account_named(one.account)
    if not one.waits:
        until = when(one.until, backdrop.calendar) if one.until else ""
        return f"{one.ref}: {account}, {name}'s, is to be confirmed again by {until}"
    if one.how is How.CODE:
        return f"{one.ref}: {account} used the code for {name}"
    called = f", called “{one.called}” there" if one.called else ""
    return f"{one.ref}: {account}{called}, asks to be enrolled{f' as {name}' if name else ''}"


def whose_place(one: Enrolment, directory: Directory) -> tuple[str, ...]:
    """Whose workspace the account is in, where that is not surely the workspace of whom it is meant for."""
    home, found = at_home(one.account, directory), directory.person(one.person or PersonId(""))
    if not home or (found and found.agency in home):
        return ()
    whose = " and ".join(map(directory.name_of, home))
    theirs = f"; {found.name} belongs to {directory.name_of(found.agency)}" if found else ""
    return (f"This account is in a workspace that is mostly {whose}'s{theirs}.",)


def to_decide(found: Sequence[Enrolment], backdrop: Backdrop) -> Message | None:
    """What waits on somebody who looks after the directory; None where nothing does."""
    if not found:
        return None
    said = ((f"{listed(one, backdrop)}.", *whose_place(one, backdrop.directory)) for one in found[:AT_MOST])
    lines = map(" ".join, said)
    left = len(found) - AT_MOST
    more = (f"And {left} more: {backdrop.slash}concern confirm.",) if left > 0 else ()
    buttons = (button for one in found[:AT_MOST] for button in deciding(one, backdrop.directory))
    title = f"{len(found)} account{'s' * (len(found) > 1)} to decide on"
    return Message(title, (*lines, *more), tuple(buttons))


def above(first: Message, then: Message) -> Message:
    """Both in one message, the accounts on top."""
    lines = (*first.lines, f"{then.title}.", *then.lines)
    return replace(first, lines=lines, buttons=(*first.buttons, *then.buttons))


def deciding(one: Enrolment, directory: Directory) -> Iterable[Button]:
    """One button to approve, and one to refuse."""
    name = directory.name_of(one.person) if one.person else ""
    if not one.waits:
        yield Button(f"Confirm {name} again", "confirm", one.ref)
        return
    yield Button(f"Approve as {name}" if name else "Choose who it is", "confirm", one.ref)
    yield Button("Refuse", "refuse", one.ref)
