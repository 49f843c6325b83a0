"""Buttons as Telegram lays them out: side by side where the words leave room, the order kept.

A button carries its token and nothing else; a person's client may send back whatever it likes.
"""

from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.limits import BUTTONS, DATA, LABEL, ROW, short, shown, units
from views.parts import Button

Row = list[InlineKeyboardButton]
SURE = "sure:"
"""Stands before the token of a button that is asked about first: Telegram has no question of its own."""
WIDTH = 30
"""How many characters of labels stand legibly side by side on a phone."""


def keyboards(buttons: Sequence[Button]) -> tuple[InlineKeyboardMarkup, ...]:
    """The buttons, as many to a message as Telegram takes; none where there are none.

    Raises `ValueError` for a token longer than Telegram carries: every command's fits.
    """
    boards: list[list[Row]] = []
    for row in _rows([_button(button) for button in buttons]):
        if not boards or sum(map(len, boards[-1])) + len(row) > BUTTONS:
            boards.append([])
        boards[-1].append(row)
    return tuple(map(InlineKeyboardMarkup, boards))


def label(button: Button) -> str:
    """All of it, on one line."""
    return " ".join(shown(button.label).split()) or "…"


def _button(button: Button) -> InlineKeyboardButton:
    token = f"{SURE}{button.token}" if button.sure else button.token
    if len(token.encode()) > DATA:
        raise ValueError("a button's token is longer than Telegram carries")
    return InlineKeyboardButton(short(label(button), LABEL), callback_data=token)


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[Row]:
    row: Row = []
    for button in buttons:
        if row and (len(row) == ROW or sum(units(one.text) for one in (*row, button)) > WIDTH):
            yield row
            row = []
        row.append(button)
    if row:
        yield row
