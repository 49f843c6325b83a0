"""/concern pathway: the ladder with its windows, who holds each seat today, and what would happen when."""

from dataclasses import replace
from datetime import datetime

from concerns.people import PersonId
from concerns.rehearsal import BadRehearsal, rehearsal_rules, rehearse
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.scene import Policy, Reply, Scene, Verb
from views.parts import Field, Message
from views.rehearsal import rehearsal
from views.staircase import drawn
from views.teaching import ladder


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Reply:
    """The whole ladder, for everybody in the partnership; where each strand has its own, one by one."""
    *first, last = (shown(rules, scene.now, scene.person) for rules in scene.in_force)
    return Reply(message=last, aside=tuple(first))


def shown(rules: Rules, now: datetime, reader: PersonId) -> Message:
    """One pathway in words, and drawn against the calendar as if its first tier were called this minute.

    A ladder too long to be walked is told without its picture.
    """
    told, everybody = ladder(rules, reader), rehearsal_rules(rules.pathway, rules.calendar)
    try:
        steps = tuple(rehearse(everybody, now.replace(second=0, microsecond=0)))
    except BadRehearsal:
        return told
    return replace(told, drawing=drawn(rehearsal(everybody, steps)))


VERB = Verb(
    name="pathway",
    label="See the pathway",
    usage="",
    about="The ladder, its windows, and who holds each seat today",
    title="The pathway",
    policy=Policy.ENROLLED,
    on_concern=False,
    act=act,
)
