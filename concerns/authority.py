"""Who may speak for a side, and who may read the words (design 5). Nothing here depends on a channel."""

from concerns.directory import Directory
from concerns.model import ClockKind, Concern
from concerns.pathway import Pathway
from concerns.people import AUDITOR, COORDINATOR, AgencyId, PersonId, Seat


def may_read(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether the words are theirs to read: the raiser, whoever covers for them, and the seats called so far.

    So may the coordinator where no seat could be called: whoever is asked to answer must see what to.
    """
    if directory.stands_in(person, concern.raiser):
        return True
    if any(directory.sits(person, seat) for seat in concern.called):
        return True
    return _in_place_of_a_seat(person, concern, directory)


def may_see(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether clocks, tiers, seats and outcomes are theirs to see; words need `may_read`.

    They are also for the raising manager, who is told when the ladder opens, and for whoever was named to do
    something about it, done or not.
    """
    if may_read(person, concern, directory):
        return True
    if any(directory.stands_in(person, action.owner) for action in concern.actions):
        return True
    if directory.sits(person, concern.told):
        return True
    return any(directory.has_role(person, role) for role in (COORDINATOR, AUDITOR))


def owes_action(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether something is still theirs to do, or that of somebody they stand in for."""
    return any(directory.stands_in(person, action.owner) for action in concern.open_actions)


def for_raising(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they speak for the raising side: the raiser, or the raising seat of the tier now called.

    So do whoever covers for the raiser, and the raising manager's seat once the clock has called on it.
    """
    seats = (concern.call.raising if concern.call else None, concern.manager)
    return directory.stands_in(person, concern.raiser) or any(directory.sits(person, seat) for seat in seats)


def may_keep(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they look after who carries it: the raising side and its manager, and the coordinator."""
    if for_raising(person, concern, directory) or directory.sits(person, concern.told):
        return True
    return directory.has_role(person, COORDINATOR)


def may_object(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they may still undo an acceptance given by somebody else of their side: the raiser may."""
    waits = concern.clock(ClockKind.OBJECTION) is not None
    return waits and directory.stands_in(person, concern.raiser)


def for_challenged(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they may stop the clocks: the challenged seat now called, or the convener.

    Where no seat could be called, the coordinator was, and speaks. Nobody answers their own concern: a raiser
    who also sits on the other side can only report what that side said.
    """
    call = concern.call
    if call is None or directory.stands_in(person, concern.raiser):
        return False
    if _in_place_of_a_seat(person, concern, directory):
        return True
    return directory.sits(person, call.challenged) or directory.sits(person, call.convener)


def convenes(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they were called to bring both sides together: the convener, or the coordinator for a seat."""
    if _in_place_of_a_seat(person, concern, directory):
        return True
    return concern.call is not None and directory.sits(person, concern.call.convener)


def _in_place_of_a_seat(person: PersonId, concern: Concern, directory: Directory) -> bool:
    """Whether they are the coordinator, called because no seat could be."""
    call = concern.call
    return call is not None and call.challenged is None and directory.has_role(person, COORDINATOR)


def raising_people(concern: Concern, directory: Directory) -> tuple[PersonId, ...]:
    """Who answers for the raising side now, the accountable one first.

    At tier 1, and wherever the raising seat is empty, that is the raiser.
    """
    seat = concern.call.raising if concern.call else None
    return directory.holders(seat) or (directory.reached(concern.raiser) or concern.raiser,)


def raising_manager(concern: Concern, pathway: Pathway) -> Seat | None:
    """The raiser's own line: the raising seat of tier 2, where the ladder has one."""
    return Seat(concern.raising, pathway.tier(2).raising) if pathway.top >= 2 else None


def parties(concern: Concern, directory: Directory, tier: int, told_at: int | None) -> frozenset[AgencyId]:
    """The agencies party to the concern at this tier.

    A board counts from `[board] told_at`, or earlier once its seat is the convener's.
    """
    convener = concern.call.convener if concern.call else None
    party = {concern.raising, concern.challenged}
    if convener is not None:
        party.add(convener.agency)
    if told_at is not None and tier >= told_at:
        party.update(board.id for board in directory.boards())
    return frozenset(party)
