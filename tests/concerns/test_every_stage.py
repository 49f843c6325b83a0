"""Every stage with every command: what is allowed does something, all else is refused and changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from concerns import commands as c
from concerns.decide import ALLOWED, decide
from concerns.model import ClockKind, Route, Safer, Stage, Why
from concerns.notice import NoticeKind
from concerns.people import PersonId
from tests.ladders import ASKING, CONVENED, MONDAY, RULES, london, ruled
from tests.partnership import (
    ALEX,
    AMIRA,
    BEN,
    DIRECTORY,
    JOEL,
    LENA,
    MIRIAM,
    PRIYA,
    SAM,
    STRANGER,
    TOM,
    VICTOR,
)
from tests.rightly import SAID_RIGHTLY, about_to
from tests.worlds import (
    AT_STAGE,
    CHALLENGE,
    REF,
    World,
    a_check,
    a_concern,
    a_contact,
    a_decision,
    a_dispute,
    a_referral,
    a_retiming,
    acknowledged,
    agreed,
    an_action,
    an_answer,
    answered,
    called,
    more_time,
    words,
)

RAISING, MANAGER, CALLED = {AMIRA}, {JOEL, PRIYA}, {TOM, LENA}
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
    c.Redirect: RAISING,
    c.MarkDuplicate: RAISING,
    c.Decide: CALLED | {MIRIAM},
    c.AskExtension: CALLED,
    c.Agree: RAISING,
    c.Decline: RAISING,
    c.SetAction: RAISING | CALLED,
    c.FinishAction: RAISING | CALLED,
    c.DropAction: RAISING | CALLED,
    c.Correct: RAISING | CALLED,
    c.HandOver: RAISING | MANAGER | {SAM},
    c.Retime: {SAM},
}
"""Who may say it while tier 1 is the tier called; a report by the raising side needs more than these say."""

EVERYBODY = {person.id for person in DIRECTORY.people} | {STRANGER}
PAIRS = [(stage, command) for stage in Stage for command in SAID_RIGHTLY]
GOOD = [(stage, command) for stage, command in PAIRS if command in ALLOWED[stage]]
BAD = [(stage, command) for stage, command in PAIRS if command not in ALLOWED[stage]]


def may_say(stage: Stage, command: type[c.Command]) -> set[PersonId]:
    """Who may say it there: a referral has told nobody, and once answered only the convener decides."""
    heard_no_more = {Stage.REFERRED} | ({Stage.ANSWERED} if command is c.Decide else set())
    return MAY_SAY[command] - (CALLED | MANAGER if stage in heard_no_more else set())


def named(pair: object) -> str:
    """A readable id for a case."""
    return pair.__name__ if isinstance(pair, type) else str(pair)


def test_the_table_speaks_of_every_stage_and_every_command() -> None:
    assert set(ALLOWED) == set(Stage)
    assert set().union(*ALLOWED.values()) == set(SAID_RIGHTLY) == {*MAY_SAY, c.Lapse}


@pytest.mark.parametrize(("stage", "command"), GOOD, ids=named)
def test_what_a_stage_allows_does_something_when_rightly_said(stage: Stage, command: type[c.Command]) -> None:
    world, said = about_to(stage, command)
    before = world.events
    if command is c.Lapse and world.concern.due:
        world.now = world.concern.due

    world.hear(said)

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
    world, said = about_to(stage, command)
    assert not isinstance(said, c.Lapse)

    for by in EVERYBODY - may_say(stage, command):
        assert_kind(world.refusal(replace(said, by=by)))


@pytest.mark.parametrize(("stage", "command"), [pair for pair in GOOD if pair[1] is not c.Lapse], ids=named)
def test_everybody_who_may_say_it_can(stage: Stage, command: type[c.Command]) -> None:
    for by in may_say(stage, command):
        world, said = about_to(stage, command)
        assert not isinstance(said, c.Lapse)
        world.hear(replace(said, by=by))


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
    (TOP_TIER, c.Decide(by=VICTOR)),
    (TOP_TIER, c.Decide(by=VICTOR, words=words(decision="A review."))),
    (called(), a_decision(TOM)),
    (answered(CONVENED), a_decision(TOM)),
    (called(), replace(more_time(), words=words())),
    (called(), more_time("Tue 1 Dec 2026 12:00")),
    (called().hear(more_time()), more_time()),
    (called(ASKING).until("Tue 1 Dec 2026 17:00"), more_time()),
    (called(ASKING).until("Tue 1 Dec 2026 17:00"), c.Decline(by=AMIRA)),
    (called(), c.Agree(by=AMIRA)),
    (called(), c.Decline(by=AMIRA)),
    (called(), an_action(STRANGER)),
    (called(), an_action(due=date(2026, 11, 27))),
    (called(), replace(an_action(), words=words())),
    (called(), c.FinishAction(by=TOM, number=1)),
    (agreed().hear(an_action(), an_action()), a_check()),
    (called(), c.Correct(by=AMIRA, of=9, words=words(text="It was Tuesday."))),
    (called(), c.Correct(by=AMIRA, of=1)),
    (called(), c.HandOver(by=AMIRA, to=TOM)),
    (called(), c.HandOver(by=AMIRA, to=AMIRA)),
    (called(), c.HandOver(by=LENA, to=BEN)),
    (called(), c.Redirect(by=AMIRA, route=Route.COMPLAINT)),
    (called(), c.MarkDuplicate(by=AMIRA, of=REF)),
    (called(), a_retiming(ClockKind.ANSWER, "Fri 27 Nov 2026 12:00")),
    (called(), a_retiming(ClockKind.ANSWER, "Tue 1 Dec 2026 17:00")),
    (called(), a_retiming(ClockKind.ACKNOWLEDGE, "Wed 2 Dec 2026 17:00")),
    (acknowledged(), a_retiming(ClockKind.ACKNOWLEDGE, "Tue 1 Dec 2026 12:00")),
    (called(), replace(a_retiming(ClockKind.ANSWER, "Wed 2 Dec 2026 17:00"), words=words())),
    (agreed(), a_dispute()),
    *((AT_STAGE[stage](RULES), SAID_RIGHTLY[command]) for stage, command in BAD),
]
BLAME = ("fault", "blame", "fail", "wrong", "must", "invalid", "error", "denied", "forbidden", "illegal", "!")


def assert_kind(sentence: str) -> None:
    """A refusal is short, calm, and ends like a sentence."""
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert len(sentence) <= 300
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
