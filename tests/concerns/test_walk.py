"""The picture of the stages in docs/walk.md is drawn from the rules, and this fails when it is stale.

`python -m tests.concerns.test_walk` in the checkout draws it anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from concerns import commands as c
from concerns.decide import ALLOWED
from concerns.model import Ground, Safer, Stage
from tests.ladders import ASKING
from tests.partnership import AMIRA
from tests.rightly import VERBS, about_to
from tests.worlds import (
    AT_STAGE,
    CHALLENGE,
    World,
    a_check,
    a_concern,
    a_referral,
    acknowledged,
)

WALK = Path(__file__).parents[2] / "docs" / "walk.md"
BEGIN = "<!-- stages: drawn by python -m tests.concerns.test_walk -->\n"
END = "<!-- end of stages -->\n"

ALSO: tuple[tuple[Stage, Callable[[], World], c.LaterCommand], ...] = (
    (
        Stage.REFERRED,
        AT_STAGE[Stage.REFERRED],
        c.Respond(by=AMIRA, satisfied=False, grounds=(Ground.DRIFT,), words=CHALLENGE),
    ),
    (Stage.AGREED, AT_STAGE[Stage.AGREED], replace(a_check(safer=Safer.NO), records_copied=())),
    (
        Stage.ACKNOWLEDGED,
        lambda: acknowledged(ASKING).until("Tue 1 Dec 2026 17:00"),
        c.Agree(by=AMIRA),
    ),
)
"""What some commands may say instead, leading elsewhere: agreeing may be to moving up."""


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
    for kind, verb in VERBS.items():
        for after in _stages_after(stage, kind):
            if after is not stage and verb not in found.get(after, ()):
                found[after] = (*found.get(after, ()), verb)
    return found


def _stages_after(stage: Stage, kind: type[c.Command]) -> Iterator[Stage]:
    """The stages it may lead to; for the clock, those of the lapses to come while nobody says a word."""
    if kind not in ALLOWED[stage]:
        return
    world, said = about_to(stage, kind)
    if not isinstance(said, c.Lapse):
        yield world.hear(said).stage
        yield from (
            begin().hear(other).stage for at, begin, other in ALSO if (at, type(other)) == (stage, kind)
        )
        return
    for _ in range(12):
        if world.concern.due is None or world.stage is not stage:
            break
        world.until(world.concern.due)
    yield world.stage


def _table() -> str:
    """What may be said and moves no stage; what does stands in the picture."""
    rows = ["| stage | what may be said besides, and moves no stage |", "| --- | --- |"]
    for stage, allowed in ALLOWED.items():
        moving = {verb for verbs in _moves(stage).values() for verb in verbs}
        staying = (verb for kind, verb in VERBS.items() if kind in allowed and verb not in moving)
        rows.append(f"| {stage} | {', '.join(dict.fromkeys(staying))} |")
    return "\n".join(rows)


def _between(text: str) -> str:
    return text.partition(BEGIN)[2].partition(END)[0]


if __name__ == "__main__":
    written = WALK.read_text(encoding="utf-8")
    WALK.write_text(written.replace(BEGIN + _between(written) + END, BEGIN + drawn() + END), encoding="utf-8")
