"""Whether a request may be about somebody in danger now, told from the request alone.

It asks neither the directory nor the database: they may be what is late or broken.
"""

from bot.slack.requests import Request, Spoken, Submitted, Typed
from concerns.model import Why
from handlers.answers import is_yes
from handlers.raise_concern import DANGER


def alarming(request: Request) -> bool:
    """A form or a line that says so; and whatever is written to Baton in plain words, which may be a plea."""
    match request:
        case Spoken():
            return True
        case Typed():
            return Why.IMMEDIATE_RISK in request.line.lower().split()
        case Submitted():
            return any(_says_so(key, inside) for key, inside in request.values.items())
        case _:
            return False


def _says_so(block_id: str, inside: object) -> bool:
    key = block_id.partition("#")[0]
    chosen = [value for one in inside.values() for value in _chosen(one)] if isinstance(inside, dict) else []
    return (key == DANGER.key and is_yes(chosen)) or (key == "why" and Why.IMMEDIATE_RISK in chosen)


def _chosen(element: object) -> list[str]:
    match element:
        case {"selected_option": {"value": str(value)}}:
            return [value]
        case {"selected_options": list(options)}:
            return [value for option in options for value in _chosen({"selected_option": option})]
        case _:
            return []
