"""Drawings as PNG: the right size, in the face that comes with Baton, and painted as on paper."""

import struct
import zlib

import pytest

from bot.pictures import WIDTH, png
from concerns.rehearsal import rehearsal_rules, rehearse
from tests.ladders import MONDAY, RULES
from views.rehearsal import rehearsal
from views.staircase import drawn

BOARD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'


def size_of(picture: bytes) -> tuple[int, int]:
    """Its width and height, as its header says."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def pixels(picture: bytes) -> bytes:
    """What is painted, still filtered line by line: equal for equal pictures only."""
    data, at = b"", 8
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += length + 12
    return zlib.decompress(data)


def test_a_picture_is_as_wide_as_every_other_and_keeps_its_shape() -> None:
    assert size_of(png(BOARD.format(""))) == (WIDTH, WIDTH // 2)


def test_the_whole_pathway_fits_what_a_chat_shows() -> None:
    rules = rehearsal_rules(RULES.pathway, RULES.calendar)
    picture = png(drawn(rehearsal(rules, tuple(rehearse(rules, MONDAY)))).svg)

    assert size_of(picture)[0] == WIDTH
    assert len(picture) < 500_000


def test_letters_are_drawn_without_any_font_of_the_machine() -> None:
    blank, said = (png(BOARD.format(f'<text y="8" font-size="8">{words}</text>')) for words in ("", "Ŵyż"))

    assert pixels(blank) != pixels(said)


def test_bold_letters_are_bolder() -> None:
    thin, bold = (
        png(BOARD.format(f'<text y="8" font-size="8" font-weight="{weight}">Stage</text>'))
        for weight in (400, 700)
    )

    assert pixels(thin) != pixels(bold)


def test_what_a_page_would_paint_is_painted_as_in_a_file() -> None:
    paints = ("var(--ladder-baton, #c2410c)", "#c2410c")
    slot, plain = (png(BOARD.format(f'<rect width="9" height="9" fill="{fill}"/>')) for fill in paints)

    assert pixels(slot) == pixels(plain)
    assert pixels(slot) != pixels(png(BOARD.format('<rect width="9" height="9"/>')))


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown token"):
        png("Stage 1 is called.")
