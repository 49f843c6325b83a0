"""/concern extend: the called side asks for more time, once a call; the clock runs on meanwhile."""

from concerns import commands as c
from concerns.authority import for_challenged
from concerns.model import ClockKind, Concern
from concerns.people import PersonId
from concerns.rules import Rules
from handlers.answers import Answers
from handlers.fields import long, moment_to_come
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.instants import when
from views.parts import Field


def may_ask(concern: Concern, rules: Rules, person: PersonId) -> bool:
    """Whether their answer is still in time, and nobody asked for more of it yet."""
    call = concern.call
    in_time = concern.clock(ClockKind.ANSWER) is not None and call is not None and call.extension is None
    return in_time and for_challenged(person, concern, rules.directory)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Until when, and why; nothing where no more time can be asked for."""
    answer = scene.about.clock(ClockKind.ANSWER)
    if answer is None or not may_ask(scene.about, scene.rules, scene.person):
        return ()
    fields = (
        moment_to_come("until", "Until when do you need?"),
        long("reason", "Why do you need it? The raising side reads this.", required=True),
    )
    due = when(answer.due, scene.rules.calendar)
    return (Page(fields, (f"The answer is due {due}. It stays so until the raising side agrees.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.AskExtension:
    """The request, with its reason."""
    until = answers.instant("until") or scene.now
    return c.AskExtension(by=scene.person, until=until, words=answers.words(fields))


VERB = Verb(
    name="extend",
    label="Ask for more time",
    usage="REF 2026-12-01T12:00 words…",
    about="Ask the raising side for more time, once a call",
    title="Ask for more time",
    policy=Policy.SEES_IT,
    side=Side.CHALLENGED,
    command=c.AskExtension,
    turns=True,
    leads=may_ask,
    pages=pages,
    act=act,
)
