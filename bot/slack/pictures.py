"""Drawings as pictures in one Slack workspace: each uploaded once, shared with no channel, shown by its id.

A picture is courtesy: nobody waits for one, and where Slack will not show it the same is said in words.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from logging import Logger

from slack_sdk.web.async_client import AsyncWebClient

from bot.pictures import png
from bot.plain import one_line
from bot.slack.calls import Calls
from bot.slack.limits import ALT, Json, short
from reminders.messenger import Dead, Gone, Unknown, Waiting
from views.parts import Drawing

Framed = Callable[[Drawing], Json | None]
"""A drawing as a block of a post or a page; None where there is no picture of it."""

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds Slack is given to look at a picture it has just been sent; until then it refuses to show it."""
REFUSED = 2
"""How often a picture is uploaded that Slack takes and will not show, until it is left alone."""
REST = timedelta(hours=1)
"""For how long; meanwhile it is said in words."""
_UPLOAD = "files.upload"
_KEPT = 64
_UPLOADED_ALT = 1_000


def unframed(_drawing: Drawing) -> Json | None:
    """No picture, of anything."""
    return None


class Pictures:
    """Over one workspace's client. `calls` leaves uploads alone for as long as Slack asks."""

    def __init__(
        self,
        client: AsyncWebClient,
        calls: Calls,
        clock: Callable[[], datetime],
        log: Logger,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._client = client
        self._calls = calls
        self._clock = clock
        self._log = log
        self._pauses = pauses
        self._ids: dict[str, str] = {}
        self._refused: dict[str, tuple[int, datetime]] = {}
        self._turn = asyncio.Lock()

    def known(self, drawing: Drawing) -> Json | None:
        """The block of a picture that has been shown before."""
        return _framed(drawing, self._ids)

    async def show(self, drawings: Iterable[Drawing], by: Callable[[Framed], Awaitable[bool]]) -> bool:
        """Have them shown: `by` does it with the blocks it is given, and says whether Slack took them.

        A picture Slack does not show any more is uploaded anew, once. Says whether they are shown now.
        """
        wanted = {drawing.svg: drawing for drawing in drawings}
        async with self._turn:
            if all(svg in self._ids for svg in wanted):
                if not wanted or await by(self.known):
                    return True
                self._forget(wanted)
            if any(map(self._rests, wanted)):
                return False
            fresh = {svg: await self._upload(one) for svg, one in wanted.items() if svg not in self._ids}
            ids = self._ids | {svg: id for svg, id in fresh.items() if id}
            if not all(svg in ids for svg in wanted):
                return False
            for pause in self._pauses:
                await asyncio.sleep(pause)
                if await by(lambda drawing: _framed(drawing, ids)):
                    self._keep(ids)
                    return True
            self._forget(wanted)
            self._note(wanted)
        return False

    async def _upload(self, drawing: Drawing) -> str | None:
        """The file's id. It is shared with no channel: only where its block stands it is seen."""
        try:
            content = await asyncio.to_thread(png, drawing.svg)
            upload = partial(
                self._client.files_upload_v2,
                filename="pathway.png",
                content=content,
                title="The pathway",
                alt_txt=alt(drawing.words, _UPLOADED_ALT),
            )
            sent = await self._calls.make(_UPLOAD, upload)
            files = sent.get("files") or [{}]
            return str(files[0].get("id") or "") or None
        except (ValueError, Waiting, Unknown, Gone, Dead) as trouble:
            why = str(trouble) or type(trouble).__name__
            self._log.warning("A picture could not be uploaded, and is said in words: %s", why)
            return None

    def _forget(self, wanted: Iterable[str]) -> None:
        for svg in wanted:
            self._ids.pop(svg, None)

    def _rests(self, svg: str) -> bool:
        times, since = self._refused.get(svg, (0, self._clock()))
        return times >= REFUSED and self._clock() < since + REST

    def _note(self, wanted: Iterable[str]) -> None:
        """Slack would not show them, though it took them."""
        now = self._clock()
        lately = {svg: kept for svg, kept in self._refused.items() if now < kept[1] + REST}
        again = {svg: (lately.get(svg, (0, now))[0] + 1, now) for svg in wanted}
        self._refused = lately | again

    def _keep(self, ids: dict[str, str]) -> None:
        """The newest of them: a picture is drawn anew each day."""
        self._ids = dict(list(ids.items())[-_KEPT:])


def _framed(drawing: Drawing, ids: Mapping[str, str]) -> Json | None:
    id = ids.get(drawing.svg)
    return {"type": "image", "slack_file": {"id": id}, "alt_text": alt(drawing.words)} if id else None


def alt(words: str, most: int = ALT) -> str:
    """What those hear who cannot see it; the ladder stands whole, in words, beside every picture."""
    return short(one_line(words), most)
