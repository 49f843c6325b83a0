"""/concern retime: the coordinator moves a running window, the reason on record."""

from concerns import commands as c
from concerns.keeping import MOVABLE
from concerns.model import ClockKind
from handlers.answers import Answers
from handlers.fields import choice, long, moment_to_come
from handlers.scene import NOWHERE, Page, Policy, Scene, Side, Verb
from views.instants import when
from views.labels import CLOCKS, capital
from views.parts import Field, FieldKind


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which clock, until when, and why; filled in where only one runs."""
    running = tuple(
        choice(clock.kind, f"{capital(CLOCKS[clock.kind])}: {when(clock.due, scene.rules.calendar)}")
        for clock in scene.about.clocks
        if clock.kind in MOVABLE
    )
    only = running[0].value if len(running) == 1 else ""
    fields = (
        Field("clock", "Which one do you move?", FieldKind.CHOICE, running, required=True, value=only),
        moment_to_come("due", "To when?"),
        long("reason", "Why? It goes on record.", required=True),
    )
    return (Page(fields, ("Windows stay as they were opened. This is the one way to move one.",)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Retime:
    """The clock as it is to run, with the reason."""
    return c.Retime(
        by=scene.person,
        clock=ClockKind(answers.text("clock")),
        due=answers.instant("due") or scene.now,
        words=answers.words(fields),
    )


VERB = Verb(
    name="retime",
    label="Move a window",
    usage="REF answer|acknowledge|… 2026-12-01T12:00 words…",
    about="For the coordinator: move a running window, with a reason",
    title="Move a window",
    policy=Policy.SEES_IT,
    side=Side.COORDINATOR,
    command=c.Retime,
    turns=True,
    pressed=NOWHERE,
    pages=pages,
    act=act,
)
