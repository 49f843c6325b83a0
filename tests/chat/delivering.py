"""Delivery as it is served, over any platform: real words, and what is sent a little at a time."""

from concerns import commands as c
from tests.partnership import TOM
from tests.reminders.house import House
from tests.worlds import REF, a_concern
from views.pings import render


def speaking(house: House) -> House:
    """The same house, in the words people read."""
    house.render = render
    house.restart()
    return house


def deliver(house: House) -> None:
    """Send what may be sent, some seconds apart."""
    for _ in range(5):
        house.deliver()
        house.forward(seconds=2)


def called_until_nobody_answers(house: House) -> None:
    """A concern is called, acknowledged and not answered: the next stage is called."""
    house.hear(a_concern())
    deliver(house)
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    deliver(house)
    house.forward(hours=31)
    house.settle()
