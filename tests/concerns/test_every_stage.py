"""Every stage with every command: what is allowed does something, all else is refused and changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from concerns import commands as c
from concerns.decide import ALLOWED, decide
from concerns.model import Safer, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import MONDAY, RULES, london, ruled
from tests.partnership import ALEX, AMIRA, BEN, DIRECTORY, LENA, SAM, STRANGER, TOM
from tests.worlds import (
    AT_STAGE,
    CHALLENGE,
    SAID_RIGHTLY,
    World,
    a_check,
    a_concern,
    a_contact,
    a_referral,
    an_answer,
    called,
    words,
)

RAISING, CALLED = {AMIRA}, {TOM, LENA}
MAY_SAY: dict[type[c.Command], set[PersonId]] = {
    c.Respond: RAISING,
    c.LogContact: RAISING | CALLED,
    c.AddNote: RAISING | CALLED,
    c.Acknowledge: CALLED,
    c.Release: CALLED,
    c.Answer: CALLED,
    c.Accept: RAISING,
    c.Dispute: RAISING,
    c.Escalate: RAISING,
    c.Check: RAISING,
    c.Reopen: RAISING,
    c.Withdraw: RAISING,
}
"""Who may say it while tier 1 is the tier called; a report by the raising side needs more than these say."""

EVERYBODY = {person.id for person in DIRECTORY.people} | {STRANGER}
PAIRS = [(stage, command) for stage in Stage for command in SAID_RIGHTLY]
GOOD = [(stage, command) for stage, command in PAIRS if command in ALLOWED[stage]]
BAD = [(stage, command) for stage, command in PAIRS if command not in ALLOWED[stage]]


def named(pair: object) -> str:
    """A readable id for a case."""
    return pair.__name__ if isinstance(pair, type) else str(pair)


def test_the_table_speaks_of_every_stage_and_every_command() -> None:
    assert set(ALLOWED) == set(Stage)
    assert set().union(*ALLOWED.values()) == set(SAID_RIGHTLY) == {*MAY_SAY, c.Lapse}


@pytest.mark.parametrize(("stage", "command"), GOOD, ids=named)
def test_what_a_stage_allows_does_something_when_rightly_said(stage: Stage, command: type[c.Command]) -> None:
    world = AT_STAGE[stage](RULES)
    before = world.events
    if command is c.Lapse and world.concern.due:
        world.now = world.concern.due

    world.hear(SAID_RIGHTLY[command])

    nothing_runs = command is c.Lapse and stage is Stage.CLOSED
    assert (world.events == before) is nothing_runs


@pytest.mark.parametrize(("stage", "command"), BAD, ids=named)
def test_what_a_stage_does_not_allow_is_refused_whoever_says_it(
    stage: Stage, command: type[c.Command]
) -> None:
    said = SAID_RIGHTLY[command]
    assert not isinstance(said, c.Lapse)

    for by in (said.by, TOM, AMIRA, STRANGER):
        assert_kind(AT_STAGE[stage](RULES).refusal(replace(said, by=by)))


@pytest.mark.parametrize(("stage", "command"), [pair for pair in GOOD if pair[1] is not c.Lapse], ids=named)
def test_nobody_else_may_say_it(stage: Stage, command: type[c.Command]) -> None:
    said = SAID_RIGHTLY[command]
    assert not isinstance(said, c.Lapse)
    world = AT_STAGE[stage](RULES)
    readers = RAISING if stage is Stage.REFERRED else RAISING | CALLED

    for by in EVERYBODY - (MAY_SAY[command] & readers):
        assert_kind(world.refusal(replace(said, by=by)))


@pytest.mark.parametrize(("stage", "command"), GOOD, ids=named)
def test_everybody_who_may_say_it_can(stage: Stage, command: type[c.Command]) -> None:
    said = SAID_RIGHTLY[command]
    if isinstance(said, c.Lapse):
        return
    readers = RAISING if stage is Stage.REFERRED else RAISING | CALLED

    for by in MAY_SAY[command] & readers:
        AT_STAGE[stage](RULES).hear(replace(said, by=by))


@pytest.mark.parametrize("stage", Stage)
def test_the_clock_may_be_asked_too_early_and_says_nothing(stage: Stage) -> None:
    world = AT_STAGE[stage](RULES)

    assert decide(world.concern, c.Lapse(), world.now, world.rules) == ()
    assert world.hear(c.Lapse()).said == ()


@pytest.mark.parametrize("opening", [a_concern(), a_referral()])
def test_a_concern_opens_once(opening: c.Opening) -> None:
    with pytest.raises(ValueError, match="opens once"):
        decide(called().concern, opening, MONDAY, RULES)


@pytest.mark.parametrize("said", SAID_RIGHTLY.values(), ids=lambda said: type(said).__name__)
def test_nothing_can_be_said_to_a_concern_that_does_not_exist(said: c.Command) -> None:
    with pytest.raises(ValueError, match="no such concern"):
        decide(None, said, MONDAY, RULES)


# ---- every refusal, for reading by eye -------------------------------------------------------------

TOMORROW = london("Tue 1 Dec 2026 10:00")
TOP_TIER = called().until("Thu 3 Dec 2026 17:00")
REFUSED: list[tuple[World, c.Command]] = [
    (World(), a_concern(by=STRANGER)),
    (World(), a_concern(agency=DIRECTORY.agencies[0].id)),
    (World(), a_concern(agency=DIRECTORY.agencies[3].id)),
    (World(), a_concern(grounds=())),
    (World(), a_concern(words=words(wanted="A visit."))),
    (World(), a_concern(words=words(decision="No visit."))),
    (World(), a_referral(when=TOMORROW)),
    (World(rules=ruled(replace(RULES.pathway, strands=()))), a_referral()),
    (AT_STAGE[Stage.REFERRED](RULES), c.Respond(by=BEN, satisfied=True)),
    (AT_STAGE[Stage.REFERRED](RULES), c.Respond(by=AMIRA, satisfied=False, words=CHALLENGE)),
    (called(), c.Acknowledge(by=AMIRA)),
    (called(), c.Acknowledge(by=AMIRA, when=MONDAY)),
    (called(), c.Acknowledge(by=AMIRA, when=MONDAY, words=words(who="Duty officer"))),
    (called(), c.Acknowledge(by=BEN)),
    (called(), an_answer(response="")),
    (called(), a_contact(when=MONDAY, by=BEN)),
    (called(), c.AddNote(by=AMIRA)),
    (called(), c.Escalate(by=AMIRA, why=Why.NO_ANSWER_IN_TIME)),
    (called(), c.Withdraw(by=AMIRA)),
    (TOP_TIER, c.Escalate(by=AMIRA)),
    (AT_STAGE[Stage.ANSWERED](RULES), c.Escalate(by=AMIRA)),
    (AT_STAGE[Stage.ANSWERED](RULES), c.Dispute(by=AMIRA)),
    (AT_STAGE[Stage.ANSWERED](RULES), c.Accept(by=AMIRA, reservation=True)),
    (AT_STAGE[Stage.AGREED](RULES), a_check(by=BEN)),
    (AT_STAGE[Stage.AGREED](RULES), replace(a_check(), records_copied=())),
    (AT_STAGE[Stage.AGREED](RULES), a_check(safer=Safer.TOO_EARLY, again_on=date(2026, 1, 1))),
    (AT_STAGE[Stage.CLOSED](RULES), c.Reopen(by=AMIRA)),
    *((AT_STAGE[stage](RULES), SAID_RIGHTLY[command]) for stage, command in BAD),
]
BLAME = ("fault", "blame", "fail", "wrong", "must", "invalid", "error", "denied", "forbidden", "illegal", "!")


def assert_kind(sentence: str) -> None:
    """A refusal is short, calm, and ends like a sentence."""
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert len(sentence) < 200
    assert not [word for word in BLAME if word in sentence.lower()]


@pytest.mark.parametrize(
    ("world", "command"), REFUSED, ids=[f"{type(said).__name__}-{n}" for n, (_, said) in enumerate(REFUSED)]
)
def test_a_refusal_is_short_calm_and_ends_like_a_sentence(world: World, command: c.Command) -> None:
    assert_kind(world.refusal(command))


def test_a_refusal_changes_nothing_and_tells_nobody() -> None:
    world = called()
    before, said = world.concern, world.said
    world.refusal(c.Accept(by=AMIRA))

    assert (world.concern, world.said) == (before, said)
    assert world.told(NoticeKind.DEAD_LETTER) == []
    assert world.refusal(c.Acknowledge(by=SAM)) == world.refusal(c.Acknowledge(by=ALEX))
