"""/concern cover: away from one day until another, and who stands in; for oneself, or by a directory owner.

It changes no concern and moves no clock: while a cover runs the directory names somebody else.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from concerns.directory import Directory
from concerns.people import DIRECTORY_OWNER, Cover, Person, PersonId
from handlers.absence import handed_on, spoken_of
from handlers.answers import Answers
from handlers.fields import choice, yes_no
from handlers.scene import Covering, Page, Policy, Reply, Scene, Verb
from views.absence import away, cover_ended, cover_set
from views.parts import Choice, Field, FieldKind

LONGEST = timedelta(days=366)
"""How far ahead a cover may reach."""
NOBODY = "nobody"
_A_DAY = timedelta(days=1)


def pages(scene: Scene, answers: Answers) -> tuple[Page, ...]:
    """Whom it is for, asked of a directory owner only; then the days, and who stands in."""
    days = _days(scene, _whom(scene, answers))
    if not _is_owner(scene):
        return (days,)
    listed = tuple(_person(person, scene.directory) for person in _may_be_covered(scene))
    return Page((Field("person", "Who is away?", FieldKind.PERSON, listed, required=True),)), days


def act(scene: Scene, answers: Answers, fields: tuple[Field, ...]) -> Covering | Reply:
    """The cover as it was filled in, or the end of the one that is set."""
    whom = _whom(scene, answers)
    known, last = _known(scene, whom), answers.day("until")
    if known and answers.yes("ends"):
        if last:
            return _wrong("ends", "Either the cover ends, or a new one is set until that day. Choose one.")
        ended = replace(known, end=scene.now)
        return Covering(ended, cover_ended(spoken_of(scene, ended)))
    today = _today(scene)
    first = answers.day("from") or today
    if last is None:
        return _wrong("until", "Please give the last day away.")
    too_far = _too_far(first, last, today)
    if too_far:
        return _wrong("until", too_far)
    named = answers.text("stand_in")
    stand_in = PersonId(named) if named and named != NOBODY else None
    cover = Cover(whom, _beginning(first, scene), _beginning(last + _A_DAY, scene), stand_in)
    return Covering(cover, cover_set(spoken_of(scene, cover)), handed_on(scene, cover))


# ---- what is asked -----------------------------------------------------------------------------------


def _days(scene: Scene, whom: PersonId) -> Page:
    """The days and who stands in; where a cover is set already, first whether it ends."""
    known, directory, own = _known(scene, whom), scene.directory, whom == scene.person
    nobody = Choice(NOBODY, f"Nobody: {'my' if own else 'their'} deputies are asked")
    # Whoever looks after the directory sees no concern, and must not get to by standing in for somebody.
    near = (person for person in _near(whom, directory) if person.id != scene.person)
    listed = (nobody, *(_person(person, directory) for person in near))
    asked = (
        Field("from", "From which day?", FieldKind.DATE, value=_today(scene).isoformat()),
        Field(
            "until",
            "Until which day?",
            FieldKind.DATE,
            required=known is None,
            hint="The last day away, to its end.",
        ),
        Field("stand_in", "Who stands in?", FieldKind.PERSON, listed, value=NOBODY),
    )
    if known is None:
        return Page(asked)
    set_already = f"Set now: away {away(known, directory, scene.rules.calendar)}."
    ends = yes_no("ends", "End the cover that is set?", required=True)
    return Page((ends, *asked), (set_already, "A new one takes its place at once."))


def _may_be_covered(scene: Scene) -> Iterable[Person]:
    """The people of the owner's agency, the owner first; for an owner in the board, everybody's."""
    directory, owner = scene.directory, scene.directory.person(scene.person)
    agencies = {owner.agency} if owner else set()
    if agencies & {board.id for board in directory.boards()}:
        agencies = {agency.id for agency in directory.agencies}
    found = [person for person in directory.people if person.agency in agencies]
    return sorted(found, key=lambda person: person != owner)


def _near(whom: PersonId, directory: Directory) -> Iterable[Person]:
    """Who may stand in: the people of the same agency, then those of the agencies whose seats they share."""
    sitting = [seating for seating in directory.seatings if whom in seating.everyone]
    beside = [directory.person(id) for id in (whom, *(id for seating in sitting for id in seating.everyone))]
    agencies = [person.agency for person in beside if person] + [seating.seat.agency for seating in sitting]
    order = {agency: n for n, agency in reversed(list(enumerate(agencies)))}
    found = [person for person in directory.people if person.agency in order and person.id != whom]
    return sorted(found, key=lambda person: order[person.agency])


def _person(person: Person, directory: Directory) -> Choice:
    return choice(person.id, f"{person.name}, {directory.name_of(person.agency)}")


# ---- days --------------------------------------------------------------------------------------------


def _today(scene: Scene) -> date:
    return scene.rules.calendar.local(scene.now).date()


def _beginning(day: date, scene: Scene) -> datetime:
    """When the day begins where the pathway is."""
    return scene.rules.calendar.parse_local(datetime.combine(day, time.min).isoformat())


def _too_far(first: date, last: date, today: date) -> str:
    """Why these days will not do, if they will not."""
    if last < today:
        return "That day is over already. Give the last day away, today or later."
    if last < first:
        return f"The last day away is before the first. Give {first.isoformat()} or a later day."
    if last > today + LONGEST:
        return f"That is more than {LONGEST.days} days from now. Give an earlier day; cover can be set again."
    return ""


def _whom(scene: Scene, answers: Answers) -> PersonId:
    """Whom it is for: whoever a directory owner chose; everybody else speaks for themselves only."""
    chosen = answers.text("person") if _is_owner(scene) else ""
    return PersonId(chosen or scene.person)


def _is_owner(scene: Scene) -> bool:
    return scene.directory.has_role(scene.person, DIRECTORY_OWNER)


def _known(scene: Scene, whom: PersonId) -> Cover | None:
    """The cover that is set for them, running or to come."""
    return next((cover for cover in scene.record.away(scene.now) if cover.person == whom), None)


def _wrong(field: str, sentence: str) -> Reply:
    """Nothing is set yet; the sentence stands beside the field, and what was filled in stays."""
    return Reply(error=sentence, errors=((field, sentence),))


VERB = Verb(
    name="cover",
    label="Set cover",
    usage="",
    about="Say that you are away, until when, and who stands in",
    title="Away, and who stands in",
    policy=Policy.ENROLLED,
    on_concern=False,
    pages=pages,
    act=act,
)
