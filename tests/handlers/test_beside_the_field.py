"""What the rules refuse about one answer is said beside its question, and the words stay."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from concerns.model import Ref
from concerns.pathway import Strand
from concerns.people import PersonId
from handlers.scene import Asker
from tests.handlers.offices import ANSWER, RAISE, Office, form_of
from tests.owners import SLACK
from tests.partnership import AMIRA, BEN, SAM, TOM

YEARS_AHEAD, LONG_AGO = "2028-12-24T10:00", "2025-12-24T10:00"
TOLD = {"when": YEARS_AHEAD, "who": "The duty desk", "how": "By phone"}


def refused(office: Office, person: PersonId, line: str, *pages: dict[str, object]) -> str:
    """The question a form is sent back for, the sentence being the one above it."""
    reply = office.say(person, line)
    for page in pages:
        reply = office.submit(person, form_of(reply), page)
    assert reply.error
    ((key, sentence),) = reply.errors
    assert sentence == reply.error
    return key


@pytest.mark.parametrize(
    ("ref_of", "person", "verb", "given", "key"),
    [
        (
            Office.raised,
            AMIRA,
            "contact",
            {"direction": "made", "method": "phone", "reached": "spoke", "when": YEARS_AHEAD},
            "when",
        ),
        (Office.raised, AMIRA, "note", {"text": "Seen.", "evidence_at": YEARS_AHEAD}, "evidence_at"),
        (Office.raised, AMIRA, "ack", TOLD, "when"),
        (Office.raised, AMIRA, "answer", TOLD | ANSWER, "when"),
        (Office.raised, TOM, "extend", {"until": LONG_AGO, "reason": "Leave."}, "until"),
        (Office.raised, AMIRA, "action", {"what": "Visit.", "owner": TOM, "due": LONG_AGO[:10]}, "due"),
        (Office.raised, SAM, "retime", {"clock": "answer", "due": LONG_AGO, "reason": "Strike."}, "due"),
        (
            Office.raised,
            SAM,
            "retime",
            {"clock": "acknowledge", "due": "2026-12-24T10:00", "reason": "Strike."},
            "due",
        ),
        (Office.agreed, AMIRA, "check", {"safer": "too_early", "again_on": LONG_AGO[:10]}, "again_on"),
        (
            Office.agreed,
            AMIRA,
            "check",
            {"safer": "yes", "records_copied": ["riverside"]},
            "records_copied",
        ),
        (Office.answered, AMIRA, "accept", {"how": "plain", "reservation": "One doubt."}, "reservation"),
    ],
)
def test_what_is_wrong_with_one_answer_stands_beside_it(
    office: Office,
    ref_of: Callable[[Office], Ref],
    person: PersonId,
    verb: str,
    given: dict[str, object],
    key: str,
) -> None:
    assert refused(office, person, f"/concern {verb} {ref_of(office)}", given) == key


def test_a_referral_still_to_come_is_refused_beside_its_time(office: Office) -> None:
    given: dict[str, object] = {"strand": "adult", "agency": "council", "how": "phone", "when": YEARS_AHEAD}
    assert refused(office, AMIRA, "/concern refer", given) == "when"


def test_whom_the_pathway_does_not_cover_is_said_beside_that_question(office: Office) -> None:
    office.with_pathway(replace(office.rules.pathway, strands=(Strand.ADULT,)))
    assert refused(office, AMIRA, "/concern", {"danger": "no"}, RAISE | {"strand": "child"}) == "strand"


def test_a_code_that_does_not_work_is_refused_beside_it(office: Office) -> None:
    reply = office.desk.say(Asker(None, account=SLACK), "/join let-me-in")
    assert dict(reply.errors) == {"code": reply.error}


def test_an_action_somebody_else_has_done_meanwhile_is_named_beside_its_number(office: Office) -> None:
    ref = office.raised()
    for what in ("Visit.", "Ring."):
        office.fill(AMIRA, f"/action {ref} set {what}", {"owner": BEN, "due": "2026-12-02"})
    form = form_of(office.say(AMIRA, f"/done {ref}"))
    assert [field.key for field in form.fields] == ["number", "note"]
    office.ledger.meanwhile = lambda: office.say(AMIRA, f"/done {ref} 1 Seen.")
    assert [key for key, _ in office.submit(AMIRA, form, {"number": "1"}).errors] == ["number"]
