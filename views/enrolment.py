"""What is said of accounts: to whoever wants to be enrolled, and to whoever looks after the directory.

Names stand here, so it is for private messages only. A stranger is told what happens next, never who or what
is inside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from concerns.calendar import Calendar
from concerns.deciders import asked_about
from concerns.directory import Directory
from concerns.enrolment import Enrolment, How
from concerns.notice import Notice, NoticeKind
from concerns.people import Identity, PersonId
from views.instants import when
from views.labels import capital, who
from views.parts import Button, Message

AT_MOST = 2
"""How many requests are listed above what waits on somebody; `confirm` lists them all."""
_URGENT = "If somebody is in danger now, {slash}concern raise shows everybody what to do."


class Told(NamedTuple):
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
            _URGENT.format(slash=slash),
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


def invited(person: PersonId, code: str, link: str, until: datetime, told: Told) -> Message:
    """The code, shown once; only its digest is kept."""
    name = told.directory.name_of(person)
    return Message(
        "A one-time code",
        (
            code,
            f"It is for {name}. Give it to them in person or by phone."
            f" It works once, until {when(until, told.calendar)}.",
            f"They send it to Baton in private: {told.slash}concern join {code}",
            *((f"Or, on Telegram, they open this link: {link}",) if link else ()),
            "Next: another person confirms the account they use. A code given out before works no longer.",
        ),
        discreet=True,
    )


def confirmed(one: Enrolment, told: Told) -> Message:
    """Said to whoever confirmed it."""
    name, until = told.directory.name_of(one.person), one.until
    again = f" It is to be confirmed again by {when(until, told.calendar)}." if until else ""
    next_ = "They are told." if one.how is not How.AGAIN else "Nothing changes for them."
    said = f"{capital(account_named(one.account))} is {name}'s from now on. {next_}{again}"
    return Message("Enrolled", (said,))


def refused(one: Enrolment) -> Message:
    """Said to whoever refused it."""
    said = (
        f"{capital(account_named(one.account))} stays nobody's. They are told to ask their directory owner."
    )
    return Message("Refused", (said,))


def ended(person: PersonId, accounts: Sequence[Identity], codes: int, told: Told) -> Message:
    """Said to whoever ended a person's accounts; what the file says goes on."""
    found = told.directory.person(person)
    left = [one for one in (found.identities if found else ()) if one not in accounts]
    name = told.directory.name_of(person)
    return Message(
        "Accounts in chat have ended",
        (
            *(f"{capital(account_named(one))} is nobody's any more, as of now." for one in accounts),
            *(("The code given out for them works no longer.",) if codes else ()),
            *(f"Still theirs by the partnership file: {account_named(one)}. It ends there." for one in left),
            f"Seats and concerns of {name} stay as they are: see who stands in, or hand over what is open.",
        ),
    )


def nothing_waits(slash: str) -> Message:
    """Nobody asks to be enrolled."""
    return Message(
        "Nobody waits to be enrolled",
        (f"To let somebody in, {slash}concern enrol makes a one-time code for a person of the directory.",),
        (Button("Enrol somebody", "enrol"),),
    )


def nothing_to_end() -> Message:
    """No account was bound in chat."""
    said = "No account was enrolled in chat, so there is nothing to end here."
    return Message("Nothing to end", (said, "One that stands in the partnership file ends there."))


def listed(one: Enrolment, told: Told) -> str:
    """One thing to decide, on one line: `E-12: …`."""
    name = told.directory.name_of(one.person) if one.person else ""
    account = account_named(one.account)
    if not one.waits:
        until = when(one.until, told.calendar) if one.until else ""
        return f"{one.ref}: {account}, {name}'s, is to be confirmed again by {until}"
    if one.how is How.CODE:
        return f"{one.ref}: {account} used the code for {name}"
    called = f", called “{one.called}” there" if one.called else ""
    return f"{one.ref}: {account}{called}, asks to be enrolled{f' as {name}' if name else ''}"


def to_decide(found: Sequence[Enrolment], told: Told) -> Message | None:
    """What waits on somebody who looks after the directory; None where nothing does."""
    if not found:
        return None
    lines = [f"{listed(one, told)}." for one in found[:AT_MOST]]
    more = [f"And {len(found) - AT_MOST} more: {told.slash}concern confirm."] if len(found) > AT_MOST else []
    buttons = (button for one in found[:AT_MOST] for button in deciding(one, told.directory))
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


# ---- by the outbox -----------------------------------------------------------------------------------


def letter(notice: Notice, one: Enrolment, told: Told) -> Message:
    """A notice about an account, as it stands at the moment of sending."""
    match notice.kind:
        case NoticeKind.ENROLMENT_ASKED:
            return _to_whom(notice, one, told, _asked(one, told))
        case NoticeKind.ENROLMENT_DUE:
            return _to_whom(notice, one, told, _due(one, told))
        case NoticeKind.ENROLLED:
            return _welcome(one, told)
        case NoticeKind.NOT_ENROLLED:
            return _turned_down(told)
        case NoticeKind.ENROLMENT_ENDED:
            return _over(notice, one, told)
        case _:
            raise ValueError(f"{notice.kind} is about no account")


def _to_whom(notice: Notice, one: Enrolment, told: Told, message: Message) -> Message:
    """The same without buttons for whoever is told only because one of those who decide is out of reach."""
    deciders = asked_about(one, told.directory)
    if notice.place.id in deciders:
        return message
    names = "; ".join(who(id, told.directory) for id in deciders) or "a directory owner"
    for_them = f"It is for {names} to decide, and Baton could not reach all of them."
    next_ = f"Next: please tell them that it waits for them in {told.slash}concern mine."
    return replace(message, lines=(message.lines[0], for_them, next_), buttons=())


def _asked(one: Enrolment, told: Told) -> Message:
    by_code = f"It was given out by {who(one.by, told.directory)}; a second person confirms: you."
    before = "Make sure who it is before you approve, in person or on a number you know."
    return Message(
        "An account asks to be enrolled",
        (
            f"{capital(listed(one, told))}.",
            by_code if one.how is How.CODE else "Anybody can choose the name in a profile.",
            before,
            "Next: approve it or refuse it. Until then the account can do nothing here.",
        ),
        tuple(deciding(one, told.directory)),
        mentions=(str(one.account),),
        discreet=True,
    )


def _due(one: Enrolment, told: Told) -> Message:
    return Message(
        "An account to be confirmed again",
        (
            f"{capital(listed(one, told))}.",
            "Nobody's organisation looks after such an account, so every 90 days somebody says that it is"
            " still theirs. Next: ask them, then confirm; without that it ends by itself.",
        ),
        tuple(deciding(one, told.directory)),
        discreet=True,
    )


def _welcome(one: Enrolment, told: Told) -> Message:
    directory, slash = told.directory, told.slash
    return Message(
        "You are enrolled",
        (
            f"This account is now that of {who(one.person, directory)}.",
            f"Type {slash}concern help to see what you can do, {slash}concern mine to see what waits on you.",
        ),
        (Button("Help", "help"), Button("What waits on me", "mine")),
        discreet=True,
    )


def _turned_down(told: Told) -> Message:
    return Message(
        "Not enrolled",
        (
            "A directory owner could not say whose account this is, so it is not enrolled."
            " That is no judgement of you.",
            "Next: speak with your agency's directory owner; they can give you a one-time code.",
            "Until then use your own agency's safeguarding route.",
            _URGENT.format(slash=told.slash),
        ),
    )


def _over(notice: Notice, one: Enrolment, told: Told) -> Message:
    by = who(one.ended_by, told.directory)
    if notice.place.id == str(one.account):
        return Message(
            "This account is not enrolled any more",
            (
                "A directory owner has ended it, as of now; nothing you recorded is lost.",
                "If that is a mistake, speak with your agency's directory owner.",
                _URGENT.format(slash=told.slash),
            ),
        )
    name = told.directory.name_of(one.person)
    return Message(
        "Accounts in chat have ended",
        (f"{by} ended what was enrolled in chat for {name}. Nothing is asked of you.",),
        discreet=True,
    )
