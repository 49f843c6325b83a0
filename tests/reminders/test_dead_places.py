"""A place that cannot be reached is never quiet: others are told, and the clock runs on."""

from dataclasses import replace

from concerns import commands as c
from concerns.notice import Notice, Place, PlaceKind
from concerns.notice import NoticeKind as K
from concerns.pathway import OnLapse
from reminders.instead import IN_CHANNELS, instead
from storage.outbox import State
from tests.ladders import DAILY, ruled
from tests.partnership import AMIRA, DIRECTORY, SAM, SURGERY, TOM
from tests.reminders.house import House
from tests.reminders.platforms import Dies
from tests.worlds import REF, World, a_check, a_concern, an_answer, called

JOINT, RIVERSIDE_OWN, COUNCIL_OWN = "riverside-council", "riverside-escalations", "council-escalations"


def test_when_a_channel_dies_holder_and_deputies_are_told_privately(house: House) -> None:
    """The council's own channel is archived: Tom and his deputy Lena hear in private, the coordinator too."""
    house.hear(a_concern())
    house.telegram.kill(COUNCIL_OWN)
    house.deliver()

    assert house.seen(COUNCIL_OWN) == []
    assert house.said("tom") == [K.CALLED], "told anyway, so not told twice"
    assert house.said("lena") == [K.CALLED]
    assert house.said("sam") == [K.DEAD_LETTER], "one letter for card and ping"
    assert house.outbox.counts()[State.DEAD] == 2
    assert house.outbox.next_wake() is None


def test_the_window_runs_on_when_a_channel_dies(house: House) -> None:
    """What cannot be said changes nothing about when the next tier is called."""
    house.hear(a_concern())
    due = house.ledger.next_due()
    house.telegram.kill(COUNCIL_OWN)
    house.deliver()

    assert house.ledger.next_due() == due


def test_when_a_person_cannot_be_reached_their_agencys_channel_is_told(house: House) -> None:
    """Joel has blocked the bot: what was for him alone goes to Riverside's own channel."""
    house.hear(a_concern())
    house.slack.kill("joel", "this person has blocked Baton")
    house.deliver()

    assert house.said(RIVERSIDE_OWN) == [K.CALLED, K.RAISING_TOLD]
    assert house.said(JOINT) == [K.CALLED], "the channel fewest others share is enough"
    assert house.said("sam") == [K.DEAD_LETTER]


def test_what_a_channel_was_told_anyway_is_not_told_it_again_for_a_person(house: House) -> None:
    """Tom cannot be reached, but his channel has the call already."""
    house.hear(a_concern())
    house.telegram.kill("tom")
    house.deliver()

    assert house.said(COUNCIL_OWN) == [K.CALLED]
    assert house.said("sam") == [K.DEAD_LETTER]


def test_a_place_nobody_has_set_up_is_a_dead_one(house: House) -> None:
    """No account, no workspace: the same way out, and the reason on record."""
    house.hear(a_concern())
    house.cut_off.add("joel")
    house.deliver()

    assert K.RAISING_TOLD in house.said(RIVERSIDE_OWN)
    assert house.said("sam") == [K.DEAD_LETTER]


def test_a_letter_the_coordinator_cannot_have_goes_to_whoever_answers_for_the_raising_side(
    house: House,
) -> None:
    """They can ring up whom Baton does not reach."""
    house.hear(a_concern())
    house.telegram.kill("sam")
    house.slack.kill("joel")
    house.deliver()

    assert house.said("amira") == [K.DEAD_LETTER]
    assert house.outbox.counts()[State.DEAD] == 2
    assert house.outbox.next_wake() is None
    assert house.delivery.unheard == 0


def test_a_letter_that_reaches_neither_is_recorded_and_not_chased(house: House) -> None:
    """That is counted, for the watchdog to say."""
    house.hear(a_concern())
    house.telegram.kill("sam")
    for person in ("joel", "amira"):
        house.slack.kill(person)
    house.deliver()

    assert house.outbox.counts()[State.DEAD] == 3
    assert house.outbox.next_wake() is None
    assert house.delivery.unheard == 1


def test_a_letter_waits_until_baton_is_let_in_again(house: House) -> None:
    """The token was taken back, and nobody was reached: once it is put back the coordinator hears of it."""
    locked_out = Dies("Baton must be installed there again", locked_out=True)
    house.slack.choose = house.telegram.choose = lambda verb, place: locked_out
    house.hear(a_concern())
    house.deliver()
    house.forward(hours=2).restart()
    house.deliver()
    assert house.slack.posts + house.telegram.posts == []

    house.slack.choose = house.telegram.choose = lambda verb, place: None
    house.forward(minutes=5).restart()
    house.settle()
    assert set(house.said("sam")) == set(house.said("amira")) == {K.DEAD_LETTER}
    assert house.outbox.next_wake() is None


def test_while_the_coordinators_letter_waits_the_raising_side_has_one(house: House) -> None:
    """Baton is locked out of the platform on which the council and the coordinator are."""
    locked_out = Dies("Baton must be installed there again", locked_out=True)
    house.telegram.choose = lambda verb, place: locked_out
    house.hear(a_concern())
    house.deliver()

    assert house.telegram.posts == []
    assert house.said("amira") == [K.DEAD_LETTER]
    house.telegram.choose = lambda verb, place: None
    house.forward(minutes=5)
    house.settle()
    assert set(house.said("sam")) == {K.DEAD_LETTER}
    assert house.said("amira") == [K.DEAD_LETTER]


def test_a_platform_that_is_gone_altogether_comes_to_rest(house: House) -> None:
    """Every channel and chat of the council is dead: Riverside's go on, and the chain ends."""
    for place in (COUNCIL_OWN, "tom", "lena", "sam"):
        house.telegram.kill(place)
    house.hear(a_concern())
    house.deliver()

    assert house.said(JOINT) == [K.CALLED]
    assert house.said("amira") == [K.DEAD_LETTER]
    assert house.outbox.next_wake() is None


def test_when_every_place_is_dead_the_chain_still_ends(house: House) -> None:
    """No place tells another for ever."""
    house.cut_off.update(channel.id for channel in DIRECTORY.channels)
    house.cut_off.update(person.id for person in DIRECTORY.people)
    house.hear(a_concern())
    house.deliver()

    assert house.outbox.next_wake() is None
    assert house.slack.posts + house.telegram.posts == []


def test_a_process_killed_while_it_meets_a_dead_place_has_one_letter_written(house: House) -> None:
    """Death and those told instead are one transaction: neither without the other, and never twice."""
    house.hear(a_concern())
    house.slack.kill("joel")
    assert any(errand.notice.place.id == "joel" for errand in house.outbox.claim(house.now, 10))
    house.restart()
    house.deliver()
    assert house.seen("sam") == []

    house.forward(seconds=20).deliver()
    house.restart()
    house.deliver()

    assert house.said("sam") == [K.DEAD_LETTER]
    assert house.said(RIVERSIDE_OWN).count(K.RAISING_TOLD) == 1


def test_a_place_that_lives_again_is_used_again(house: House) -> None:
    """Nothing remembers that it was dead."""
    house.hear(a_concern())
    house.telegram.kill(COUNCIL_OWN)
    house.deliver()
    house.telegram.revive(COUNCIL_OWN)
    house.hear(c.Acknowledge(by=TOM), ref=REF)
    house.deliver()

    assert [post.message.title for post in house.seen(COUNCIL_OWN)] == [K.CARD]


# ---- whom it falls to ------------------------------------------------------------------------------


def told(notice: Notice, world: World) -> dict[str, list[str]]:
    """Who hears what instead."""
    found: dict[str, list[str]] = {}
    for other in instead(notice, world.concern, world.rules):
        found.setdefault(other.place.id, []).append(other.kind)
    return found


def test_without_a_coordinator_the_raising_side_gets_the_letter() -> None:
    """Somebody always does."""
    world = called(ruled(directory=replace(DIRECTORY, coordinator=None)))
    notice = world.notice(K.CALLED, "tom")

    assert told(notice, world) == {AMIRA: [K.DEAD_LETTER]}


def test_a_dead_card_is_a_letter_only() -> None:
    """The ping that follows it says what matters, and finds its own way."""
    world = called()

    assert told(world.notice(K.CARD, JOINT), world) == {SAM: [K.DEAD_LETTER]}


def test_a_stranger_has_no_channel_to_fall_back_to() -> None:
    """A person who left the directory is nobody's colleague any more."""
    world = called()
    notice = replace(world.notice(K.CALLED, "tom"), place=Place(PlaceKind.PERSON, "stranger"))

    assert told(notice, world) == {SAM: [K.DEAD_LETTER]}


def test_nothing_goes_to_a_channel_with_an_agency_that_is_not_party() -> None:
    """A channel shared with a third agency is no place for it, however dead the rest is."""
    shared = tuple(replace(ch, agencies=(*ch.agencies, SURGERY)) for ch in DIRECTORY.channels)
    world = called(ruled(directory=replace(DIRECTORY, channels=shared)))
    notice = world.notice(K.RAISING_TOLD, "joel")

    assert told(notice, world) == {SAM: [K.DEAD_LETTER]}


def test_a_channel_of_other_tiers_is_better_than_none() -> None:
    """Riverside's channel carries tier 3 only; at tier 1 it is still where Riverside can be reached."""
    tiered = tuple(replace(ch, tiers=(3,)) for ch in DIRECTORY.channels)
    world = called(ruled(directory=replace(DIRECTORY, channels=tiered)))
    notice = world.notice(K.CALLED, "tom")
    falls_to = told(notice, world)
    assert falls_to == {COUNCIL_OWN: [K.CALLED], SAM: [K.DEAD_LETTER]}

    stood_in = replace(notice, place=Place(PlaceKind.CHANNEL, COUNCIL_OWN))
    assert told(stood_in, world) == {SAM: [K.DEAD_LETTER]}, "what stood in goes no further"


def test_the_kinds_said_in_channels_are_those_that_are_announced_there() -> None:
    """A person's copy of what channels are told anyway is not posted there again: the list must be true."""
    asks_first = ruled(replace(DAILY, on_lapse=OnLapse.ASK))
    world, asking = called(), called(asks_first)
    found = {*_in_channels(world), *_in_channels(asking)}
    for _ in range(20):
        found |= _in_channels(_awake(world)) | _in_channels(_awake(asking))
    fresh = called()
    for said in (c.Acknowledge(by=TOM), c.Release(by=TOM), an_answer(), c.Accept(by=AMIRA), a_check()):
        found |= _in_channels(fresh.hear(said))

    assert found == IN_CHANNELS


def _awake(world: World) -> World:
    world.now = world.concern.due or world.now
    world.wake()
    return world


def _in_channels(world: World) -> set[K]:
    return {notice.kind for notice in world.said if notice.place.kind is PlaceKind.CHANNEL}
