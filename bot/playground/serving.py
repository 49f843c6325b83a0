"""Serving the playground: one process, one folder, one address."""

import socket
from pathlib import Path

import uvicorn

from bot.house import settle_memory
from bot.playground.web import Web, world_in
from bot.playground.world import DATABASE
from storage.owner import clock_owner


class BadAddress(Exception):
    """The address cannot be served at; the text names the fix."""


def serve(folder: Path, host: str, port: int) -> None:
    """Serve the playground kept in `folder` until stopped. A second one on the same folder is refused.

    Raises `BadAddress`, `BadStore`, `BadKey` and `NotSaved` with a sentence that names the fix.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _listening(host, port) as listening, clock_owner(f"sqlite:///{folder / DATABASE}"):
        app = Web(world_in(folder)).app()
        settle_memory()
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
        print(f"The playground is at http://{host}:{port} (Ctrl-C stops it).", flush=True)  # noqa: T201 -- for whoever typed it
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise BadAddress(
            f"Port {port} cannot be used ({error.strerror});"
            f" choose another, such as PORT={port + 1} make demo."
        ) from None
    return listening
