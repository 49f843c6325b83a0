"""Serving the playground: one process, one folder, one address."""

from pathlib import Path

import uvicorn

from bot.playground.web import Web, world_in
from bot.playground.world import DATABASE
from storage.owner import clock_owner


def serve(folder: Path, host: str, port: int) -> None:
    """Serve the playground kept in `folder` until stopped. A second one on the same folder is refused.

    Raises `BadStore`, `BadKey` and `NotSaved` with a sentence that names the fix.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with clock_owner(f"sqlite:///{folder / DATABASE}"):
        app = Web(world_in(folder)).app()
        uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=2)
