"""One concern from Slack to Telegram, back, and on either alone: each side hears in time what it may hear."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from concerns.directory import Directory
from concerns.model import Stage
from tests.across.partners import Answer, Both, told

SECONDS = timedelta(seconds=30)
"""Within which the other side's card follows: each place has its pace, and nothing else holds it up."""
CHALLENGE: dict[str, Answer] = {
    "danger": "no",
    "strand": "adult",
    "ground": ["threshold"],
    "decision": "Marked-decision of the referral.",
    "wanted": "Marked-wish for a visit.",
}
TALK = "Marked-talk on the phone."
RESPONSE = "Marked-response: we visit on Thursday."
RESERVATION = "Marked-reservation about the date."
PRIVATE = ("Marked-decision", "Marked-wish", "Marked-talk", "Marked-response", "Marked-reservation")
STRAND_AND_GROUND = "Adult. Disagreement on threshold or level of need."


@dataclass(frozen=True)
class Direction:
    """Who challenges whom: a practitioner, and the one called, each with the channel of their own agency."""

    raiser: str
    home: str
    challenged: str
    answerer: str
    place: str
    stranger: str


DIRECTIONS = [
    pytest.param(
        Direction("amira", "riverside-escalations", "council", "tom", "council-escalations", "kofi"),
        id="slack-to-telegram",
    ),
    pytest.param(
        Direction("tom", "council-escalations", "riverside", "amira", "riverside-escalations", "wendy"),
        id="telegram-to-slack",
    ),
    pytest.param(
        Direction("kofi", "health-escalations", "brookside", "dele", "brookside-escalations", "tom"),
        id="slack-to-slack",
    ),
    pytest.param(
        Direction("wendy", "elm-house", "council", "tom", "council-escalations", "amira"),
        id="telegram-to-telegram",
    ),
]


@pytest.mark.parametrize("way", DIRECTIONS)
def test_each_side_hears_where_it_lives_and_reads_in_private(
    sqlite_url: str, tmp_path: Path, way: Direction
) -> None:
    async def story(at: Both) -> None:
        await at.begins(way.raiser, "/concern raise", agency=way.challenged, **CHALLENGE)
        assert "stage 1 of 4 is called" in at.reads(way.place)
        assert "stage 1 of 4 is called" in at.reads(way.answerer)
        await at.does(way.raiser, f"/contact REF made phone spoke {TALK}")
        nothing_private_is_overheard(at, {way.raiser})  # whoever is called has not asked yet
        assert TALK in await at.does(way.answerer, "/concern show REF")

        before = at.clock.now
        await at.presses(way.answerer, "Acknowledge", way.place)
        assert "Acknowledged. The answer is still owed" in at.card(way.home)
        assert at.clock.now - before < SECONDS
        await at.presses(
            way.answerer, "Answer", way.place, outcome="agreed_decision_changed", response=RESPONSE
        )
        assert "stage 1 of 4: answered" in at.reads(way.raiser)
        assert RESPONSE in await at.presses(way.raiser, "Read the answer")
        await at.presses(way.raiser, "Accept", how="reservation", reservation=RESERVATION)
        assert at.stage() is Stage.AGREED
        for channel in (way.home, way.place):
            assert at.card(channel).startswith(f"{at.ref}, agreed")

        for party in (way.raiser, way.answerer):
            shown = await at.does(party, "/concern show REF")
            assert [mark for mark in PRIVATE if mark not in shown] == []
        assert "No concern with that reference is open to you" in await at.does(
            way.stranger, "/concern show REF"
        )
        nothing_private_is_overheard(at, {way.raiser, way.answerer})

    told(sqlite_url, tmp_path, story)


def nothing_private_is_overheard(at: Both, readers: set[str]) -> None:
    """Marked words, which are on record, stand only in the private chats of those who asked for them."""
    others = [at.reads(one.id) for one in at.directory.people if one.id not in readers]
    heard = "\n".join([at.everything(), *others])
    assert at.ref in heard
    assert [mark for mark in PRIVATE if mark in heard] == []


@pytest.mark.parametrize("listed", [0, 2])
def test_each_channel_carries_what_its_trust_allows(sqlite_url: str, tmp_path: Path, listed: int) -> None:
    """The same card in a Telegram group (0), in a Slack channel two agencies share (1), in one's own (2).

    A Telegram group carries no more, whatever is `listed` for it.
    """

    def trusting(directory: Directory) -> Directory:
        channels = (
            replace(one, trust=listed) if one.platform == "telegram" else one for one in directory.channels
        )
        return replace(directory, channels=tuple(channels))

    async def story(at: Both) -> None:
        await at.begins("amira", "/concern raise", agency="council", **CHALLENGE)
        group, shared, own = map(
            at.card, ("council-escalations", "riverside-council", "riverside-escalations")
        )
        for card in (group, shared, own):
            assert "Answer due Tue 1 Dec at 17:00." in card
        assert (STRAND_AND_GROUND in group, "Next: " in group) == (False, False)
        assert (STRAND_AND_GROUND in shared, "Next: " in shared) == (True, False)
        assert (STRAND_AND_GROUND in own, "Next: " in own) == (True, True)
        for text in (at.reads("council-escalations"), at.reads("tom")):
            assert "threshold" not in text.lower()
            assert "adult" not in text.lower().replace("adult social care", "")

    told(sqlite_url, tmp_path, story, but=trusting)
