"""Questions several commands ask, worded once."""

from collections.abc import Iterable, Sequence

from concerns.directory import Directory
from concerns.model import Concern
from concerns.pathway import Strand
from concerns.people import AgencyKind, Person, PersonId
from concerns.promise import Action
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.scene import Scene
from handlers.steps import Listed
from views.labels import GROUNDS, METHODS, STRANDS, choices
from views.parts import Choice, Field, FieldKind
from views.standing import state

YES_OR_NO = (Choice("yes", "Yes"), Choice("no", "No"))
BOTH_READ = "Both sides can read what you write here."
MOST_CHOICES = 100
"""How many things one list has room for on the platforms we know."""
LONGEST_LABEL = 75
"""How many characters of one choice every platform shows."""


def long(key: str, ask: str, *, required: bool = False, hint: str = "") -> Field:
    """Private words, several lines."""
    return Field(key, ask, FieldKind.LONG, required=required, private=True, hint=hint)


def text(key: str, ask: str, *, required: bool = False, hint: str = "") -> Field:
    """Private words, one line."""
    return Field(key, ask, FieldKind.TEXT, required=required, private=True, hint=hint)


def yes_no(key: str, ask: str, *, required: bool = False, hint: str = "") -> Field:
    """A yes or a no."""
    return Field(key, ask, FieldKind.YES_NO, YES_OR_NO, required=required, hint=hint)


def strand(scene: Scene) -> Field:
    """Whom the concern is about; filled in where the pathways cover only one."""
    ask = "Is it about a child or an adult?"
    covered = {strand for rules in scene.in_force for strand in rules.pathway.strands}
    value = covered.pop() if len(covered) == 1 else ""
    return Field("strand", ask, FieldKind.CHOICE, choices(STRANDS), required=True, value=value)


def agency(scene: Scene) -> Field:
    """The agency whose decision or silence this is about."""
    own_too = any(rules.pathway.within_one_agency for rules in scene.in_force)
    return Field(
        "agency",
        "Which agency is this about?",
        FieldKind.CHOICE,
        agencies(scene.directory, scene.person, own_too=own_too),
        required=True,
    )


def agencies(directory: Directory, person: PersonId, *, own_too: bool) -> tuple[Choice, ...]:
    """All but the boards and, unless the ladder is one inside an agency, one's own; that stands last."""
    found = directory.person(person)
    own = found.agency if found else None
    others = [agency for agency in directory.agencies if agency.kind is not AgencyKind.BOARD]
    listed = [agency for agency in others if own_too or agency.id != own]
    listed.sort(key=lambda agency: agency.id == own)
    return tuple(Choice(agency.id, agency.name) for agency in listed)


def choice(value: str, label: str) -> Choice:
    """One thing of a list, its label cut to what every platform shows."""
    return Choice(value, label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…")


def one_of(found: Iterable[Listed], person: PersonId) -> tuple[Choice, ...]:
    """Concerns to choose from: the reference of each, with whom it is, and where it stands.

    Words that go to the wrong one are read by another agency.
    """
    listed = tuple(choice(c.ref, _with_whom(c, rules, person)) for c, rules in found)
    return listed[:MOST_CHOICES]


def _with_whom(concern: Concern, rules: Rules, person: PersonId) -> str:
    asks = rules.directory.person(person)
    theirs = asks is not None and asks.agency == concern.challenged
    other = rules.directory.name_of(concern.raising if theirs else concern.challenged)
    return f"{concern.ref}, {other}: {state(concern, rules)}"


def person(key: str, ask: str, people: Iterable[Person], directory: Directory, *, hint: str = "") -> Field:
    """Somebody of these, each once, in this order; as many as one list has room for."""
    listed = tuple(choice(p.id, f"{p.name}, {directory.name_of(p.agency)}") for p in dict.fromkeys(people))
    return Field(key, ask, FieldKind.PERSON, listed[:MOST_CHOICES], required=True, hint=hint)


def open_action(ask: str, owed: Sequence[Action], rules: Rules, typed: str) -> Field:
    """Which of these actions is meant; filled in where there is only one.

    Not where words were typed and none of them was its number: they may be about another.
    """
    listed = tuple(choice(str(one.number), _action(one, rules)) for one in owed[:MOST_CHOICES])
    only = listed[0].value if len(listed) == 1 and not typed else ""
    return Field("number", ask, FieldKind.CHOICE, listed, required=True, value=only)


def grounds() -> Field:
    """Why it is challenged, one or more."""
    return Field("ground", "On what ground? One or more.", FieldKind.CHOICES, choices(GROUNDS), required=True)


def method(key: str, ask: str) -> Field:
    """How people were in contact."""
    return Field(key, ask, FieldKind.CHOICE, choices(METHODS), required=True)


def moment(key: str, ask: str, scene: Scene, *, required: bool = True) -> Field:
    """When something happened; filled in with now, to the minute."""
    now = this_minute(scene) if required else ""
    return Field(key, ask, FieldKind.DATETIME, required=required, value=now)


def this_minute(scene: Scene) -> str:
    """Now on the clocks there, as a form writes it."""
    return scene.rules.calendar.local(scene.now).replace(tzinfo=None).isoformat(timespec="minutes")


def moment_to_come(key: str, ask: str) -> Field:
    """A moment still to come; nobody's guess is filled in."""
    return Field(key, ask, FieldKind.DATETIME, required=True)


def own_ref(key: str) -> Field:
    """Where the matter stands in the writer's own agency; a number, so that no name comes with it."""
    return text(key, "Your own record's reference (never a name)")


def reported(when: str, scene: Scene) -> tuple[Field, ...]:
    """When, who and how, where the other side spoke outside Baton."""
    return (
        moment("when", when, scene),
        text("who", "Who told you? Their role and agency.", required=True),
        text("how", "How did it reach you? By phone, e-mail, in a meeting …", required=True),
    )


def a_strand(answers: Answers) -> Strand:
    """The strand chosen."""
    return Strand(answers.text("strand"))


def _action(action: Action, rules: Rules) -> str:
    """`Action 2: Tom Ashby, due Tue 1 Dec`."""
    local = rules.calendar.local(action.due)
    owner = rules.directory.name_of(action.owner)
    return f"Action {action.number}: {owner}, due {local:%a} {local.day} {local:%b}"
