"""Two records laid side by side: what happened, to whom, by whom, in which words and when.

Between two lives of one story only the reference may differ, and the moment: each platform has its own pace,
and the clock in hand moves on until each place has said its part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from concerns.events import Event
from concerns.model import Words

PACE = timedelta(minutes=2)
"""How far apart the same moment of two lives may be."""


def differences(one: Sequence[Event], other: Sequence[Event]) -> list[str]:
    """What is not the same, event by event."""
    pairs = zip_longest(one, other)
    return [found for n, pair in enumerate(pairs, 1) for found in _between(*pair, f"event {n}")]


def _between(one: object, other: object, where: str) -> Iterator[str]:
    match one, other:
        case datetime(), datetime():
            same = abs(one - other) <= PACE
        case Words(), Words():
            same = dict(one.items()) == dict(other.items())
        case tuple(), tuple() if len(one) == len(other):
            for n, (left, right) in enumerate(zip(one, other, strict=True)):
                yield from _between(left, right, f"{where}[{n}]")
            return
        case _ if is_dataclass(one) and type(one) is type(other):
            for name in (field.name for field in fields(one) if field.name != "ref"):
                yield from _between(getattr(one, name), getattr(other, name), f"{where}.{name}")
            return
        case _:
            same = one == other
    if not same:
        yield f"{where}: {one!r}, not {other!r}"
