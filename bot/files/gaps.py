"""Whether a partnership can carry its ladders: roles nobody holds at all, and what is missing elsewhere."""

from collections.abc import Iterator

from concerns.directory import Directory
from concerns.pathway import Pathway
from concerns.people import AUDITOR, COORDINATOR, DIRECTORY_OWNER, Agency, AgencyKind, Person, Seat

_OFFICES = {COORDINATOR: "coordinator", AUDITOR: "auditor", DIRECTORY_OWNER: "directory owner"}


def check_roles(directory: Directory, pathway: Pathway) -> list[str]:
    """A sentence for each role of the ladder that no agency holds; any of them is reason to refuse."""
    held = {seating.seat.role for seating in directory.seatings if directory.holders(seating.seat)}
    # At tier 1 the raising side is whoever raised the concern, with or without a seat.
    held |= {pathway.tier(1).raising} & {role for person in directory.people for role in person.roles}
    lost = sorted(pathway.roles() - held)
    conveners = sorted({tier.convener for tier in pathway.tiers if tier.convener} - set(lost))
    return [
        *(f'No agency holds the role "{role}"; add a [[seat]] with this role and a holder.' for role in lost),
        *(
            f'No agency of kind "board" holds the convening role "{role}"; give a board that [[seat]].'
            for role in conveners
            if not directory.holders(directory.convener(role))
        ),
    ]


def gaps(directory: Directory, *pathways: Pathway) -> list[str]:
    """A sentence for each lesser thing missing; Baton works round it by passing over, or by ringing up."""
    told = [sentence for pathway in pathways for sentence in _of_the_partnership(directory, pathway)]
    told += [sentence for pathway in pathways for sentence in _of_agencies(directory, pathway)]
    # Two ladders may miss the same seat.
    return list(dict.fromkeys((*told, *_of_people(directory))))


def _of_the_partnership(directory: Directory, pathway: Pathway) -> Iterator[str]:
    if directory.coordinator is None:
        yield "The partnership has no coordinator; when nobody can be called there is nobody to tell."
    told = pathway.board.told_at is not None or pathway.board.told_on_close
    if told and not any(directory.on_baton(board.id) for board in directory.boards()):
        yield "The board is to be told, and no agency of kind board has a channel; add its [[channel]]."
    for channel in directory.channels:
        if channel.tiers and min(channel.tiers) > pathway.top:
            yield f'Channel "{channel.id}" hears of no tier: the ladder ends at tier {pathway.top}.'
        if channel.trust > channel.carries:
            yield f'Channel "{channel.id}" is on Telegram, so it is told no more than at trust 0.'


def _of_agencies(directory: Directory, pathway: Pathway) -> Iterator[str]:
    for agency in directory.agencies:
        if agency.kind is AgencyKind.BOARD:
            continue
        if directory.on_baton(agency.id):
            yield from _empty_seats(agency, directory, pathway)
        else:
            yield f"{agency.name} has no channel; its calls go to the raising side, to ring up or write."


def _empty_seats(agency: Agency, directory: Directory, pathway: Pathway) -> Iterator[str]:
    for tier in pathway.tiers:
        # The raiser stands for the raising side at tier 1.
        roles = {tier.challenged} if tier.number == 1 else {tier.challenged, tier.raising}
        for role in sorted(roles):
            if not directory.holders(Seat(agency.id, role)):
                yield f'{agency.name} has nobody as "{role}"; its tier {tier.number} would be passed over.'


def _of_people(directory: Directory) -> Iterator[str]:
    """Whoever Baton would call and cannot reach, and whoever seems to have left."""
    for person in directory.people:
        if not person.identities and (gap := _of_unreached(person, directory)):
            yield f"{person.name} ({person.id}) {gap}"


def _of_unreached(person: Person, directory: Directory) -> str | None:
    """What is missing for somebody without an account. An agency without a channel is rung up instead."""
    offices = [name for role, name in _OFFICES.items() if directory.has_role(person.id, role)]
    seats = directory.seats_of(person.id)
    if offices:
        return f"is {' and '.join(offices)}, and has no account; add it under identities."
    if any(directory.on_baton(seat.agency) for seat in seats):
        return "holds a seat or deputises, and has no account to be called on; add it under identities."
    if seats:
        rung = person.phone or person.email
        return None if rung else "has a seat, and neither account, phone nor email; add one."
    return None if person.roles else "has no seat, no role and no account; take out whoever has left."
