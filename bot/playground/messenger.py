"""The playground's messenger: the same two verbs and look-up every platform has, over the pretend chat."""

import asyncio
from datetime import datetime

from bot.playground.chat import Chat
from concerns.notice import Place
from reminders.messenger import Gone
from views.parts import Message


class PlaygroundMessenger:
    """Delivers at once and can always look a post up."""

    can_find = True
    pace = 0.0

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """Post it; the journal is on disk before the answer comes back."""
        return (await asyncio.to_thread(self._chat.post, place, message, marker, thread)).id

    async def edit(self, place: Place, message_id: str, message: Message) -> None:  # noqa: ARG002 -- ids are unique
        """Change it in place."""
        if not await asyncio.to_thread(self._chat.edit, message_id, message):
            raise Gone

    async def find(
        self,
        place: Place,
        marker: str,
        since: datetime,  # noqa: ARG002 -- it forgets none
        thread: str | None,  # noqa: ARG002 -- markers are unique
    ) -> str | None:
        """Look it up by its marker."""
        return self._chat.find(place, marker)
