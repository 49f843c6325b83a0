"""What falls due together is said together: one ping, looked at part by part, and mourned part by part."""

from dataclasses import replace

import pytest

from concerns import commands as c
from concerns.model import Ref
from concerns.notice import NoticeKind as K
from concerns.reference import make
from storage.outbox import State
from tests.ladders import london
from tests.partnership import GRACE, JOEL, OWEN, SAM, TOM
from tests.reminders.house import House
from tests.reminders.platforms import Lost, Post, Wait, parts_in, repeats
from tests.worlds import a_concern, an_answer

JOINT = "riverside-council"
REFS = tuple(Ref(make(n)) for n in range(1, 26))
ONE, TWO, THREE = REFS[:3]
FIVE_O_CLOCK = "Tue 1 Dec 2026 17:00"


def raised(house: House, *refs: Ref) -> House:
    """These are with stage 1, and all that was said of it has been sent."""
    for ref in refs:
        house.hear(replace(a_concern(), ref=ref))
        house.deliver()
        house.forward(seconds=1)
    return house


def due(house: House, *refs: Ref, written: str = FIVE_O_CLOCK) -> House:
    """They were raised one after the other, and their windows end together: stage 2 is called for all."""
    raised(house, *refs).now = london("Tue 1 Dec 2026 16:59")
    house.look()
    house.settle()
    house.now = london(written)
    house.look()
    return house


def shared(house: House, place: str, kind: K = K.CALLED) -> list[Post]:
    """The messages of this kind there that speak of several concerns."""
    posts = (post for post in house.seen(place) if post.message.title == kind)
    return [post for post in posts if len(parts_in(post.message)) > 1]


def refs_in(post: Post) -> list[str]:
    """The concerns a message speaks of."""
    return [part[0] for part in parts_in(post.message)]


def test_lapses_of_one_instant_share_one_ping_in_every_place(house: House) -> None:
    due(house, ONE, TWO, THREE).deliver()

    for place in (JOINT, "council-escalations", "riverside-escalations", GRACE):
        (ping,) = shared(house, place)
        assert refs_in(ping) == [ONE, TWO, THREE], place
    assert house.outbox.next_wake() is None


def test_the_cards_stay_one_for_each_concern_and_the_ping_stands_under_none_of_them(house: House) -> None:
    due(house, ONE, TWO).deliver()
    cards = [post for post in house.seen(JOINT) if post.message.title == K.CARD]

    assert [card.shows.lines[:2] for card in cards] == [(ONE, "turn 2"), (TWO, "turn 2")]
    (ping,) = shared(house, JOINT)
    assert ping.thread is None


def test_one_alone_is_said_as_ever(house: House) -> None:
    due(house, ONE).deliver()
    card, *_, ping = house.seen(JOINT)

    assert (ping.message.title, refs_in(ping), ping.thread) == (K.CALLED, [ONE], card.id)


def test_twenty_share_one_ping_and_the_rest_another(house: House) -> None:
    due(house, *REFS).deliver()

    assert [len(refs_in(post)) for post in shared(house, JOINT)] == [20, 5]


def test_urgent_calls_are_never_merged(house: House) -> None:
    for ref in (ONE, TWO):
        house.hear(replace(a_concern(danger=True), ref=ref))
    house.deliver()

    assert shared(house, JOINT) == []
    assert house.said(JOINT) == [K.CALLED, K.CALLED]


def test_what_is_no_longer_true_falls_out_and_the_rest_is_said(house: House) -> None:
    due(house, ONE, TWO, THREE)
    house.hear(an_answer(GRACE), ref=ONE)
    house.deliver()

    (ping,) = shared(house, JOINT)
    assert refs_in(ping) == [TWO, THREE]
    assert house.said(JOINT)[-1] == K.ANSWERED


def test_when_only_one_is_left_it_stands_under_its_own_card(house: House) -> None:
    due(house, ONE, TWO)
    house.hear(an_answer(GRACE), ref=ONE)
    house.deliver()

    card = next(post for post in house.seen(JOINT) if refs_in(post) == [TWO])
    ping = [post for post in house.seen(JOINT) if post.message.title == K.CALLED][-1]
    assert (refs_in(ping), ping.thread) == ([TWO], card.id)


def test_when_none_is_left_nothing_is_said(house: House) -> None:
    due(house, ONE, TWO)
    before = house.said(JOINT)
    for ref in (ONE, TWO):
        house.hear(an_answer(GRACE), ref=ref)
    house.deliver()

    assert house.said(JOINT) == [*before, K.ANSWERED, K.ANSWERED]
    assert house.outbox.next_wake() is None


def test_told_to_wait_it_says_them_all_later_and_nothing_of_theirs_overtakes_it(house: House) -> None:
    due(house, ONE, TWO)
    house.slack.will(JOINT, Lost(accepted=False), Lost(accepted=False))
    house.settle()
    house.forward(seconds=1)

    (ping,) = shared(house, JOINT)
    assert refs_in(ping) == [ONE, TWO]


def test_a_copy_that_may_be_one_says_so_and_speaks_of_the_same(house: House) -> None:
    due(house, ONE, TWO)
    house.telegram.will(GRACE, Lost(accepted=True))
    house.settle()

    copies = shared(house, GRACE)
    assert [repeats(post.message) for post in copies] == [False, True]
    assert len({post.marker for post in copies}) == 1


def test_a_process_that_dies_in_between_still_owes_them_all(house: House) -> None:
    due(house, ONE, TWO)
    house.outbox.claim(house.now, 100)
    house.outbox.claim(house.now, 100)
    house.restart()
    house.settle()

    (ping,) = shared(house, "council-escalations")
    assert sorted(refs_in(ping)) == [ONE, TWO]
    counts = house.outbox.counts()
    assert counts[State.PENDING] == counts[State.SENDING] == counts[State.UNKNOWN] == 0


def test_a_shared_ping_that_dies_is_told_for_every_part(house: House) -> None:
    """The people of the seats hear of each concern, and the coordinator too; both in one message."""
    due(house, ONE, TWO)
    house.telegram.kill("council-escalations")
    letters = len(house.seen(SAM))
    house.settle()

    (ping,) = shared(house, OWEN)
    assert refs_in(ping) == [ONE, TWO]
    told = [ref for post in house.seen(SAM)[letters:] for ref in refs_in(post)]
    assert {ONE, TWO} <= set(told)


def test_after_downtime_each_is_called_once_however_much_is_due(house: House) -> None:
    raised(house, ONE, TWO).now = london("Thu 3 Dec 2026 12:00")
    house.look()
    house.settle()

    assert [refs_in(ping) for ping in shared(house, JOINT)] == [[ONE, TWO]]
    assert house.said(JOINT).count(K.CALLED) == 3


@pytest.mark.parametrize("person", [TOM, JOEL])
def test_what_two_people_did_at_one_instant_is_said_by_itself(house: House, person: str) -> None:
    raised(house, ONE, TWO)
    for ref in (ONE, TWO):
        house.hear(c.Acknowledge(by=TOM), ref=ref)
    house.slack.will(JOINT, Wait(house.now - london("Mon 30 Nov 2026 09:59")))
    house.settle()

    assert shared(house, person, K.ACKNOWLEDGED) == []
