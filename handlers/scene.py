"""What a command sees: who asks, about which concern, when, under which rules. And what it answers with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from concerns import commands as c
from concerns.authority import for_challenged, may_read
from concerns.directory import Directory
from concerns.enrolment import Book, Entries
from concerns.events import Event
from concerns.model import Concern, Ref, Stage
from concerns.pathway import Emergency
from concerns.people import Cover, Identity, PersonId
from concerns.rules import Refused, Rules
from concerns.summons import Told
from handlers.answers import Answers
from views.drafts import Begun
from views.parts import Field, Form, Message


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever speaks: a person of the directory, or a stranger.

    `overheard` is true where others see what is typed (a Telegram group): words are then not taken.
    `account` is the one they speak by, None where a door cannot vouch for it; `called` the name in its
    profile, which anybody can choose. `barred` says why a door takes nothing from it, where that is so, and
    what to do instead.
    """

    person: PersonId | None
    overheard: bool = False
    account: Identity | None = None
    called: str = ""
    barred: str = ""


def no_link(code: str) -> str:
    """Nowhere to open a code with a tap."""
    return ""


class Record(Protocol):
    """What may be read of the record: the ledger, and the rules of each pathway version."""

    def history(self, ref: Ref) -> tuple[Event, ...]:
        """Everything that happened to a concern, words opened."""
        ...

    def listing(self, *, open_only: bool = False) -> tuple[Concern, ...]:
        """Every concern, in the order they were opened."""
        ...

    def rules(self, digest: str, /) -> Rules:
        """The rules of a pathway version, with today's directory."""
        ...

    def away(self, now: datetime) -> tuple[Cover, ...]:
        """Who is away at this instant or will be."""
        ...

    def begun(self, person: PersonId, now: datetime) -> tuple[Begun, ...]:
        """The forms this person has begun and not sent, the latest first."""
        ...

    def book(self) -> Book:
        """The accounts that wait to be somebody's, or were bound in chat."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a command may look at. `person` is empty for a stranger.

    `in_force` are the rules new concerns open under, one for each pathway.
    `fresh_ref` is the reference an opening gets, `fresh_code` a one-time code, `link` how one is opened with
    a tap, `slash` how a command begins here ("/" and any prefix). `account` and `called` are the asker's.
    """

    person: PersonId
    now: datetime
    rules: Rules
    record: Record
    concern: Concern | None = None
    fresh_ref: Ref | None = None
    slash: str = "/"
    in_force: tuple[Rules, ...] = ()
    fresh_code: str = ""
    link: Callable[[str], str] = no_link
    account: Identity | None = None
    called: str = ""

    def emergencies(self, strand: str = "") -> tuple[Emergency, ...]:
        """What to do in immediate danger: as the strand's pathway says, or all while it is not known."""
        all_of_them = [rules.pathway for rules in self.in_force]
        fitting = [pathway for pathway in all_of_them if strand in pathway.strands] or all_of_them
        return tuple(dict.fromkeys(pathway.emergency for pathway in fitting))

    @property
    def directory(self) -> Directory:
        """Today's directory."""
        return self.rules.directory

    @property
    def about(self) -> Concern:
        """The concern spoken about. Raises ValueError for a command that has none."""
        if self.concern is None:
            raise ValueError("this command is about no concern")
        return self.concern

    @property
    def new_ref(self) -> Ref:
        """The reference for the concern being opened. Raises ValueError where none was drawn."""
        if self.fresh_ref is None:
            raise ValueError("no reference was drawn")
        return self.fresh_ref

    @property
    def reports(self) -> bool:
        """Whether the person can only say what the called side told them elsewhere."""
        return not for_challenged(self.person, self.about, self.directory)

    @property
    def reads(self) -> bool:
        """Whether the words are theirs to read."""
        return may_read(self.person, self.about, self.directory)


class Policy(StrEnum):
    """Who may use a command at all; what it may then change is decided in `concerns.decide`."""

    ANYONE = "anyone, strangers too"
    ENROLLED = "everybody in the directory"
    SEES_IT = "whoever may see the concern"
    HAS_PART = "whoever may read its words, or is called to answer it"
    LOOKS_AFTER = "whoever looks after the directory: its owners, and the coordinator"


class Side(StrEnum):
    """Whose move a command is: what is offered, and what is refused before a form is filled in."""

    RAISING = "raising"
    CHALLENGED = "challenged"
    BOTH = "the called side, or the raising side reporting what it was told"
    ANY = "everybody with a part in it"
    OWNER = "everybody with a part in it, and whoever was named to do something about it"
    KEEPER = "the raising side, and the coordinator"
    COORDINATOR = "the coordinator"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form: its fields, and lines to stand above them."""

    fields: tuple[Field, ...]
    lines: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Covering:
    """A cover to put in force, and what is said once it is; `tell` is owed to whoever something waits on now.

    It is no event of a concern.
    """

    cover: Cover
    said: Message
    tell: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Something to write into the book of accounts, judged as the book stands then, and what is said of it.

    It is no event of a concern.
    """

    judge: Callable[[Book], Entries | Refused]
    said: Callable[[Entries], Message]


Pages = Callable[[Scene, Answers], tuple[Page, ...]]
Done = c.Command | Covering | Enrolling | Message | Refused
"""What a command comes to, besides a `Reply` that asks once more."""
Act = Callable[[Scene, Answers, tuple[Field, ...]], "Done | Reply"]


def no_pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Nothing is asked."""
    return ()


def always(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Wherever its stage allows it."""
    return True


EVERYWHERE = frozenset(Stage)
NOWHERE = frozenset[Stage]()


@dataclass(frozen=True, slots=True, eq=False)
class Verb:
    """One command: how it is typed, what it is for, who may use it, what it asks, what it does.

    `label` stands on its button, `title` over its form; `reported` takes their place where the raising side
    says what the other side told it, `opening` at a referral, round the word for a tier, `objecting` where it
    is agreed already. `usage` is what is typed after the name. `turns` says whether a button or form for it
    goes stale once the concern has moved on; `leads`, whether it leads anywhere for this person just now,
    beyond what its stage allows; `pressed`, at which stages it is offered as a button among the next steps;
    `asks`, whether its form comes first where nothing was typed, even when nothing is missing: a button
    pressed late could mean another thing.
    `takes` is the question that the word after a command about no concern answers: a code, or a request.
    """

    name: str
    label: str
    usage: str
    about: str
    title: str
    policy: Policy
    act: Act
    pages: Pages = no_pages
    command: type[c.Command] | None = None
    side: Side = Side.ANY
    on_concern: bool = True
    turns: bool = False
    reported: str = ""
    opening: str = ""
    objecting: str = ""
    leads: Callable[[Concern, Rules, PersonId], bool] = always
    pressed: frozenset[Stage] = EVERYWHERE
    asks: bool = False
    takes: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back, privately: a message, a form, or the sentence why not; `aside` comes first.

    `on_record` says that the platform's id of the request stands in the ledger, with what it led to;
    `unsaved`, that the record could not take it just now, so the same request may be tried again.
    """

    message: Message | None = None
    form: Form | None = None
    error: str | None = None
    errors: tuple[tuple[str, str], ...] = ()
    aside: tuple[Message, ...] = ()
    on_record: bool = False
    unsaved: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """A completion of a typed line: the whole line to put in, what to show, one line about it."""

    insert: str
    label: str
    about: str
