"""The rules of every pathway version, with the directory as it is today.

It opens nothing: the house hands it the record of pathways and people, and the clock.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.files import LoadedPathway, pathway_from_body
from concerns.directory import Directory
from concerns.pathway import Strand
from concerns.rules import Rules
from storage.covers import Covers
from storage.directory import Directories, Pathways
from storage.enrolments import Enrolments
from storage.errors import NotSaved
from storage.moved import Moves, moved_on

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Today:
    """A directory as it was made: from which edition, and between which two instants it holds."""

    edition: int
    since: datetime
    until: datetime
    directory: Directory

    def holds(self, edition: int, now: datetime) -> bool:
        """Whether it is still today's."""
        return edition == self.edition and self.since <= now < self.until


class Laws:
    """Which pathway version a new concern opens under, and the rules of every version ever used."""

    def __init__(
        self,
        pathways: Pathways,
        directories: Directories,
        covers: Covers,
        enrolments: Enrolments,
        moves: Moves,
        current: Iterable[LoadedPathway],
        clock: Callable[[], datetime],
    ) -> None:
        self._pathways = pathways
        self._directories = directories
        self._covers = covers
        self._enrolments = enrolments
        self._moves = moves
        self._clock = clock
        self._current = tuple(current)
        self._known = {version.digest: version for version in self._current}
        self._today = self._made(directories.edition(), clock())

    def keep(self, now: datetime) -> None:
        """Store the versions in force, so that a concern can name them for life."""
        for version in self._current:
            pathway = version.pathway
            self._pathways.keep(version.digest, pathway.name, pathway.version, version.body, now)

    def rules(self, digest: str) -> Rules:
        """The rules of a version, with today's directory. Raises KeyError for one never stored."""
        return self._rules(digest, self._todays_directory())

    def digest(self, strand: Strand) -> str:
        """The version a new concern of this strand opens under; the first where no pathway covers it."""
        for version in self._current:
            if strand in version.pathway.strands:
                return version.digest
        return self._current[0].digest

    def today(self) -> Rules:
        """The rules shown where no concern is spoken of."""
        return self.rules(self._current[0].digest)

    def in_force(self) -> tuple[Rules, ...]:
        """The rules new concerns open under, one for each pathway; the first is `today`."""
        directory = self._todays_directory()
        return tuple(self._rules(version.digest, directory) for version in self._current)

    def _rules(self, digest: str, directory: Directory) -> Rules:
        version = self._known.get(digest)
        if version is None:
            body = self._pathways.body(digest)
            if body is None:
                raise KeyError(digest)
            version = self._known[digest] = pathway_from_body(body)
        return Rules(version.pathway, version.calendar, directory, digest)

    def _todays_directory(self) -> Directory:
        """The directory as applied, while today's covers run, with the accounts chat has bound.

        Each channel is where it is now. Made once for all who ask until any of it changes, the next cover
        begins or ends, or an account has to be confirmed again.

        With the database away it is the last one seen: the emergency text must still come.
        """
        now = self._clock()
        try:
            edition = self._directories.edition()
            if not self._today.holds(edition, now):
                self._today = self._made(edition, now)
        except NotSaved:
            pass
        return self._today.directory

    def _made(self, edition: int, now: datetime) -> Today:
        """Of this edition or, where it changes just now, of the next: then it is made once more."""
        ahead = self._covers.ahead(now)
        turns = [cover.end if cover.start <= now else cover.start for cover in ahead]
        book = self._enrolments.book()
        turns += [one.until for one in book.enrolments if one.until and one.until > now]
        applied = moved_on(self._directories.current(), self._moves.known())
        today = applied.enrolled(book.accounts(now)).covered(self._covers.running(now))
        return Today(edition, now, min(turns, default=_NEVER), today)
