"""What people who have left, or moved agency, leave open: named by reference, with how to hand it over."""

from dataclasses import replace

from bot.files.leavers import left_open
from concerns.directory import Directory
from concerns.model import Concern, Ref, Stage
from concerns.people import AgencyId, PersonId
from concerns.promise import Action
from tests.ladders import MONDAY
from tests.partnership import AMIRA, BEN, COUNCIL, DIRECTORY, TOM
from tests.worlds import REF, World, a_concern

CONCERN = World().hear(a_concern()).concern
ACKNOWLEDGED = replace(CONCERN, stage=Stage.ACKNOWLEDGED, acknowledged_by=TOM)
HAND_OVER = f"hand it over with /concern handover {REF}"
HAND_BACK = f"hand it back with /concern release {REF}"
NAME_ANOTHER = f"name somebody else with /concern action {REF}"


def without(*people: PersonId) -> Directory:
    """The directory after these have left."""
    return replace(DIRECTORY, people=tuple(person for person in DIRECTORY.people if person.id not in people))


def moved(person: PersonId, agency: AgencyId) -> Directory:
    """The directory after somebody has moved agency."""
    people = tuple(replace(p, agency=agency) if p.id == person else p for p in DIRECTORY.people)
    return replace(DIRECTORY, people=people)


def promised(concern: Concern, *owners: PersonId, done: bool = False) -> Concern:
    """The concern with an action for each of these."""
    actions = tuple(
        Action(number, owner, MONDAY, MONDAY, done=done) for number, owner in enumerate(owners, start=1)
    )
    return replace(concern, actions=actions)


def test_somebody_who_left_leaves_what_they_raised() -> None:
    assert left_open(DIRECTORY, without(AMIRA), [CONCERN]) == [
        f"{REF}: Amira Khan (amira), who is no longer in the file, raised it; {HAND_OVER}"
    ]


def test_somebody_who_moved_agency_leaves_it_too() -> None:
    assert left_open(DIRECTORY, moved(AMIRA, COUNCIL), [CONCERN]) == [
        f"{REF}: Amira Khan (amira), who moved to council, raised it; {HAND_OVER}"
    ]


def test_an_acknowledgement_counts_while_it_is_held() -> None:
    told = left_open(DIRECTORY, without(TOM), [ACKNOWLEDGED])

    assert told == [f"{REF}: Tom Ashby (tom), who is no longer in the file, has acknowledged it; {HAND_BACK}"]
    assert left_open(DIRECTORY, without(TOM), [replace(ACKNOWLEDGED, stage=Stage.ANSWERED)]) == []


def test_an_action_counts_until_it_is_done() -> None:
    told = left_open(DIRECTORY, without(BEN), [promised(CONCERN, AMIRA, BEN)])

    assert told == [f"{REF}: Ben Hale (ben), who is no longer in the file, has action 2; {NAME_ANOTHER}"]
    assert left_open(DIRECTORY, without(BEN), [promised(CONCERN, BEN, done=True)]) == []


def test_everything_one_person_leaves_is_told() -> None:
    """Each thing goes into other hands in its own way."""
    told = left_open(DIRECTORY, without(TOM), [promised(ACKNOWLEDGED, TOM, AMIRA, TOM)])

    assert [sentence.partition(", ")[2] for sentence in told] == [
        f"who is no longer in the file, has acknowledged it; {HAND_BACK}",
        f"who is no longer in the file, has action 1; {NAME_ANOTHER}",
        f"who is no longer in the file, has action 3; {NAME_ANOTHER}",
    ]


def test_each_leaver_of_each_concern_is_told() -> None:
    other = replace(CONCERN, ref=Ref("C-0000-0000"))
    told = left_open(DIRECTORY, without(AMIRA, TOM), [ACKNOWLEDGED, other])

    assert [sentence[:14] for sentence in told] == [f"{REF}: A", f"{REF}: T", "C-0000-0000: A"]


def test_somebody_who_left_before_is_named_by_id_until_all_is_handed_over() -> None:
    gone = without(AMIRA)

    assert left_open(gone, gone, [CONCERN]) == [
        f"{REF}: amira, who is no longer in the file, raised it; {HAND_OVER}"
    ]


def test_nobody_who_stays_is_named() -> None:
    assert left_open(DIRECTORY, without(BEN), [promised(ACKNOWLEDGED, AMIRA, TOM)]) == []
