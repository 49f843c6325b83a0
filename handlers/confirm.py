"""/concern confirm: an account that came forward is somebody's from now on, or goes on being theirs.

Where nobody was meant the person is chosen here; nothing is guessed.
"""

from concerns.deciders import keepers, without_account
from concerns.enrolling import confirm
from concerns.enrolment import Book, Enrolment, Entries
from concerns.people import PersonId
from concerns.rules import Refused
from handlers.accounts import backdrop, deciding, none_to_decide, which, whom
from handlers.answers import Answers
from handlers.scene import Enrolling, Page, Policy, Scene, Verb
from views.enrolment import account_named, confirmed, whose_place
from views.parts import Field, Message


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Which account, and whose it is where that is not known."""
    found, named = deciding(scene), answers.text("request")
    if not found and not named:
        return ()
    first = which(found, scene, answers)
    # Of an account nobody is meant for, the owners in its workspace are told; any other may know who it is.
    one = scene.record.book().named(named)
    could_be = _could_be(one, scene) if one and one.waits and one.person is None else []
    if one is None or not could_be:
        return (first,)
    called = f"Their profile there says “{one.called}”. Anybody can choose that." if one.called else ""
    above = (f"About {account_named(one.account)}.", called, *whose_place(one, scene.directory))
    return first, whom("Who is it?", could_be, scene, *filter(None, above))


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Enrolling | Message:
    """Confirmed, unless somebody else was quicker."""
    ref, chosen = answers.text("request"), PersonId(answers.text("person")) or None
    if not ref:
        return none_to_decide(scene)

    def judge(book: Book) -> Entries | Refused:
        return confirm(book, ref, scene.person, chosen, scene.directory, scene.now)

    return Enrolling(judge, lambda entries: confirmed(entries.enrolments[-1], backdrop(scene)))


def _could_be(one: Enrolment, scene: Scene) -> list[PersonId]:
    """Those without an account there whom this person looks after."""
    directory = scene.directory
    free = without_account(directory, scene.record.book(), one.account, scene.now)
    return [id for id in free if scene.person in keepers(directory, id, (id,))]


VERB = Verb(
    name="confirm",
    label="Confirm an account",
    usage="REQUEST",
    about="Say whose an account is that asks to be enrolled",
    title="Whose account is it?",
    policy=Policy.LOOKS_AFTER,
    on_concern=False,
    pages=pages,
    act=act,
    takes="request",
)
