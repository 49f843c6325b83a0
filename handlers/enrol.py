"""/concern enrol: a one-time code for a person of the directory, shown once to whoever gives it to them."""

from concerns.deciders import keepers
from concerns.enrolling import invite
from concerns.enrolment import CODE_LIVES, Book, Entries, digest
from concerns.people import PersonId
from concerns.rules import Refused
from handlers.accounts import backdrop, whom
from handlers.answers import Answers
from handlers.scene import Enrolling, Page, Policy, Scene, Verb
from views.enrolment import invited
from views.parts import Field


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Whom it is for: those without an account first."""
    people = sorted(scene.directory.people, key=lambda one: bool(one.identities))
    mine = [one.id for one in people if scene.person in keepers(scene.directory, one.id)]
    return (whom("Who is to be enrolled?", mine, scene, "A code is made; a second person confirms its use."),)


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Enrolling:
    """The code, made now."""
    person, code = PersonId(answers.text("person")), scene.fresh_code

    def judge(book: Book) -> Entries | Refused:
        return invite(book, person, scene.person, digest(code), scene.directory, scene.now)

    until = scene.now + CODE_LIVES
    return Enrolling(judge, lambda _: invited(person, code, scene.link(code), until, backdrop(scene)))


VERB = Verb(
    name="enrol",
    label="Enrol somebody",
    usage="",
    about="Make a one-time code for a person of the directory",
    title="Enrol somebody",
    policy=Policy.LOOKS_AFTER,
    on_concern=False,
    pages=pages,
    act=act,
)
