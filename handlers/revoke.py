"""/concern revoke: every account chat has bound to a person ends at once, and so does a code given out."""

from concerns.deciders import keepers
from concerns.enrolling import revoke
from concerns.enrolment import Book, Entries
from concerns.people import PersonId
from concerns.rules import Refused
from handlers.accounts import backdrop, whom
from handlers.answers import Answers
from handlers.scene import Enrolling, Page, Policy, Scene, Verb
from views.enrolment import ended, nothing_to_end
from views.parts import Field, Message


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Whose; only of people something was bound or given out for in chat."""
    mine = _bound(scene)
    above = "Their accounts end at once. What stands in the partnership file stays until it is changed there."
    return (whom("Whose accounts are to end?", mine, scene, above),) if mine else ()


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Enrolling | Message:
    """Ended, as of now."""
    person = PersonId(answers.text("person"))
    if not person:
        return nothing_to_end()

    def judge(book: Book) -> Entries | Refused:
        return revoke(book, person, scene.person, scene.directory, scene.now)

    def said(entries: Entries) -> Message:
        accounts = [one.account for one in entries.enrolments]
        return ended(person, accounts, len(entries.invitations), backdrop(scene))

    return Enrolling(judge, said)


def _bound(scene: Scene) -> list[PersonId]:
    book = scene.record.book()
    bound = (*(one.person for one in book.enrolments), *(one.person for one in book.invitations))
    return [id for id in dict.fromkeys(bound) if id and scene.person in keepers(scene.directory, id)]


VERB = Verb(
    name="revoke",
    label="End an account",
    usage="",
    about="End the accounts a person was enrolled with",
    title="End an account",
    policy=Policy.LOOKS_AFTER,
    on_concern=False,
    pages=pages,
    act=act,
)
