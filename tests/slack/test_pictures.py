"""The pathway as a picture in Slack: uploaded once, nobody waits for it, in words where there is none."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from hypothesis import given

from bot.slack.answering import Answering
from bot.slack.answers import framed
from bot.slack.blocks import Post, heading
from bot.slack.calls import Calls
from bot.slack.pictures import REFUSED, REST, Framed, Pictures, alt
from bot.slack.whisper import Whisper
from tests.chat.faults import Broken, Busy, Dropped, Silent
from tests.handlers.offices import Office
from tests.slack.contents import texts
from tests.slack.doorway import CHANNEL, WORKSPACE, Doorway, at_the_door, peopled, until, written
from tests.slack.fake.faults import Says
from tests.slack.fake.files import pictures
from tests.slack.fake.server import FakeSlack, serving
from tests.slack.fake.workspace import Json
from tests.slack.limits import faults_of_message, live_texts
from tests.slack.world import client_of
from views.parts import Drawing

BOARD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="1" height="1" fill="{}"/></svg>'
)
FIRST_STEP = "Stage 1, Practitioner. Called Mon 30 Nov, "


@pytest.fixture
def slack(office: Office) -> Iterator[FakeSlack]:
    """Its people at their Slack."""
    with serving(peopled(FakeSlack(lambda: office.now, WORKSPACE))) as served:
        yield served


def home_of(slack: FakeSlack, user: str = "U-amira") -> list[Json]:
    """The blocks of this person's Home page."""
    blocks: list[Json] = slack.views[WORKSPACE].homes[user].shown["blocks"]
    return blocks


def uploads(slack: FakeSlack) -> list[str]:
    """The ids of everything uploaded."""
    return list(slack.views[WORKSPACE].files.uploads)


async def looks_home(at: Doorway, user: str = "U-amira") -> None:
    """Somebody opens their Home page."""
    await at.settled(at.person(user).looks_home())


# ---- the command -----------------------------------------------------------------------------------


def test_the_pathway_is_told_at_once_and_its_picture_follows_privately(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        answer = await at.types("/concern pathway")
        assert "who holds" not in (told := written(answer.body["blocks"]))
        assert "Tom Ashby (deputy: Lena Frost)" in told
        assert not list(pictures(answer.body["blocks"]))

    at_the_door(slack, office, story)

    (said,) = slack.only.direct("U-amira")
    (picture,) = said.blocks
    assert picture["slack_file"]["id"] == uploads(slack)[0]
    assert FIRST_STEP in picture["alt_text"]
    assert said.text == "The pathway: 4 stages, drawn"


def test_it_is_shared_with_no_channel_and_has_words_for_those_who_cannot_see_it(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")

    at_the_door(slack, office, story)

    (upload,) = slack.views[WORKSPACE].files.uploads.values()
    assert "shared" not in upload
    assert FIRST_STEP in upload["alt_txt"]
    assert not [said for said in slack.only.seen(CHANNEL) if list(pictures(said.blocks))]


def test_the_same_picture_is_uploaded_once(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await asyncio.gather(*(at.types("/concern pathway", user) for user in ("U-amira", "U-ben")))
        await at.types("/concern pathway", "U-joel")

    at_the_door(slack, office, story)

    assert len(uploads(slack)) == 1
    assert all(len(slack.only.direct(user)) == 1 for user in ("U-amira", "U-ben", "U-joel"))


def test_slack_may_take_a_moment_before_it_shows_a_picture(slack: FakeSlack, office: Office) -> None:
    slack.views[WORKSPACE].files.unready = 2

    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")

    at_the_door(slack, office, story)

    assert len(slack.called("chat.postMessage")) == 3
    assert len(slack.only.direct("U-amira")) == 1
    assert len(uploads(slack)) == 1


def test_a_picture_slack_lost_is_uploaded_anew(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")
        slack.views[WORKSPACE].files.lose()
        await at.types("/concern pathway")

    at_the_door(slack, office, story)

    first, second = (next(pictures(said.blocks)) for said in slack.only.direct("U-amira"))
    assert uploads(slack) == [second]
    assert first != second


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", Says("missing_scope")),
        ("files.getUploadURLExternal", Dropped(accepted=False)),
        ("upload", Broken(accepted=False)),
        ("files.completeUploadExternal", Says("file_not_found")),
    ],
)
def test_a_picture_that_cannot_be_uploaded_is_said_in_words(
    slack: FakeSlack, office: Office, method: str, fault: Says | Dropped | Broken
) -> None:
    slack.weather.will(method, fault)

    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")
        assert FIRST_STEP in at.told()
        await at.types("/concern pathway")

    at_the_door(slack, office, story)

    assert [len(list(pictures(said.blocks))) for said in slack.only.direct("U-amira")] == [0, 1]


def test_a_picture_slack_never_shows_is_said_in_words(slack: FakeSlack, office: Office) -> None:
    slack.views[WORKSPACE].files.unready = 99

    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")
        assert FIRST_STEP in at.told()

    at_the_door(slack, office, story)


def test_a_picture_slack_will_not_show_is_left_alone_for_an_hour(slack: FakeSlack, office: Office) -> None:
    """Each try takes some seconds, and files nobody sees."""
    slack.views[WORKSPACE].files.unready = 99

    async def story(at: Doorway) -> None:
        for user in ("U-amira", "U-ben", "U-joel"):
            await looks_home(at, user)
        assert len(uploads(slack)) == REFUSED
        assert "The pathway: 4 stages" in written(home_of(slack, "U-joel"))
        slack.views[WORKSPACE].files.unready = 0
        office.now += REST
        await looks_home(at, "U-joel")
        assert len(list(pictures(home_of(slack, "U-joel")))) == 1

    at_the_door(slack, office, story)


def test_uploads_are_left_alone_for_as_long_as_slack_asks(slack: FakeSlack, office: Office) -> None:
    slack.weather.will("files.getUploadURLExternal", Busy(60))

    async def story(at: Doorway) -> None:
        for _ in range(2):
            await at.types("/concern pathway")
            assert FIRST_STEP in at.told()
        assert len(slack.called("files.getUploadURLExternal")) == 1
        office.now += timedelta(minutes=1)
        await at.types("/concern pathway")
        assert len(uploads(slack)) == 1

    at_the_door(slack, office, story)


def test_nobody_waits_for_a_picture_to_stop(slack: FakeSlack, office: Office) -> None:
    slack.weather.will("upload", Silent(accepted=False))

    async def story(at: Doorway) -> None:
        await asyncio.wrap_future(at.person().types("/concern", "pathway", CHANNEL))
        await until(lambda: slack.called("files.getUploadURLExternal"))
        await asyncio.wait_for(at.front.stop(), 5)

    at_the_door(slack, office, story)


def test_a_picture_that_may_have_been_seen_is_not_sent_twice(slack: FakeSlack, office: Office) -> None:
    slack.weather.will("chat.postMessage", Dropped(accepted=True))

    async def story(at: Doorway) -> None:
        await at.types("/concern pathway")

    at_the_door(slack, office, story)

    assert len(slack.only.direct("U-amira")) == 1


# ---- the Home page ---------------------------------------------------------------------------------


def test_home_stands_there_at_once_and_its_picture_comes_by_an_update(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await looks_home(at)

    at_the_door(slack, office, story)

    first, second = (call.args["view"] for call in slack.called("views.publish"))
    assert "slack_file" not in str(first)
    assert "slack_file" in str(second)
    (id,) = pictures(home_of(slack))
    assert [id] == uploads(slack)
    assert "Tom Ashby (deputy: Lena Frost)" in written(home_of(slack))


def test_the_picture_on_home_is_the_same_all_day(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await looks_home(at)
        office.until("Mon 30 Nov 2026 16:00")
        await looks_home(at, "U-ben")
        assert len(uploads(slack)) == 1
        office.until("Tue 1 Dec 2026 10:00")
        await looks_home(at)
        assert len(uploads(slack)) == 2

    at_the_door(slack, office, story)


def test_where_the_picture_was_lost_home_is_shown_in_words_until_it_is_there_again(
    slack: FakeSlack, office: Office
) -> None:
    async def story(at: Doorway) -> None:
        await looks_home(at)
        slack.views[WORKSPACE].files.lose()
        await looks_home(at, "U-ben")

    at_the_door(slack, office, story)

    assert list(pictures(home_of(slack, "U-ben"))) == uploads(slack)


def test_a_slack_that_is_asked_too_often_forgets_no_picture(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await looks_home(at)
        slack.weather.will("views.publish", Busy())
        await looks_home(at, "U-ben")
        await looks_home(at, "U-joel")

    at_the_door(slack, office, story)

    assert len(slack.called("views.publish")) == 4
    assert len(uploads(slack)) == 1
    assert list(pictures(home_of(slack, "U-joel"))) == uploads(slack)


def test_a_stranger_is_shown_no_pathway(slack: FakeSlack, office: Office) -> None:
    async def story(at: Doorway) -> None:
        await looks_home(at, "U-stranger")

    at_the_door(slack, office, story)

    assert len(slack.called("views.publish")) == 1
    assert uploads(slack) == []


def test_where_slack_takes_no_picture_home_stays_as_it_was_in_words(slack: FakeSlack, office: Office) -> None:
    slack.views[WORKSPACE].files.unready = 99

    async def story(at: Doorway) -> None:
        await looks_home(at)

    at_the_door(slack, office, story)

    assert not list(pictures(home_of(slack)))
    assert "The pathway: 4 stages" in written(home_of(slack))


# ---- by themselves ---------------------------------------------------------------------------------


def test_of_two_pictures_one_lost_and_one_new_both_are_shown_in_the_end(slack: FakeSlack) -> None:
    old, new = (Drawing(BOARD.format(color), f"a {color} board") for color in ("red", "blue"))

    async def story() -> list[bool]:
        client, log = client_of(slack), logging.getLogger("baton.test")
        calls = Calls(slack.clock)
        shown, whisper = Pictures(client, calls, slack.clock, log, (0, 0)), Whisper(client, log)

        async def by(framed: Framed) -> bool:
            blocks = [block for block in map(framed, (old, new)) if block]
            return await whisper.show("U-amira", Post("Boards", blocks))

        went_well = [await shown.show((old,), by)]
        slack.views[WORKSPACE].files.lose()
        return [*went_well, await shown.show((old, new), by), await shown.show((old, new), by)]

    assert asyncio.run(story()) == [True, False, True]
    assert [len(list(pictures(said.blocks))) for said in slack.only.direct("U-amira")] == [1, 2]


def test_a_page_drawn_earlier_does_not_come_to_stand_there_last(slack: FakeSlack) -> None:
    """The first draw is slow; what it saw is old by the time it is done."""
    begun, go_on, second, done = (Event() for _ in range(4))

    def page(title: str) -> Json:
        return {"type": "home", "blocks": heading(title)}

    def slowly(_framed: Framed) -> Json:
        begun.set()
        go_on.wait(30)
        if second.is_set():
            done.wait(30)
        return page("As it was")

    def at_once(_framed: Framed) -> Json:
        second.set()
        return page("As it is")

    async def story() -> None:
        client, log = client_of(slack), logging.getLogger("baton.test")
        pictures = Pictures(client, Calls(slack.clock), slack.clock, log, (0, 0))
        answering = Answering(Whisper(client, log), pictures, log)
        first = asyncio.create_task(answering.welcome("U-amira", slowly))
        await until(begun.is_set)
        then = asyncio.create_task(answering.welcome("U-amira", at_once))
        then.add_done_callback(lambda _task: done.set())
        await asyncio.to_thread(lambda: None)
        go_on.set()
        await asyncio.gather(first, then)

    asyncio.run(story())
    assert "As it is" in written(slack.views[WORKSPACE].homes["U-amira"].shown["blocks"])


@given(title=texts, said=texts)
def test_whatever_is_drawn_slack_takes_it(title: str, said: str) -> None:
    post = framed(title, {"type": "image", "slack_file": {"id": "F00000001"}, "alt_text": alt(said)})

    assert faults_of_message({"text": post.text, "blocks": post.blocks}) == []
    assert not list(live_texts(post.blocks))
