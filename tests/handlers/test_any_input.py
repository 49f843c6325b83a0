"""Whatever is typed, pressed or sent: a sentence, a message or a form comes back; nothing is half done."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from concerns.people import PersonId
from handlers.line import LONGEST
from handlers.menu import menu
from handlers.scene import Reply
from tests.handlers.offices import RAISE, Office
from tests.partnership import AMIRA, BEN, SAM, TOM

steady = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
people = st.sampled_from([AMIRA, TOM, SAM, BEN, PersonId("stranger"), None])
letters = st.characters()
verbs = st.sampled_from([verb.name for verb in menu()])
refs = st.sampled_from(
    ["C-00EK-5V21", "C-00EK-5V22", "C-ZZZZ-ZZZZ", "C-", "", "E-1", "J-0000-0000-0000-0000"]
)
choices = st.sampled_from(
    (
        "made",
        "phone",
        "spoke",
        "yes",
        "no",
        "plain",
        "satisfied",
        "challenge",
        "immediate_risk",
        "partly_resolved",
        "set",
        "done",
        "1",
        "complaint",
        "answer",
    )
)
tokens = choices | refs | verbs | st.text(letters, max_size=8)
lines = st.builds(
    lambda slash, head, ref, rest, gap: f"{slash}{head}{gap}{ref}{gap}{gap.join(rest)}",
    st.sampled_from(["/", "/concern ", "/contact ", "//", ""]),
    verbs | st.text(letters, max_size=8),
    refs,
    st.lists(tokens, max_size=5),
    st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", "\u202e "]),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(letters, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
asked = st.sampled_from(
    (
        *("danger", "strand", "agency", "ground", "decision", "wanted", "direction", "method", "reached"),
        *("when", "next_date", "who", "how", "outcome", "response", "verdict", "safer", "records_copied"),
        *("again_on", "why", "reservation", "concern", "request", "person", "code", "_page", "_turn", "_ref"),
        *("does", "what", "owner", "due", "number", "of", "text", "route", "reason", "to", "clock", "until"),
    )
)
sensible = st.sampled_from(
    [
        *("yes", "no", "adult", "council", "made", "phone", "spoke", "2026-02-30", "C-00EK-5V21"),
        *("set", "done", "1", "tom", "ben", "complaint", "answer", "2026-12-02", "2026-12-03T12:00"),
    ]
)
payloads = st.dictionaries(asked | st.text(letters, max_size=6), sensible | anything, max_size=8)


@pytest.fixture
def busy(office: Office) -> Office:
    """An office with one concern called; its reference is the first there is."""
    office.raised()
    return office


def answers(reply: Reply) -> bool:
    """Whether something came back, and every sentence of it is one."""
    sentences = [reply.error or "Fine.", *(sentence for _, sentence in reply.errors)]
    return bool(reply.error or reply.message or reply.form) and all(s[-1] in ".?" for s in sentences)


@given(person=people, text=lines | st.text(letters, max_size=60), overheard=st.booleans())
@example(person=AMIRA, text="/concern \ud800\udfff", overheard=False)
@example(person=AMIRA, text="/concern \x00\x07", overheard=False)
@example(person=AMIRA, text="/concern \u202eesrever\u202c", overheard=True)
@example(person=AMIRA, text="/concern" + " " * 10_000, overheard=False)
@example(person=AMIRA, text="/" + "x" * (LONGEST - 1), overheard=False)
@example(person=AMIRA, text="/concern " + "x" * (LONGEST - 9), overheard=False)
@example(person=AMIRA, text="/concern " + "\U0001f525" * 4096, overheard=False)
@example(person=TOM, text="/ack C-00EK-5V21 " + "x " * 8000, overheard=False)
@steady
def test_any_line_gets_an_answer(busy: Office, person: PersonId | None, text: str, overheard: bool) -> None:
    before = busy.untouched()

    reply = busy.say(person, text, overheard=overheard)

    assert answers(reply)
    if reply.error or reply.form:
        assert busy.untouched() == before


@given(
    person=people, text=st.builds(lambda part: (part * LONGEST)[: LONGEST // 4], st.text(letters, min_size=1))
)
@settings(steady, max_examples=20)
def test_any_long_line_gets_an_answer(busy: Office, person: PersonId | None, text: str) -> None:
    assert answers(busy.say(person, "/concern " + text))


@given(
    person=people,
    token=st.text(letters, max_size=80)
    | st.builds("{}:{}:{}".format, verbs, refs, st.integers(-2, 10**12) | st.text(letters, max_size=4)),
)
@example(person=AMIRA, token="ack:C-00EK-5V21:\u0661")
@steady
def test_any_button_gets_an_answer(busy: Office, person: PersonId | None, token: str) -> None:
    assert answers(busy.press(person, token))


@given(
    person=people,
    form=st.sampled_from(["danger", "token-1", "", "\ud800"]) | st.text(letters, max_size=20),
    given=payloads,
)
@steady
def test_any_payload_for_any_form_gets_an_answer(
    busy: Office, person: PersonId | None, form: str, given: dict[str, object]
) -> None:
    assert answers(busy.submit(person, form, given))


@given(verb=verbs, pages=st.lists(payloads, min_size=1, max_size=3))
@example(verb="action", pages=[{"does": "drop", "number": "1"}, {"does": "set", "owner": "tom", "due": "x"}])
@example(verb="correct", pages=[{"of": "\u0661", "text": "x"}, {"of": "1e0"}, {"of": ["1", "2"]}])
@example(verb="raise", pages=[{"danger": "no"}, RAISE | {"_page": "99", "_turn": "x", "unasked": "y" * 9000}])
@steady
def test_any_payload_for_an_open_form_gets_an_answer_and_leaves_it_readable(
    busy: Office, verb: str, pages: list[dict[str, object]]
) -> None:
    reply = busy.say(AMIRA, f"/{verb}")
    for page in pages:
        if reply.form is None:
            break
        form, before = reply.form, busy.untouched()
        reply = busy.submit(AMIRA, form, page)
        assert answers(reply)
        if reply.error:
            assert busy.untouched() == before
            reply = Reply(form=form)
