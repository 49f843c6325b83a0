"""A message becomes the words of a form: they are words, whole, and nothing in them is read as a command."""

import pytest

from tests.handlers.offices import Office
from tests.slack.doorway import CHANNEL, SENT, WORKSPACE, Doorway, at_the_door
from tests.slack.fake.server import FakeSlack
from tests.slack.fake.workspace import Said

MARKED = "<@U-ben> &amp; <@U-nobody> rang <#C1|duty-desk>: <https://council.example/a|the plan> &lt;today&gt;"
READ = "Ben Hale & somebody rang #duty-desk: the plan (https://council.example/a) <today>"


def message(slack: FakeSlack, text: str | None) -> Said:
    """Something Ben wrote in the shared channel."""
    return slack.workspaces[WORKSPACE].say(CHANNEL, {"text": text}, "U-ben")


def filled_in(at: Doorway, key: str) -> str:
    """What the boxes of one question hold together."""
    view = at.window()
    assert view is not None
    boxes = [block for block in view.shown["blocks"] if block.get("block_id", "").split("#")[0] == key]
    return "".join(block["element"].get("initial_value", "") for block in boxes)


def test_a_message_becomes_the_words_of_a_new_concern(slack: FakeSlack, office: Office) -> None:
    """Asked about danger first, as always."""

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_from_message", message(slack, MARKED)))
        await at.submits({"danger": "no"})
        assert filled_in(at, "decision") == READ

    at_the_door(slack, office, story)


@pytest.mark.parametrize("nothing", [None, "", "\u200b"])
def test_a_picture_without_words_is_answered_with_an_empty_form_that_says_so(
    slack: FakeSlack, office: Office, nothing: str | None
) -> None:
    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_from_message", message(slack, nothing)))
        assert "That message has no words to fill in" in at.shown()
        await at.submits({"danger": "no"})
        assert filled_in(at, "decision") == ""

    at_the_door(slack, office, story)


def test_used_on_no_message_nothing_is_said_of_one(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_anywhere"))
        assert "in immediate danger" in at.shown()
        assert "no words" not in at.shown()

    at_the_door(slack, office, story)


def test_a_message_becomes_the_words_of_a_contact(slack: FakeSlack, office: Office) -> None:
    """Its first words may be choices of the form, and are words here."""
    office.raised()

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("contact_from_message", message(slack, "Phone spoke to nobody")))
        assert filled_in(at, "summary") == "Phone spoke to nobody"

    at_the_door(slack, office, story)


@pytest.mark.parametrize(
    "first", ["E-12", "C-7F3K-9QMZ", "{ref}", "immediate_risk", "/concern withdraw {ref}"]
)
@pytest.mark.parametrize(
    ("shortcut", "key"), [("raise_from_message", "decision"), ("contact_from_message", "summary")]
)
def test_no_word_of_it_is_taken_for_a_reference_or_a_command(
    slack: FakeSlack, office: Office, shortcut: str, key: str, first: str
) -> None:
    text = f"{first.format(ref=office.raised())} rang\n  and nobody came"

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses(shortcut, message(slack, text)))
        if key == "decision":
            await at.submits({"danger": "no"})
        assert filled_in(at, key) == text

    at_the_door(slack, office, story)


def test_a_contact_asks_which_concern_and_the_words_wait(slack: FakeSlack, office: Office) -> None:
    office.raised()
    ref = office.raised()

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("contact_from_message", message(slack, f"received phone {ref}")))
        await at.submits({"concern": ref})
        assert ref in at.shown()
        assert filled_in(at, "summary") == f"received phone {ref}"

    at_the_door(slack, office, story)


def test_a_message_longer_than_a_box_stands_in_several_and_is_sent_whole(
    slack: FakeSlack, office: Office
) -> None:
    text = "Nobody came & nobody rang. " * 300

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_from_message", message(slack, text.replace("&", "&amp;"))))
        await at.submits({"danger": "no"})
        await at.submits({key: given for key, given in SENT.items() if key != "decision"})
        (raised, *_) = office.ledger.history(office.newest().ref)
        assert raised.words.text("decision") == text.strip()

    at_the_door(slack, office, story)


def test_a_message_longer_than_an_answer_may_be_is_left_where_it_stands(
    slack: FakeSlack, office: Office
) -> None:
    """The form comes all the same, and says what to do."""

    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_from_message", message(slack, "long " * 4_000)))
        assert "danger" in at.shown().lower()
        assert "16,000 characters" in at.shown()

    at_the_door(slack, office, story)


def test_with_no_concern_of_theirs_a_contact_says_so(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("contact_from_message", message(slack, "Rang twice")))
        assert "there is no concern of yours" in at.shown()

    at_the_door(slack, office, story)


def test_a_stranger_is_asked_about_danger_and_nothing_is_kept(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        said = message(slack, "MARKED")
        await at.settled(at.person("U-stranger").uses("raise_from_message", said))
        assert "danger" in at.shown("U-stranger").lower()
        assert "MARKED" not in str(at.window("U-stranger"))

    at_the_door(slack, office, story)


def test_the_global_shortcut_opens_the_first_question(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.settled(at.person().uses("raise_anywhere"))
        assert "danger" in at.shown().lower()

    at_the_door(slack, office, story)
