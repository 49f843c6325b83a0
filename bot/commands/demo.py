"""`baton demo`: the playground, in a folder of its own and never beside real tokens."""

import logging
from pathlib import Path

from bot.commands import NotDone, Refusal, refusing
from bot.logs import set_up_logs
from bot.playground.serving import BadAddress, serve
from bot.settings import BadSettings, has_tokens
from storage.errors import BadKey, BadStore, NotSaved

HOST = "127.0.0.1"


def run(folder: Path, port: int) -> None:
    """Serve until somebody stops it. Raises `Refusal` or `NotDone`."""
    with refusing(BadSettings, BadAddress, BadStore, BadKey):
        if has_tokens():
            raise Refusal(
                "A real token is set, in the environment or in .env; unset it to start the playground."
            )
        set_up_logs(logging.WARNING)
        try:
            serve(_made(folder), HOST, port)
        except NotSaved as trouble:
            raise NotDone(trouble.reason) from None
        except KeyboardInterrupt:
            # Ctrl-C is how a demo ends.
            return


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"The folder {folder} cannot be made ({error.strerror}); choose another with --folder."
        ) from None
    return folder.resolve()
