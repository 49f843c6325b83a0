"""/concern refuse: an account that asked to be enrolled stays nobody's, and is told."""

from concerns.enrolling import refuse
from concerns.enrolment import Book, Entries
from concerns.rules import Refused
from handlers.accounts import deciding, none_to_decide, which
from handlers.answers import Answers
from handlers.scene import Enrolling, Page, Policy, Scene, Verb
from views.enrolment import refused
from views.parts import Field, Message


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which account."""
    found = [one for one in deciding(scene) if one.waits]
    return (which(found, scene, answers),) if found or answers.text("request") else ()


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Enrolling | Message:
    """Refused, unless somebody else was quicker."""
    ref = answers.text("request")
    if not ref:
        return none_to_decide(scene)

    def judge(book: Book) -> Entries | Refused:
        return refuse(book, ref, scene.person, scene.directory, scene.now)

    return Enrolling(judge, lambda entries: refused(entries.enrolments[-1]))


VERB = Verb(
    name="refuse",
    label="Refuse an account",
    usage="REQUEST",
    about="Refuse an account that asks to be enrolled",
    title="Refuse an account",
    policy=Policy.LOOKS_AFTER,
    on_concern=False,
    pages=pages,
    act=act,
    takes="request",
)
