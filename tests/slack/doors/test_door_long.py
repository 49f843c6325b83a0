"""An answer too long for where it was asked: it comes to one place whole, and what stands here says where."""

from bot.slack.answers import ALL_OF_IT, DRAWN
from concerns.model import Ref
from tests.handlers.offices import Office
from tests.partnership import AMIRA
from tests.slack.doorway import CHANNEL, Doorway, at_the_door, said, written
from tests.slack.fake.faults import Says
from tests.slack.fake.server import FakeSlack

NOTES = [f"Note number {n:02}: {'they rang. ' * 200}" for n in range(12)]


def noted(office: Office, notes: int) -> Ref:
    """A concern with so many long notes on its record."""
    ref = office.raised()
    for note in NOTES[:notes]:
        office.fill(AMIRA, f"/concern note {ref}", {"text": note})
    return ref


def whole(shown: str, notes: int) -> bool:
    """Whether the record stands there from its beginning to its end, once."""
    return [shown.count(note[:15]) for note in NOTES[:notes]] == [1] * notes


def test_a_long_record_stands_whole_in_the_direct_messages_and_its_beginning_says_so(
    slack: FakeSlack, office: Office
) -> None:
    ref = noted(office, 12)

    async def story(at: Doorway) -> None:
        first = said(await at.types(f"/concern show {ref}"))
        assert first.endswith(ALL_OF_IT)
        assert "goes on below" not in first
        assert ref in first
        assert at.beside() == []
        assert whole(at.told(), 12)
        assert ALL_OF_IT not in at.told()

    at_the_door(slack, office, story)


def test_one_of_a_few_parts_stays_where_it_was_asked_for(slack: FakeSlack, office: Office) -> None:
    ref = noted(office, 3)

    async def story(at: Doorway) -> None:
        answer = await at.types(f"/concern show {ref}")
        shown = "\n".join([said(answer), *(written(one.blocks) for one in at.beside())])
        assert whole(shown, 3)
        assert ALL_OF_IT not in shown
        assert at.told() == ""

    at_the_door(slack, office, story)


def test_a_button_that_shows_a_long_record_does_the_same(slack: FakeSlack, office: Office) -> None:
    ref = noted(office, 12)

    async def story(at: Doorway) -> None:
        amira = at.person()
        await at.settled(amira.writes(CHANNEL, "<@UBOT1> mine"))
        await at.settled(amira.presses(at.beside()[0], f"Show {ref}"))
        _, first = (written(one.blocks) for one in at.beside())
        assert first.endswith(ALL_OF_IT)
        assert "goes on below" not in first
        assert whole(at.told(), 12)

    at_the_door(slack, office, story)


def test_what_a_channel_does_not_take_to_its_end_stands_whole_in_the_direct_messages(
    slack: FakeSlack, office: Office
) -> None:
    """One of its parts was refused."""
    ref = noted(office, 3)

    async def story(at: Doorway) -> None:
        amira = at.person()
        await at.settled(amira.writes(CHANNEL, "<@UBOT1> mine"))
        pressed = amira.press(at.beside()[0], f"Show {ref}")
        for _ in range(4):
            slack.responses[pressed["response_url"].rpartition("/")[2]].answers.append({})
        await at.settled(amira.sends("interactive", pressed))
        assert whole(at.told(), 3)

    at_the_door(slack, office, story)


def test_a_typed_line_whose_further_parts_are_not_taken_is_answered_whole_in_the_direct_messages(
    slack: FakeSlack, office: Office
) -> None:
    """The acknowledgement has the first part already; the rest alone would begin in the middle."""
    ref = noted(office, 3)

    async def story(at: Doorway) -> None:
        amira = at.person()
        typed = amira.command("/concern", f"show {ref}", CHANNEL)
        for _ in range(5):
            slack.responses[typed["response_url"].rpartition("/")[2]].answers.append({})
        await at.settled(amira.sends("slash_commands", typed))
        assert whole(at.told(), 3)
        assert ref in at.told()

    at_the_door(slack, office, story)


def test_in_a_channel_that_refuses_the_second_part_it_comes_whole_by_direct_message(
    slack: FakeSlack, office: Office
) -> None:
    ref = noted(office, 3)
    answers = iter([None, Says("user_not_in_channel")])
    slack.weather.choose = lambda call: next(answers) if call.method == "chat.postEphemeral" else None

    async def story(at: Doorway) -> None:
        await at.settled(at.person().writes(CHANNEL, f"<@UBOT1> show {ref}"))
        assert len(at.beside()) == 1
        assert whole(at.told(), 3)

    at_the_door(slack, office, story)


def test_whoever_asks_for_the_pathway_reads_where_its_picture_comes(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        assert DRAWN in said(await at.types("/concern pathway"))
        assert "slack_file" in str(slack.only.direct("U-amira")[-1].blocks)
        assert DRAWN not in at.told()

    at_the_door(slack, office, story)
