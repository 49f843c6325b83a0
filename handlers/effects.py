"""From a command with nothing missing to its effect on the record, and what is said back about it."""

from dataclasses import dataclass, replace
from typing import Protocol

from concerns.authority import may_see
from concerns.commands import Command, Opening
from concerns.events import MarkedDuplicate, Redirected, Withdrawn
from concerns.model import Concern, Ref
from concerns.people import PersonId
from concerns.rules import Refused, Rules
from handlers.answers import Answers
from handlers.asking import every_field
from handlers.menu import menu
from handlers.reading import Reading
from handlers.refusals import GONE
from handlers.scene import Covering, Enrolling, Reply, Scene, Verb
from handlers.steps import steps
from storage.answered import Once
from storage.errors import NotSaved, RefTaken
from storage.ledger import Changed, Repeated
from views.cards import buttons
from views.parts import Button, Message
from views.record import BUTTONS
from views.replies import also_carried, done, moved_on, repeated

_TRIES = 5
_ALREADY = "This is on record already. Nothing was changed just now."
_GIVEN_AWAY = "You do not see it any more: no seat of yours was called."


class Ids(Protocol):
    """Where fresh names come from; the house hands in chance."""

    def ref(self) -> Ref:
        """A reference nobody is likely to have."""
        ...

    def token(self) -> str:
        """An id nobody can guess."""
        ...

    def code(self) -> str:
        """A one-time code nobody can guess."""
        ...


@dataclass(frozen=True, slots=True)
class Effects:
    """What commands do. Raises `NotSaved` when the record cannot take it; nothing has happened then."""

    record: Reading
    ids: Ids

    def of(self, scene: Scene, verb: Verb, answers: Answers, request: str, draft: str | None = None) -> Reply:
        """Do it; a form (its `draft`) takes effect at most once, and is destroyed in the same breath."""
        fields = every_field(verb.pages(scene, answers))
        answers = answers.only(fields)
        for _ in range(_TRIES):
            asked = verb.act(scene if verb.on_concern else self._drawn(scene), answers, fields)
            if isinstance(asked, Reply):
                return asked
            if isinstance(asked, Refused):
                return _refused(asked)
            if isinstance(asked, Message):
                return self._told(scene, asked, draft)
            if isinstance(asked, Covering):
                return self._cover(scene, asked, self._once(scene, request, draft), draft)
            if isinstance(asked, Enrolling):
                return self._enrol(scene, asked, self._once(scene, request, draft), draft)
            try:
                return self._change(scene, asked, request, draft)
            except RefTaken:
                continue
        raise NotSaved("No free reference could be drawn.")

    def stale(self, scene: Scene) -> Reply:
        """A button pressed after the concern has moved on: nothing is done, and this is how it stands."""
        concern, rules = scene.about, scene.rules
        return Reply(message=moved_on(concern, rules, next_steps(scene.person, concern, rules)))

    def _drawn(self, scene: Scene) -> Scene:
        """With what something new may need: a reference, a code."""
        return replace(scene, fresh_ref=self.ids.ref(), fresh_code=self.ids.code())

    def _change(self, scene: Scene, command: Command, request: str, draft: str | None) -> Reply:
        ref = None if isinstance(command, Opening) else scene.about.ref
        once = f"form:{draft}" if draft else request
        close = (lambda db: self.record.drafts.close(draft, db)) if draft else None
        counted = bool(request) and not draft
        match self.record.ledger.change(ref, command, scene.now, once, close, self.record.rules):
            case Refused() as no:
                return _refused(no)
            case Changed(concern, events, _):
                rules = self.record.rules(concern.pathway)
                said = done(events, concern, rules, next_steps(scene.person, concern, rules))
                if isinstance(events[0], Withdrawn | Redirected | MarkedDuplicate):
                    said = also_carried(said, self.record.ledger.carried_by(concern.ref))
                given_away = not may_see(scene.person, concern, rules.directory)
                said = replace(said, lines=(_GIVEN_AWAY, *said.lines)) if given_away else said
                return Reply(message=said, on_record=counted)
            case Repeated(known):
                again = self._already(scene.person, self.record.find(scene.person, known))
                return replace(again, on_record=counted)

    def _told(self, scene: Scene, said: Message, draft: str | None) -> Reply:
        """Nothing goes on record, and a form has had its say."""
        if draft:
            self.record.drafts.discard(draft, scene.person)
        return Reply(message=said)

    def _once(self, scene: Scene, request: str, draft: str | None) -> Once:
        """What tells, in the transaction of what is done, that it was not done before."""
        if draft:
            return lambda db: self.record.drafts.take(draft, db)
        return (lambda db: self.record.ledger.answered.take(request, scene.now, db)) if request else None

    def _cover(self, scene: Scene, asked: Covering, once: Once, draft: str | None) -> Reply:
        done = self.record.covers.put(asked.cover, scene.person, scene.now, once, asked.tell)
        if not done:
            return Reply(error=GONE if draft else _ALREADY)
        return Reply(message=asked.said, on_record=once is not None and not draft)

    def _enrol(self, scene: Scene, asked: Enrolling, once: Once, draft: str | None) -> Reply:
        match self.record.enrolments.change(asked.judge, scene.now, once):
            case None:
                return Reply(error=GONE if draft else _ALREADY)
            case Refused() as no:
                return _refused(no)
            case entries:
                return Reply(message=asked.said(entries), on_record=once is not None and not draft)

    def _already(self, person: PersonId, concern: Concern | None) -> Reply:
        if concern is None:
            return Reply(error=_ALREADY)
        rules = self.record.rules(concern.pathway)
        return Reply(message=repeated(concern, rules, next_steps(person, concern, rules)))


def _refused(no: Refused) -> Reply:
    """The sentence, beside the answer it is about where it is about one."""
    return Reply(error=no.sentence, errors=((no.about, no.sentence),) if no.about else ())


def next_steps(person: PersonId, concern: Concern, rules: Rules) -> tuple[Button, ...]:
    """What this person can do next, looking at it first; nothing once they have given it away."""
    look = buttons(concern, ("Show", "show")) if may_see(person, concern, rules.directory) else ()
    return (*look, *steps(menu(), concern, person, rules))[:BUTTONS]
