"""The desk: everything a person says, presses or fills in comes here, whatever the platform.

It finds out who asks and about what. It decides nothing about a concern, and shows one only to those who may
see it: "does not exist" and "not yours" are one sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from concerns.deciders import looks_after
from concerns.directory import Directory
from concerns.enrolment import read_code
from concerns.model import Concern
from concerns.pathway import Emergency
from concerns.people import PersonId
from concerns.window import quoted
from handlers import raise_concern
from handlers.answers import Answers, Given, Texts, faults, texts
from handlers.asking import OVERHEARD
from handlers.danger import ANYWHERE, DANGER_FORM, alarmed, alarming, alarming_words, danger_form
from handlers.effects import Effects, Ids
from handlers.forms import Forms
from handlers.interview import Interview
from handlers.line import LONGEST, Unknown, clean, is_command, parse
from handlers.menu import NAMES, by_name
from handlers.pages import Pages
from handlers.reading import Reading
from handlers.refusals import (
    NO_BUTTON,
    NO_COMMAND,
    NONE_FITS,
    NOT_LISTED,
    NOT_THE_OWNER,
    NOT_YOURS,
    OVERHEARD_CODE,
    TOO_LONG,
    not_saved,
    not_theirs,
    out_of_place,
)
from handlers.scene import Asker, Policy, Reply, Scene, Verb
from handlers.steps import nothing_left, seen_fitting
from storage.errors import NotSaved
from views.drafts import GO_ON, THROW_AWAY, closed_unseen
from views.parts import Message
from views.teaching import barred, in_danger, not_enrolled


@dataclass(frozen=True, slots=True)
class Desk:
    """`record` is what may be read meanwhile, `ids` where fresh names come from.

    `emergency` is what is shown in immediate danger when even the directory cannot be read.
    """

    record: Reading
    ids: Ids
    emergency: tuple[Emergency, ...] = (ANYWHERE,)

    # ------------------------------------------------------------------ the three ways in

    def say(self, asker: Asker, text: str, request: str = "") -> Reply:
        """A typed line. What cannot be used comes back as a sentence, and stays with the person."""
        typed = clean(text)
        if len(typed.encode()) > LONGEST:
            return Reply(error=TOO_LONG)
        if not is_command(typed):
            return Reply(error=NO_COMMAND.format(slash=self._slash))
        line = parse(typed, NAMES, self.prefix)
        if isinstance(line, Unknown):
            nearest = ", ".join(line.nearest)
            return Reply(error=f"There is no command {quoted(line.said)}. Nearest: {nearest}.")
        verb = _known(line.verb)
        reply = self._saved(verb, lambda: self._begin(asker, verb, line.ref, line.words, None, request))
        return self._alarmed(alarming_words(line.words), reply)

    def quote(self, asker: Asker, command: str, words: str) -> Reply:
        """A command about words that stand elsewhere: they are filled in whole, and none is read as more."""
        verb, whole = _known(command), clean(words)
        return self._saved(verb, lambda: self._quote(asker, verb, whole))

    def press(self, asker: Asker, token: str, request: str = "") -> Reply:
        """A button: `command:ref:call`, a command somebody already typed; it gives no authority."""
        name, _, rest = clean(token).partition(":")
        ref, _, turn = rest.partition(":")
        if name == GO_ON:
            return self.keep(asker, ref, {})
        if name == THROW_AWAY:
            return self._saved(None, lambda: self._throw_away(asker, ref))
        verb = by_name(name)
        if verb is None or not turn.isdecimal() or len(turn) > 9:
            return Reply(error=NO_BUTTON.format(slash=self._slash))
        return self._saved(verb, lambda: self._begin(asker, verb, ref, "", int(turn), request))

    def submit(self, asker: Asker, form_id: str, given: Given, part: int | None = None) -> Reply:
        """A page filled in. Danger is looked at before anything else; every answer is kept until it is saved.

        `part` says which page, where one may be sent again that lies behind already. A form takes effect at
        most once, so the request's id is not needed.
        """
        answers, form = texts(given), clean(form_id)
        if form == DANGER_FORM:
            reply = self._saved(None, lambda: self._after_danger(asker, answers))
        else:
            reply = self._saved(None, lambda: self._submit(asker, form, answers, part))
        return self._alarmed(alarming(answers), reply)

    def keep(self, asker: Asker, form_id: str, given: Given) -> Reply:
        """Some answers of a page, kept as they come; the page comes back as it stands now, nothing goes on.

        With none it is how a half-filled form is found again. Which concern is meant goes on at once.
        """
        answers, form = texts(given), clean(form_id)
        reply = self._saved(None, lambda: self._submit(asker, form, answers, go_on=False))
        return self._alarmed(alarming(answers), reply)

    def left(self, asker: Asker, form_id: str, *, unsent: bool = False) -> Reply:
        """A form was closed and not sent: how to find it again, where anything of it is kept.

        Where nothing is, that is said if there may have been words in it that did not come (`unsent`).
        """
        person, id = asker.person, clean(form_id)
        if person is None:
            return Reply()
        told = self._saved(None, lambda: Reply(aside=self._pages.left(person, id, unsent)))
        unseen = (closed_unseen(self._slash),) if told.unsaved and unsent else ()
        return replace(told, error=None, aside=(*told.aside, *unseen))

    def unlisted(self, asker: Asker) -> Message:
        """What a stranger is told: how to get in, or why not and what to do instead; never what is inside."""
        if asker.barred:
            return barred(asker.barred, *self.record.scene(PersonId("")).emergencies())
        return not_enrolled(self.directory, self._slash, asker.account)

    def find(self, person: PersonId, typed: str) -> Concern | None:
        """The concern with this reference, if this person may see it."""
        return self.record.find(person, typed)

    def steady(self) -> "Desk":
        """This desk for one request: it sees one directory from its beginning to its end, read once."""
        return Desk(self.record.steady(), self.ids, self.emergency)

    def prefixed(self, prefix: str) -> "Desk":
        """This desk where the commands carry a prefix."""
        return replace(self, record=replace(self.record, slash=f"/{prefix}"))

    @property
    def prefix(self) -> str:
        """What stands before the names of commands here."""
        return self.record.slash[1:]

    @property
    def directory(self) -> Directory:
        """Today's directory."""
        return self.record.directory

    # ------------------------------------------------------------------ who asks, and about what

    def _begin(self, asker: Asker, verb: Verb, ref: str, words: str, turn: int | None, request: str) -> Reply:
        if asker.overheard and verb.takes and read_code(ref or words):
            return Reply(error=OVERHEARD_CODE)
        person = self._listed(asker)
        if person is None:
            return self._stranger(asker, verb, ref or words, request)
        if verb.policy is Policy.LOOKS_AFTER and not looks_after(person, self.directory):
            return Reply(error=NOT_THE_OWNER)
        if not verb.on_concern:
            said = (ref or words) if verb.takes else words
            return self._interview.line(
                self.record.scene(person), verb, said, request, overheard=asker.overheard
            )
        if not ref:
            return self._which(asker, self.record.scene(person), verb, words)
        concern = self.find(person, ref)
        if concern is None:
            return Reply(error=NOT_YOURS)
        scene = self.record.scene(person, concern)
        if verb.turns and turn is not None and turn != concern.turn:
            return self._interview.effects.stale(scene)
        refused = not_theirs(verb, scene) if turn is not None else out_of_place(verb, scene)
        if refused:
            return Reply(error=refused.sentence)
        if turn is not None and nothing_left(verb, scene):
            return self._interview.effects.stale(scene)
        return self._interview.line(scene, verb, words, request, overheard=asker.overheard)

    def _quote(self, asker: Asker, verb: Verb, words: str) -> Reply:
        person = self._listed(asker)
        if person is None:
            return self._stranger(asker, verb, "", "")
        found = seen_fitting(verb, person, self.record) if verb.on_concern else []
        if verb.on_concern and not found:
            return Reply(error=NONE_FITS.format(label=verb.label, slash=self._slash))
        about = found[0][0] if len(found) == 1 else None
        return self._interview.quote(self.record.scene(person, about), verb, words, found)

    def _listed(self, asker: Asker) -> PersonId | None:
        """Who asks, as long as the directory lists them; None is a stranger."""
        listed = asker.person is not None and self.directory.person(asker.person) is not None
        return asker.person if listed else None

    def _which(self, asker: Asker, scene: Scene, verb: Verb, words: str) -> Reply:
        """No reference was given: a form asks which concern is meant, where more than one fits."""
        found = seen_fitting(verb, scene.person, self.record)
        if not found:
            return Reply(error=NONE_FITS.format(label=verb.label, slash=self._slash))
        above = (OVERHEARD,) if asker.overheard and words else ()
        words = "" if above else words
        if len(found) > 1:
            return self._interview.which(scene, verb, words, found, *above)
        return self._interview.only(self.record.scene(scene.person, found[0][0]), verb, words, *above)

    def _submit(
        self, asker: Asker, form_id: str, given: Texts, part: int | None = None, *, go_on: bool = True
    ) -> Reply:
        person = self._listed(asker)
        if person is None:
            return self._shut_out(asker)
        return self._pages.sent(person, form_id, given, part, go_on=go_on)

    def _throw_away(self, asker: Asker, id: str) -> Reply:
        person = self._listed(asker)
        if person is None:
            return self._shut_out(asker)
        return self._pages.throw_away(person, id)

    # ------------------------------------------------------------------ strangers, and danger

    def _shut_out(self, asker: Asker) -> Reply:
        """A form of somebody who is listed no more: it may be a plea for help, and it is not taken."""
        ring = in_danger(*self.record.scene(PersonId("")).emergencies())
        return Reply(aside=(ring,), error=asker.barred or NOT_LISTED)

    def _stranger(self, asker: Asker, verb: Verb, word: str, request: str) -> Reply:
        """Immediate danger comes before enrolment; what is for anyone is for strangers; the rest is not."""
        if verb.name == "raise":
            return Reply(form=danger_form(), aside=(self.unlisted(asker),) if asker.barred else ())
        if verb.policy is Policy.ANYONE and not (asker.barred and verb.takes):
            scene = replace(self.record.scene(PersonId("")), account=asker.account, called=asker.called)
            return self._interview.line(scene, verb, word if verb.takes else "", request)
        return Reply(message=self.unlisted(asker))

    def _after_danger(self, asker: Asker, given: Texts) -> Reply:
        rules, person = self.record.in_force()[0], self._listed(asker)
        answers = Answers(given, rules.calendar).only((raise_concern.DANGER,))
        wrong = faults((raise_concern.DANGER,), answers)
        if wrong:
            return Reply(error=next(iter(wrong.values())), errors=tuple(wrong.items()))
        if person is None:
            return Reply(message=self.unlisted(asker))
        return self._interview.ask(self.record.scene(person), _known("raise"), answers)

    def _alarmed(self, alarming: bool, reply: Reply) -> Reply:
        return alarmed(reply, self.record.in_force, self.emergency) if alarming else reply

    def _saved(self, verb: Verb | None, work: Callable[[], Reply]) -> Reply:
        """A concern that cannot be put on record now is still asked about danger."""
        try:
            return work()
        except NotSaved as trouble:
            form = danger_form() if verb and verb.name == "raise" else None
            return Reply(form=form, error=not_saved(trouble), unsaved=True)

    # ------------------------------------------------------------------ how it is put together

    @property
    def _slash(self) -> str:
        return self.record.slash

    @property
    def _interview(self) -> Interview:
        return Interview(Forms(self.record.drafts), Effects(self.record, self.ids))

    @property
    def _pages(self) -> Pages:
        return Pages(self.record, self._interview)


def _known(name: str) -> Verb:
    verb = by_name(name)
    if verb is None:
        raise ValueError(f"no command {name}")
    return verb
