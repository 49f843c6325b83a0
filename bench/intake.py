"""A contact logged by slash command, from the signed request to the acknowledgement, against bare Bolt.

Every server is a process of its own under the same web server, and so is the Slack they call; all are asked
the same. Ours is what `baton serve` runs, with its clock and its delivery at work meanwhile.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import uvicorn
from pydantic import SecretStr
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.asking import PATH, SECRET, TEAM, WORKSPACE, Server, crowded, in_a_row, in_turn
from bench.databases import Sqlite
from bench.ground import RAISED, Clock, fill, house
from bot.house import settle_memory
from bot.serving import Bot, listening
from bot.settings import SlackAccount
from bot.slack.identity import SLACK
from concerns.directory import Directory
from concerns.people import Identity

GOAL = 3.0
"""At most this many times the median of bare Bolt with one raw committed insert (the issue's own figure)."""
CROWD = 50
"""Requests at once in the crowd."""
SLOWEST = 0.500
"""Seconds in which 99 of 100 requests of the crowd must be answered."""

_WARM = 100
"""Requests of every door that are not counted."""
_TURNS = 300
"""Requests in turn, for each run asked for."""
_ROUNDS, _BLOCK, _SETTLING = 4, 75, 25
"""Rounds in a row for each run: each is asked so many times, after some that are not counted."""
_EACH = 20
"""Requests of everybody in the crowd."""
_TOKEN, _INSERT = "xoxb-bench", "INSERT INTO said (text) VALUES (?)"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds, medians: bare Bolt with one insert, and ours; `ratio` is ours to the insert."""

    insert: float
    ours: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Result:
    """Both asked in turn, then each many times in a row; Bolt with nothing to do; and of the crowd at ours,
    the 99th of 100. Seconds.

    The goal is for those in a row, as a load generator asks. In turn is shown beside it: it is nearer to
    how people ask, and hangs less on what else the machine does (decision 0014).
    """

    in_turn: Times
    in_a_row: Times
    nothing: float
    crowd: float


def race(folder: Path, runs: int, say: Callable[[str], None]) -> Result:
    """Servers stand side by side and are asked the same; then fifty people come to ours at once.

    What Baton tells everybody goes out at Slack's own pace, a post a second and channel, whoever is asked.
    """
    turns, rounds, block = _TURNS * runs, _ROUNDS * runs, _SETTLING + _BLOCK
    single, crowd = _WARM + turns + rounds * block, CROWD * _EACH
    database, ahead = Sqlite(folder), RAISED - datetime.now(UTC)
    say(f"Intake: raising {single + crowd:,} concerns, and starting the servers …")
    address, record = database.empty("intake"), database.empty("said")
    with house(address, folder, Clock(RAISED)) as place:
        place.directories.apply(_on_slack(place.directories.current()), RAISED, "bench")
        fill(place, single + crowd)
    database.connect(record).execute("CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    with ExitStack() as running:
        slack = f"http://127.0.0.1:{running.enter_context(_process(_slack))}/api/"
        ours = running.enter_context(_process(_ours, address, folder, ahead, slack))
        bare = [running.enter_context(_process(_bare, slack, folder, to)) for to in ("", record)]
        say(f"{single} contacts at each door, then {CROWD} people at once at ours …")
        door = Server(ours, ahead.total_seconds())
        idle, insert = map(Server, bare)
        doors = (insert, door)
        for one in doors:
            in_a_row(one, range(_WARM))
        turned = in_turn(doors, range(_WARM, _WARM + turns))
        firsts = range(_WARM + turns, single, block)
        asked = [[in_a_row(one, range(at, at + block))[_SETTLING:] for one in doors] for at in firsts]
        nothing = median(in_a_row(idle, range(block))[_SETTLING:])
        slowest = crowded(door, range(single, single + crowd), CROWD)
    _count(database, address, "SELECT count(*) FROM requests", single + crowd)
    _count(database, record, "SELECT count(*) FROM said", single)
    return Result(_times([turned]), _times(asked), nothing, slowest)


def _times(rounds: list[list[list[float]]]) -> Times:
    """The medians of all rounds, and of their ratios: in each both were asked side by side."""
    insert, ours = (median(chain(*times)) for times in zip(*rounds, strict=True))
    return Times(insert, ours, median(median(own) / median(raw) for raw, own in rounds))


def _on_slack(demo: Directory) -> Directory:
    """The demo's partnership, all of it in one workspace, so that everybody told can be reached."""
    people = [replace(one, identities=(Identity(SLACK, WORKSPACE, f"U-{one.id}"),)) for one in demo.people]
    channels = [replace(one, platform=SLACK, workspace=WORKSPACE) for one in demo.channels]
    return replace(demo, people=tuple(people), channels=tuple(channels))


class _Going(Clock):
    """The machine's clock, set to another day."""

    def __init__(self, ahead: timedelta) -> None:
        super().__init__(RAISED)
        self._ahead = ahead

    def __call__(self) -> datetime:
        """The time of that day."""
        return datetime.now(UTC) + self._ahead


# ---- who is asked ----------------------------------------------------------------------------------


def _ours(door: socket.socket, address: str, folder: Path, ahead: timedelta, slack: str) -> None:
    """What `baton serve` runs, on the day the concerns were raised."""
    account = SlackAccount(WORKSPACE, SecretStr(_TOKEN), None, SecretStr(SECRET))
    with house(address, folder, _Going(ahead)) as place:
        bot = Bot(place, (account,), slack, "")
        settle_memory()
        _serve(bot.app(), door)


def _bare(door: socket.socket, slack: str, folder: Path, record: str) -> None:
    """Bolt as its manual shows it; with a record, one insert is committed before the acknowledgement.

    It is made in the event loop: with nobody else there, that is the fastest way.
    """
    client = AsyncWebClient(token=_TOKEN, base_url=slack)
    app = AsyncApp(signing_secret=SECRET, client=client, process_before_response=bool(record))
    db = Sqlite(folder).connect(record) if record else None

    async def heard(ack: AsyncAck, command: dict[str, str]) -> None:
        if db:
            db.execute(_INSERT, (command["text"],))
        await ack("ok")

    app.command("/contact")(heard)
    bolt = AsyncSlackRequestHandler(app)

    async def answer(request: Request) -> Response:
        return await bolt.handle(request)

    _serve(Starlette(routes=[Route(PATH, answer, methods=["POST"])]), door)


def _slack(door: socket.socket) -> None:
    """A Slack that takes everything at once."""
    told = {"ok": True, "team_id": TEAM, "user_id": "UBOT", "bot_id": "B1", "members": []}
    told |= {"ts": "1.2", "channel": {"id": "D1", "is_member": True}}

    async def answer(request: Request) -> Response:
        return JSONResponse(told)

    _serve(Starlette(routes=[Route("/api/{method}", answer, methods=["GET", "POST"])]), door)


def _serve(app: Starlette, door: socket.socket) -> None:
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[door])


@contextmanager
def _process(serve: Callable[..., None], *given: object) -> Iterator[int]:
    """A server in a process of its own; the port it listens on."""
    with listening("127.0.0.1", 0) as door:
        door.listen(2 * CROWD)
        running = get_context("spawn").Process(target=serve, args=(door, *given), daemon=True)
        running.start()
        port: int = door.getsockname()[1]
    try:
        yield port
    finally:
        running.terminate()
        running.join()


def _count(database: Sqlite, address: str, statement: str, wanted: int) -> None:
    """A race counts only where everything that was acknowledged is on record."""
    db = database.connect(address)
    ((found,),) = db.execute(statement)
    db.close()
    assert found == wanted, f"{found} of {wanted} are on record"
