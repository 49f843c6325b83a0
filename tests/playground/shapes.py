"""The shapes of the playground's JSON as the design fixes them (section 9), and a check against them."""

from tests.playground.outsider import Json

AGENCY = {"id": str, "name": str, "kind": str}
PERSON = {"id": str, "name": str, "agency": str, "roles": [str], "platform": str}
CHANNEL = {"id": str, "name": str, "platform": str, "agencies": [str]}
CONCERN = {"ref": str, "stage": str, "tier": (int, None), "due": (str, None)}
WORLD = {
    "now": str,
    "agencies": [AGENCY],
    "people": [PERSON],
    "channels": [CHANNEL],
    "concerns": [CONCERN],
}
MESSAGE = {
    "id": str,
    "at": str,
    "title": str,
    "lines": [str],
    "buttons": [{"label": str, "command": str, "ref": str}],
    "edited": bool,
    "thread_of": (str, None),
}
FIELD = {
    "key": str,
    "ask": str,
    "kind": str,
    "choices": [{"value": str, "label": str}],
    "required": bool,
}
FORM = {"id": str, "title": str, "fields": [FIELD]}
ANSWER = {"reply": ({"message": MESSAGE}, {"form": FORM}, None), "error": (str, None)}

KINDS = {"text", "long", "yes_no", "choice", "choices", "person", "date", "datetime"}
STAGES = {"referred", "called", "acknowledged", "answered", "agreed", "closed"}


def misfit(value: Json, shape: Json, where: str = "it") -> str:
    """What does not fit, and where; empty when all does. Keys may be added to an object, none left out."""
    match shape:
        case None:
            return "" if value is None else f"{where} is not null"
        case type():
            # A yes or no is no number here, whatever Python says.
            return "" if type(value) is shape else f"{where} is {value!r}, not {shape.__name__}"
        case tuple():
            misfits = [misfit(value, one, where) for one in shape]
            return "" if "" in misfits else misfits[0]
        case list():
            if not isinstance(value, list):
                return f"{where} is no list"
            found = (misfit(one, shape[0], f"{where}[{n}]") for n, one in enumerate(value))
            return next(filter(None, found), "")
        case dict():
            if not isinstance(value, dict):
                return f"{where} is no object"
            if missing := shape.keys() - value.keys():
                return f"{where} lacks {', '.join(sorted(missing))}"
            found = (misfit(value[key], one, f"{where}.{key}") for key, one in shape.items())
            return next(filter(None, found), "")
        case _:
            raise TypeError(shape)
