"""Letters about accounts, as the outbox sends them: to an account itself, and to whoever decides about it.

Each says how it stands at the moment of sending. Names stand here, so it is for private messages only.
"""

from dataclasses import replace

from concerns.deciders import asked_about
from concerns.directory import Directory
from concerns.enrolment import Enrolment, How
from concerns.notice import Notice, NoticeKind
from views.enrolment import URGENT, Backdrop, deciding, listed, whose_place
from views.instants import when
from views.labels import capital, who
from views.parts import Button, Message


def letter(notice: Notice, one: Enrolment, backdrop: Backdrop) -> Message:
    """A notice about an account, as it stands at the moment of sending."""
    match notice.kind:
        case NoticeKind.ENROLMENT_ASKED:
            return _to_whom(notice, one, backdrop, _asked(one, backdrop))
        case NoticeKind.ENROLMENT_DUE if notice.place.id == str(one.account):
            return _yours_due(one, backdrop)
        case NoticeKind.ENROLMENT_DUE:
            return _to_whom(notice, one, backdrop, _due(one, backdrop))
        case NoticeKind.ENROLMENT_RAN_OUT:
            return _ran_out(backdrop)
        case NoticeKind.ENROLLED:
            return _welcome(one, backdrop)
        case NoticeKind.NOT_ENROLLED:
            return _turned_down(backdrop)
        case NoticeKind.ENROLMENT_ENDED:
            return _over(notice, one, backdrop)
        case _:
            raise ValueError(f"{notice.kind} is about no account")


def _to_whom(notice: Notice, one: Enrolment, backdrop: Backdrop, message: Message) -> Message:
    """The same without buttons for whoever is told only because one of those who decide is out of reach."""
    if notice.place.id in asked_about(one, backdrop.directory):
        return message
    names = _deciders(one, backdrop.directory)
    for_them = f"It is for {names} to decide, and Baton could not reach all of them."
    next_ = f"Next: please tell them that it waits for them in {backdrop.slash}concern mine."
    return replace(message, lines=(message.lines[0], for_them, next_), buttons=())


def _deciders(one: Enrolment, directory: Directory) -> str:
    return "; ".join(who(id, directory) for id in asked_about(one, directory)) or "a directory owner"


def _asked(one: Enrolment, backdrop: Backdrop) -> Message:
    by_code = f"It was given out by {who(one.by, backdrop.directory)}; a second person confirms: you."
    before = "Make sure who it is before you approve, in person or on a number you know."
    return Message(
        "An account asks to be enrolled",
        (
            f"{capital(listed(one, backdrop))}.",
            *whose_place(one, backdrop.directory),
            by_code if one.how is How.CODE else "Anybody can choose the name in a profile.",
            before,
            "Next: approve it or refuse it. Until then the account can do nothing here.",
        ),
        tuple(deciding(one, backdrop.directory)),
        mentions=(str(one.account),),
        discreet=True,
    )


def _due(one: Enrolment, backdrop: Backdrop) -> Message:
    return Message(
        "An account to be confirmed again",
        (
            f"{capital(listed(one, backdrop))}.",
            "Nobody's organisation looks after such an account, so every 90 days somebody says that it is"
            " still theirs. Next: ask them, then confirm; without that it ends by itself.",
        ),
        tuple(deciding(one, backdrop.directory)),
        discreet=True,
    )


def _yours_due(one: Enrolment, backdrop: Backdrop) -> Message:
    """Said to its holder."""
    until = when(one.until, backdrop.calendar) if one.until else ""
    return Message(
        "Your account is to be confirmed again",
        (
            "No organisation looks after this account, so every 90 days somebody says that it is still yours."
            f" Without that it ends by itself on {until}; until then nothing changes.",
            f"Next: ask for that. It is for {_deciders(one, backdrop.directory)} to do, with one button in"
            f" {backdrop.slash}concern mine.",
        ),
        discreet=True,
    )


def _ran_out(backdrop: Backdrop) -> Message:
    """Said to whoever held it."""
    return Message(
        "This account is not enrolled any more",
        (
            "It was not confirmed again within 90 days, so it has ended; nothing you recorded is lost.",
            "Next: ask your agency's directory owner to confirm it, which they still can with one button in"
            f" {backdrop.slash}concern mine, or to give you a new one-time code.",
            "Until then use your own agency's safeguarding route.",
            URGENT.format(slash=backdrop.slash),
        ),
    )


def _welcome(one: Enrolment, backdrop: Backdrop) -> Message:
    directory, slash = backdrop.directory, backdrop.slash
    return Message(
        "You are enrolled",
        (
            f"This account is now that of {who(one.person, directory)}.",
            f"Type {slash}concern help to see what you can do, {slash}concern mine to see what waits on you.",
        ),
        (Button("Help", "help"), Button("What waits on me", "mine")),
        discreet=True,
    )


def _turned_down(backdrop: Backdrop) -> Message:
    return Message(
        "Not enrolled",
        (
            "A directory owner could not say whose account this is, so it is not enrolled."
            " That is no judgement of you.",
            "Next: speak with your agency's directory owner; they can give you a one-time code.",
            "Until then use your own agency's safeguarding route.",
            URGENT.format(slash=backdrop.slash),
        ),
    )


def _over(notice: Notice, one: Enrolment, backdrop: Backdrop) -> Message:
    by = who(one.ended_by, backdrop.directory)
    if notice.place.id == str(one.account):
        return Message(
            "This account is not enrolled any more",
            (
                "A directory owner has ended it, as of now; nothing you recorded is lost.",
                "If that is a mistake, speak with your agency's directory owner.",
                URGENT.format(slash=backdrop.slash),
            ),
        )
    name = backdrop.directory.name_of(one.person)
    return Message(
        "Accounts in chat have ended",
        (f"{by} ended what was enrolled in chat for {name}. Nothing is asked of you.",),
        discreet=True,
    )
