"""The desk: everything a person says, presses or fills in comes here, whatever the platform.

It finds out who asks and about what, asks for what is missing, and hands one command to the ledger. It decides
nothing about a concern, and shows one only to those who may see it: "does not exist" and "not yours" are one
sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from concerns import reference
from concerns.authority import may_see
from concerns.commands import Command, Opening
from concerns.decide import not_now
from concerns.events import Event
from concerns.model import Concern, Ref, Why
from concerns.people import Directory, PersonId
from concerns.rules import Refused, Rules
from handlers import raise_concern
from handlers.answers import Answers, Given, complete, faults
from handlers.asking import every_field, form, left_over, mark, packed, understood, unpacked, with_defaults
from handlers.line import LONGEST, Unknown, clean, is_command, parse
from handlers.menu import by_name, menu
from handlers.scene import Asker, Page, Policy, Reply, Scene, Verb
from handlers.steps import fits
from storage.drafts import Drafts
from storage.errors import NotSaved, RefTaken
from storage.ledger import Changed, Ledger, Repeated
from views.cards import place_on_ladder
from views.parts import Form
from views.replies import choose, done, unchanged
from views.teaching import emergency, guide, not_enrolled

NOT_YOURS = (
    "No concern with that reference is open to you. Check it; it looks like C-7F3K-9QMX."
    " If you should see it, ask your coordinator."
)
DANGER_FORM = "danger"
"""The form that asks about danger without keeping anything: for strangers, and when nothing can be saved."""

_TRIES = 5


class Ids(Protocol):
    """Where fresh names come from; the house hands in chance."""

    def ref(self) -> Ref:
        """A reference nobody is likely to have."""
        ...

    def token(self) -> str:
        """An id nobody can guess."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """`rules` gives the rules of a pathway version, `today` those shown where no concern is spoken of."""

    ledger: Ledger
    drafts: Drafts
    rules: Callable[[str], Rules]
    today: Callable[[], Rules]
    clock: Callable[[], datetime]
    ids: Ids
    prefix: str = ""

    # ------------------------------------------------------------------ the three ways in

    def say(self, asker: Asker, text: str, request: str = "") -> Reply:
        """A typed line. What cannot be used comes back as a sentence, and stays with the person to send again."""
        typed = clean(text)
        if len(typed.encode()) > LONGEST:
            return Reply(
                error="That is too long for one line. Please start with the command; a form will come."
            )
        if not is_command(typed):
            return Reply(
                error="Baton only reads commands, so nothing was stored."
                " Type /concern to raise a concern, or /concern help."
            )
        line = parse(typed, [verb.name for verb in menu()], self.prefix)
        if isinstance(line, Unknown):
            return Reply(error=f"There is no command {line.said[:40]}. Nearest: {', '.join(line.nearest)}.")
        verb = _known(line.verb)
        return self._kept(lambda: self._begin(asker, verb, line.ref, line.words, None, request))

    def press(self, asker: Asker, token: str, request: str = "") -> Reply:
        """A button: `command:ref:call`, a command somebody already typed. It gives no authority of its own."""
        name, _, rest = clean(token).partition(":")
        ref, _, turn = rest.partition(":")
        verb = by_name(name)
        if verb is None or not turn.isdecimal() or len(turn) > 9:
            return Reply(
                error="This button no longer does anything. Type /concern mine to see what waits on you."
            )
        return self._kept(lambda: self._begin(asker, verb, ref, "", int(turn), request))

    def submit(self, asker: Asker, form_id: str, given: Given, request: str = "") -> Reply:
        """A page filled in. Danger is looked at before anything is stored; every answer is kept until saved."""
        answers = Answers.of(given, self.today().calendar)
        aside = (emergency(self.today().pathway),) if _alarming(answers) else ()
        if form_id == DANGER_FORM:
            reply = self._kept(lambda: self._after_danger(asker, answers))
        else:
            reply = self._kept(lambda: self._submit(asker, form_id, answers, request))
        return replace(reply, aside=(*aside, *reply.aside))

    def find(self, person: PersonId, typed: str) -> Concern | None:
        """The concern with this reference, if this person may see it: the one place that hands one out."""
        ref = reference.parse(typed)
        concern = self.ledger.load(ref) if ref else None
        return concern if concern and may_see(person, concern, self.directory) else None

    # ------------------------------------------------------------------ what the pages of a command may read

    @property
    def directory(self) -> Directory:
        """Today's directory."""
        return self.today().directory

    def history(self, ref: Ref) -> tuple[Event, ...]:
        """Everything that happened to a concern, words opened."""
        return self.ledger.history(ref)

    def listing(self, *, open_only: bool = False) -> tuple[Concern, ...]:
        """Every concern, in the order they were opened."""
        return self.ledger.listing(open_only=open_only)

    # ------------------------------------------------------------------ from a command to its effect

    def _kept(self, work: Callable[[], Reply]) -> Reply:
        try:
            return work()
        except NotSaved as trouble:
            return Reply(
                error=f"Not saved: {trouble.reason.rstrip('.')}. What you typed is still here;"
                " please send it again in a moment."
            )

    def _begin(self, asker: Asker, verb: Verb, ref: str, words: str, turn: int | None, request: str) -> Reply:
        person = asker.person
        if person is None or self.directory.person(person) is None:
            return self._stranger(verb)
        concern = self.find(person, ref) if verb.on_concern and ref else None
        if verb.on_concern and concern is None:
            return Reply(error=NOT_YOURS) if ref else self._which(person, verb, words)
        scene = self._scene(person, concern)
        refused = _out_of_place(verb, scene)
        if concern and verb.turns and turn is not None and turn != concern.turn:
            return Reply(message=unchanged(concern, scene.rules))
        if refused:
            return Reply(error=refused.sentence)
        pages = verb.pages(scene, Answers({}, scene.rules.calendar))
        fields, calendar = every_field(pages), scene.rules.calendar
        answers = understood(words, fields, calendar, with_words=not asker.overheard)
        overheard = asker.overheard and left_over(words, fields, calendar)
        return self._ask_or_act(scene, verb, answers, overheard, request)

    def _ask_or_act(self, scene: Scene, verb: Verb, answers: Answers, overheard: bool, request: str) -> Reply:
        pages = verb.pages(scene, answers)
        ready = with_defaults(every_field(pages), answers)
        missing = next((n for n, page in enumerate(pages) if not complete(page.fields, ready)), None)
        if missing is None and not overheard:
            return self._act(scene, verb, ready, None, request)
        lines = (
            ("What is typed in a group is not stored. Please go on here, in private.",) if overheard else ()
        )
        number, draft = missing or 0, self.ids.token()
        try:
            self._keep(draft, scene, verb, answers, number)
        except NotSaved:
            if verb.name != "raise":
                raise
            return Reply(form=_danger_form())
        return Reply(form=form(draft, verb, pages, number, answers, lines))

    def _submit(self, asker: Asker, form_id: str, given: Answers, request: str) -> Reply:
        draft = self.drafts.read(form_id, asker.person) if asker.person else None
        if draft is None or asker.person is None:
            return Reply(error="This form is no longer open. Please start again with the command.")
        concern = self.find(asker.person, draft.ref) if draft.ref else None
        if draft.ref and concern is None:
            return Reply(error=NOT_YOURS)
        scene, verb = self._scene(asker.person, concern), _known(draft.verb)
        answers = unpacked(draft.answers, scene.rules.calendar).merged(given)
        number = mark(draft.answers, "page")
        pages = verb.pages(scene, answers)
        number = min(number, len(pages) - 1)
        turn = mark(draft.answers, "turn")
        self.drafts.write(form_id, asker.person, packed(answers, page=number, turn=turn))
        if concern and verb.turns and concern.turn != turn:
            place = place_on_ladder(concern, scene.rules)
            return Reply(
                error=f"This has moved on meanwhile: {place}. Nothing was sent; your words are still here."
            )
        wrong = faults(pages[number].fields, answers)
        if wrong:
            return Reply(error=next(iter(wrong.values())), errors=tuple(wrong.items()))
        if number + 1 < len(pages):
            self.drafts.write(form_id, asker.person, packed(answers, page=number + 1, turn=turn))
            return Reply(form=form(form_id, verb, pages, number + 1, answers))
        return self._act(scene, verb, answers, form_id, request)

    def _act(self, scene: Scene, verb: Verb, answers: Answers, draft: str | None, request: str) -> Reply:
        fields = every_field(verb.pages(scene, answers))
        for _ in range(_TRIES):
            asked = verb.act(scene, answers, fields)
            if isinstance(asked, Refused):
                return Reply(error=asked.sentence)
            if not isinstance(asked, Command):
                return Reply(message=asked)
            try:
                return self._change(scene, asked, draft, request)
            except RefTaken:
                scene = replace(scene, fresh_ref=self.ids.ref())
        raise NotSaved("no free reference could be drawn")

    def _change(self, scene: Scene, command: Command, draft: str | None, request: str) -> Reply:
        ref = None if isinstance(command, Opening) else scene.about.ref
        also = (lambda db: self.drafts.close(draft, db)) if draft else None
        outcome = self.ledger.change(ref, command, scene.now, request, also)
        match outcome:
            case Refused(sentence):
                return Reply(error=sentence)
            case Repeated(known):
                concern = self.ledger.load(known)
                return Reply(message=unchanged(concern, scene.rules)) if concern else Reply(error=NOT_YOURS)
            case Changed(concern, events, _):
                rules = self.rules(concern.pathway)
                return Reply(message=done(events, concern, rules) if events else unchanged(concern, rules))

    # ------------------------------------------------------------------ small matters

    def _scene(self, person: PersonId, concern: Concern | None) -> Scene:
        rules = self.rules(concern.pathway) if concern else self.today()
        return Scene(person, self.clock(), rules, self, concern, self.ids.ref())

    def _keep(self, draft: str, scene: Scene, verb: Verb, answers: Answers, number: int) -> None:
        concern = scene.concern
        kept = packed(answers, page=number, turn=concern.turn if concern else 0)
        self.drafts.open(draft, scene.person, verb.name, concern.ref if concern else None, kept, scene.now)

    def _stranger(self, verb: Verb) -> Reply:
        if verb.name == "raise":
            return Reply(form=_danger_form())
        if verb.name == "guide":
            return Reply(message=guide(self.today().pathway))
        return Reply(message=not_enrolled(self.directory))

    def _after_danger(self, asker: Asker, answers: Answers) -> Reply:
        wrong = faults((raise_concern.DANGER,), answers)
        if wrong:
            return Reply(error=wrong["danger"], errors=tuple(wrong.items()))
        if asker.person is None or self.directory.person(asker.person) is None:
            return Reply(message=not_enrolled(self.directory))
        scene, verb = self._scene(asker.person, None), _known("raise")
        draft = self.ids.token()
        self._keep(draft, scene, verb, answers, 1)
        return Reply(form=form(draft, verb, verb.pages(scene, answers), 1, answers))

    def _which(self, person: PersonId, verb: Verb, words: str) -> Reply:
        directory = self.directory
        found = [
            (concern, place_on_ladder(concern, self.rules(concern.pathway)))
            for concern in self.listing(open_only=verb.command is not None and verb.name != "reopen")
            if may_see(person, concern, directory)
            and (verb.command is None or fits(verb, concern, person, directory))
        ]
        if not found:
            return Reply(
                error=f"There is no concern of yours to {verb.name} just now. /concern mine lists yours."
            )
        if words:
            refs = ", ".join(concern.ref for concern, _ in found[:5])
            return Reply(error=f"Which concern? Put its reference before the words: {refs}.")
        return Reply(message=choose(f"{verb.label}: which concern?", verb.name, found[:10]))


def _known(name: str) -> Verb:
    verb = by_name(name)
    if verb is None:
        raise ValueError(f"no command {name}")
    return verb


def _out_of_place(verb: Verb, scene: Scene) -> Refused | None:
    """Refused before a form is filled in for nothing: the wrong stage, or words that are not theirs."""
    if scene.concern is None:
        return None
    if verb.policy is Policy.READS_IT and not scene.is_reader:
        return Refused(
            "The words of this concern are for the people called. You see its clocks and seats with show."
        )
    return not_now(scene.concern.stage, verb.command) if verb.command else None


def _alarming(answers: Answers) -> bool:
    return answers.yes("danger") or answers.text("why") == Why.IMMEDIATE_RISK


def _danger_form() -> Form:
    page: Page = raise_concern.danger_page()
    return Form(DANGER_FORM, "Raise a concern", page.fields, page.lines)
