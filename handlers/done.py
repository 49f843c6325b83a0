"""/concern done: its owner, or anybody with a part in the concern, says that an action has been done."""

from concerns import commands as c
from concerns.authority import may_read, owes_action
from concerns.model import Concern
from concerns.people import PersonId
from concerns.promise import Action
from concerns.rules import Refused, Rules
from handlers.answers import Answers
from handlers.fields import long, open_action
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field

_NONE_LEFT = Refused("Nothing is left to mark done here. You see where it stands with show.")


def may_finish(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Whether an action is still open that this person may call done."""
    reads = bool(concern.open_actions) and may_read(person, concern, rules.directory)
    return reads or owes_action(person, concern, rules.directory)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which one, filled in where there is only one; nothing where none is left."""
    owed = _to_finish(scene)
    if not owed:
        return ()
    number = open_action("Which one is done?", owed, scene.rules, answers.text("note"))
    return (Page((number, long("note", "Anything to add? It goes on record."))),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.FinishAction | Refused:
    """The action that is done."""
    if not fields:
        return _NONE_LEFT
    number = int(answers.text("number"))
    return c.FinishAction(by=scene.person, number=number, words=answers.words(fields))


def _to_finish(scene: Scene) -> tuple[Action, ...]:
    """The open actions this person may call done: all for those with a part in it, else their own."""
    owed = scene.about.open_actions
    if scene.reads:
        return owed
    return tuple(one for one in owed if scene.directory.stands_in(scene.person, one.owner))


VERB = Verb(
    name="done",
    label="Mark it done",
    usage="REF 2 words…",
    about="Say that an action has been done",
    title="Mark it done",
    policy=Policy.SEES_IT,
    side=Side.OWNER,
    command=c.FinishAction,
    leads=may_finish,
    asks=True,
    pages=pages,
    act=act,
)
