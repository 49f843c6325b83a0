"""What the door to Telegram says of its own accord: where it cannot take something, and where to go on."""

from collections.abc import Iterable
from datetime import datetime

from concerns.calendar import Calendar
from concerns.pathway import Emergency
from views.instants import when
from views.parts import Button, Message
from views.teaching import in_danger

RING = "If someone is in immediate danger ring 999."
NOT_YET = Message("Not saved yet, still trying", ("You will be told here as soon as it is known.", RING))
OUR_FAULT = (
    "Something went wrong on Baton’s side, and this may not be saved."
    f" Look with {{slash}}mine before you send it again. {RING}"
)
UNREAD = {
    "edited": "An edited message changes nothing here. Send it again as a new one.",
    "forwarded": "Baton takes only what you write yourself, so this was not stored.",
    "hurried": "That was too much at once, so the rest was not taken. Send it again in a minute.",
    "wordless": "Baton reads only written words, so this was not stored.",
}
"""Why something in a private chat is not taken. It may have been a plea, so whom to ring follows."""

GO_ON = "What is typed in a group is not stored. Please go on in our private chat."
OPEN_ME = "Baton cannot write to you yet. Open our private chat with the button, and press Start there."
NOT_THROUGH = "This did not go through. Our private chat says why."
OPEN = "Open the private chat"
TOAST = 200
"""The longest answer to a press, in characters (platforms 2.1)."""


def refusal(*lines: str) -> Message:
    """What could not be done, as a message."""
    return Message("This did not go through", lines)


def greeting(slash: str, emergencies: Iterable[Emergency]) -> Message:
    """What somebody gets who writes what is no command. It may be a plea, so help comes first."""
    return Message(
        "This is Baton",
        (
            *in_danger(*emergencies).lines,
            "What you wrote here was not stored.",
            f"Send {slash}concern to raise a concern, or use a button.",
        ),
        _FIRST,
    )


def welcome(slash: str) -> Message:
    """What an enrolled person sees who presses Start."""
    return Message(
        "This is Baton",
        (
            "Here you raise concerns and answer them, and Baton tells you what waits on you.",
            f"Send {slash}concern to raise one, {slash}mine to see yours, {slash}help for everything else.",
            RING,
        ),
        _FIRST,
    )


def unlisted(group: int) -> Message:
    """What is said in a group Baton is brought into that is no channel of the directory."""
    return Message(
        "This is Baton",
        (
            f"This group is not in the partnership file yet. Its number is {group}.",
            "Whoever keeps that file writes the number there, as the address of a channel, and applies it."
            " Until then nothing is said here.",
        ),
    )


def missed(since: datetime, until: datetime, calendar: Calendar) -> Message:
    """Baton was away for longer than Telegram keeps messages for it."""
    return Message(
        "Baton was away",
        (
            f"Baton heard nothing from {when(since, calendar)} until {when(until, calendar)}.",
            "What was sent or pressed here meanwhile may be lost. Please send it again if it was yours.",
            "Clocks ran on, and whatever is due is called now.",
        ),
    )


_FIRST = (Button("Raise a concern", "raise"), Button("What waits on me", "mine"), Button("Help", "help"))
