"""One desk over a real ledger, its clock in hand: what people say to it, press, and fill in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

from concerns.directory import Directory
from concerns.model import Concern, Ref
from concerns.notice import Notice
from concerns.pathway import Pathway
from concerns.people import PersonId
from concerns.rules import Rules
from handlers.answers import Given
from handlers.desk import Desk
from handlers.reading import Reading
from handlers.scene import Asker, Reply
from storage.covers import Covers
from storage.directory import Pathways
from storage.drafts import Drafts
from storage.enrolments import Enrolments
from storage.errors import NotSaved
from storage.vault import Vault, make_key_file
from tests.handlers.fakes import Interrupted, Moody, Names
from tests.ladders import MONDAY, RULES, london
from tests.partnership import AMIRA, TOM
from tests.storage.chance import Chance
from tests.stores import hurried
from views.parts import Button, Form, Message

RAISE: dict[str, object] = {
    "strand": "adult",
    "agency": "council",
    "ground": ["threshold"],
    "decision": "No enquiry was opened.",
    "wanted": "An enquiry, this week.",
}
ANSWER: dict[str, object] = {
    "outcome": "agreed_plan_with_actions",
    "response": "A review meeting on Thursday.",
}


class Office:
    """A desk, and the ledger, the database and the clock behind it."""

    def __init__(self, url: str, folder: Path, rules: Rules = RULES) -> None:
        self.now = MONDAY
        self.key_file = folder / "words.key"
        if not self.key_file.exists():
            make_key_file(self.key_file, Chance("root"))
        self.store = Moody(hurried(url))
        Pathways(self.store).keep(rules.digest, rules.pathway.name, rules.pathway.version, "{}", MONDAY)
        self._rules = rules
        self._names = Names()
        self._open(Vault(self.key_file, Chance("vault")))

    def _open(self, vault: Vault) -> None:
        self.ledger = Interrupted(
            self.store, vault, lambda digest: self.rules, lambda strand: self.rules.digest
        )
        self.drafts, self.covers = Drafts(self.store, vault), Covers(self.store)
        self.enrolments = Enrolments(self.store)
        kept = self.ledger, self.drafts, self.covers, self.enrolments
        record = Reading(*kept, lambda digest: self.rules, lambda: (self.rules,), lambda: self.now)
        self.desk = Desk(record, self._names)

    @property
    def rules(self) -> Rules:
        """Today's rules; covers and enrolments are read from the database, as in a real house."""
        running, accounts = self.covers.running(self.now), self.enrolments.book().accounts(self.now)
        if running == self._rules.directory.covers and not accounts:
            return self._rules
        return replace(self._rules, directory=self._rules.directory.enrolled(accounts).covered(running))

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All that was to be announced so far, of what people did."""
        return self.ledger.notices

    @property
    def fails(self) -> NotSaved | None:
        """What the database fails with, if it does."""
        return self.store.fails

    @fails.setter
    def fails(self, trouble: NotSaved | None) -> None:
        self.store.fails = trouble

    def with_pathway(self, pathway: Pathway) -> None:
        """Another ladder holds from here on."""
        self._rules = replace(self._rules, pathway=pathway)

    def with_prefix(self, prefix: str) -> None:
        """The commands carry a prefix here."""
        self.desk = self.desk.prefixed(prefix)

    def with_record(self, **instead: Any) -> None:
        """Something else than usual answers when the record is read."""
        self.desk = replace(self.desk, record=replace(self.desk.record, **instead))

    def names_begin_again(self) -> None:
        """Chance draws what it drew before."""
        self._names.again()

    def lock_the_vault(self) -> None:
        """The key file has gone."""
        self._open(Vault(self.key_file.with_name("missing.key"), Chance("vault")))

    # ------------------------------------------------------------------ what people do

    def say(self, person: PersonId | None, text: str, *, overheard: bool = False, request: str = "") -> Reply:
        """A typed line."""
        return self.desk.say(Asker(person, overheard), text, request)

    def press(self, person: PersonId | None, button: Button | str) -> Reply:
        """A button, or its token."""
        token = button if isinstance(button, str) else button.token
        return self.desk.press(Asker(person), token)

    def submit(self, person: PersonId | None, form: Form | str, given: Given) -> Reply:
        """A page filled in."""
        return self.desk.submit(Asker(person), form if isinstance(form, str) else form.id, given)

    def fill(self, person: PersonId, line: str, *pages: Given) -> Message:
        """Say a line and fill in the form it brings, page by page, until it takes effect."""
        reply = self.say(person, line)
        for page in pages:
            reply = self.submit(person, form_of(reply), page)
        return message_of(reply)

    # ------------------------------------------------------------------ stories

    def raised(self, by: PersonId = AMIRA, danger: str = "no") -> Ref:
        """A concern is raised with the council."""
        self.fill(by, "/concern", {"danger": danger}, RAISE)
        return self.newest().ref

    def referred(self) -> Ref:
        """Amira has put a referral on record."""
        self.fill(AMIRA, "/concern refer", {"strand": "adult", "agency": "council", "how": "phone"})
        return self.newest().ref

    def answered(self) -> Ref:
        """Tom has answered."""
        ref = self.raised()
        self.fill(TOM, f"/concern answer {ref}", ANSWER)
        return ref

    def agreed(self) -> Ref:
        """Amira has accepted the answer."""
        ref = self.answered()
        self.fill(AMIRA, f"/concern accept {ref} plain")
        return ref

    def closed(self) -> Ref:
        """The person is safer, and both records have a copy."""
        ref = self.agreed()
        self.fill(AMIRA, f"/concern check {ref} yes", {"records_copied": ["riverside", "council"]})
        return ref

    # ------------------------------------------------------------------ looking, and letting time pass

    def newest(self) -> Concern:
        """The concern opened last."""
        return self.ledger.listing()[-1]

    def concern(self, ref: Ref) -> Concern:
        """How it stands."""
        found = self.ledger.load(ref)
        assert found is not None
        return found

    def untouched(self) -> tuple[Concern, ...]:
        """Everything on record, to compare with later."""
        return self.ledger.listing()

    def until(self, written: str | datetime) -> None:
        """Time passes; every due instant up to then is visited punctually."""
        end = london(written) if isinstance(written, str) else written
        while (due := self.ledger.next_due()) is not None and due <= end:
            self.now = max(self.now, due)
            self.ledger.lapse(self.now, 100)
        self.now = end

    def with_directory(self, directory: Directory) -> None:
        """A new directory is applied."""
        self._rules = replace(self._rules, directory=directory)


def form_of(reply: Reply) -> Form:
    """The form a reply brought."""
    assert reply.form is not None, reply.error or (reply.message and reply.message.title)
    return reply.form


def message_of(reply: Reply) -> Message:
    """The message a reply brought."""
    assert reply.message is not None, reply.error or (reply.form and reply.form.title)
    return reply.message


def error_of(reply: Reply) -> str:
    """The sentence a reply refused with."""
    assert reply.error is not None, reply
    assert reply.message is None
    return reply.error


def values(form: Form) -> dict[str, str | tuple[str, ...]]:
    """What a form shows filled in."""
    return {field.key: field.value for field in form.fields if field.value}


def keys(form: Form) -> list[str]:
    """The questions of a form."""
    return [field.key for field in form.fields]


def everything(reply: Reply) -> str:
    """Every word a reply would show."""
    shown: list[str] = [reply.error or "", *(sentence for _, sentence in reply.errors)]
    for message in (*reply.aside, *((reply.message,) if reply.message else ())):
        shown += [message.title, *message.lines, *(button.label for button in message.buttons)]
    if reply.form:
        form = reply.form
        shown += [form.title, *form.lines]
        shown += [part for f in form.fields for part in (f.ask, f.hint, *_shown(f.value))]
        shown += [choice.label for f in form.fields for choice in f.choices]
    return "\n".join(shown)


def _shown(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def slowed(office: Office) -> Event:
    """From now on the desk stands still until this is set."""
    go_on = Event()

    def slowly() -> datetime:
        go_on.wait(30)
        return office.now

    office.with_record(clock=slowly)
    return go_on
