"""Completion of a line being typed: commands, then references, then the choices a command asks for.

It offers only what the person could see by asking, and never fails: where it knows nothing it says nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from concerns.people import PersonId
from handlers.asking import every_field, understood
from handlers.desk import Desk
from handlers.menu import by_name, menu
from handlers.scene import Asker, Hint, Verb
from handlers.steps import Listed, concerns_them, fits, seen_by
from storage.errors import NotSaved
from views.parts import FieldKind
from views.record import summary

AT_MOST = 8
LONGEST = 400
"""Longer lines hold words, and words have no completion."""

_CONCERN = "Raise a concern, or begin any other command"


def hints(desk: Desk, asker: Asker, text: str) -> tuple[Hint, ...]:
    """What may follow the line typed so far, at most eight."""
    if not text.startswith("/") or len(text) > LONGEST or "\n" in text:
        return ()
    try:
        known = asker.person if asker.person and desk.directory.person(asker.person) else None
        found = _Typing(desk, known, f"/{desk.prefix}").hints(text)
        return tuple(islice(found, AT_MOST))
    except NotSaved:
        return ()


@dataclass(frozen=True, slots=True)
class _Typing:
    """Somebody typing: `person` is None for a stranger."""

    desk: Desk
    person: PersonId | None
    slash: str

    def hints(self, text: str) -> Iterable[Hint]:
        """The last word is completed; a space at the end begins the next."""
        words = text.lower().split()
        partial = "" if text[-1].isspace() else words.pop()
        if not words:
            return self._commands(partial)
        start, *words = words
        if start == f"{self.slash}concern":
            if not words:
                return self._verbs(partial)
            name, *words = words
            start = f"{start} {name}"
        else:
            name = start.removeprefix(self.slash)
        verb = by_name(name)
        if verb is None or not verb.on_concern or self.person is None:
            return ()
        if not words:
            return self._references(start, verb, partial)
        return self._choices(start, verb, self.person, words, partial)

    def _commands(self, partial: str) -> Iterable[Hint]:
        """The two everybody needs; each command by its own name too, once a letter says which."""
        named = {"concern": _CONCERN, "contact": ""} | {verb.name: verb.about for verb in self._usable()}
        for name, about in named.items():
            line = f"{self.slash}{name}"
            wanted = name in {"concern", "contact"} or len(partial) > len(self.slash)
            if wanted and line.startswith(partial) and about:
                yield Hint(line, line, about)

    def _verbs(self, partial: str) -> Iterable[Hint]:
        """Those that fit a concern of this person first."""
        seen = self._seen(open_only=True)
        matching = [verb for verb in self._usable() if verb.name.startswith(partial)]
        for verb in sorted(matching, key=lambda verb: not self._fitting(verb, seen)):
            line = f"{self.slash}concern {verb.name}"
            yield Hint(line, line, verb.about)

    def _references(self, start: str, verb: Verb, partial: str) -> Iterable[Hint]:
        for concern, rules in self._fitting(verb, self._seen(open_only=False)):
            if concern.ref.lower().startswith(partial):
                line = f"{start} {concern.ref}"
                yield Hint(line, line, summary(concern, rules))

    def _choices(
        self, start: str, verb: Verb, person: PersonId, words: Sequence[str], partial: str
    ) -> Iterable[Hint]:
        """The values of the next choice that is still to be made."""
        ref, *made = words
        concern = self.desk.find(person, ref)
        if concern is None:
            return
        scene = self.desk.record.scene(person, concern)
        heard = understood(" ".join(made), verb, scene)
        if heard.rest or not fits(verb, concern, person, scene.rules):
            return
        fields = every_field(verb.pages(scene, heard.answers))
        left = (f for f in fields if f.kind is FieldKind.CHOICE and f.key not in heard.answers.given)
        field = next(left, None)
        for choice in field.choices if field else ():
            if choice.value.lower().startswith(partial):
                yield Hint(" ".join((start, concern.ref, *made, choice.value)), choice.value, choice.label)

    def _usable(self) -> Sequence[Verb]:
        """A stranger is offered what is for strangers, and the question about danger."""
        directory = self.desk.directory
        return [verb for verb in menu() if concerns_them(verb, self.person, directory)]

    def _seen(self, *, open_only: bool) -> Sequence[Listed]:
        return seen_by(self.person, self.desk.record, open_only=open_only) if self.person else ()

    def _fitting(self, verb: Verb, seen: Sequence[Listed]) -> list[Listed]:
        person = self.person
        return [(c, rules) for c, rules in seen if person and fits(verb, c, person, rules)]
