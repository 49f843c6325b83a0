"""World and clock survive a restart; what was half done is finished, and nothing is said twice."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.world import JOURNAL, KEY, RESETTING
from reminders.delivery import Delivery
from storage.outbox import Outbox
from tests.playground.inside import Open
from tests.playground.outsider import Json, Outsider


def announced(out: Outsider) -> Json:
    """Everything delivered; private replies are forgotten when the playground stops."""
    return {
        place: [m for m in said if not m["id"].startswith("w")] for place, said in out.everything().items()
    }


def test_world_clock_and_messages_are_the_same_after_a_restart(open_playground: Open) -> None:
    first = open_playground()
    first.outsider.post("/api/situation", {"name": "delayed"})
    before = first.outsider.world(), announced(first.outsider)
    first.close()

    second = open_playground().outsider

    assert (second.world(), announced(second)) == before


def test_a_clock_that_was_moved_stays_moved_though_nothing_else_happened(open_playground: Open) -> None:
    first = open_playground()
    first.outsider.forward("90 minutes")
    first.close()

    assert open_playground().outsider.now() == "2026-11-30T11:30:00+00:00"


def test_the_story_goes_on_after_a_restart(open_playground: Open) -> None:
    first = open_playground()
    ref = first.outsider.opened("amira", "/concern raise", agency="council", decision="No enquiry.")
    card = first.outsider.channel("riverside-council")[0]
    first.close()

    out = open_playground().outsider
    out.press("tom", out.channel("council-escalations")[-1], "Acknowledge")

    assert out.concern(ref)["stage"] == "acknowledged"
    now, before = out.channel("riverside-council")[0], card
    assert (now["id"], now["edited"], now["lines"] != before["lines"]) == (before["id"], True, True)
    assert "Challenged: No enquiry." in out.do("amira", f"/concern show {ref}")["lines"]


def test_a_form_left_open_can_be_submitted_after_a_restart(open_playground: Open) -> None:
    first = open_playground()
    page = first.outsider.say("amira", "/concern raise")["reply"]["form"]
    form = first.outsider.submit("amira", page, {"danger": "no"})["reply"]["form"]
    first.outsider.submit("amira", form, {"decision": "No enquiry."})
    first.close()

    out = open_playground().outsider
    given = {"strand": "adult", "agency": "council", "ground": "threshold", "wanted": "An enquiry."}
    out.submit("amira", form, given)

    (concern,) = out.world()["concerns"]
    assert "Challenged: No enquiry." in out.do("amira", f"/concern show {concern['ref']}")["lines"]


def test_a_private_reply_of_before_is_not_taken_for_one_of_now(open_playground: Open) -> None:
    first = open_playground()
    ref = first.outsider.opened("amira", "/concern raise", agency="council")
    old = first.outsider.do("amira", f"/concern show {ref}")
    first.close()

    out = open_playground().outsider
    new = out.do("amira", f"/concern show {ref}")

    assert new["id"] != old["id"]
    out.post("/api/press", {"as": "amira", "message": old["id"], "button": 0}, 404)


def test_opening_and_closing_it_again_and_again_changes_nothing(open_playground: Open) -> None:
    first = open_playground()
    first.outsider.opened("amira", "/concern raise", agency="council")
    before = first.outsider.world(), announced(first.outsider)
    first.close()
    for _ in range(3):
        open_playground().close()

    out = open_playground().outsider
    assert (out.world(), announced(out)) == before


# ---- stopped in the middle -------------------------------------------------------------------------


class Stopped(BaseException):
    """The process ends here."""


@pytest.fixture
def stop_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str], None]:
    """Ends the process, as it were, at the next call of a method: before it does anything."""

    def at(room: type, name: str) -> None:
        def stop(*_args: object, **_kwargs: object) -> None:
            raise Stopped

        monkeypatch.setattr(room, name, stop)

    return at


@pytest.mark.parametrize(("room", "name"), [(Delivery, "run"), (Outbox, "claim"), (Outbox, "sent")], ids=str)
def test_what_was_on_record_but_not_said_is_said_at_the_start_and_once(
    open_playground: Open,
    monkeypatch: pytest.MonkeyPatch,
    stop_at: Callable[[type, str], None],
    room: type,
    name: str,
) -> None:
    first = open_playground()
    form = first.outsider.say("amira", "/concern refer")["reply"]["form"]
    given = {"strand": "adult", "agency": "council", "when": "2026-11-30T10:00", "how": "phone"}
    stop_at(room, name)
    with pytest.raises(BaseException):  # noqa: B017, PT011 -- the stop, alone or in a group
        first.outsider.submit("amira", form, given)
    monkeypatch.undo()
    first.close()

    out = open_playground().outsider

    assert len(out.world()["concerns"]) == 1
    assert [len(out.channel(one)) for one in ("riverside-escalations", "council-escalations")] == [1, 1]
    assert out.get("/readyz")["ready"]


def test_half_a_line_in_the_journal_was_never_said(open_playground: Open, folder: Path) -> None:
    first = open_playground()
    first.outsider.opened("amira", "/concern raise", agency="council")
    before = first.outsider.world(), announced(first.outsider)
    first.close()
    with (folder / JOURNAL).open("ab") as journal:
        journal.write(b'{"id":"m99","place":{"kind":"channel"')

    out = open_playground().outsider

    assert (out.world(), announced(out)) == before
    out.forward("next")
    assert b"m99" not in (folder / JOURNAL).read_bytes()


def test_a_reset_that_was_cut_short_is_made_good(open_playground: Open, folder: Path) -> None:
    first = open_playground()
    fresh = first.outsider.world()
    first.outsider.opened("amira", "/concern raise", agency="council")
    first.close()
    (folder / RESETTING).touch()
    (folder / KEY).unlink()

    out = open_playground().outsider

    assert out.world() == fresh
    assert not any(out.everything().values())
    assert not (folder / RESETTING).exists()
    out.opened("amira", "/concern raise", agency="council")


def test_a_first_start_that_was_cut_short_is_made_good(open_playground: Open, folder: Path) -> None:
    folder.mkdir()
    (folder / KEY).write_text("")

    open_playground().outsider.opened("amira", "/concern raise", agency="council")


# ---- the key to the words --------------------------------------------------------------------------


@pytest.fixture
def keyless(open_playground: Open, folder: Path) -> tuple[Outsider, str]:
    """A playground whose key file is gone, with a concern from before."""
    first = open_playground()
    ref = first.outsider.opened("amira", "/concern raise", agency="council", decision="No enquiry.")
    first.close()
    (folder / KEY).unlink()
    return open_playground().outsider, ref


def test_without_the_key_it_says_so_and_makes_no_other(keyless: tuple[Outsider, str], folder: Path) -> None:
    out, _ = keyless

    response = out.http.get("/readyz")

    assert response.status_code == 503
    assert f"{folder / KEY} is missing" in response.json()["reasons"][0]
    assert not (folder / KEY).exists()


def test_without_the_key_clocks_and_notices_run(keyless: tuple[Outsider, str]) -> None:
    out, ref = keyless

    out.forward("2 working days")

    assert out.concern(ref)["tier"] == 2
    assert "stage 2" in out.channel("riverside-council")[-1]["title"]


def test_without_the_key_words_are_not_taken_and_the_person_is_told(keyless: tuple[Outsider, str]) -> None:
    out, ref = keyless

    answer = out.say("amira", f"/concern note {ref} Seen today.")

    assert answer["reply"] is None
    assert answer["error"].startswith("Not saved")


def test_without_the_key_the_record_is_shown_with_its_words_closed(keyless: tuple[Outsider, str]) -> None:
    out, ref = keyless

    lines = out.do("amira", f"/concern show {ref}")["lines"]

    assert not any("No enquiry." in line for line in lines)
    assert any("cannot be opened" in line for line in lines)


def test_without_the_key_immediate_danger_still_gets_the_emergency_text(
    keyless: tuple[Outsider, str],
) -> None:
    out, _ = keyless
    form = out.say("amira", "/concern raise")["reply"]["form"]

    answer = out.submit("amira", form, {"danger": "yes"})

    assert answer["error"].startswith("Not saved")
    assert "999" in " ".join(out.private("amira")[-1]["lines"])


def test_a_key_file_others_can_read_stops_the_start(open_playground: Open, folder: Path) -> None:
    open_playground().close()
    os.chmod(folder / KEY, 0o644)

    with pytest.raises(Exception, match="chmod 600"):
        open_playground()
