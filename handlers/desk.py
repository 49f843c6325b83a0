"""The desk: everything a person says, presses or fills in comes here, whatever the platform.

It finds out who asks and about what. It decides nothing about a concern, and shows one only to those who may
see it: "does not exist" and "not yours" are one sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from concerns import reference
from concerns.authority import may_see
from concerns.decide import ALLOWED, not_now
from concerns.events import Event
from concerns.model import Concern, Ref, Stage, Why
from concerns.pathway import Emergency
from concerns.people import Cover, Directory, PersonId
from concerns.rules import Rules
from concerns.window import quoted
from handlers import raise_concern
from handlers.answers import Answers, Given, Texts, faults, is_yes, texts
from handlers.asking import OVERHEARD
from handlers.effects import Effects, Ids
from handlers.forms import Filling, Forms
from handlers.interview import WHICH, Interview
from handlers.line import LONGEST, Unknown, clean, is_command, parse
from handlers.menu import by_name, menu
from handlers.refusals import (
    GONE,
    NO_BUTTON,
    NO_COMMAND,
    NOT_LISTED,
    NOT_YOURS,
    TOO_LONG,
    not_saved,
    not_theirs,
    out_of_place,
)
from handlers.scene import Asker, Policy, Reply, Scene, Verb
from handlers.steps import fits, seen_by
from storage.covers import Covers
from storage.drafts import Drafts
from storage.errors import NotSaved
from storage.ledger import Ledger
from views.parts import Form
from views.teaching import in_danger, not_enrolled

DANGER_FORM = "danger"
"""The form that asks about danger without keeping anything: for strangers, and when nothing can be saved."""

ANYWHERE = Emergency("If someone is in immediate danger ring 999.", duty_team="", phone="", hours="")


@dataclass(frozen=True, slots=True)
class Desk:
    """`rules` gives the rules of a pathway version, `in_force` those new concerns open under, one
    for each pathway; the first is taken where no concern is spoken of.

    `emergency` is what is shown in immediate danger when even the directory cannot be read.
    """

    ledger: Ledger
    drafts: Drafts
    covers: Covers
    rules: Callable[[str], Rules]
    in_force: Callable[[], tuple[Rules, ...]]
    clock: Callable[[], datetime]
    ids: Ids
    prefix: str = ""
    emergency: tuple[Emergency, ...] = (ANYWHERE,)

    # ------------------------------------------------------------------ the three ways in

    def say(self, asker: Asker, text: str, request: str = "") -> Reply:
        """A typed line. What cannot be used comes back as a sentence, and stays with the person."""
        typed = clean(text)
        if len(typed.encode()) > LONGEST:
            return Reply(error=TOO_LONG)
        if not is_command(typed):
            return Reply(error=NO_COMMAND.format(slash=self._slash))
        line = parse(typed, [verb.name for verb in menu()], self.prefix)
        if isinstance(line, Unknown):
            nearest = ", ".join(line.nearest)
            return Reply(error=f"There is no command {quoted(line.said)}. Nearest: {nearest}.")
        verb = _known(line.verb)
        reply = self._saved(verb, lambda: self._begin(asker, verb, line.ref, line.words, None, request))
        return self._alarmed(Why.IMMEDIATE_RISK in line.words.lower().split(maxsplit=1)[:1], reply)

    def press(self, asker: Asker, token: str, request: str = "") -> Reply:
        """A button: `command:ref:call`, a command somebody already typed; it gives no authority."""
        name, _, rest = clean(token).partition(":")
        ref, _, turn = rest.partition(":")
        verb = by_name(name)
        if verb is None or not turn.isdecimal() or len(turn) > 9:
            return Reply(error=NO_BUTTON.format(slash=self._slash))
        return self._saved(verb, lambda: self._begin(asker, verb, ref, "", int(turn), request))

    def submit(self, asker: Asker, form_id: str, given: Given, request: str = "") -> Reply:  # noqa: ARG002 -- below
        """A page filled in. Danger is looked at before anything else; every answer is kept until it is saved.

        A form takes effect at most once, so `request`, taken from every door alike, is not needed.
        """
        answers, form = texts(given), clean(form_id)
        if form == DANGER_FORM:
            reply = self._saved(None, lambda: self._after_danger(asker, answers))
        else:
            reply = self._saved(None, lambda: self._submit(asker, form, answers))
        return self._alarmed(_alarming(answers), reply)

    def find(self, person: PersonId, typed: str) -> Concern | None:
        """The concern with this reference, if this person may see it: the one place that hands one out."""
        ref = reference.parse(typed)
        concern = self.ledger.load(ref) if ref else None
        return concern if concern and may_see(person, concern, self.directory) else None

    # ------------------------------------------------------------------ what the pages of a command may read

    @property
    def directory(self) -> Directory:
        """Today's directory."""
        return self.in_force()[0].directory

    def history(self, ref: Ref) -> tuple[Event, ...]:
        """Everything that happened to a concern, words opened."""
        return self.ledger.history(ref)

    def listing(self, *, open_only: bool = False) -> tuple[Concern, ...]:
        """Every concern, in the order they were opened."""
        return self.ledger.listing(open_only=open_only)

    def away(self, now: datetime) -> tuple[Cover, ...]:
        """Who is away at this instant or will be, as far as it has been said."""
        return self.covers.ahead(now)

    def scene(self, person: PersonId, concern: Concern | None = None) -> Scene:
        """What a command of this person sees, about this concern or about none."""
        in_force = self.in_force()
        rules = self.rules(concern.pathway) if concern else in_force[0]
        return Scene(person, self.clock(), rules, self, concern, slash=self._slash, in_force=in_force)

    # ------------------------------------------------------------------ who asks, and about what

    def _begin(self, asker: Asker, verb: Verb, ref: str, words: str, turn: int | None, request: str) -> Reply:
        person = asker.person
        if person is None or self.directory.person(person) is None:
            return self._stranger(verb)
        scene = self.scene(person)
        if verb.on_concern:
            if not ref:
                return self._which(asker, scene, verb, words)
            concern = self.find(person, ref)
            if concern is None:
                return Reply(error=NOT_YOURS)
            scene = self.scene(person, concern)
            if verb.turns and turn is not None and turn != concern.turn:
                return self._interview.effects.stale(scene)
            refused = not_theirs(verb, scene) if turn is not None else out_of_place(verb, scene)
            if refused:
                return Reply(error=refused.sentence)
            if turn is not None and _nothing_left(verb, scene):
                return self._interview.effects.stale(scene)
        return self._interview.line(scene, verb, words, request, overheard=asker.overheard)

    def _which(self, asker: Asker, scene: Scene, verb: Verb, words: str) -> Reply:
        """No reference was given: a form asks which concern is meant, where more than one fits."""
        open_only = verb.command is not None and verb.command not in ALLOWED[Stage.CLOSED]
        seen = seen_by(scene.person, self, open_only=open_only)
        found = [(concern, rules) for concern, rules in seen if fits(verb, concern, scene.person, rules)]
        if not found:
            return Reply(
                error=f"{verb.label}: there is no concern of yours to do that with just now."
                f" {self._slash}concern mine lists yours."
            )
        above = (OVERHEARD,) if asker.overheard and words else ()
        words = "" if above else words
        if len(found) > 1:
            return self._interview.which(scene, verb, words, found, *above)
        return self._interview.only(self.scene(scene.person, found[0][0]), verb, words, *above)

    def _submit(self, asker: Asker, form_id: str, given: Texts) -> Reply:
        person = asker.person
        filling = self._forms.read(form_id, person) if person else None
        if person is None or filling is None:
            return Reply(error=GONE)
        if self.directory.person(person) is None:
            return Reply(error=NOT_LISTED)
        if not filling.verb.on_concern:
            return self._interview.go_on(self.scene(person), filling, given)
        if filling.ref is None:
            return self._picked(filling, next(iter(given.get(WHICH, ())), ""))
        concern = self.find(person, filling.ref)
        if concern is None:
            return Reply(error=NOT_YOURS)
        return self._interview.go_on(self.scene(person, concern), filling, given)

    def _picked(self, filling: Filling, typed: str) -> Reply:
        """It is known now which concern is meant."""
        concern = self.find(filling.person, typed)
        if concern is None:
            return Reply(error=NOT_YOURS, errors=((WHICH, NOT_YOURS),))
        scene = self.scene(filling.person, concern)
        refused = out_of_place(filling.verb, scene)
        if refused:
            return Reply(error=refused.sentence, errors=((WHICH, refused.sentence),))
        return self._interview.resume(scene, filling)

    # ------------------------------------------------------------------ strangers, and danger

    def _stranger(self, verb: Verb) -> Reply:
        """Immediate danger comes before enrolment; what is for anyone is for strangers; the rest is not."""
        if verb.name == "raise":
            return Reply(form=_danger_form())
        if verb.policy is Policy.ANYONE:
            return self._interview.line(self.scene(PersonId("")), verb, "", "")
        return Reply(message=not_enrolled(self.directory, self._slash))

    def _after_danger(self, asker: Asker, given: Texts) -> Reply:
        rules, person = self.in_force()[0], asker.person
        answers = Answers(given, rules.calendar).only((raise_concern.DANGER,))
        wrong = faults((raise_concern.DANGER,), answers)
        if wrong:
            return Reply(error=next(iter(wrong.values())), errors=tuple(wrong.items()))
        if person is None or rules.directory.person(person) is None:
            return Reply(message=not_enrolled(rules.directory, self._slash))
        return self._interview.ask(self.scene(person), _known("raise"), answers)

    def _alarmed(self, alarming: bool, reply: Reply) -> Reply:
        """With somebody in danger the emergency text comes first, whatever became of the rest."""
        if not alarming:
            return reply
        try:
            emergencies = dict.fromkeys(rules.pathway.emergency for rules in self.in_force())
        except NotSaved:
            emergencies = dict.fromkeys(self.emergency)
        return replace(reply, aside=(in_danger(*emergencies), *reply.aside))

    def _saved(self, verb: Verb | None, work: Callable[[], Reply]) -> Reply:
        """A concern that cannot be put on record now is still asked about danger."""
        try:
            return work()
        except NotSaved as trouble:
            form = _danger_form() if verb and verb.name == "raise" else None
            return Reply(form=form, error=not_saved(trouble))

    # ------------------------------------------------------------------ how it is put together

    @property
    def _slash(self) -> str:
        return f"/{self.prefix}"

    @property
    def _forms(self) -> Forms:
        return Forms(self.drafts)

    @property
    def _interview(self) -> Interview:
        effects = Effects(self.ledger, self.drafts, self.covers, self.rules, self.find, self.ids)
        return Interview(self._forms, effects)


def _known(name: str) -> Verb:
    verb = by_name(name)
    if verb is None:
        raise ValueError(f"no command {name}")
    return verb


def _nothing_left(verb: Verb, scene: Scene) -> bool:
    """Whether what a button was for is not there any more: too late, or it leads nowhere and asks nothing."""
    if verb.command and not_now(scene.about.stage, verb.command):
        return True
    leads = verb.leads(scene.about, scene.rules, scene.person)
    return not leads and not verb.pages(scene, Answers({}, scene.rules.calendar))


def _alarming(given: Texts) -> bool:
    """Whether the answers say that somebody is in danger now."""
    return is_yes(given.get(raise_concern.DANGER.key, ())) or Why.IMMEDIATE_RISK in given.get("why", ())


def _danger_form() -> Form:
    page = raise_concern.danger_page()
    return Form(DANGER_FORM, "Raise a concern", page.fields, page.lines)
