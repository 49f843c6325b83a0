"""What Slack sends, read: above all, as whose it counts."""

import pytest

from bot.slack.requests import Closed, HomeOpened, Request, Who, read
from tests.slack.fake.payloads import Payloads
from tests.slack.fake.views import Views
from tests.slack.fake.workspace import Json, Workspace
from tests.slack.world import Clock


@pytest.fixture
def space(clock: Clock) -> Workspace:
    """A workspace with one person."""
    made = Workspace("riverside", clock)
    made.enrol("U-amira")
    return made


def who(body: Json) -> Who:
    """Whose request it is."""
    request = read(body)
    assert isinstance(request, Request)
    return request.who


def test_an_event_and_a_click_come_from_the_same_person(space: Workspace) -> None:
    """In an organisation too: whoever presses a button on the Home page is who had looked at it."""
    payloads = Payloads(space, Views(space), "U-amira", enterprise="E1")
    looked = payloads.event({"type": "app_home_opened", "user": "U-amira", "tab": "home"}, "Ev1")
    assert isinstance(read(looked), HomeOpened)

    assert who(looked) == who(payloads.command("/concern", "", "C1", "")) == Who("U-amira", space.team, "E1")


def test_the_organisation_of_whoever_received_it_is_not_its_writers(space: Workspace) -> None:
    """In a channel shared between organisations the envelope names the receiving one."""
    payloads = Payloads(space, Views(space), "U-amira", enterprise="E1")
    said = {"type": "app_mention", "user": "U-amira", "user_team": "T9", "channel": "C1", "text": "hello"}

    assert who(payloads.event(said, "Ev2")) == Who("U-amira", "T9")


@pytest.mark.parametrize(
    "happened",
    [
        {"type": "channel_rename", "channel": {"id": "C1", "name": "n"}},
        {"type": "team_join", "user": {"id": "U9"}},
        {"type": "channel_created", "channel": {"id": "C1"}},
    ],
)
def test_an_event_baton_did_not_ask_for_asks_for_nothing(space: Workspace, happened: Json) -> None:
    """Refused, it would come again and again."""
    assert read(Payloads(space, Views(space), "U-amira").event(happened, "Ev3")) is None


def test_a_closed_window_is_known_by_the_room_it_had_for_words(space: Workspace) -> None:
    """Whatever shape somebody sends."""
    choosing = {"type": "input", "element": {"type": "radio_buttons"}}
    writing = {"type": "input", "element": {"type": "plain_text_input"}}
    shapes: list[object] = [[choosing, writing], [choosing], [], None, "x", [1, None, "x", {"element": 3}]]

    closed = [
        read({"type": "view_closed", "user": {"id": "U1"}, "view": {"id": "V1", "blocks": shape}})
        for shape in shapes
    ]
    assert [isinstance(one, Closed) and one.wordy for one in closed] == [True, *[False] * 5]
