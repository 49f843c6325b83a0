"""Agencies of another shape: flat ones, ones without a channel, seats lent across agencies, both strands."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.authority import may_read
from concerns.directory import Directory
from concerns.model import Ground, Stage
from concerns.notice import NoticeKind
from concerns.pathway import OnLapse, Strand
from concerns.people import AgencyId, Cover, PersonId, Seat
from concerns.rules import Rules
from concerns.waiting import Matter, waits_for
from tests.ladders import DAILY, MONDAY, london, ruled, wall
from tests.partnership import (
    AMIRA,
    BEN,
    COUNCIL,
    DEV,
    DIRECTORY,
    ELSEWHERE,
    GRACE,
    JOEL,
    MIRIAM,
    RIVERSIDE,
    RUTH,
    SAM,
    SURGERY,
    TOM,
    channel,
    seating,
    vacated,
)
from tests.worlds import (
    World,
    a_concern,
    a_decision,
    a_referral,
    an_answer,
    called,
    more_time,
    words,
)

ASKING = replace(DAILY, on_lapse=OnLapse.ASK)


def seated(directory: Directory, agency: AgencyId, role: str, *people: PersonId) -> Directory:
    """The same directory with this seat held otherwise."""
    kept = tuple(held for held in directory.seatings if held.seat != Seat(agency, role))
    return replace(directory, seatings=(*kept, seating(agency, role, *people)))


# ---- flat agencies ---------------------------------------------------------------------------------

ON_BATON = replace(DIRECTORY, channels=(*DIRECTORY.channels, channel("surgery", "telegram", SURGERY)))


def against_a_flat_agency(directory: Directory = ON_BATON) -> World:
    """The surgery has one practitioner and nobody above."""
    return World(rules=ruled(directory=directory)).hear(a_concern(agency=SURGERY))


def test_a_flat_agency_is_called_where_it_has_somebody_then_the_coordinator_brings_both_together() -> None:
    world = against_a_flat_agency().until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 4]
    assert [event.tier for event in world.all(e.Skipped)] == [2, 3, 4]
    assert world.told(NoticeKind.SKIPPED) == []
    assert world.told(NoticeKind.COORDINATOR_CALLED) == [SAM]


def test_its_top_alone_is_reached_past_the_tiers_it_does_not_have() -> None:
    world = against_a_flat_agency(seated(ON_BATON, SURGERY, "director", DEV)).until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1, 4]
    assert world.hear(a_decision(DEV)).stage is Stage.AGREED


def test_a_flat_raising_side_speaks_through_its_raiser_at_every_tier() -> None:
    flat = vacated(DIRECTORY, RIVERSIDE, "manager", "senior_manager", "director")
    world = called(ruled(ASKING, flat)).until("Tue 1 Dec 2026 17:00")
    assert world.told(NoticeKind.LAPSED_ASK) == [*_channels(world, NoticeKind.LAPSED_ASK), AMIRA]

    world.hear(c.Agree(by=AMIRA), an_answer(GRACE)).until("Mon 7 Dec 2026 17:00")
    assert set(world.told(NoticeKind.ACCEPTANCE_DUE)) <= {AMIRA, SAM}
    assert world.hear(c.Accept(by=AMIRA)).last(e.Accepted).objection_due is None


def test_a_flat_raising_side_is_never_left_with_nobody_asked() -> None:
    flat = vacated(DIRECTORY, RIVERSIDE, "manager", "senior_manager", "director")
    world = called(ruled(directory=flat)).hear(an_answer())

    for _ in range(4):
        assert world.concern.due is not None
        assert world.until(world.concern.due).told(NoticeKind.ACCEPTANCE_DUE)


# ---- seats lent to another agency ------------------------------------------------------------------


def test_a_seat_lent_to_another_agency_acknowledges_answers_reads_and_asks_for_time() -> None:
    world = called(ruled(directory=seated(DIRECTORY, COUNCIL, "practitioner", DEV)))
    assert may_read(DEV, world.concern, world.rules.directory)

    world.hear(c.Acknowledge(by=DEV), more_time(by=DEV), an_answer(DEV))

    assert world.last(e.Answered).seat == Seat(COUNCIL, "practitioner")


def test_a_raising_seat_lent_to_another_agency_accepts() -> None:
    world = called(ruled(directory=seated(DIRECTORY, RIVERSIDE, "manager", DEV)))
    world.until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE))

    assert world.hear(c.Accept(by=DEV)).stage is Stage.AGREED


def test_a_raiser_who_holds_the_seat_alone_is_nobody_to_call() -> None:
    world = called(ruled(directory=seated(DIRECTORY, COUNCIL, "practitioner", AMIRA)))

    assert world.tiers() == [2]
    assert world.told(NoticeKind.SKIPPED) == [SAM]


def test_neither_is_whoever_stands_in_for_the_raiser() -> None:
    lent = seated(DIRECTORY, COUNCIL, "practitioner", BEN)
    away = lent.covered((Cover(AMIRA, MONDAY, london("Fri 4 Dec 2026 17:00"), BEN),))
    world = World(rules=ruled(directory=away)).hear(a_concern())

    assert world.tiers() == [2]


def test_beside_somebody_else_in_the_seat_the_raiser_is_simply_not_the_one_who_answers() -> None:
    world = called(ruled(directory=seated(DIRECTORY, COUNCIL, "practitioner", AMIRA, TOM)))

    assert world.tiers() == [1]
    assert world.refusal(an_answer(AMIRA))
    assert world.hear(an_answer(TOM)).stage is Stage.ANSWERED


def test_nobody_accepts_for_one_side_what_they_answered_for_the_other() -> None:
    both = seated(seated(DIRECTORY, COUNCIL, "manager", DEV), RIVERSIDE, "manager", DEV)
    world = called(ruled(directory=both)).until("Tue 1 Dec 2026 17:00").hear(an_answer(DEV))
    assert "somebody else" in world.refusal(c.Accept(by=DEV))

    assert world.hear(c.Accept(by=AMIRA)).stage is Stage.AGREED


def test_what_the_raising_side_reports_it_may_accept() -> None:
    world = called().hear(an_answer(AMIRA, when=MONDAY, who="Duty social worker", how="by phone"))

    assert world.hear(c.Accept(by=AMIRA)).stage is Stage.AGREED


# ---- agencies without a channel --------------------------------------------------------------------


def against_the_surgery(rules: Rules | None = None) -> World:
    """The surgery has no channel; its seats above the practitioner are not even listed."""
    return World(rules=rules or ruled()).hear(a_concern(agency=SURGERY))


def test_each_call_goes_to_the_raising_seat_with_the_telephone_number_to_use() -> None:
    world = against_the_surgery()
    told = [world.told(NoticeKind.RING_THEM)]
    for until in (
        "Tue 1 Dec 2026 17:00",
        "Wed 2 Dec 2026 17:00",
        "Thu 3 Dec 2026 17:00",
        "Fri 4 Dec 2026 17:00",
    ):
        told.append(world.until(until).told(NoticeKind.RING_THEM))

    assert told == [[AMIRA], [JOEL], [RUTH], ["helen"], ["helen"]]


def test_what_is_owed_by_people_who_cannot_be_reached_here_is_not_asked_of_the_coordinator() -> None:
    world = against_the_surgery().until("Fri 4 Dec 2026 17:00")
    said = {notice.kind for notice in world.ever_said if notice.place.id == SAM}

    assert not said & {NoticeKind.REMINDED, NoticeKind.CALLED_AGAIN, NoticeKind.ACKNOWLEDGEMENT_LAPSED}


def test_a_decision_of_the_convener_is_told_to_the_raising_side_which_passes_it_on() -> None:
    world = against_the_surgery().until("Thu 3 Dec 2026 17:00").hear(a_decision(MIRIAM))

    assert {AMIRA, "helen"} <= set(world.told(NoticeKind.DECIDED))


def test_more_time_asked_for_by_the_convener_is_put_to_the_raising_side() -> None:
    world = against_the_surgery().until("Thu 3 Dec 2026 17:00")
    world.hear(more_time("Mon 7 Dec 2026 12:00", by=MIRIAM), c.Agree(by=AMIRA))

    assert wall(world.last(e.ExtensionAgreed).due) == "Mon 7 Dec 2026 12:00"


def test_with_on_lapse_ask_the_raising_side_is_asked_and_then_rings_the_next_one_up() -> None:
    world = against_the_surgery(ruled(ASKING)).until("Tue 1 Dec 2026 17:00")
    assert AMIRA in world.told(NoticeKind.LAPSED_ASK)

    assert world.hear(c.Agree(by=AMIRA)).told(NoticeKind.RING_THEM) == [JOEL]


def test_a_seat_emptied_after_its_call_leaves_the_coordinator_reminded() -> None:
    world = called(ruled(directory=ELSEWHERE))
    world.rules = ruled(directory=vacated(ELSEWHERE, COUNCIL, "practitioner"))

    assert SAM in world.until("Mon 30 Nov 2026 14:00").told(NoticeKind.ACKNOWLEDGEMENT_LAPSED)
    assert SAM in world.until("Tue 1 Dec 2026 09:30").told(NoticeKind.REMINDED)


# ---- nobody there at all ---------------------------------------------------------------------------


def test_a_coordinator_who_is_away_with_nobody_standing_in_leaves_the_raising_side_told_too() -> None:
    nobody = vacated(DIRECTORY, COUNCIL, "practitioner", "manager", "senior_manager", "director")
    away = nobody.covered((Cover(SAM, MONDAY, london("Fri 11 Dec 2026 17:00")),))
    world = called(ruled(directory=away))

    told = set(world.told(NoticeKind.COORDINATOR_CALLED)) | set(world.told(NoticeKind.SKIPPED))
    assert told - {SAM}


def test_a_coordinator_who_is_away_is_reached_through_whoever_stands_in_and_they_may_answer() -> None:
    nobody = vacated(DIRECTORY, COUNCIL, "practitioner", "manager", "senior_manager", "director")
    away = nobody.covered((Cover(SAM, MONDAY, london("Fri 11 Dec 2026 17:00"), MIRIAM),))
    world = called(ruled(directory=away))

    assert world.told(NoticeKind.COORDINATOR_CALLED) == [MIRIAM]
    assert world.hear(an_answer(MIRIAM)).stage is Stage.ANSWERED


def test_nobody_is_said_to_owe_an_answer_who_may_not_give_it() -> None:
    nobody = vacated(DIRECTORY, COUNCIL, "practitioner", "manager", "senior_manager", "director")
    away = nobody.covered((Cover(SAM, MONDAY, london("Fri 11 Dec 2026 17:00"), AMIRA),))
    world = called(ruled(directory=away))

    waits = waits_for(AMIRA, world.concern, world.rules, world.now)
    assert world.refusal(an_answer(AMIRA))
    assert waits is None or waits.matter is not Matter.ANSWER


def test_a_raiser_who_has_left_is_not_the_only_one_asked() -> None:
    world = called().hear(an_answer())
    left = replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != AMIRA))
    world.rules = ruled(directory=left)

    assert set(world.until("Wed 2 Dec 2026 17:00").told(NoticeKind.ACCEPTANCE_DUE)) - {AMIRA}


def test_a_closed_concern_of_somebody_who_has_left_can_still_be_taken_up_again() -> None:
    world = called().hear(c.Withdraw(by=AMIRA, words=words(reason="Settled.")))
    left = replace(DIRECTORY, people=tuple(p for p in DIRECTORY.people if p.id != AMIRA))
    world.rules = ruled(directory=left)

    world.hear(c.HandOver(by=SAM, to=BEN), c.Reopen(by=BEN, words=words(reason="The worry is back.")))

    assert world.stage is Stage.CALLED


def test_a_referral_taken_up_again_after_it_was_enough_names_a_ground() -> None:
    world = World().hear(a_referral(), c.Respond(by=AMIRA, satisfied=True))
    again = c.Reopen(by=AMIRA, words=words(reason="Nobody came after all."))
    assert "ground" in world.refusal(again)

    world.hear(replace(again, grounds=(Ground.DRIFT,)))

    assert (world.concern.grounds, world.tiers()) == ((Ground.DRIFT,), [1])


# ---- both strands ----------------------------------------------------------------------------------


@pytest.mark.parametrize("strand", Strand)
def test_a_pathway_for_both_carries_children_and_adults_alike(strand: Strand) -> None:
    world = World().hear(a_concern(strand=strand, grounds=(Ground.DRIFT,)))

    assert (world.concern.strand, world.tiers()) == (strand, [1])


@pytest.mark.parametrize(("only", "other"), [(Strand.ADULT, Strand.CHILD), (Strand.CHILD, Strand.ADULT)])
def test_a_pathway_for_one_strand_sends_the_other_to_the_coordinator(only: Strand, other: Strand) -> None:
    one = ruled(replace(DAILY, strands=(only,)))

    assert "coordinator" in World(rules=one).refusal(a_concern(strand=other))
    assert "coordinator" in World(rules=one).refusal(replace(a_referral(), strand=other))
    assert World(rules=one).hear(a_concern(strand=only)).stage is Stage.CALLED


def _channels(world: World, kind: NoticeKind) -> list[str]:
    ids = {ch.id for ch in world.rules.directory.channels}
    return [place for place in world.told(kind) if place in ids]
