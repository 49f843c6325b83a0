"""Somebody with an account on each platform: told once, acts from either, and does nothing twice."""

import asyncio
from pathlib import Path

from concerns.enrolment import read_code
from concerns.events import Acknowledged, Answered
from concerns.people import Identity
from tests.across.partners import Answer, Both, also, told
from tests.chat.situations import CHALLENGE
from tests.owners import by_two_of_riverside
from tests.telegram.fake.hands import Hand
from tests.telegram.test_enrolment import Newcomer

ON_SLACK = Identity("slack", "riverside", "U07TMW1X5")
TOM_HAS_BOTH = also("tom", ON_SLACK)
GROUP, SHARED = "council-escalations", "riverside-council"
CALLED = "stage 1 of 4 is called"
TOWARDS_RIVERSIDE = CHALLENGE | {"agency": "riverside"}
MEETING: dict[str, Answer] = {
    "outcome": "agreed_decision_changed",
    "response": "We visit on Thursday.",
}


def test_told_once_where_the_first_of_the_accounts_is(sqlite_url: str, tmp_path: Path) -> None:
    """In channels the mention is of the account that belongs there."""

    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        assert at.telegram.reads("tom").count(CALLED) == 1
        assert at.slack.reads("tom") == ""
        assert f"<@{ON_SLACK.user}>" in at.reads(SHARED)
        assert "Tom Whitaker" in at.reads(GROUP)

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH)


def test_told_at_the_other_account_where_the_first_is_closed(sqlite_url: str, tmp_path: Path) -> None:
    async def story(at: Both) -> None:
        toms_phone(at).block()
        await at.begins("amira", "/concern raise", **CHALLENGE)
        assert CALLED not in at.telegram.reads("tom")
        assert at.slack.reads("tom").count(CALLED) == 1
        assert "could not be" not in at.reads("sam")

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH, refused=True)


def test_acts_from_either_and_a_button_left_over_on_the_other_says_so(
    sqlite_url: str, tmp_path: Path
) -> None:
    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        await at.slack.presses("tom", "Acknowledge", SHARED)
        assert "Acknowledged." in at.card(GROUP)
        ping = next(one for one in at.telegram.shown("tom") if CALLED in one.text)
        await at.telegram.presses("tom", "Answer", **MEETING)
        assert "Answered." in at.card(SHARED)
        assert "Acknowledge" in ping.labels
        assert "moved on" in await at.slack.presses("tom", "Acknowledge", SHARED)
        assert happened(at, Acknowledged) == happened(at, Answered) == 1
        for side in (at.slack, at.telegram):
            assert "We visit on Thursday." in await side.does("tom", "/concern show REF")

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH)


def test_pressed_on_both_at_once_it_is_done_once(sqlite_url: str, tmp_path: Path) -> None:
    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        await asyncio.gather(
            at.slack.presses("tom", "Acknowledge", SHARED), at.telegram.presses("tom", "Acknowledge", GROUP)
        )
        assert happened(at, Acknowledged) == 1
        assert "Acknowledged." in at.card(GROUP)
        assert "Acknowledged." in at.card(SHARED)

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH)


def test_a_form_begun_on_telegram_goes_on_and_is_sent_on_slack(sqlite_url: str, tmp_path: Path) -> None:
    """What was asked on the phone is answered at the desk; the question left on the phone sends nothing."""

    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", **CHALLENGE)
        phone = toms_phone(at)
        phone.say(f"/concern answer {at.ref}")
        await at.settle()
        phone.press(at.telegram.shown("tom")[-1], "The decision is changed")
        await at.settle()
        question = at.telegram.shown("tom")[-1]
        hands = at.slack._hands("tom")
        await at.slack._sent(hands.looks_home())
        await at.slack._sent(hands.presses_in_view("Go on"))
        view = hands.views.before(hands.user)
        assert view is not None
        assert "The decision is changed" in str(view.shown)
        await at.slack._fills(hands, {"response": "We visit on Thursday."})
        assert happened(at, Answered) == 1

        phone.say("We do not visit.", reply_to=question)
        await at.settle()
        assert happened(at, Answered) == 1
        shown = await at.does("amira", "/concern show REF")
        assert "We visit on Thursday." in shown
        assert "We do not visit." not in shown

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH)


def test_a_form_begun_on_slack_goes_on_and_is_sent_on_telegram(sqlite_url: str, tmp_path: Path) -> None:
    """Danger was asked about already; what stands open on Slack meanwhile raises nothing a second time."""

    async def story(at: Both) -> None:
        hands = at.slack._hands("tom")
        await at.slack._sent(hands.types("/concern", "raise"))
        await at.slack._sent(hands.submits(danger="no"))
        assert "Begun, and not sent yet" in await at.telegram.does("tom", "/concern mine")
        await at.telegram.presses("tom", "Go on", **TOWARDS_RIVERSIDE)
        assert CALLED in at.reads("amira")
        filled = {key: given for key, given in TOWARDS_RIVERSIDE.items() if key != "danger"}
        await at.slack._sent(hands.submits(**filled))
        assert len(at.house.ledger.listing()) == 1
        assert at.reads("amira").count(CALLED) == 1

    told(sqlite_url, tmp_path, story, but=TOM_HAS_BOTH)


def test_a_phone_let_in_from_slack_acts_for_the_same_person(sqlite_url: str, tmp_path: Path) -> None:
    """A code is given out on Slack and opened on Telegram; a second owner confirms it on Slack."""

    async def story(at: Both) -> None:
        shown = await at.does("joel", "/concern enrol", person="amira")
        phone = Newcomer(at.telegram)
        await phone.starts(next(filter(None, map(read_code, shown.split()))))
        await at.presses("ruth", "Approve as Amira Khan")
        assert "You are enrolled" in phone.reads()

        await at.begins("tom", "/concern raise", **TOWARDS_RIVERSIDE)
        assert at.reads("amira").count(CALLED) == 1
        assert CALLED not in phone.reads()
        await phone.says(f"/ack {at.ref}")
        assert "Acknowledged." in at.card("riverside-escalations")
        await phone.says(f"/answer {at.ref} agreed_decision_changed We visit on Thursday.")
        assert happened(at, Answered) == 1
        assert "We visit on Thursday." in await at.does("tom", "/concern show REF")

    told(sqlite_url, tmp_path, story, but=by_two_of_riverside)


def toms_phone(at: Both) -> Hand:
    """His account on Telegram."""
    return at.telegram.telegram.hand(700100211)


def happened(at: Both, kind: type) -> int:
    """How often this is on record."""
    return sum(isinstance(event, kind) for event in at.house.ledger.history(at.concern.ref))
