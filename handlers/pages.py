"""Forms opened before: a page of one is sent, kept as it stands, closed, or thrown away with all the rest.

Whoever comes here is listed; a form is found only by the person it was opened for.
"""

from dataclasses import dataclass

from concerns.people import PersonId
from handlers.answers import Texts
from handlers.forms import Filling
from handlers.interview import WHICH, Interview
from handlers.reading import Reading
from handlers.refusals import GONE, NOT_YOURS, out_of_place
from handlers.scene import Reply
from handlers.steps import seen_fitting
from views.drafts import closed, left, thrown_away
from views.parts import Message


@dataclass(frozen=True, slots=True)
class Pages:
    """Raises `NotSaved` when a form cannot be kept, or the record cannot take what it says."""

    record: Reading
    interview: Interview

    def sent(self, person: PersonId, form_id: str, given: Texts, part: int | None, *, go_on: bool) -> Reply:
        """A page filled in: what comes next or, without `go_on`, the same page as it stands now."""
        filling = self.interview.forms.read(form_id, person)
        if filling is None:
            return Reply(error=GONE)
        filling = filling.at(part) if part else filling
        filled = self.interview.go_on if go_on else self.interview.keep
        if not filling.verb.on_concern:
            return filled(self.record.scene(person), filling, given)
        if filling.ref is None and not go_on and WHICH not in given:
            found = seen_fitting(filling.verb, person, self.record)
            return self.interview.which_again(self.record.scene(person), filling, found)
        if filling.ref is None or WHICH in given:
            return self._picked(filling, next(iter(given.get(WHICH, ())), ""))
        concern = self.record.find(person, filling.ref)
        if concern is None:
            return Reply(error=NOT_YOURS)
        return filled(self.record.scene(person, concern), filling, given)

    def left(self, person: PersonId, form_id: str, unsent: bool) -> tuple[Message, ...]:
        """How a closed form is found again; where nothing is kept though there may have been words, that."""
        calendar, kept = self.record.in_force()[0].calendar, self.record.begun(person, self.record.clock())
        told = tuple(left(one, calendar) for one in kept if one.id == form_id)
        lost = unsent and not told and self.interview.forms.read(form_id, person)
        return (closed(form_id),) if lost else told

    def throw_away(self, person: PersonId, form_id: str) -> Reply:
        """All that is kept of it is destroyed."""
        gone = self.interview.forms.discard(form_id, person)
        return Reply(message=thrown_away()) if gone else Reply(error=GONE)

    def _picked(self, filling: Filling, typed: str) -> Reply:
        """It is known now which concern is meant."""
        concern = self.record.find(filling.person, typed)
        if concern is None:
            return Reply(error=NOT_YOURS, errors=((WHICH, NOT_YOURS),))
        scene = self.record.scene(filling.person, concern)
        refused = out_of_place(filling.verb, scene)
        if refused:
            return Reply(error=refused.sentence, errors=((WHICH, refused.sentence),))
        return self.interview.resume(scene, filling)
