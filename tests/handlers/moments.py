"""Moments in the life of a concern that a test begins at, each reached by what people said before."""

from dataclasses import replace

from concerns.model import Ref
from concerns.pathway import OnLapse
from tests.handlers.offices import ANSWER, Office, message_of
from tests.ladders import DAILY
from tests.partnership import AMIRA, GRACE, JOEL, TOM

UNTIL = "2026-12-03T12:00"
"""Thursday noon; tier 1 is due on Tuesday at five."""


def at_the_top(office: Office) -> Ref:
    """Nobody answered, and tier 4 has been called with the chair."""
    ref = office.raised()
    office.until("Fri 4 Dec 2026 10:00")
    return ref


def asked_for_time(office: Office) -> Ref:
    """Tom needs until Thursday noon."""
    ref = office.raised()
    office.fill(TOM, f"/concern extend {ref} Leave.", {"until": UNTIL})
    return ref


def asked_to_move_up(office: Office) -> Ref:
    """Nobody answered, and the pathway asks the raising side before it calls the next tier."""
    office.with_pathway(replace(DAILY, on_lapse=OnLapse.ASK))
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    return ref


def accepted_by_joel(office: Office) -> Ref:
    """Grace answered at tier 2, and Joel accepted without asking Amira."""
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    office.fill(GRACE, f"/concern answer {ref}", ANSWER)
    message_of(office.say(JOEL, f"/concern accept {ref} plain"))
    return ref


def with_an_action(office: Office) -> Ref:
    """Tom is to ring the surgery by Tuesday."""
    ref = office.raised()
    office.fill(AMIRA, f"/concern action {ref} set Ring the surgery.", {"owner": TOM, "due": "2026-12-01"})
    return ref


def two_of_them(office: Office) -> Ref:
    """Amira raised the same matter twice; this is the second."""
    office.raised()
    return office.raised()
