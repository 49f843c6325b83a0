"""Notices about accounts and channels: each says how it stands when it is sent; none is about a concern."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from concerns.channels import troubled
from concerns.enrolling import ask, confirm, invite, redeem, refuse, revoke
from concerns.enrolment import GOOD_FOR, REMINDED, code, digest
from concerns.model import Ref
from concerns.notice import Notice, NoticeKind, Place, PlaceKind
from concerns.people import ChannelId, Identity
from reminders.delivery import Delivery
from reminders.heartbeat import Heartbeat
from reminders.letters import Letters
from reminders.messenger import Messenger
from storage.alarms import Alarms
from storage.enrolments import Enrolments, Judge
from storage.outbox import State
from tests.ladders import RULES
from tests.owners import LOOKED_AFTER, SLACK, TELEGRAM, looked_after
from tests.partnership import BEN, GRACE, JOEL, RUTH, SAM
from tests.reminders.house import House, fresh_house
from tests.reminders.loops import run
from tests.reminders.platforms import Lost
from tests.stores import Databases
from views.parts import Message

CODE = code(123)
JOINT = ChannelId("riverside-council")
K = NoticeKind


class Registry:
    """The book of accounts beside a house, and what is delivered of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.enrolments = Enrolments(house.store)
        self.letters = Letters(self.enrolments, lambda: house.rules, house.clock)
        self.delivery = Delivery(
            house.outbox,
            house.ledger,
            house.rules_of,
            self.messenger,
            house.render,
            house.clock,
            house.log,
            Heartbeat(lambda: house.monotonic),
            house.patience,
            letters=self.letters,
        )

    def messenger(self, place: Place) -> Messenger | None:
        """As in the house; an account is written to where it is."""
        if place.kind is PlaceKind.ACCOUNT:
            account = Identity.read(place.id)
            assert account is not None
            return {"slack": self.house.slack, "telegram": self.house.telegram}[account.platform]
        return self.house.messenger(place)

    def does(self, judge: Judge) -> None:
        """Something is written into the book."""
        self.enrolments.change(judge, self.house.now)

    def deliver(self) -> None:
        """Everything that may be said now is said."""
        run(self.delivery.run())

    def asked(self, called: str = "") -> None:
        """An account asks."""
        self.does(lambda book: ask(book, SLACK, called, LOOKED_AFTER, self.house.now))

    def enrolled(self, account: Identity = SLACK) -> None:
        """Ben is enrolled by Joel's code and Ruth's word."""
        now = self.house.now
        self.does(lambda book: invite(book, BEN, JOEL, digest(CODE), LOOKED_AFTER, now))
        self.does(lambda book: redeem(book, account, digest(CODE), "", LOOKED_AFTER, now))
        self.does(lambda book: confirm(book, "E-1", RUTH, None, LOOKED_AFTER, now))


def said_to(registry: Registry, place: str) -> list[Message]:
    """What stands there."""
    return [post.message for post in registry.house.seen(place)]


@pytest.fixture
def registry(sqlite_databases: Databases) -> Iterator[Registry]:
    """A house whose directory is looked after."""
    with fresh_house(sqlite_databases, replace(RULES, directory=LOOKED_AFTER)) as house:
        yield Registry(house)


def test_every_owner_is_asked_privately_with_the_account_mentioned(registry: Registry) -> None:
    registry.asked("Ben Hale")
    registry.deliver()

    (message,) = said_to(registry, JOEL)
    assert said_to(registry, RUTH) == [message]
    assert message.mentions == (str(SLACK),)
    assert [button.token for button in message.buttons] == ["confirm:E-1:0", "refuse:E-1:0"]
    assert "U-new" in message.lines[0]
    assert message.discreet


def test_whoever_decides_may_live_on_the_other_platform(registry: Registry) -> None:
    """The mention means nothing there, so the account stands in the words."""
    only_grace = looked_after(GRACE)
    registry.house.rules = replace(RULES, directory=only_grace)
    registry.does(lambda book: ask(book, SLACK, "", only_grace, registry.house.now))
    registry.deliver()

    (message,) = said_to(registry, SAM)
    assert "the Slack account U-new in the workspace riverside" in message.lines[0]


def test_what_was_decided_meanwhile_is_not_asked(registry: Registry) -> None:
    registry.asked()
    registry.does(lambda book: refuse(book, "E-1", JOEL, LOOKED_AFTER, registry.house.now))
    registry.deliver()

    (message,) = said_to(registry, str(SLACK))
    assert message.title == "Not enrolled"
    assert registry.house.outbox.counts()[State.SUPERSEDED] == 2


def test_whoever_is_enrolled_is_welcomed_where_they_asked(registry: Registry) -> None:
    registry.enrolled()
    registry.deliver()

    (welcome,) = said_to(registry, str(SLACK))
    assert welcome.title == "You are enrolled"
    assert "/concern help" in welcome.lines[1]


def test_an_account_that_ended_is_told_and_so_are_the_other_owners(registry: Registry) -> None:
    registry.enrolled()
    registry.does(lambda book: revoke(book, BEN, JOEL, LOOKED_AFTER, registry.house.now))
    registry.deliver()

    assert said_to(registry, str(SLACK))[-1].title == "This account is not enrolled any more"
    assert said_to(registry, RUTH)[-1].title == "Accounts in chat have ended"


def test_the_owners_are_reminded_before_a_telegram_account_runs_out(registry: Registry) -> None:
    registry.enrolled(TELEGRAM)
    registry.deliver()
    registry.house.now += GOOD_FOR - REMINDED
    registry.enrolments.remind(LOOKED_AFTER, registry.house.now)
    registry.deliver()

    for owner in (JOEL, RUTH):
        reminder = said_to(registry, owner)[-1]
        assert reminder.title == "An account to be confirmed again"
        assert [button.label for button in reminder.buttons] == ["Confirm Ben Hale again"]


def test_whoever_holds_it_is_told_what_to_do_and_when_it_has_ended(registry: Registry) -> None:
    registry.enrolled(TELEGRAM)
    for time in (GOOD_FOR - REMINDED, REMINDED):
        registry.house.now += time
        registry.enrolments.remind(LOOKED_AFTER, registry.house.now)
        registry.deliver()

    assert [message.title for message in said_to(registry, str(TELEGRAM))[-2:]] == [
        "Your account is to be confirmed again",
        "This account is not enrolled any more",
    ]


def test_a_reminder_or_an_end_that_is_no_longer_true_is_not_sent(registry: Registry) -> None:
    registry.enrolled(TELEGRAM)
    registry.deliver()
    registry.house.now += GOOD_FOR
    registry.enrolments.remind(LOOKED_AFTER, registry.house.now)
    registry.does(lambda book: confirm(book, "E-1", RUTH, None, LOOKED_AFTER, registry.house.now))
    registry.deliver()

    assert [message.title for message in said_to(registry, str(TELEGRAM))] == ["You are enrolled"]


def test_a_holder_who_cannot_be_reached_is_the_owners_matter(registry: Registry) -> None:
    """They were told the same, and it is for them to act."""
    place = Place(PlaceKind.ACCOUNT, str(TELEGRAM))
    notice = Notice(place, K.ENROLMENT_DUE, Ref("E-1"), 0, urgent=False)

    assert registry.letters.instead(notice) == ()


def test_where_an_owner_cannot_be_reached_the_coordinator_is_asked_and_nobody_is_chased_further(
    registry: Registry,
) -> None:
    registry.asked()
    for place in (JOEL, RUTH):
        registry.house.slack.kill(place)
    registry.house.telegram.kill(SAM)
    registry.deliver()

    assert registry.house.outbox.counts()[State.DEAD] == 3
    assert registry.delivery.unheard == 0
    notice = Notice(Place(PlaceKind.PERSON, JOEL), K.ENROLMENT_ASKED, Ref("E-1"), 0, urgent=False)
    (instead,) = registry.letters.instead(notice)
    assert instead.place.id == SAM
    assert registry.letters.instead(instead) == ()
    assert registry.letters.instead(replace(notice, kind=K.ENROLLED)) == ()


def test_a_channel_in_trouble_is_said_to_the_coordinator_and_to_nobody_else(registry: Registry) -> None:
    house = registry.house
    Alarms(house.store).note(troubled({JOINT}, (), LOOKED_AFTER), house.now)
    registry.deliver()

    (message,) = said_to(registry, SAM)
    assert message.title == "A channel needs your attention"
    assert house.outbox.counts()[State.SENT] == 1


def test_where_the_coordinator_cannot_be_reached_either_nobody_is_chased(registry: Registry) -> None:
    """It stands in the log, and `baton doctor` says it."""
    house = registry.house
    house.telegram.kill(SAM)
    Alarms(house.store).note(troubled({JOINT}, (), LOOKED_AFTER), house.now)
    registry.deliver()

    assert house.outbox.counts()[State.DEAD] == 1
    assert sum(house.outbox.counts().values()) == 1


def test_a_message_of_unknown_fate_is_marked_as_a_possible_repeat(registry: Registry) -> None:
    registry.enrolled(TELEGRAM)
    registry.house.telegram.will(str(TELEGRAM), Lost(accepted=True))
    registry.deliver()
    registry.house.forward(seconds=30)
    registry.deliver()

    first, again = said_to(registry, str(TELEGRAM))
    assert first.title == again.title == "You are enrolled"
    assert again.lines[0].startswith("Possible repeat of message")


def test_a_house_that_knows_no_book_says_nothing_of_it(registry: Registry) -> None:
    registry.asked()
    run(registry.house.delivery.run())

    assert said_to(registry, JOEL) == []
