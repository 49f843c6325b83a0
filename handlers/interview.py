"""Asking until nothing is missing: a line that misses something becomes a form, a form goes on page by page.

Nothing typed is lost on the way: what was understood is filled in, and every page is kept as it comes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.answers import LONGEST, Answers, Texts, faults
from handlers.asking import (
    LEFT_THERE,
    NOTHING_THERE,
    OVERHEARD,
    Understood,
    every_field,
    first_missing,
    form,
    understood,
    with_defaults,
    worded,
)
from handlers.effects import Effects
from handlers.fields import one_of
from handlers.forms import Filling, Forms
from handlers.refusals import GONE, moved_on
from handlers.scene import Page, Reply, Scene, Verb
from handlers.steps import Listed
from views.parts import Field, FieldKind

WHICH = "concern"
"""The key under which a form asks which concern is meant."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Raises `NotSaved` when a form cannot be kept, or the record cannot take what it says."""

    forms: Forms
    effects: Effects

    def line(self, scene: Scene, verb: Verb, words: str, request: str, *, overheard: bool = False) -> Reply:
        """A command as it was typed or pressed: done when nothing is missing, otherwise a form."""
        heard = understood(words, verb, scene)
        if overheard and heard.rest and verb.pages(scene, heard.answers):
            return self.ask(scene, verb, heard.answers, OVERHEARD)
        answers = worded(heard, verb, scene)
        ready = self._ready(scene, verb, answers, words)
        return self.effects.of(scene, verb, ready, request) if ready else self.ask(scene, verb, answers)

    def ask(self, scene: Scene, verb: Verb, answers: Answers, *above: str) -> Reply:
        """A fresh form, at the first page that misses something."""
        filling = self._fresh(scene, verb, answers.given)
        if scene.concern:
            filling = replace(filling, ref=scene.concern.ref, turn=scene.concern.turn)
        pages = verb.pages(scene, answers)
        number = first_missing(pages, with_defaults(every_field(pages), answers)) or 0
        filling, reply = _page(scene, filling, pages, number, *above)
        self.forms.open(filling, scene.now)
        return reply

    def only(self, scene: Scene, verb: Verb, words: str, *above: str) -> Reply:
        """Typed without a reference where only one concern fits: it is shown or asked about, never done."""
        heard = understood(words, verb, scene)
        if not verb.pages(scene, heard.answers):
            return self.line(scene, verb, words, "")
        return self.ask(scene, verb, worded(heard, verb, scene), *above)

    def which(
        self,
        scene: Scene,
        verb: Verb,
        words: str,
        found: Sequence[Listed],
        *above: str,
        quoted: bool = False,
    ) -> Reply:
        """A fresh form that asks which concern is meant; the words wait in it until that is known."""
        filling = replace(self._fresh(scene, verb, {}, words), quoted=quoted)
        self.forms.open(filling, scene.now)
        return self.which_again(scene, filling, found, *above)

    def quote(self, scene: Scene, verb: Verb, words: str, found: Sequence[Listed]) -> Reply:
        """A fresh form with words from elsewhere, as they are: none of them is a choice or a reference.

        Where the scene is about no concern yet, it asks which of those found is meant.
        """
        above = () if words else (NOTHING_THERE,)
        if len(words) > LONGEST:
            words, above = "", (LEFT_THERE,)
        if scene.concern or not found:
            return self.ask(scene, verb, worded(_whole(words, scene), verb, scene), *above)
        return self.which(scene, verb, words, found, *above, quoted=True)

    def which_again(self, scene: Scene, filling: Filling, found: Sequence[Listed], *above: str) -> Reply:
        """The same form once more."""
        listed = one_of(found, scene.person)
        page = Page((Field(WHICH, "Which concern?", FieldKind.CHOICE, listed, required=True),))
        none = Answers({}, scene.rules.calendar)
        return Reply(form=form(filling.id, filling.verb, scene, (page,), 0, none, *above))

    def resume(self, scene: Scene, filling: Filling) -> Reply:
        """The same form, once it is known which concern is meant: as if it had been typed about it.

        Where one was meant before, it is shown, never done: about another it begins anew with what was typed
        at first, because what was filled in since was about that one.
        """
        concern, verb = scene.about, filling.verb
        same = filling.ref == concern.ref
        answers = Answers(filling.answers, scene.rules.calendar) if same else _heard(scene, filling)
        ready = self._ready(scene, verb, answers, filling.words)
        if ready and filling.ref is None and not filling.quoted:
            return self.effects.of(scene, verb, ready, "", filling.id)
        known = replace(filling, ref=concern.ref, turn=concern.turn, answers=answers.given)
        pages = verb.pages(scene, answers)
        if not pages:
            return self._kept(filling, Reply(error=moved_on(verb, concern, scene.rules)))
        number = first_missing(pages, with_defaults(every_field(pages), answers)) or 0
        return self._kept(*_page(scene, known, pages, number))

    def go_on(self, scene: Scene, filling: Filling, given: Texts) -> Reply:
        """A page filled in: kept, judged, and then the next page or the effect."""
        verb, concern = filling.verb, scene.concern
        filling, pages, number = _filled(scene, filling, given)
        answers = Answers(filling.answers, scene.rules.calendar)
        if concern and verb.turns and concern.turn != filling.turn:
            sentence = moved_on(verb, concern, scene.rules)
            return self._kept(replace(filling, turn=concern.turn), Reply(error=sentence))
        wrong = faults(every_field(pages[: number + 1]), answers)
        if wrong:
            return self._kept(filling, Reply(error=next(iter(wrong.values())), errors=tuple(wrong.items())))
        if number + 1 < len(pages):
            return self._kept(*_page(scene, filling, pages, number + 1))
        if not self.forms.keep(filling):
            return Reply(error=GONE)
        return self.effects.of(scene, verb, answers, "", filling.id)

    def keep(self, scene: Scene, filling: Filling, given: Texts) -> Reply:
        """Some answers of a page: kept, and the page as it stands now; those that will not do are named.

        Where the concern has gone so far that nothing is asked any more, that is said, and the words stay.
        A form about no concern holds none by then, and is over.
        """
        filling, pages, number = _filled(scene, filling, given)
        if not pages and scene.concern is None:
            self.forms.discard(filling.id, filling.person)
            return Reply(error=GONE)
        if not pages:
            return self._kept(filling, Reply(error=moved_on(filling.verb, scene.about, scene.rules)))
        filling, reply = _page(scene, filling, pages, number)
        fields = [field for field in (reply.form.fields if reply.form else ()) if field.key in given]
        wrong = faults(fields, Answers(filling.answers, scene.rules.calendar))
        return self._kept(
            filling, replace(reply, error=next(iter(wrong.values()), None), errors=tuple(wrong.items()))
        )

    def _fresh(self, scene: Scene, verb: Verb, answers: Texts, words: str = "") -> Filling:
        said = bool(answers or words)
        return Filling(self.effects.ids.token(), scene.person, verb, answers, words=words, begun=said)

    def _kept(self, filling: Filling, reply: Reply) -> Reply:
        return reply if self.forms.keep(filling) else Reply(error=GONE)

    def _ready(self, scene: Scene, verb: Verb, answers: Answers, typed: str) -> Answers | None:
        """The answers with what a form would show filled in, when that leaves nothing to ask."""
        pages = verb.pages(scene, answers)
        if pages and verb.asks and not typed:
            return None
        ready = with_defaults(every_field(pages), answers)
        return ready if first_missing(pages, ready) is None else None


def _heard(scene: Scene, filling: Filling) -> Answers:
    """What was typed before it was known about what, as answers about what it is now."""
    verb, words = filling.verb, filling.words
    heard = _whole(words, scene) if filling.quoted else understood(words, verb, scene)
    return worded(heard, verb, scene)


def _whole(words: str, scene: Scene) -> Understood:
    """Words that stand elsewhere: none of them is a choice."""
    return Understood(Answers({}, scene.rules.calendar), words)


def _filled(scene: Scene, filling: Filling, given: Texts) -> tuple[Filling, Sequence[Page], int]:
    """The form with these answers, the pages it has now, and the one it stands at."""
    verb, before = filling.verb, Answers(filling.answers, scene.rules.calendar)
    asked = every_field(verb.pages(scene, before.merged(given)))
    answers = before.merged(Answers(given, scene.rules.calendar).only(asked).given)
    pages = verb.pages(scene, answers)
    begun = filling.begun or bool(given)
    return replace(filling, answers=answers.given, begun=begun), pages, min(filling.page, len(pages) - 1)


def _page(
    scene: Scene, filling: Filling, pages: Sequence[Page], number: int, *above: str
) -> tuple[Filling, Reply]:
    """The form turned to this page; what the page shows filled in counts as given from now on."""
    answers = with_defaults(pages[number].fields, Answers(filling.answers, scene.rules.calendar))
    shown = form(filling.id, filling.verb, scene, pages, number, answers, *above)
    return replace(filling, page=number, answers=answers.given), Reply(form=shown)
