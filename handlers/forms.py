"""Half-filled forms: how one is kept as a sealed draft, found again by its owner, and gone on with.

A form belongs to whoever opened it; to anybody else it does not exist. It lives until it takes effect, or for
seven days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from concerns.model import Ref
from concerns.people import PersonId
from handlers.answers import Texts
from handlers.menu import by_name
from handlers.scene import Verb
from storage.drafts import KEPT, Draft, Drafts
from storage.errors import VaultLocked
from views.drafts import Begun

_MANY = "\x1f"
"""Between several chosen values in a draft; `clean` lets no such character into an answer."""


@dataclass(frozen=True, slots=True, repr=False)
class Filling:
    """A form as far as it has been filled in: for which command, about what, at which page.

    `turn` is the concern's when its owner last saw how it stood, `words` what was typed before it was known
    about what (`quoted` where they stand elsewhere, and are words only), `begun` whether its owner has said
    anything in it yet.
    """

    id: str
    person: PersonId
    verb: Verb
    answers: Texts
    ref: Ref | None = None
    turn: int = 0
    page: int = 0
    words: str = ""
    quoted: bool = False
    begun: bool = False

    def at(self, part: int) -> "Filling":
        """The form standing at this page again, counted from 1; never at a later one than it had come to."""
        return replace(self, page=max(0, min(self.page, part - 1)))


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms being filled in. Raises `NotSaved` where they cannot be kept or opened."""

    drafts: Drafts

    def open(self, filling: Filling, now: datetime) -> None:
        """Keep a fresh form."""
        self.drafts.open(filling.id, filling.person, filling.verb.name, filling.ref, _packed(filling), now)

    def keep(self, filling: Filling) -> bool:
        """Keep it as it is now; says whether there still is such a form."""
        return self.drafts.write(filling.id, filling.person, _packed(filling))

    def read(self, id: str, person: PersonId) -> Filling | None:
        """The form, if it is this person's and still open."""
        draft = self.drafts.read(id, person)
        return _filling(draft) if draft else None

    def begun(self, person: PersonId, now: datetime) -> tuple[Begun, ...]:
        """The forms in which this person has said something and that are not sent, the latest first.

        One that cannot be opened just now cannot be gone on with either, and is left out.
        """
        return tuple(filter(None, (self._begun(id, person) for id in self.drafts.of(person, now))))

    def discard(self, id: str, person: PersonId) -> bool:
        """Destroy it unsent; says whether there still was such a form."""
        return self.drafts.discard(id, person)

    def _begun(self, id: str, person: PersonId) -> Begun | None:
        try:
            draft = self.drafts.read(id, person)
        except VaultLocked:
            return None
        filling = _filling(draft) if draft else None
        if draft is None or filling is None or not filling.begun:
            return None
        return Begun(id, filling.verb.title, filling.ref, draft.opened_at, draft.opened_at + KEPT)


def _filling(draft: Draft) -> Filling | None:
    """A draft as the form it is; None where its command is no more."""
    verb, kept = by_name(draft.verb), draft.answers
    if verb is None:
        return None
    return Filling(
        id=draft.id,
        person=draft.person,
        verb=verb,
        answers=_unpacked(kept),
        ref=Ref(kept.get("_ref", "")) or draft.ref,
        turn=int(kept.get("_turn", "0")),
        page=int(kept.get("_page", "0")),
        words=kept.get("_words", ""),
        quoted=bool(kept.get("_quoted")),
        begun=bool(kept.get("_begun")),
    )


def _packed(filling: Filling) -> dict[str, str]:
    """Answers as a draft keeps them, and the form's own marks under keys no field has."""
    marks = {"_turn": filling.turn, "_page": filling.page, "_ref": filling.ref or "", "_words": filling.words}
    marks |= {"_quoted": "1" if filling.quoted else "", "_begun": "1" if filling.begun else ""}
    kept = {key: _MANY.join(values) for key, values in filling.answers.items()}
    return kept | {key: str(mark) for key, mark in marks.items()}


def _unpacked(kept: Mapping[str, str]) -> Texts:
    answers = {key: value for key, value in kept.items() if not key.startswith("_")}
    return {key: tuple(value.split(_MANY)) if value else () for key, value in answers.items()}
