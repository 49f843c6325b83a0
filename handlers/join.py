"""/concern join: an account comes forward, with a one-time code or by asking; somebody else decides.

It is typed by strangers, and gives them nothing until it is confirmed.
"""

from concerns.enrolling import NOT_A_CODE, ask, redeem
from concerns.enrolment import digest, read_code
from concerns.rules import Refused
from handlers.answers import Answers
from handlers.line import clean
from handlers.scene import Enrolling, Page, Policy, Scene, Verb
from views.enrolment import already, waits
from views.parts import Field, FieldKind, Message

LONGEST_NAME = 80
"""How much is kept of the name in somebody's profile."""


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """A code, where there is one; without it the account asks."""
    return (Page((Field("code", "The one-time code, if you have one", FieldKind.TEXT),)),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Enrolling | Message | Refused:
    """The request, or the code redeemed."""
    if scene.person:
        return already(scene.person, scene.directory, scene.slash)
    typed, known = answers.text("code"), (_called(scene), scene.directory, scene.now)
    if not typed:
        return Enrolling(
            lambda book: ask(book, scene.account, *known),
            lambda entries: waits(entries.enrolments[-1], scene.slash),
        )
    code = read_code(typed)
    if code is None:
        return NOT_A_CODE
    return Enrolling(
        lambda book: redeem(book, scene.account, digest(code), *known),
        lambda entries: waits(entries.enrolments[-1], scene.slash, right=bool(entries.invitations)),
    )


def _called(scene: Scene) -> str:
    """The name on one line, without the marks we put around it: it must not pass for a sentence of ours."""
    unmarked = clean(scene.called).replace("“", " ").replace("”", " ")
    return " ".join(unmarked.split())[:LONGEST_NAME]


VERB = Verb(
    name="join",
    label="Ask to be enrolled",
    usage="CODE",
    about="Ask to be enrolled, or use a one-time code",
    title="Enrol this account",
    policy=Policy.ANYONE,
    on_concern=False,
    pages=pages,
    act=act,
    takes="code",
)
