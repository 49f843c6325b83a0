"""`make bench`: every race in one run, a table of ratios, and exit code 1 when a goal is missed."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import digest, idle, intake, sweep, telegram
from bench.databases import Database, Sqlite, postgresql


def main() -> int:
    """Run the races and print what came of them."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--count", type=int, default=10_000, help="concerns due at once (default 10,000)")
    asked.add_argument("--runs", type=int, default=3, help="runs of each side, medians are shown (default 3)")
    asked.add_argument("--open", type=int, default=100_000, help="open concerns in the idle race")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as name, postgresql(Path(name)) as server:
        folder = Path(name)
        databases: tuple[Database, ...] = (Sqlite(folder), server)
        swept = [(db.name, sweep.race(db, folder, given.count, given.runs, _say)) for db in databases]
        woken = [(db.name, *digest.race(db, folder, 500, 10_000, _say)) for db in databases]
        _say("Ticking over open concerns with nothing due …")
        flat = idle.ticks(folder, tuple(sorted({100, 1_000, 10_000, given.open})))
        late, share = idle.prompt(folder)
        crowd = telegram.race(folder, _say)
        answered = intake.race(folder, given.runs, _say)
    goals = [goal for race, found in swept for goal in _swept(race, found, given.count)]
    goals += [_woken(*morning) for morning in woken]
    goals += _told(crowd)
    return 0 if all([*goals, *_idle(flat, late, share), *_answered(answered)]) else 1


def _swept(database: str, found: sweep.Result, count: int) -> list[bool]:
    ratio = found.ours / max(found.threads, found.in_loop)
    print(f"\nAdvancing {count:,} concerns due at once, {database} (concerns a second, medians)")
    print(f"  {'Baton, through the rules':<36}{found.ours:>9,.0f}")
    for peer, speed in (("threads", found.threads), ("event loop", found.in_loop)):
        print(f"  {f'APScheduler store, {peer}':<36}{speed:>9,.0f}   {found.ours / speed:.1f}x")
    stall = f"{found.stall * 1e3:.0f} ms"
    return [
        _goal(f"at least {sweep.GOAL:g}x the faster of the two", f"{ratio:.1f}x", ratio >= sweep.GOAL),
        _goal("no stall of the event loop over 50 ms", stall, found.stall <= sweep.STALL),
    ]


def _woken(database: str, took: float, said: int) -> bool:
    print(f"\nThe digest of 500 agencies over 10,000 open concerns, {database}: {said:,} messages")
    return _goal(f"queued in under {digest.GOAL:g} seconds", f"{took:.1f} s", took < digest.GOAL)


def _idle(flat: dict[int, float], late: float, share: float) -> list[bool]:
    print("\nA tick with nothing due (microseconds, medians)")
    for size, took in flat.items():
        print(f"  {size:>7,} open concerns                  {took:>9,.0f}")
    ratio = max(flat.values()) / flat[min(flat)]
    return [
        _goal("flat from 100 open concerns up", f"{ratio:.2f}x", ratio <= idle.FLAT),
        _goal("a lapse is called within 2 seconds", f"{late:.2f} s", 0 <= late <= idle.PROMPT),
        _goal("idle costs next to nothing", f"{share:.2%} of a core", share < 0.02),
    ]


def _told(found: telegram.Result) -> list[bool]:
    print(f"\n1,000 people in 200 Telegram groups called: {found.messages:,} messages (simulated seconds)")
    print(f"  {'Telegram takes them in':<36}{found.allowed:>9.1f}")
    for who, took, allowed in (
        ("Baton, all of them", found.took, found.allowed),
        ("Baton, the urgent raised in between", found.urgent_took, found.urgent_allowed),
    ):
        print(f"  {who:<36}{took:>9.1f}   {took / allowed:.2f}x")
    slowest = max(found.took / found.allowed, found.urgent_took / found.urgent_allowed)
    return [
        _goal(f"at most {telegram.GOAL:g}x what they allow", f"{slowest:.2f}x", slowest <= telegram.GOAL),
        _goal("nobody is left uncalled", f"{found.lost}", found.lost == 0),
        _goal("nothing goes over its limits", f"{found.over}", found.over == 0),
    ]


def _answered(found: intake.Result) -> list[bool]:
    print("\nA slash command answered over signed HTTP, SQLite (milliseconds, medians)")
    print(f"  {'':<38}{'in turn':>16}{'each in a row':>18}")
    ways = found.in_turn, found.in_a_row
    for who, took in (
        ("Bolt, one raw insert committed before", [way.insert for way in ways]),
        ("Baton, a contact on record before", [way.ours for way in ways]),
    ):
        turned, row = (
            f"{one * 1e3:.2f}   {one / way.insert:.1f}x" for one, way in zip(took, ways, strict=True)
        )
        print(f"  {who:<38}{turned:>16}{row:>18}")
    idle = f"{found.nothing * 1e3:.2f}  {found.nothing / found.in_a_row.insert:.1f}x"
    print(f"  {'Bolt as it comes, nothing done':<38}{'':>16}{idle:>18}")
    ratio, slowest = found.in_a_row.ratio, f"{found.crowd * 1e3:.0f} ms"
    return [
        _goal(
            f"at most {intake.GOAL:g}x Bolt with an insert, in a row", f"{ratio:.1f}x", ratio <= intake.GOAL
        ),
        _goal(f"99 of 100 within 500 ms with {intake.CROWD} at once", slowest, found.crowd <= intake.SLOWEST),
    ]


def _goal(wanted: str, found: str, met: bool) -> bool:
    print(f"  {'met   ' if met else 'MISSED'}  {wanted}: {found}")
    return met


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
