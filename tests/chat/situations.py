"""The three situations as they are lived in a chat, told once for every platform and for both together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

import pytest

from bot.house import House
from concerns.model import Stage
from tests.stories import test_delayed as delayed
from tests.stories import test_partnership as partnership
from tests.stories import test_threshold as threshold

Answer = str | list[str]

CHALLENGE: dict[str, Answer] = {
    "danger": "no",
    "strand": "adult",
    "agency": "council",
    "ground": ["threshold"],
    "decision": "The threshold is not met.",
    "wanted": "A formal enquiry.",
}
"""What is filled in to challenge a decision of the council's."""


class Partners(Protocol):
    """What every platform lets people do."""

    house: House
    ref: str

    async def begins(self, person: str, line: str, /, **given: Answer) -> None: ...
    async def does(self, person: str, line: str, /, **given: Answer) -> str: ...
    async def presses(self, person: str, label: str, place: str = "", /, **given: Answer) -> str: ...
    async def until(self, when: str) -> None: ...
    def stage(self) -> Stage: ...
    def reads(self, place: str) -> str: ...
    def everything(self) -> str: ...


Situation = Callable[[Partners], Awaitable[None]]


def words_of(answers: Mapping[str, Sequence[str]]) -> dict[str, Answer]:
    """The answers of a situation as a person gives them in a chat."""
    return {key: given if isinstance(given, str) else [*given] for key, given in answers.items()}


async def delayed_until_the_second_stage_answers(at: Partners) -> None:
    """A referral nobody answers; stage 1 stays silent; the manager answers in the council's channel."""
    await at.begins("amira", "/concern refer", **delayed.REFERRAL)
    await at.does("amira", "/contact REF", direction="made", method="phone", reached="no_answer")
    await at.until("Tue 1 Dec 2026 17:00")
    assert "no response to your referral yet" in at.reads("amira")
    await at.presses("amira", "Open stage 1", why="raiser_or_manager_choice")
    assert "stage 1 of 4 is called" in at.reads("council-escalations")
    await at.until("Thu 3 Dec 2026 17:00")  # it was opened some seconds after closing on Tuesday
    assert "stage 2 of 4 is called" in at.reads("riverside-council")
    await at.presses("grace", "Acknowledge", "council-escalations")
    await at.presses("grace", "Answer", "council-escalations", **delayed.MEETING)
    assert "stage 2 of 4: answered" in at.reads("amira")
    await at.presses("amira", "Accept", how="plain")
    assert at.stage() is Stage.AGREED
    assert "agreed" in at.reads("council-escalations")
    assert delayed.REFERRAL["summary"] not in at.everything()


async def threshold_disputed_and_answered_one_stage_up(at: Partners) -> None:
    """What staff observed is read by those with a right to it, and stands in no channel."""
    await at.begins("dele", "/concern raise", danger="no", **words_of(threshold.CHALLENGE))
    await at.presses("tom", "Acknowledge", "council-escalations")
    line = "/concern answer REF agreed_decision_stands_with_explanation The test is not met."
    await at.does("tom", line)
    await at.does("dele", f"/concern note REF {threshold.OBSERVED}.")
    await at.does("dele", "/concern dispute REF What staff observed was not weighed.")
    assert "stage 2 of 4 is called" in at.reads("brookside-council")
    assert threshold.OBSERVED in await at.does("grace", "/concern show REF")
    await at.presses("grace", "Answer", "council-escalations", **threshold.ENQUIRY)
    await at.presses("dele", "Accept", how="plain")
    assert at.stage() is Stage.AGREED
    for words in (threshold.OBSERVED, threshold.CHALLENGE["decision"], threshold.ENQUIRY["response"]):
        assert str(words) not in at.everything()


async def partnership_decided_by_the_board_and_reopened(at: Partners) -> None:
    """Two stages lapse, the chair decides with dissent, an action is set and done; it happens again."""
    await at.begins("kofi", "/concern raise", danger="no", **words_of(partnership.CHALLENGE))
    await at.until("Fri 4 Dec 2026 17:00")
    assert partnership.TOP in at.reads("board")
    await at.presses("miriam", "Record a decision", "board", **partnership.DECISION)
    assert at.stage() is Stage.AGREED
    action = {"does": "set", "what": "Invite the trust.", "owner": "stefan", "due": "2026-12-08"}
    await at.does("miriam", "/concern action REF", **action)
    assert "action 1 is yours" in at.reads("stefan")
    await at.until("Tue 8 Dec 2026 17:00")
    assert "action 1 is not marked done yet" in at.reads("stefan")
    await at.does("stefan", "/concern done REF", number="1")
    await at.until("Mon 21 Dec 2026 17:00")
    assert "is the person safer now?" in at.reads("kofi")
    await at.does("kofi", "/concern check REF no Another fall this morning.")
    await at.does("kofi", "/concern reopen REF Another fall this morning.")
    assert at.stage() is Stage.CALLED
    assert partnership.DECISION["dissent"] in await at.does("kofi", "/concern show REF")
    assert "fall" not in at.everything()


SITUATIONS = pytest.mark.parametrize(
    "situation",
    [
        delayed_until_the_second_stage_answers,
        threshold_disputed_and_answered_one_stage_up,
        partnership_decided_by_the_board_and_reopened,
    ],
    ids=["delayed", "threshold", "partnership"],
)
