"""A drawing as a PNG, for chats that show no SVG, in one face on every machine.

It looks for no font of the machine's and fetches nothing: the renderer and the face come with Baton.
"""

import re
from functools import lru_cache
from importlib.resources import as_file, files

from resvg_py import svg_to_bytes

WIDTH = 1200
"""How many pixels wide a picture is: sharp on a phone held upright, and no more than a chat keeps."""

_FACE = "Noto Sans"
_KEPT = 32
_SLOT = re.compile(r"var\(--[\w-]+, ([^()]*)\)")
"""Where a page may paint a drawing its own way; a picture has the colours of paper."""


@lru_cache(maxsize=_KEPT)
def png(svg: str) -> bytes:
    """The drawing on white, `WIDTH` pixels wide; the last few are kept.

    It takes some hundredths of a second, so an event loop asks for it in a thread. Raises `ValueError` for
    what is no SVG.
    """
    with as_file(files("fontpkg_noto_sans") / "files") as faces:
        return svg_to_bytes(
            svg_string=_SLOT.sub(r"\1", svg),
            background="white",
            width=WIDTH,
            skip_system_fonts=True,
            font_files=[str(faces / "NotoSans[wdth,wght].ttf")],
            font_family=_FACE,
            sans_serif_family=_FACE,
        )
