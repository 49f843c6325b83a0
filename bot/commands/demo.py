"""`baton demo`: the playground, in a folder of its own and never beside real tokens."""

from pathlib import Path

from bot.commands import NotDone, Refusal, refusing
from bot.playground import serve
from bot.settings import BadSettings, has_tokens
from storage.errors import BadKey, BadStore, NotSaved

HOST = "127.0.0.1"


def run(folder: Path, port: int) -> None:
    """Serve until somebody stops it."""
    with refusing(BadSettings, BadStore, BadKey):
        if has_tokens():
            raise Refusal(
                "A real token is set, in the environment or in .env; unset it: the playground stays away from those."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(
                f"The folder {folder} cannot be made ({error.strerror}); choose another with --folder."
            ) from None
        try:
            serve(folder, HOST, port)
        except NotSaved as trouble:
            raise NotDone(trouble.reason) from None
        except KeyboardInterrupt:
            # Ctrl-C is how a demo ends.
            return
