"""/concern action: name somebody to do something by a day; or say that it has been done."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from concerns import commands as c
from concerns.model import Stage
from concerns.people import Person, PersonId
from concerns.promise import Action
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import MOST_CHOICES, choice, long, person
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Choice, Field, FieldKind

SET = Choice("set", "Set an action")
DONE = Choice("done", "Say that one is done")
_NAMED = "Whoever is named may read this action, and of the rest only what is theirs to read."


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Set one, or finish one; where only one of the two can be done, that is filled in already."""
    ways = ((SET,) if scene.reads else ()) + ((DONE,) if _to_finish(scene) else ())
    if not ways:
        return ()
    only = ways[0].value if len(ways) == 1 else ""
    does = Field("does", "What do you want to do?", FieldKind.CHOICE, ways, required=True, value=only)
    finishes = (answers.text("does") or only) == DONE.value
    fields = _finishing(scene, answers) if finishes else _setting(scene)
    return (Page((does, *fields)),) if only else (Page((does,)), Page(fields))


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.SetAction | c.FinishAction:
    """The action named, or the one that is done."""
    words = answers.words(fields)
    if answers.text("does") == DONE.value:
        return c.FinishAction(by=scene.person, number=int(answers.text("number")), words=words)
    return c.SetAction(
        by=scene.person,
        owner=PersonId(answers.text("owner")),
        due=answers.day("due") or scene.rules.calendar.local(scene.now).date(),
        words=words,
    )


def _setting(scene: Scene) -> tuple[Field, ...]:
    return (
        long("what", "What is to be done?", required=True),
        person("owner", "Who does it?", _owners(scene), scene.directory, hint=_NAMED),
        Field("due", "By which day?", FieldKind.DATE, required=True),
    )


def _finishing(scene: Scene, answers: Answers) -> tuple[Field, ...]:
    """Words typed before it was known that they are about one that is done stand in the note."""
    listed = tuple(choice(str(one.number), _label(one, scene.rules)) for one in _to_finish(scene))
    note = replace(long("note", "Anything to add? It goes on record."), value=answers.text("what"))
    return Field("number", "Which one is done?", FieldKind.CHOICE, listed, required=True), note


def _to_finish(scene: Scene) -> tuple[Action, ...]:
    """The open actions this person may call done: all for those with a part in it, else their own."""
    owed = scene.about.open_actions
    if not scene.reads:
        owed = tuple(one for one in owed if scene.directory.stands_in(scene.person, one.owner))
    return owed[:MOST_CHOICES]


def _owners(scene: Scene) -> Iterable[Person]:
    """The people of the agencies that are party to it; the raiser and whoever was called so far first."""
    concern, directory = scene.about, scene.directory
    party = {concern.raising, concern.challenged, *(board.id for board in directory.boards())}
    people = [one for one in directory.people if one.agency in party]
    called = (id for seat in concern.called for id in directory.holders(seat))
    first = (directory.person(id) for id in (concern.raiser, *called))
    return (*(one for one in first if one is not None), *people)


def _label(action: Action, rules: Rules) -> str:
    owner = rules.directory.name_of(action.owner)
    return f"Action {action.number}: {owner}, due {_day(action.due, rules)}"


def _day(instant: datetime, rules: Rules) -> str:
    local = rules.calendar.local(instant)
    return f"{local:%a} {local.day} {local:%b}"


VERB = Verb(
    name="action",
    label="Set or finish an action",
    usage="REF set | done 2 words…",
    about="Name who does what by when, or say that it is done",
    title="Actions",
    policy=Policy.SEES_IT,
    side=Side.OWNER,
    command=c.SetAction,
    pressed=frozenset({Stage.ANSWERED, Stage.AGREED}),
    pages=pages,
    act=act,
)
