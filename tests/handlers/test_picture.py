"""The picture of one concern: what happened on each rung, what runs, what would come; never a word."""

from dataclasses import replace

from concerns.model import Ref
from concerns.pathway import OnLapse
from handlers.picture import picture
from tests.handlers.offices import RAISE, Office
from tests.ladders import DAILY, london
from tests.partnership import AMIRA, COUNCIL, TOM, vacated
from views.ladder import Dial, Ladder, RungState, ladder_words

S = RungState


def drawn(office: Office, ref: Ref) -> Ladder:
    """The ladder as it stands now."""
    return picture(office.desk.record, office.concern(ref), office.now)


def notes(ladder: Ladder) -> list[str]:
    """What is noted on each rung."""
    return [rung.note for rung in ladder.rungs]


def states(ladder: Ladder) -> list[RungState]:
    """Where each rung stands."""
    return [rung.state for rung in ladder.rungs]


def test_a_referral_waits_at_the_foot_with_its_clock(office: Office) -> None:
    ref = office.referred()
    office.now = london("Mon 30 Nov 2026 17:00")

    ladder = drawn(office, ref)

    assert states(ladder) == [S.NEXT] * 4
    assert ladder.foot == (Dial("response due", "Tue 1 Dec at 17:00", 7 / 15, late=False),)
    assert notes(ladder)[0] == "called Wed 2 Dec at 17:00 if nobody answers"


def test_a_called_rung_has_the_baton_two_clocks_and_the_rest_ahead(office: Office) -> None:
    ref = office.raised()
    office.now = london("Mon 30 Nov 2026 12:00")

    ladder = drawn(office, ref)

    assert (ladder.title, ladder.stage, ladder.tier_word) == (ref, "Called, stage 1 of 4", "stage")
    assert states(ladder) == [S.NOW, S.NEXT, S.NEXT, S.NEXT]
    assert ladder.rungs[0].dials == (
        Dial("acknowledgement due", "Mon 30 Nov at 14:00", 0.5, late=False),
        Dial("answer due", "Tue 1 Dec at 17:00", 2 / 15, late=False),
    )
    assert notes(ladder) == [
        "called Mon 30 Nov at 10:00",
        "called Tue 1 Dec at 17:00 if nobody answers",
        "called Wed 2 Dec at 17:00 if nobody answers",
        "called Thu 3 Dec at 17:00 if nobody answers",
    ]
    assert (ladder.rungs[0].raising, ladder.rungs[0].challenged) == (
        "Amira Khan, practitioner",
        "Tom Ashby, practitioner",
    )
    assert ladder.rungs[3].convener == "Miriam Cole, independent chair"


def test_what_is_foretold_comes_true(office: Office) -> None:
    ref = office.raised()
    foretold = notes(drawn(office, ref))[1:]

    for tier, note in enumerate(foretold, start=2):
        due = office.ledger.load(ref)
        assert due is not None
        assert due.call is not None
        office.until(due.call.due)
        ladder = drawn(office, ref)
        assert f"{notes(ladder)[tier - 1]} if nobody answers" == note
        assert ladder.rungs[tier - 1].state is S.NOW


def test_a_past_rung_keeps_what_happened_on_it(office: Office) -> None:
    ref = office.raised()
    office.until("Tue 1 Dec 2026 17:30")
    office.say(AMIRA, f"/escalate {ref} raiser_or_manager_choice")

    ladder = drawn(office, ref)

    assert states(ladder) == [S.PAST, S.PAST, S.NOW, S.NEXT]
    assert notes(ladder)[:2] == ["no answer by Tue 1 Dec at 17:00", "moved up Tue 1 Dec at 17:30"]


def test_an_urgent_concern_goes_past_the_lower_rungs(office: Office) -> None:
    ladder = drawn(office, office.raised(danger="yes"))

    assert ladder.stage == "Urgent. Called, stage 3 of 4"
    assert states(ladder) == [S.SKIPPED, S.SKIPPED, S.NOW, S.NEXT]
    assert notes(ladder)[0] == "not called: it went straight up"


def test_an_empty_seat_is_passed_over_and_one_ahead_is_foretold(office: Office) -> None:
    office.with_directory(vacated(office.rules.directory, COUNCIL, "practitioner", "senior_manager"))

    ladder = drawn(office, office.raised())

    assert states(ladder) == [S.SKIPPED, S.NOW, S.NEXT, S.NEXT]
    assert notes(ladder)[0] == "passed over: nobody to call"
    assert notes(ladder)[2:] == [
        "would be passed over: nobody to call",
        "called Tue 1 Dec at 17:00 if nobody answers",
    ]
    assert ladder.rungs[0].challenged == "nobody today, practitioner"


def test_with_nobody_at_all_the_coordinator_has_the_baton(office: Office) -> None:
    roles = (tier.challenged for tier in DAILY.tiers)
    office.with_directory(vacated(office.rules.directory, COUNCIL, *roles))

    assert drawn(office, office.raised()).rungs[3].challenged == "Sam Whitlock, coordinator"


def test_where_moving_up_is_asked_about_the_asking_has_its_own_clock(office: Office) -> None:
    office.with_pathway(replace(DAILY, on_lapse=OnLapse.ASK))
    ref = office.raised()
    assert notes(drawn(office, ref))[1] == "called Wed 2 Dec at 13:00 if nobody answers"

    office.until("Tue 1 Dec 2026 17:30")
    ladder = drawn(office, ref)
    assert ladder.rungs[0].note == "no answer by Tue 1 Dec at 17:00"
    assert ladder.rungs[0].dials == (Dial("moves up by itself", "Wed 2 Dec at 13:00", 0.0, late=False),)


def test_at_the_top_the_repeat_has_its_own_clock(office: Office) -> None:
    ref = office.raised()
    office.until("Mon 7 Dec 2026 13:00")

    top = drawn(office, ref).rungs[3]

    assert top.note == "called again Fri 4 Dec at 17:00"
    assert top.dials == (Dial("answer due", "Mon 7 Dec at 17:00", 0.5, late=False),)


def test_an_answer_waits_for_the_raising_side(office: Office) -> None:
    ladder = drawn(office, office.answered())

    assert ladder.stage == "Answered, stage 1 of 4"
    assert ladder.rungs[0].dials == (Dial("asked again", "Wed 2 Dec at 17:00", 0.0, late=False),)
    assert notes(ladder)[:3] == ["answered Mon 30 Nov at 10:00", "called if the answer is not enough", ""]


def test_a_dispute_is_noted_on_the_rung_that_answered(office: Office) -> None:
    ref = office.answered()
    office.say(AMIRA, f"/dispute {ref} Money still leaves.")

    assert notes(drawn(office, ref))[0] == "the answer was not enough, Mon 30 Nov at 10:00"


def test_what_the_called_side_said_is_noted(office: Office) -> None:
    ref = office.raised()
    office.until("Mon 30 Nov 2026 11:00")

    office.say(TOM, f"/ack {ref}")
    ladder = drawn(office, ref)
    assert (ladder.stage, notes(ladder)[0]) == (
        "Acknowledged, stage 1 of 4",
        "acknowledged Mon 30 Nov at 11:00",
    )
    assert [dial.label for dial in ladder.rungs[0].dials] == ["answer due"]

    office.say(TOM, f"/release {ref}")
    ladder = drawn(office, ref)
    assert notes(ladder)[0] == "handed back Mon 30 Nov at 11:00"
    assert [dial.label for dial in ladder.rungs[0].dials] == ["acknowledgement due", "answer due"]


def test_a_referral_the_raiser_is_asked_about_counts_from_its_lapse(office: Office) -> None:
    ref = office.referred()
    office.until("Wed 2 Dec 2026 13:00")

    ladder = drawn(office, ref)
    assert ladder.foot == (Dial("opens by itself", "Wed 2 Dec at 17:00", 0.5, late=False),)
    assert notes(ladder)[0] == "called Wed 2 Dec at 17:00 if nobody answers"


def test_an_answer_asked_about_again_counts_from_there(office: Office) -> None:
    ref = office.answered()
    office.until("Thu 3 Dec 2026 17:00")

    assert drawn(office, ref).rungs[0].dials == (Dial("asked again", "Fri 4 Dec at 17:00", 0.5, late=False),)


def test_a_reopened_rung_has_the_baton_again(office: Office) -> None:
    ref = office.closed()
    office.until("Tue 1 Dec 2026 10:00")
    office.say(AMIRA, f"/reopen {ref} It began again.")

    ladder = drawn(office, ref)
    assert states(ladder)[0] is S.NOW
    assert notes(ladder)[0] == "called Tue 1 Dec at 10:00"


def test_agreed_and_closed_stand_in_the_footer(office: Office) -> None:
    ref = office.agreed()
    ladder = drawn(office, ref)
    assert states(ladder) == [S.PAST, S.NEXT, S.NEXT, S.NEXT]
    assert ladder.footer.startswith("Agreed at stage 1 of 4. Check due Mon 14 Dec at 17:00.")
    assert notes(ladder)[0] == "answer accepted Mon 30 Nov at 10:00"

    office.fill(AMIRA, f"/check {ref} yes", {"records_copied": ["riverside", "council"]})
    assert drawn(office, ref).footer.startswith("Closed: checked, and safer.")


def test_the_footer_speaks_of_the_check_and_not_of_an_action_due_before_it(office: Office) -> None:
    ref = office.agreed()
    office.fill(TOM, f"/action {ref} set Visit.", {"owner": TOM, "due": "2026-12-02"})
    assert "Check due Mon 14 Dec at 17:00." in drawn(office, ref).footer

    office.say(TOM, f"/done {ref} 1 Visited.")
    office.until("Mon 14 Dec 2026 17:30")
    again = "Asked again Tue 15 Dec at 17:00 (the check was due Mon 14 Dec at 17:00)."
    assert again in drawn(office, ref).footer


def test_a_clock_that_has_run_out_is_late(office: Office) -> None:
    ref = office.raised()
    office.now = london("Wed 2 Dec 2026 09:00")

    dials = drawn(office, ref).rungs[0].dials
    assert [(dial.fraction, dial.late) for dial in dials] == [(1.0, True), (1.0, True)]


def test_no_word_of_the_record_is_in_the_picture(office: Office) -> None:
    secret = "ORANGE HERON"
    form = dict.fromkeys(("decision", "wanted", "why_unsafe", "views", "own_ref"), secret)
    office.fill(AMIRA, "/concern", {"danger": "no"}, RAISE | form)
    ref = office.newest().ref
    office.say(AMIRA, f"/contact {ref} made phone spoke {secret}")
    office.say(TOM, f"/answer {ref} partly_resolved {secret}")

    assert secret not in "\n".join(ladder_words(drawn(office, ref)))
