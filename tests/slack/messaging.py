"""What the tests of the messenger post and read."""

from bot.slack.messenger import SlackMessenger
from concerns.notice import Place
from tests.reminders.loops import run
from tests.slack.fake.reading import lines_of
from tests.slack.fake.server import FakeSlack
from tests.slack.world import JOINT, JOINT_ADDRESS, MARK
from views.parts import Button, Message

CALL = Message(
    "C-7F3K-9QMX: stage 1 is called", ("Please answer by Tuesday 17:00.",), (Button("Show", "show"),)
)
LONG = Message("C-7F3K-9QMX: many things", tuple(f"Line {n}: {'word ' * 20}" for n in range(60)))


def post(messenger: SlackMessenger, message: Message = CALL, place: Place = JOINT, **more: str | None) -> str:
    """Post it there."""
    thread, marker = more.get("thread"), more.get("marker") or MARK
    return run(messenger.post(place, message, marker=marker, thread=thread))


def texts(slack: FakeSlack, channel: str = JOINT_ADDRESS) -> list[str]:
    """Every line people read there."""
    return [line for said in slack.only.seen(channel) for line in lines_of(said.blocks)]
