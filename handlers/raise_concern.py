"""/concern raise: put a concern on record. Immediate danger is the first question, before anything else."""

from concerns import commands as c
from concerns.model import Ground
from concerns.people import AgencyId
from handlers.answers import Answers
from handlers.fields import a_strand, agency, grounds, long, own_ref, strand, text, yes_no
from handlers.scene import Page, Policy, Scene, Side, Verb
from views.parts import Field
from views.teaching import NOT_AN_EMERGENCY_LINE, emergency_lines

DANGER = yes_no(
    "danger",
    "Is somebody in immediate danger now?",
    required=True,
    hint="If you are unsure, say yes: you see at once what to do, and can go on.",
)


def danger_page() -> Page:
    """The first question, which needs no enrolment, no storage and no right."""
    return Page((DANGER,), (NOT_AN_EMERGENCY_LINE, "Nothing you type here is shown in a channel."))


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Danger first; then what the pathway needs, with the emergency text on top when the answer was yes."""
    fields = (
        strand(scene),
        agency(scene),
        grounds(),
        long("decision", "What is being challenged: which decision, action, or silence?", required=True),
        long("why_unsafe", "Why does this leave somebody unsafe?"),
        long("wanted", "What do you want to happen?", required=True),
        long("interim", "What keeps the person safe meanwhile?"),
        long("views", "What does the person, or their family, say?"),
        text("own_manager", "Who in your own agency knows?"),
        own_ref("own_ref"),
        text("level", "Level of need or status, if it has one"),
    )
    in_danger = answers.yes("danger")
    lines = emergency_lines(*scene.emergencies(answers.text("strand"))) if in_danger else ()
    return danger_page(), Page(fields, lines, urgent=in_danger)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> c.Raise:
    """The concern as it was filled in."""
    return c.Raise(
        by=scene.person,
        ref=scene.new_ref,
        agency=AgencyId(answers.text("agency")),
        strand=a_strand(answers),
        danger=answers.yes("danger"),
        grounds=tuple(Ground(ground) for ground in answers.chosen("ground")),
        words=answers.words(fields),
    )


VERB = Verb(
    name="raise",
    label="Raise a concern",
    usage="words…",
    about="Put a concern on record and call the other agency",
    title="Raise a concern",
    policy=Policy.ENROLLED,
    side=Side.RAISING,
    on_concern=False,
    command=c.Raise,
    pages=pages,
    act=act,
)
