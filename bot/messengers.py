"""Which messenger carries a notice: the one of the workspace where its place is. It sends nothing itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from concerns.directory import Directory
from concerns.notice import Place, PlaceKind
from concerns.people import ChannelId, Identity, PersonId
from reminders.messenger import Dead, Messenger, Waiting
from views.parts import Message


class Messengers:
    """By platform and workspace. A person is written to where the first of their accounts can be reached."""

    def __init__(
        self, directory: Callable[[], Directory], messengers: Mapping[tuple[str, str], Messenger]
    ) -> None:
        self._directory = directory
        self._messengers = messengers

    def of(self, place: Place) -> Messenger | None:
        """Whoever can speak there; None where nobody can. Reads the directory."""
        directory = self._directory()
        if place.kind is PlaceKind.CHANNEL:
            channel = directory.channel(ChannelId(place.id))
            return self._messengers.get((channel.platform, channel.workspace)) if channel else None
        if place.kind is PlaceKind.ACCOUNT:
            account = Identity.read(place.id)
            return self._messengers.get((account.platform, account.workspace)) if account else None
        person = directory.person(PersonId(place.id))
        accounts = person.identities if person else ()
        ways = dict.fromkeys((account.platform, account.workspace) for account in accounts)
        found = [self._messengers[way] for way in ways if way in self._messengers]
        return InTurn(found) if len(found) > 1 else next(iter(found), None)


class InTurn:
    """Whoever has accounts in several places: where one refuses for certain, the next is tried.

    It can look a post up only if all can: it does not know which of them was tried.
    """

    def __init__(self, messengers: Sequence[Messenger]) -> None:
        self._messengers = tuple(messengers)
        self.can_find = all(messenger.can_find for messenger in messengers)
        self.pace = max(messenger.pace for messenger in messengers)

    async def post(self, place: Place, message: Message, *, marker: str, thread: str | None) -> str:
        """By the first that takes it: where one is dead, or waits, it is sure that nothing was posted.

        Where none takes it just now it waits, and is dead only where all are.
        """
        refused: list[Dead | Waiting] = []
        for messenger in self._messengers:
            try:
                return await messenger.post(place, message, marker=marker, thread=thread)
            except (Dead, Waiting) as told:
                refused.append(told)
        waits = (told for told in refused if isinstance(told, Waiting))
        locked_out = (told for told in refused if isinstance(told, Dead) and told.locked_out)
        raise min(waits, key=lambda told: told.until, default=next(locked_out, refused[-1]))

    async def edit(self, place: Place, message_id: str, message: Message) -> None:
        """By the first: what is edited stands in a channel, and a channel is in one place."""
        await self._messengers[0].edit(place, message_id, message)

    async def find(self, place: Place, marker: str, since: datetime, thread: str | None) -> str | None:
        """Wherever it may be. Where one of them cannot be asked any more, not finding it proves nothing."""
        dead: Dead | None = None
        for messenger in self._messengers:
            try:
                found = await messenger.find(place, marker, since, thread)
            except Dead as end:
                dead = end
            else:
                if found is not None:
                    return found
        if dead is not None:
            raise dead
        return None
