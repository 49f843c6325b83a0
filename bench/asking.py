"""The people at the doors of the intake race: they sign what they send as Slack does, and time the answer."""

import hmac
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle, permutations
from urllib.parse import urlencode

from concerns import reference

WORKSPACE, PERSON, TEAM, SECRET = "riverside", "U-amira", "T1", "the bench's signing secret"
PATH = f"/slack/{WORKSPACE}/events"


@dataclass(frozen=True, slots=True)
class Server:
    """Where one listens, and how far its clock is ahead of the machine's, in seconds."""

    port: int
    ahead: float = 0.0


def in_turn(servers: Sequence[Server], numbers: Iterable[int]) -> list[list[float]]:
    """Seconds each needed for these requests, when all are asked one and the same before the next comes.

    They take turns at being first, too: who is asked behind another finds a processor that one has woken.
    """
    took: list[list[float]] = [[] for _ in servers]
    with ExitStack() as lines:
        doors = [
            (lines.enter_context(_line(server)), server, times)
            for server, times in zip(servers, took, strict=True)
        ]
        for number, order in zip(numbers, cycle(permutations(doors)), strict=False):
            for line, server, times in order:
                times.append(_timed(line, server, number))
    return took


def in_a_row(server: Server, numbers: Iterable[int]) -> list[float]:
    """Seconds to the last byte of every answer, over one connection, each request upon the answer before."""
    with _line(server) as line:
        return [_timed(line, server, number) for number in numbers]


def crowded(server: Server, numbers: Sequence[int], people: int) -> float:
    """The 99th of 100 times, of a crowd in which everybody asks again when answered."""
    with ThreadPoolExecutor(people) as crowd:
        shares = crowd.map(lambda n: in_a_row(server, numbers[n::people]), range(people))
        took = sorted(time for share in shares for time in share)
    return took[len(took) * 99 // 100]


@contextmanager
def _line(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield line


def _timed(line: socket.socket, server: Server, number: int) -> float:
    request = _request(number, int(time.time() + server.ahead))
    started = time.perf_counter()
    line.sendall(request)
    answer = _whole(line)
    took = time.perf_counter() - started
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:300]
    return took


def _request(number: int, now: int) -> bytes:
    """A signed slash command; each is about a concern of its own."""
    fields = {
        "command": "/contact",
        "text": f"{reference.make(number)} made phone spoke Duty desk: the visit is on Thursday.",
        "team_id": TEAM,
        "team_domain": WORKSPACE,
        "user_id": PERSON,
        "channel_id": "C1",
        "api_app_id": "A1",
        "response_url": "",
        "trigger_id": f"{number}.1",
    }
    body = urlencode(fields)
    signature = hmac.new(SECRET.encode(), f"v0:{now}:{body}".encode(), sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1",
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
