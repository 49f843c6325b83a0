"""A contact logged by slash command, from the signed request to the acknowledgement, against bare Bolt.

Every server is a process of its own under the same web server, and so is the Slack they call; all are asked
the same. Ours is what `baton serve` runs, with its clock and its delivery at work meanwhile.
"""

import hmac
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from pydantic import SecretStr
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.databases import Sqlite
from bench.ground import RAISED, Clock, fill, house
from bot.house import settle_memory
from bot.serving import Bot, listening
from bot.settings import SlackAccount
from bot.slack.identity import SLACK
from concerns import reference
from concerns.directory import Directory
from concerns.people import Identity

GOAL = 3.0
"""At most this many times the median of bare Bolt with one raw committed insert (the issue's own figure)."""
CROWD = 50
"""Requests at once in the crowd."""
SLOWEST = 0.500
"""Seconds in which 99 of 100 requests of the crowd must be answered."""

_ROUNDS = 4
"""For each run asked for: everybody is asked in turn, so that a slow moment of the machine meets them all."""
_WARM, _BLOCK = 25, 75
"""Requests of a round that are not counted, and those that are."""
_EACH = 20
"""Requests of everybody in the crowd."""
_WORKSPACE, _AMIRA, _TEAM = "riverside", "U-amira", "T1"
_TOKEN, _SECRET = "xoxb-bench", "the bench's signing secret"
_PATH = f"/slack/{_WORKSPACE}/events"
_INSERT = "INSERT INTO said (text) VALUES (?)"


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds: three medians, one request after another; and of the crowd at our door, the 99th of 100.

    `ratio` is ours to the insert: the median of the rounds, in each of which both were asked side by side.
    """

    nothing: float
    insert: float
    ours: float
    ratio: float
    crowd: float


@dataclass(frozen=True, slots=True)
class Server:
    """Where one listens, and how far its clock is ahead of the machine's, in seconds."""

    port: int
    ahead: float = 0.0


def race(folder: Path, runs: int, say: Callable[[str], None]) -> Result:
    """Three servers stand side by side and are asked in turn; then fifty people come to ours at once.

    What Baton tells everybody goes out at Slack's own pace, a post a second and channel, whoever is asked.
    """
    rounds = _ROUNDS * runs
    single, crowd = (_WARM + _BLOCK) * rounds, CROWD * _EACH
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
        say(f"{single} contacts at each door, one after another, then {CROWD} people at once at ours …")
        door = Server(ours, ahead.total_seconds())
        doors = (*map(Server, bare), door)
        asked = [[_alone(one, turn) for one in doors] for turn in range(rounds)]
        slowest = _crowded(door, range(single, single + crowd))
    _count(database, address, "SELECT count(*) FROM requests", single + crowd)
    _count(database, record, "SELECT count(*) FROM said", single)
    nothing, insert, median = (statistics.median(chain(*times)) for times in zip(*asked, strict=True))
    ratio = statistics.median(
        statistics.median(ours) / statistics.median(insert) for _, insert, ours in asked
    )
    return Result(nothing, insert, median, ratio, slowest)


def _on_slack(demo: Directory) -> Directory:
    """The demo's partnership, all of it in one workspace, so that everybody told can be reached."""
    people = [replace(one, identities=(Identity(SLACK, _WORKSPACE, f"U-{one.id}"),)) for one in demo.people]
    channels = [replace(one, platform=SLACK, workspace=_WORKSPACE) for one in demo.channels]
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
    account = SlackAccount(_WORKSPACE, SecretStr(_TOKEN), None, SecretStr(_SECRET))
    with house(address, folder, _Going(ahead)) as place:
        bot = Bot(place, (account,), slack, "")
        settle_memory()
        _serve(bot.app(), door)


def _bare(door: socket.socket, slack: str, folder: Path, record: str) -> None:
    """Bolt as its manual shows it; with a record, one insert is committed before the acknowledgement.

    It is made in the event loop: with nobody else there, that is the fastest way.
    """
    client = AsyncWebClient(token=_TOKEN, base_url=slack)
    app = AsyncApp(signing_secret=_SECRET, client=client, process_before_response=bool(record))
    db = Sqlite(folder).connect(record) if record else None

    async def heard(ack: AsyncAck, command: dict[str, str]) -> None:
        if db:
            db.execute(_INSERT, (command["text"],))
        await ack("ok")

    app.command("/contact")(heard)
    bolt = AsyncSlackRequestHandler(app)

    async def answer(request: Request) -> Response:
        return await bolt.handle(request)

    _serve(Starlette(routes=[Route(_PATH, answer, methods=["POST"])]), door)


def _slack(door: socket.socket) -> None:
    """A Slack that takes everything at once."""
    told = {"ok": True, "team_id": _TEAM, "user_id": "UBOT", "bot_id": "B1", "channel": {"id": "D1"}}
    told |= {"ts": "1.2"}

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


# ---- who asks --------------------------------------------------------------------------------------


def _alone(server: Server, turn: int) -> list[float]:
    """The times of one round, one request after another; the first only warm up."""
    first = turn * (_WARM + _BLOCK)
    return _asked(server, range(first, first + _WARM + _BLOCK))[_WARM:]


def _crowded(server: Server, numbers: range) -> float:
    """The 99th of 100 times, of a crowd in which everybody asks again when answered."""
    with ThreadPoolExecutor(CROWD) as crowd:
        shares = crowd.map(lambda n: _asked(server, numbers[n::CROWD]), range(CROWD))
        took = sorted(time for share in shares for time in share)
    return took[len(took) * 99 // 100]


def _asked(server: Server, numbers: range) -> list[float]:
    """Seconds to the last byte of every answer, over one connection."""
    took = []
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in numbers:
            request = _request(number, int(time.time() + server.ahead))
            started = time.perf_counter()
            line.sendall(request)
            answer = _whole(line)
            took.append(time.perf_counter() - started)
            assert answer.startswith(b"HTTP/1.1 200 "), answer[:300]
    return took


def _request(number: int, now: int) -> bytes:
    """A signed slash command; each is about a concern of its own."""
    fields = {
        "command": "/contact",
        "text": f"{reference.make(number)} made phone spoke Duty desk: the visit is on Thursday.",
        "team_id": _TEAM,
        "team_domain": _WORKSPACE,
        "user_id": _AMIRA,
        "channel_id": "C1",
        "api_app_id": "A1",
        "response_url": "",
        "trigger_id": f"{number}.1",
    }
    body = urlencode(fields)
    signature = hmac.new(_SECRET.encode(), f"v0:{now}:{body}".encode(), sha256).hexdigest()
    head = (
        f"POST {_PATH} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"X-Slack-Request-Timestamp: {now}",
        f"X-Slack-Signature: v0={signature}",
    )
    return "\r\n".join((*head, "", body)).encode()


def _whole(line: socket.socket) -> bytes:
    """One answer; all these servers say how long it is."""
    said = b""
    while (end := said.find(b"\r\n\r\n") + 4) < 4:
        said += _more(line)
    length = int(said[:end].lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(said) < end + length:
        said += _more(line)
    return said


def _more(line: socket.socket) -> bytes:
    came = line.recv(65536)
    assert came, "the server hung up"
    return came


def _count(database: Sqlite, address: str, statement: str, wanted: int) -> None:
    """A race counts only where everything that was acknowledged is on record."""
    db = database.connect(address)
    ((found,),) = db.execute(statement)
    db.close()
    assert found == wanted, f"{found} of {wanted} are on record"
