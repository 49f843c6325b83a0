"""Questions the commands about accounts share: which request, and which person of the directory.

It looks, and changes nothing.
"""

from collections.abc import Collection, Iterable

from concerns.deciders import looks_after, to_decide
from concerns.enrolment import Enrolment
from concerns.people import PersonId
from handlers.answers import Answers
from handlers.fields import MOST_CHOICES, choice
from handlers.scene import Page, Scene
from views.enrolment import Backdrop, listed, nothing_waits
from views.enrolment import to_decide as waiting
from views.parts import Choice, Field, FieldKind, Message

MOST_PEOPLE = 500
"""How many people one list has room for in a window of Slack, however long their names."""


def backdrop(scene: Scene) -> Backdrop:
    """What messages about accounts need."""
    return Backdrop(scene.directory, scene.rules.calendar, scene.slash)


def deciding(scene: Scene) -> tuple[Enrolment, ...]:
    """What waits on this person to decide, the oldest first."""
    return to_decide(scene.person, scene.record.book(), scene.directory, scene.now)


def to_be_decided(scene: Scene) -> Message | None:
    """What waits on this person to decide, as `mine` and the Home page show it; None for everybody else."""
    if not looks_after(scene.person, scene.directory):
        return None
    return waiting(deciding(scene), backdrop(scene))


def none_to_decide(scene: Scene) -> Message:
    """What is said to whoever has no account to decide on."""
    own = [one for one in scene.record.book().enrolments if one.issuer == scene.person]
    return nothing_waits(own, backdrop(scene))


def which(found: Iterable[Enrolment], scene: Scene, answers: Answers) -> Page:
    """Which of these is meant. One that was named stands in the list, so that it is answered, not asked."""
    choices = [choice(one.ref, listed(one, backdrop(scene))) for one in found]
    named = answers.text("request")
    if named and named not in {one.value for one in choices}:
        choices.insert(0, Choice(named, named))
    field = Field("request", "Which one?", FieldKind.CHOICE, tuple(choices[:MOST_CHOICES]), required=True)
    return Page((field,))


def whom(ask: str, people: Collection[PersonId], scene: Scene, *above: str) -> Page:
    """Which of these people is meant."""
    directory = scene.directory
    listed = [directory.person(id) for id in people]
    choices = tuple(choice(p.id, f"{p.name}, {directory.name_of(p.agency)}") for p in listed if p)
    more = len(choices) - MOST_PEOPLE
    left = (f"{more} more have no room here; the partnership file takes their accounts.",) if more > 0 else ()
    field = Field("person", ask, FieldKind.PERSON, choices[:MOST_PEOPLE], required=True)
    return Page((field,), (*above, *left))
