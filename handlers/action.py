"""/concern action: name somebody to do something by a day; or drop what is not to be done any more."""

from collections.abc import Iterable
from dataclasses import replace

from concerns import commands as c
from concerns.model import Stage
from concerns.people import Person, PersonId
from handlers.answers import Answers
from handlers.fields import long, open_action, person
from handlers.scene import Page, Policy, Scene, Verb
from views.parts import Choice, Field, FieldKind

SET = Choice("set", "Set an action")
DROP = Choice("drop", "Drop one: no longer needed, or somebody else does it")
_NAMED = "Whoever is named may read this action, and of the rest only what is theirs to read."


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Set one, or drop one; where none is open there is only one way, filled in already."""
    ways = (SET, DROP) if scene.about.open_actions else (SET,)
    only = SET.value if len(ways) == 1 else ""
    does = Field("does", "What do you want to do?", FieldKind.CHOICE, ways, required=True, value=only)
    fields = _dropping(scene, answers) if answers.text("does") == DROP.value else _setting(scene)
    return (Page((does, *fields)),) if only else (Page((does,)), Page(fields))


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.SetAction | c.DropAction:
    """The action named, or the one that is dropped."""
    words = answers.words(fields)
    if answers.text("does") == DROP.value:
        return c.DropAction(by=scene.person, number=int(answers.text("number")), words=words)
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


def _dropping(scene: Scene, answers: Answers) -> tuple[Field, ...]:
    """Words typed before it was known that they are about one that is dropped stand as its reason."""
    typed, owed = answers.text("reason"), scene.about.open_actions
    number = open_action("Which one is dropped?", owed, scene.rules, typed)
    reason = long("reason", "Why is it not to be done any more, or who does it now?", required=True)
    return number, replace(reason, value=answers.text("what"))


def _owners(scene: Scene) -> Iterable[Person]:
    """The people of the agencies that are party to it; the raiser and whoever was called so far first."""
    concern, directory = scene.about, scene.directory
    party = {concern.raising, concern.challenged, *(board.id for board in directory.boards())}
    people = [one for one in directory.people if one.agency in party]
    called = (id for seat in concern.called for id in directory.holders(seat))
    first = (directory.person(id) for id in (concern.raiser, *called))
    return (*(one for one in first if one is not None), *people)


VERB = Verb(
    name="action",
    label="Set or drop an action",
    usage="REF set 2026-12-01 words… | drop 2 words…",
    about="Name who does what by when, or drop what is not to be done any more",
    title="Actions",
    policy=Policy.HAS_PART,
    command=c.SetAction,
    pressed=frozenset({Stage.ANSWERED, Stage.AGREED}),
    pages=pages,
    act=act,
)
