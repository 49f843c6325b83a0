"""Several concerns in one message: what a morning digest says, and a ping that speaks of many."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from concerns import commands as c
from concerns.model import Ref, Safer
from concerns.notice import SAID_TOGETHER, Notice, NoticeKind, Place, PlaceKind
from concerns.pathway import OnLapse
from concerns.people import PersonId
from concerns.promise import Action
from concerns.reference import make
from concerns.waiting import waits_for
from tests.ladders import DAILY, RULES, london, ruled
from tests.partnership import AMIRA, COUNCIL, GRACE, JOEL, LENA, OWEN, PRIYA, TOM, VICTOR, vacated
from tests.worlds import (
    AT_STAGE,
    World,
    a_check,
    a_concern,
    acknowledged,
    agreed,
    an_answer,
    answered,
    called,
    referred,
    words,
)
from views.digest import Part
from views.parts import Message
from views.pings import render

K = NoticeKind
JOINT = Place(PlaceKind.CHANNEL, "riverside-council")


def morning(person: PersonId, *worlds: World) -> Message:
    """This person's digest about these, in this order; each must wait on them."""
    parts = []
    for n, world in enumerate(worlds):
        concern = replace(world.concern, ref=Ref(make(n)))
        place = Place(PlaceKind.PERSON, person)
        notice = Notice(place, K.DIGEST, concern.ref, concern.turn, urgent=False, tier=concern.tier)
        owed = waits_for(person, concern, world.rules, world.now)
        assert owed is not None, f"{concern.stage} does not wait on {person}"
        parts.append(Part(notice, concern, world.rules, owed))
    return said(parts)


def line(person: PersonId, world: World) -> str:
    """What the digest says of one, after its reference."""
    (only,) = morning(person, world).lines
    return only.removeprefix(f"{make(0)}, ")


def ping(kind: K, place: Place, *worlds: World, late: int = 0, times: int = 0) -> Message:
    """One ping of this kind about these."""
    parts = []
    for n, world in enumerate(worlds):
        concern = replace(world.concern, ref=Ref(make(n)))
        notice = Notice(place, kind, concern.ref, concern.turn, urgent=False, tier=concern.tier)
        parts.append(Part(replace(notice, late=late, times=times), concern, world.rules))
    return said(parts)


def said(parts: Sequence[Part]) -> Message:
    """As it is posted."""
    first = parts[0]
    return render(first.notice, first.concern, first.rules, parts=parts)


# ---- the digest ------------------------------------------------------------------------------------

ASKING = ruled(replace(DAILY, on_lapse=OnLapse.ASK))
TUESDAY = "Tue 1 Dec 2026 09:00"


def test_each_line_says_where_it_stands_until_when_and_the_next_step() -> None:
    assert line(TOM, called()) == (
        "called, stage 1 of 4; acknowledgement due Mon 30 Nov at 14:00. Next: acknowledge it, then answer."
    )
    assert line(TOM, acknowledged().until(TUESDAY)) == (
        "acknowledged, stage 1 of 4; answer due Tue 1 Dec at 17:00. Next: answer it, or hand it back."
    )
    assert line(AMIRA, answered()) == (
        "answered, stage 1 of 4; asked again Wed 2 Dec at 17:00. "
        "Next: accept the answer, or say it is not enough."
    )
    assert line(AMIRA, agreed().until("Mon 14 Dec 2026 09:00")) == (
        "agreed; check due Mon 14 Dec at 17:00. Next: look whether the person is safer, and record the check."
    )
    assert line(AMIRA, referred().until("Wed 2 Dec 2026 09:00")) == (
        "a referral; opens by itself Wed 2 Dec at 17:00. "
        "Next: open stage 1, or record the response if one came."
    )


def test_it_says_how_late_and_what() -> None:
    assert "answer due Tue 1 Dec at 17:00 (acknowledgement 19 hours late)." in line(
        TOM, called().until(TUESDAY)
    )
    again = line(VICTOR, called().until("Wed 9 Dec 2026 09:00"))
    assert again.endswith("Next: acknowledge it, then answer, or record a decision.")
    assert "called again Wed 9 Dec at 17:00 (answer 4 days late)." in again
    lapsed = called(ASKING).until("Tue 1 Dec 2026 18:00")
    assert "answer due Tue 1 Dec at 17:00 (answer 1 hour late)." in line(TOM, lapsed)
    assert "(asked 2 times already)" in line(AMIRA, answered().until("Mon 7 Dec 2026 09:00"))
    assert line(AMIRA, agreed().until("Tue 15 Dec 2026 09:00")).startswith(
        "agreed; asked again Tue 15 Dec at 17:00 (the check was due Mon 14 Dec at 17:00)."
    )
    unsafe = agreed().hear(a_check(safer=Safer.NO)).until("Tue 1 Dec 2026 09:00")
    assert line(AMIRA, unsafe).endswith("Next: reopen it, because the person is not safer.")


def test_it_says_what_the_raising_side_is_asked() -> None:
    assert line(JOEL, called(ASKING).until("Tue 1 Dec 2026 18:00")).endswith(
        "moves up by itself Wed 2 Dec at 13:00. Next: move it up now, or let it move up by itself."
    )
    asked = c.AskExtension(by=TOM, until=london("Fri 4 Dec 2026 17:00"), words=words(reason="A meeting."))
    assert line(AMIRA, called().hear(asked)).endswith("Next: agree to more time, or decline.")


def test_an_action_is_named_by_its_day() -> None:
    due = london("Tue 1 Dec 2026 17:00")
    world = agreed().until("Thu 3 Dec 2026 17:00")
    owing = replace(world.concern, actions=(Action(1, LENA, due, due),))
    owed = waits_for(LENA, owing, RULES, world.now)
    notice = Notice(Place(PlaceKind.PERSON, LENA), K.DIGEST, owing.ref, owing.turn, urgent=False)
    (told,) = said([Part(notice, owing, RULES, owed)]).lines

    assert told.endswith(
        "an action due Tue 1 Dec at 17:00 (2 days late). Next: do it, and record that it is done."
    )


def test_the_title_counts_what_waits_and_what_is_overdue() -> None:
    late, soon = called().until(TUESDAY), acknowledged().until(TUESDAY)

    assert morning(TOM, soon).title == "1 waiting on you"
    assert morning(TOM, late, late, soon).title == "3 waiting on you, 2 overdue"


def test_twenty_are_listed_the_first_five_can_be_opened_and_the_rest_is_counted() -> None:
    message = morning(TOM, *[called()] * 23)

    assert len(message.lines) == 21
    assert message.lines[-1] == "And 3 more, none of them more pressing."
    assert [button.label for button in message.buttons] == [f"Show {make(n)}" for n in range(5)]


def test_an_urgent_one_is_marked() -> None:
    message = morning(AMIRA, answered(), World().hear(a_concern(danger=True), an_answer(PersonId("nadia"))))

    assert message.urgent
    assert [text.startswith("Urgent: ") for text in message.lines] == [False, True]


# ---- one ping for many -----------------------------------------------------------------------------


MANAGER = (
    "Asked: manager, Northshire Council. Acknowledge by Wed 2 Dec at 13:00. Answer due Wed 2 Dec at 17:00."
)


def test_a_shared_ping_says_where_each_stands_why_who_is_asked_until_when_and_the_next_step() -> None:
    up = called().until("Tue 1 Dec 2026 17:00")
    message = ping(K.CALLED, JOINT, up, up)

    assert message.title == "2 concerns are called"
    assert message.lines == (
        f"{make(0)}, called, stage 2 of 4: no answer came in time. {MANAGER}",
        f"{make(1)}, called, stage 2 of 4: no answer came in time. {MANAGER}",
        "Next: the seat called acknowledges each, and answers it. What nobody answers goes on by itself.",
    )
    assert [button.command for button in message.buttons] == ["show", "show"]


def test_the_raising_side_reads_who_is_accountable_on_its_side() -> None:
    up = called().until("Tue 1 Dec 2026 17:00")

    message = ping(K.RAISING_TOLD, Place(PlaceKind.PERSON, JOEL), called(), up)

    assert message.lines[0].endswith(
        "Accountable on your side: practitioner who raised it, Riverside Home Care."
    )
    assert message.lines[1].endswith(f"{MANAGER} Accountable on your side: manager, Riverside Home Care.")
    assert "Accountable" not in str(ping(K.CALLED, JOINT, up, up).lines)


def test_why_each_is_called_is_said_in_a_few_words() -> None:
    started = called()
    assert ": a concern has been raised. Asked:" in ping(K.CALLED, JOINT, started, started).lines[0]
    moved = called().hear(c.Escalate(by=AMIRA))
    assert ": the raising side asks. Asked:" in ping(K.CALLED, JOINT, moved, moved).lines[0]
    again = agreed().hear(c.Reopen(by=AMIRA, words=words(reason="It goes on.")))
    assert ": it is taken up again. Asked:" in ping(K.CALLED, JOINT, again, again).lines[0]

    empty = ruled(directory=vacated(RULES.directory, COUNCIL, "manager"))
    over = called(empty).until("Tue 1 Dec 2026 17:00")
    assert (
        ": no answer came in time; stage 2 had nobody to call. Asked:"
        in (ping(K.CALLED, JOINT, over, over).lines[0])
    )


def test_the_next_step_fits_how_far_each_is() -> None:
    waits, held = called(), acknowledged()

    steps = [
        ping(K.REMINDED, JOINT, *worlds).lines[-1] for worlds in ((waits,) * 2, (held,) * 2, (waits, held))
    ]

    assert steps == [
        "Next: the seat called acknowledges each, and answers it.",
        "Next: whoever has each of them answers it; the answer is still owed.",
        "Next: the seat called acknowledges what nobody has yet, and answers each.",
    ]


def test_at_the_top_nothing_is_said_to_go_on_by_itself() -> None:
    low, top = called(), called().until("Fri 4 Dec 2026 10:00")

    assert (
        ping(K.CALLED, JOINT, top, top)
        .lines[-1]
        .endswith("Nobody is above: they are called until somebody answers or decides.")
    )
    assert (
        ping(K.CALLED, JOINT, low, top)
        .lines[-1]
        .endswith("What nobody answers goes on by itself; at the top it is called again.")
    )


def test_every_kind_that_is_merged_has_its_words() -> None:
    stages = {
        K.ACCEPTANCE_DUE: answered,
        K.CHECK_DUE: agreed,
        K.REFERRAL_LAPSED: referred,
    }
    for kind in SAID_TOGETHER:
        world = stages.get(kind, called)()
        message = ping(kind, JOINT, world, world, world)
        assert message.title.startswith("3 ")
        assert not message.title.endswith(".")
        assert message.lines[-1].startswith("Next: ")
        assert all(text.endswith((".", "?")) for text in message.lines)


def test_it_says_how_late_a_call_is_and_which_call_it_is() -> None:
    world = called()

    assert (
        "this call is 2 hours late, its windows count from now."
        in ping(K.CALLED, JOINT, world, world, late=7200).lines[0]
    )
    top = called().until("Mon 7 Dec 2026 17:30")
    assert (
        ping(K.CALLED_AGAIN, JOINT, top, top, times=2)
        .lines[1]
        .endswith(
            "; this is call 3. Asked: director, Northshire Council. The next call is Tue 8 Dec at 17:00."
        )
    )


def test_with_more_than_five_it_says_how_the_others_open() -> None:
    few, many = (ping(K.REMINDED, JOINT, *[called()] * count) for count in (5, 8))

    assert (len(few.buttons), len(few.lines)) == (5, 6)
    assert (len(many.buttons), len(many.lines)) == (5, 10)
    assert many.lines[-2] == "There are buttons for the first 5; show and the reference opens the other 3."


def test_whoever_sits_in_any_of_the_seats_is_mentioned_once() -> None:
    world, up = called(), called().until("Tue 1 Dec 2026 17:00")
    parts = [Part(one.notice(K.CALLED, JOINT.id), one.concern, RULES) for one in (world, up, world)]

    assert said(parts).mentions == (TOM, LENA, GRACE, OWEN, JOEL, PRIYA)


def test_in_private_only_what_this_person_may_see_can_be_opened() -> None:
    """Whoever comes next is told that it may come to them, and cannot read it yet."""
    world = called().until("Mon 30 Nov 2026 14:00")
    grace = Place(PlaceKind.PERSON, GRACE)

    assert ping(K.NEXT_TIER_TOLD, grace, world, world).buttons == ()


@pytest.mark.parametrize("kind", sorted(SAID_TOGETHER))
def test_no_shared_ping_names_anybody(kind: K) -> None:
    for begin in AT_STAGE.values():
        world = begin()
        text = " ".join(ping(kind, JOINT, world, world).lines)
        assert not any(person.name.split()[0] in text for person in RULES.directory.people)
