"""The picture of the stages in docs/walk.md is drawn from the rules, and this fails when it is stale.

`python -m tests.concerns.test_walk` in the checkout draws it anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from concerns import commands as c
from concerns.decide import ALLOWED
from concerns.model import Ground, Safer, Stage
from tests.ladders import RULES
from tests.worlds import AT_STAGE, CHALLENGE, SAID_RIGHTLY, World, a_check, a_concern, a_referral

WALK = Path(__file__).parents[2] / "docs" / "walk.md"
BEGIN = "<!-- stages: drawn by python -m tests.concerns.test_walk -->\n"
END = "<!-- end of stages -->\n"

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
    c.Lapse: "*lapse*",
}
"""Each command as people type it, in the order of `concerns/commands.py`; the clock speaks the last."""

ALSO = (
    replace(c.Respond(by=a_concern().by, satisfied=False), grounds=(Ground.DRIFT,), words=CHALLENGE),
    replace(a_check(safer=Safer.NO), records_copied=()),
)
"""What some commands may say instead, leading elsewhere."""


def drawn() -> str:
    """The picture and the table as they should stand in the walk."""
    return f"\n{_picture()}\n\n{_table()}\n\n"


def test_the_walk_shows_the_stages_as_the_rules_have_them() -> None:
    text = WALK.read_text(encoding="utf-8")

    assert text.count(BEGIN) == text.count(END) == 1
    assert _between(text) == drawn()


def test_every_verb_of_the_picture_is_a_command_of_the_table() -> None:
    assert set(VERBS) == set().union(*ALLOWED.values())


def _picture() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for opening, verb in ((a_referral(), "refer"), (a_concern(), "raise")):
        lines.append(f"    [*] --> {World().hear(opening).stage}: {verb}")
    for stage in Stage:
        for after, verbs in _moves(stage).items():
            lines.append(f"    {stage} --> {after}: {', '.join(verbs).replace('*', '')}")
    return "\n".join([*lines, f"    {Stage.CLOSED} --> [*]", "```"])


def _moves(stage: Stage) -> dict[Stage, tuple[str, ...]]:
    """Where each thing that may be said here leads, when that is another stage."""
    found: dict[Stage, tuple[str, ...]] = {}
    for said in (*SAID_RIGHTLY.values(), *ALSO):
        if type(said) in ALLOWED[stage]:
            for after in _stages_after(stage, said):
                verbs = found.get(after, ())
                found[after] = verbs if VERBS[type(said)] in verbs else (*verbs, VERBS[type(said)])
    return {after: verbs for after, verbs in found.items() if after is not stage}


def _stages_after(stage: Stage, said: c.LaterCommand | c.Lapse) -> Iterator[Stage]:
    """The stage it leads to; for the clock, those of the lapses to come while nobody says a word."""
    world = AT_STAGE[stage](RULES)
    if not isinstance(said, c.Lapse):
        yield world.hear(said).stage
        return
    for _ in range(12):
        if world.concern.due is None or world.stage is not stage:
            break
        world.until(world.concern.due)
    yield world.stage


def _table() -> str:
    rows = ["| stage | what may be said |", "| --- | --- |"]
    for stage, allowed in ALLOWED.items():
        rows.append(f"| {stage} | {', '.join(verb for kind, verb in VERBS.items() if kind in allowed)} |")
    return "\n".join(rows)


def _between(text: str) -> str:
    return text.partition(BEGIN)[2].partition(END)[0]


if __name__ == "__main__":
    written = WALK.read_text(encoding="utf-8")
    WALK.write_text(written.replace(BEGIN + _between(written) + END, BEGIN + drawn() + END), encoding="utf-8")
