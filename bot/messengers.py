"""Which messenger carries a notice: the one of the workspace where its place is. It sends nothing itself."""

from collections.abc import Callable, Mapping

from concerns.notice import Place, PlaceKind
from concerns.people import ChannelId, Directory, PersonId
from reminders.messenger import Messenger


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
        person = directory.person(PersonId(place.id))
        accounts = person.identities if person else ()
        found = (self._messengers.get((account.platform, account.workspace)) for account in accounts)
        return next(filter(None, found), None)
