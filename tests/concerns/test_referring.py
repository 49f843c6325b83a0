"""A referral nobody answered: its response clock, what it asks of the raiser, and how the ladder opens."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns import events as e
from concerns.model import Direction, Ending, Ground, Reached, Stage, Why
from concerns.notice import NoticeKind
from concerns.pathway import OnReferralLapse, Strand
from concerns.people import AgencyId, PersonId
from tests.ladders import DAILY, london, ruled, wall, window
from tests.partnership import AMIRA, BOARD, COUNCIL, GRACE, JOEL, RIVERSIDE, STRANGER, TOM
from tests.worlds import CHALLENGE, World, a_contact, a_referral, referred, words

OPENS_AT_ONCE = ruled(replace(DAILY, referral=replace(DAILY.referral, on_lapse=OnReferralLapse.OPEN)))
CHALLENGED = c.Respond(by=AMIRA, satisfied=False, grounds=(Ground.THRESHOLD,), words=CHALLENGE)


def test_a_referral_has_until_the_end_of_its_own_window() -> None:
    world = referred()

    assert world.stage is Stage.REFERRED
    assert wall(world.concern.due) == "Tue 1 Dec 2026 17:00"


def test_the_window_counts_from_when_the_referral_was_made_not_from_when_it_was_logged() -> None:
    world = World().hear(a_referral(when=london("Fri 27 Nov 2026 12:00")))

    assert wall(world.concern.due) == "Mon 30 Nov 2026 17:00"


def test_a_referral_calls_nobody_up_the_ladder() -> None:
    world = referred()

    assert world.concern.call is None
    assert {notice.kind for notice in world.said} == {NoticeKind.CARD}


def test_a_response_that_is_enough_closes_the_referral_on_record() -> None:
    world = referred().hear(c.Respond(by=AMIRA, satisfied=True))

    assert world.stage is Stage.CLOSED
    assert world.concern.ending is Ending.SATISFIED
    assert world.concern.due is None


def test_a_response_that_is_challenged_calls_tier_1_with_its_ground() -> None:
    world = referred().hear(CHALLENGED)

    assert world.tiers() == [1]
    assert world.concern.grounds == (Ground.THRESHOLD,)
    assert world.last(e.Called).why is Why.ANSWER_NOT_SUFFICIENT


def test_a_challenge_asks_for_a_ground_and_for_what_is_wanted() -> None:
    world = referred()

    assert "ground" in world.refusal(replace(CHALLENGED, grounds=()))
    assert "what you want" in world.refusal(replace(CHALLENGED, words=words(decision="No enquiry.")))


def test_when_nobody_responds_in_time_the_raiser_is_asked_privately_and_nobody_is_called() -> None:
    world = referred().until("Tue 1 Dec 2026 17:00")

    assert world.told(NoticeKind.REFERRAL_LAPSED) == [AMIRA]
    assert {notice.kind for notice in world.said} == {NoticeKind.CARD, NoticeKind.REFERRAL_LAPSED}
    assert world.stage is Stage.REFERRED


def test_a_raiser_who_does_not_say_has_one_more_referral_window_then_the_clock_opens_tier_1() -> None:
    world = referred().until("Wed 2 Dec 2026 16:59")
    assert world.tiers() == []

    world.until("Wed 2 Dec 2026 17:00")

    assert world.tiers() == [1]
    assert world.concern.grounds == (Ground.NO_RESPONSE,)
    assert world.last(e.Called).why is Why.NO_ANSWER_IN_TIME
    assert wall(world.concern.clocks[-1].due) == "Thu 3 Dec 2026 17:00"


def test_the_raiser_may_open_tier_1_as_soon_as_they_are_asked_or_before() -> None:
    asked = referred().until("Tue 1 Dec 2026 17:00").hear(c.Escalate(by=AMIRA))
    early = referred().hear(c.Escalate(by=AMIRA))

    for world in (asked, early):
        assert world.tiers() == [1]
        assert world.last(e.Called).why is Why.CHOICE


def test_a_response_may_still_be_recorded_after_the_window_has_ended() -> None:
    world = referred().until("Wed 2 Dec 2026 09:00").hear(c.Respond(by=AMIRA, satisfied=True))

    assert world.stage is Stage.CLOSED


def test_a_pathway_may_open_the_ladder_at_once_when_nobody_responds() -> None:
    world = referred(OPENS_AT_ONCE).until("Tue 1 Dec 2026 17:00")

    assert world.tiers() == [1]
    assert world.all(e.ReferralLapsed)[0].ask_due is None
    assert world.told(NoticeKind.REFERRAL_LAPSED) == []


def test_two_unanswered_contacts_offer_the_ladder_to_the_raiser_once() -> None:
    world = referred().hear(a_contact(when=london("Mon 30 Nov 2026 09:00")))
    assert world.told(NoticeKind.CONTACTS_UNANSWERED) == []

    world.hear(a_contact(when=london("Mon 30 Nov 2026 09:30"), reached=Reached.MESSAGE_LEFT))
    assert world.told(NoticeKind.CONTACTS_UNANSWERED) == [AMIRA]

    world.hear(a_contact(when=london("Mon 30 Nov 2026 09:45"), reached=Reached.DECLINED))
    assert world.told(NoticeKind.CONTACTS_UNANSWERED) == []


def test_a_contact_that_reached_somebody_is_not_an_unanswered_one() -> None:
    missed, spoke = a_contact(when=london("Mon 30 Nov 2026 09:00")), Reached.SPOKE
    world = referred().hear(missed, a_contact(when=london("Mon 30 Nov 2026 09:30"), reached=spoke))

    assert world.concern.unanswered_contacts == 1
    assert world.told(NoticeKind.CONTACTS_UNANSWERED) == []


def test_a_contact_the_other_side_made_is_not_an_unanswered_one() -> None:
    at = london("Mon 30 Nov 2026 09:30")
    message = a_contact(when=at, direction=Direction.RECEIVED, reached=Reached.MESSAGE_LEFT)

    assert referred().hear(message, message).concern.unanswered_contacts == 0


def test_somebody_in_danger_turns_a_referral_urgent_at_the_urgent_tier() -> None:
    world = referred().hear(c.Escalate(by=AMIRA, why=Why.IMMEDIATE_RISK))

    assert world.tiers() == [3]
    assert world.concern.urgent


def test_a_referral_may_be_withdrawn_with_a_reason() -> None:
    world = referred()
    assert "reason" in world.refusal(c.Withdraw(by=AMIRA))

    world.hear(c.Withdraw(by=AMIRA, words=words(reason="Sent to the wrong team.")))

    assert world.concern.ending is Ending.WITHDRAWN


@pytest.mark.parametrize(
    ("by", "agency", "says"),
    [
        (STRANGER, COUNCIL, "directory owner"),
        (AMIRA, RIVERSIDE, "your own agency"),
        (AMIRA, BOARD, "Choose the agency"),
        (AMIRA, AgencyId("nowhere"), "Choose the agency"),
    ],
)
def test_a_referral_that_cannot_go_there_is_refused_and_says_where_to_turn(
    by: PersonId, agency: AgencyId, says: str
) -> None:
    assert says in World().refusal(a_referral(by=by, agency=agency))


def test_a_referral_cannot_have_been_made_in_the_future_beyond_two_minutes_of_clock_skew() -> None:
    world = World()

    assert "still to come" in world.refusal(a_referral(when=london("Mon 30 Nov 2026 10:03")))
    world.hear(a_referral(when=london("Mon 30 Nov 2026 10:02")))
    assert wall(world.concern.due) == "Tue 1 Dec 2026 17:00"


def test_a_pathway_for_adults_only_does_not_take_a_concern_about_a_child() -> None:
    adults = ruled(replace(DAILY, strands=(Strand.ADULT,)))

    assert "child" in World(rules=adults).refusal(replace(a_referral(), strand=Strand.CHILD))


def test_nobody_on_the_other_side_can_end_a_referral() -> None:
    world = referred()

    for by in (TOM, GRACE, JOEL):
        assert world.refusal(c.Respond(by=by, satisfied=True))
        assert world.refusal(replace(CHALLENGED, by=by))


def test_a_referral_window_may_be_of_any_kind_of_time() -> None:
    by_the_hour = ruled(replace(DAILY, referral=replace(DAILY.referral, answer=window("24 hours"))))

    assert wall(World(rules=by_the_hour).hear(a_referral()).concern.due) == "Tue 1 Dec 2026 10:00"
    skewed = World(rules=by_the_hour).hear(a_referral(when=london("Mon 30 Nov 2026 10:02")))
    assert wall(skewed.concern.due) == "Tue 1 Dec 2026 10:00"
