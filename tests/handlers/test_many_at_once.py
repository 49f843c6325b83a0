"""Many people at one concern in the same moment: one is heard, the rest are told, the record is whole."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest

from concerns import events as e
from concerns.model import Ref, Stage
from concerns.people import PersonId
from handlers.scene import Reply
from tests.crowd import CROWDED, TWELVE, at_once, the_record_is_whole
from tests.handlers.offices import ANSWER, Office, form_of
from tests.partnership import AMIRA, JOEL
from tests.storage.chance import Chance

ROUNDS, MANY = 4, 11


@pytest.fixture
def crowd(office: Office) -> Office:
    """The office, twelve people in the seat that is called."""
    office.with_directory(CROWDED)
    return office


def happened(office: Office, ref: Ref, kind: type[e.Event]) -> int:
    """How often it is on record."""
    return sum(isinstance(event, kind) for event in office.ledger.history(ref))


def is_told_how_it_stands(reply: Reply) -> bool:
    """Whether somebody who came too late learns so, and what holds now."""
    said = reply.error or (reply.message.title if reply.message else "")
    return any(word in said for word in ("already", "has moved on", "has been answered"))


# ---- twelve people, one answer ---------------------------------------------------------------------


def typed(office: Office, ref: Ref) -> Callable[[PersonId], Reply]:
    """Everybody types a whole answer."""
    return lambda person: office.say(person, f"/answer {ref} partly_resolved A visit, by {person}.")


def pressed(office: Office, ref: Ref) -> Callable[[PersonId], Reply]:
    """Everybody has pressed the button and filled in the form that came; now they send it."""
    button = f"answer:{ref}:{office.concern(ref).turn}"
    forms = {person: form_of(office.press(person, button)) for person in TWELVE}
    return lambda person: office.submit(person, forms[person], ANSWER)


@pytest.mark.parametrize("way", [typed, pressed])
def test_of_twelve_who_answer_at_once_one_is_heard_and_eleven_are_told(
    crowd: Office, way: Callable[[Office, Ref], Callable[[PersonId], Reply]]
) -> None:
    ref = crowd.raised()
    answer = way(crowd, ref)

    replies = at_once([partial(answer, person) for person in TWELVE])

    assert happened(crowd, ref, e.Answered) == 1
    assert crowd.concern(ref).stage is Stage.ANSWERED
    (heard,) = [reply for reply in replies if reply.message and not is_told_how_it_stands(reply)]
    assert [reply for reply in replies if reply is not heard and not is_told_how_it_stands(reply)] == []
    the_record_is_whole(crowd.ledger, crowd.store, ref)


def test_of_twelve_who_acknowledge_at_once_one_has_it_and_eleven_are_told(crowd: Office) -> None:
    ref = crowd.raised()
    button = f"ack:{ref}:{crowd.concern(ref).turn}"

    replies = at_once([partial(crowd.press, person, button) for person in TWELVE])

    assert happened(crowd, ref, e.Acknowledged) == 1
    assert crowd.concern(ref).stage is Stage.ACKNOWLEDGED
    assert sum(is_told_how_it_stands(reply) for reply in replies) == 11
    the_record_is_whole(crowd.ledger, crowd.store, ref)


# ---- everybody at everything -----------------------------------------------------------------------


def acts(office: Office, ref: Ref) -> Sequence[Callable[[], object]]:
    """What anybody may be doing to a concern just when somebody else does something to it."""
    call = office.concern(ref).call
    seated = office.rules.directory.holders(call.challenged) if call else TWELVE
    called = seated[0] if seated else TWELVE[0]
    return (
        lambda: office.say(called, f"/answer {ref} partly_resolved A visit today."),
        lambda: office.say(TWELVE[-1], f"/answer {ref} agreed_plan_with_actions A review on Thursday."),
        lambda: office.say(called, f"/ack {ref}"),
        lambda: office.say(called, f"/release {ref}"),
        lambda: office.say(AMIRA, f"/contact {ref} made phone no_answer It rang out."),
        lambda: office.say(JOEL, f"/contact {ref} received email spoke They wrote."),
        lambda: office.say(AMIRA, f"/escalate {ref} raiser_or_manager_choice"),
        lambda: office.say(AMIRA, f"/escalate {ref} immediate_risk"),
        lambda: office.say(AMIRA, f"/dispute {ref} It does not keep her safe."),
        lambda: office.say(AMIRA, f"/accept {ref} plain"),
        lambda: office.ledger.lapse(office.now, 10),
        lambda: office.ledger.lapse(office.now, 10),
    )


@pytest.mark.parametrize("seed", range(6))
def test_whoever_does_what_at_once_one_consistent_record_comes_of_it(crowd: Office, seed: int) -> None:
    """Several rounds, each when something is due, or long due; in the last one somebody takes it back."""
    chance, ref = Chance(f"many at once {seed}"), crowd.raised()
    for number in range(ROUNDS):
        due = crowd.concern(ref).due
        crowd.now = max(crowd.now, due) if due else crowd.now
        crowd.now += timedelta(days=number % 2)
        options = acts(crowd, ref)
        chosen = [options[drawn % len(options)] for drawn in chance(MANY)]
        if number == ROUNDS - 1:
            chosen.append(lambda: crowd.say(AMIRA, f"/withdraw {ref} Settled by telephone."))

        came_to = at_once([*chosen, options[-1]])

        assert not any(isinstance(reply, Reply) and "Not saved" in str(reply.error) for reply in came_to)
        the_record_is_whole(crowd.ledger, crowd.store, ref)
