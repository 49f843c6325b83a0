"""The three situations end to end on Slack, in Socket Mode and over signed HTTP, through the real SDKs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from concerns.model import Stage
from tests.slack.partners import Partners, told
from tests.stories import test_delayed as delayed
from tests.stories import test_partnership as partnership
from tests.stories import test_threshold as threshold


def words_of(answers: Mapping[str, Sequence[str]]) -> dict[str, str | list[str]]:
    """The answers of a situation as a person gives them to Slack."""
    return {key: given if isinstance(given, str) else [*given] for key, given in answers.items()}


MODES = pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])


@MODES
def test_delayed_until_the_second_stage_answers(sqlite_url: str, tmp_path: Path, http: bool) -> None:
    """A referral nobody answers; stage 1 stays silent; the manager answers in the council's channel."""

    async def story(at: Partners) -> None:
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

    told(sqlite_url, tmp_path, story, http=http)


@MODES
def test_threshold_disputed_and_answered_one_stage_up(sqlite_url: str, tmp_path: Path, http: bool) -> None:
    """What staff observed is read by those with a right to it, and stands in no channel."""

    async def story(at: Partners) -> None:
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

    told(sqlite_url, tmp_path, story, http=http)


@MODES
def test_partnership_decided_by_the_board_and_reopened(sqlite_url: str, tmp_path: Path, http: bool) -> None:
    """Two stages lapse, the chair decides with dissent, an action is set and done; it happens again."""

    async def story(at: Partners) -> None:
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

    told(sqlite_url, tmp_path, story, http=http)
