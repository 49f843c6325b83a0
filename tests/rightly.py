"""Each command as people type it, and said rightly: by somebody who may, with all that it needs."""

from dataclasses import replace

from concerns import commands as c
from concerns.model import ClockKind, Route, Stage, Why
from tests.ladders import CONVENED, MONDAY, RULES
from tests.partnership import AMIRA, BEN, GRACE, JOEL, MIRIAM, TOM
from tests.worlds import (
    AT_STAGE,
    OTHER_REF,
    World,
    a_check,
    a_contact,
    a_decision,
    a_dispute,
    a_retiming,
    an_action,
    an_answer,
    called,
    more_time,
    words,
)

_WHY = words(reason="It has changed.", text="Seen today.")
SAID_RIGHTLY: dict[type[c.Command], c.LaterCommand | c.Lapse] = {
    c.Respond: c.Respond(by=AMIRA, satisfied=True),
    c.LogContact: a_contact(when=MONDAY),
    c.AddNote: c.AddNote(by=AMIRA, words=_WHY),
    c.Acknowledge: c.Acknowledge(by=TOM),
    c.Release: c.Release(by=TOM),
    c.Answer: an_answer(by=TOM),
    c.Accept: c.Accept(by=AMIRA),
    c.Dispute: a_dispute(by=AMIRA),
    c.Escalate: c.Escalate(by=AMIRA, why=Why.IMMEDIATE_RISK),
    c.Check: a_check(by=AMIRA),
    c.Reopen: c.Reopen(by=AMIRA, words=_WHY),
    c.Withdraw: c.Withdraw(by=AMIRA, words=_WHY),
    c.Redirect: c.Redirect(by=AMIRA, route=Route.COMPLAINT, words=_WHY),
    c.MarkDuplicate: c.MarkDuplicate(by=AMIRA, of=OTHER_REF),
    c.Decide: a_decision(by=MIRIAM),
    c.AskExtension: more_time(by=TOM),
    c.Agree: c.Agree(by=AMIRA),
    c.Decline: c.Decline(by=AMIRA),
    c.SetAction: an_action(by=AMIRA),
    c.FinishAction: c.FinishAction(by=TOM, number=1),
    c.DropAction: c.DropAction(by=AMIRA, number=1, words=_WHY),
    c.Correct: c.Correct(by=AMIRA, of=1, words=_WHY),
    c.HandOver: c.HandOver(by=AMIRA, to=BEN),
    c.Retime: a_retiming(ClockKind.ANSWER, "Fri 18 Dec 2026 12:00"),
    c.Lapse: c.Lapse(),
}
"""Each command with all it needs, by somebody who may say it where the stage allows it."""


VERBS: dict[type[c.Command], str] = {
    c.Respond: "responded",
    c.LogContact: "contact",
    c.AddNote: "note",
    c.Acknowledge: "ack",
    c.Release: "release",
    c.Answer: "answer",
    c.Accept: "accept",
    c.Dispute: "dispute",
    c.Escalate: "escalate",
    c.Check: "check",
    c.Reopen: "reopen",
    c.Withdraw: "withdraw",
    c.Redirect: "redirect",
    c.MarkDuplicate: "duplicate",
    c.Decide: "decide",
    c.AskExtension: "extend",
    c.Agree: "agree",
    c.Decline: "decline",
    c.SetAction: "action",
    c.FinishAction: "done",
    c.DropAction: "action",
    c.Correct: "correct",
    c.HandOver: "handover",
    c.Retime: "retime",
    c.Lapse: "*lapse*",
}
"""Each command as people type it, in the order of `concerns/commands.py`; the clock speaks the last."""

WAITED_FOR = {
    Stage.REFERRED: ClockKind.REFERRAL,
    Stage.CALLED: ClockKind.ANSWER,
    Stage.ACKNOWLEDGED: ClockKind.ANSWER,
    Stage.ANSWERED: ClockKind.ACCEPTANCE,
    Stage.AGREED: ClockKind.FOLLOW_UP,
    Stage.CLOSED: ClockKind.FOLLOW_UP,
}
"""The clock each stage is about; a closed concern has none."""


def about_to(stage: Stage, kind: type[c.Command]) -> tuple[World, c.LaterCommand | c.Lapse]:
    """A world at this stage in which the command has something to be about, and the command."""
    world, said = AT_STAGE[stage](CONVENED if kind is c.Decide else RULES), SAID_RIGHTLY[kind]
    match said:
        case c.Agree() | c.Decline():
            world.hear(more_time())
        case c.FinishAction() | c.DropAction():
            world.hear(an_action())
        case c.Retime():
            said = replace(said, clock=WAITED_FOR[stage])
        case c.Dispute() if stage is Stage.AGREED:
            world = called().until("Tue 1 Dec 2026 17:00").hear(an_answer(GRACE), c.Accept(by=JOEL))
        case _:
            pass
    return world, said
