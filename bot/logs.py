"""Logs: one JSON line each on standard error, in UTC, holding nothing a person typed, no name and no token.

What may be said is listed and the rest is dropped: a list of what may not would rot with each new field.
Ours are structlog's loggers and those named after a room or the house; others show their name and level only.
Run uvicorn with `log_config=None`, or it brings lines of its own.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

import structlog
from structlog.stdlib import BoundLogger, LoggerFactory, ProcessorFormatter, filter_by_level
from structlog.typing import EventDict

OURS = frozenset({"baton", "bot", "handlers", "reminders", "storage"})

FIELDS = frozenset(
    {
        *("ref", "seq", "stage", "tier", "turn", "urgent", "due", "late", "pathway"),
        *("command", "notice", "state", "attempt", "agency", "channel", "platform", "workspace"),
        *("count", "seconds", "milliseconds", "version", "schema", "host", "port", "signal"),
    }
)
"""The fields that may be shown: references, counts and our own ids; nothing typed, no person, no address."""

QUIET = ("httpcore", "httpx", "slack_bolt", "sqlalchemy", "uvicorn.access")
"""Never heard below WARNING: at their chattier levels they handle whole requests, with bodies and tokens."""

_LONGEST = 200
_MOST_FRAMES = 30
_EVERY_RECORD_HAS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

Said = dict[str, object]


def set_up_logs(level: int = logging.INFO, stream: TextIO = sys.stderr) -> None:
    """Send every log line of this process through the list above. Called once, by whatever starts it."""
    # A line that cannot be written must not be printed with all it held instead.
    logging.raiseExceptions = False
    handler = logging.StreamHandler(stream)
    handler.addFilter(_loud_enough)
    handler.setFormatter(
        ProcessorFormatter(
            processors=[_allowed, structlog.processors.JSONRenderer()],
            use_get_message=False,
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[filter_by_level, ProcessorFormatter.wrap_for_formatter],
        logger_factory=LoggerFactory(),
        wrapper_class=BoundLogger,
    )
    logging.captureWarnings(True)
    sys.excepthook = _stopped
    threading.excepthook = _thread_stopped


def _loud_enough(record: logging.LogRecord) -> bool:
    """Bolt gives its loggers the root's level, so a level on their parent alone would not hold them."""
    quiet = any(record.name == name or record.name.startswith(f"{name}.") for name in QUIET)
    return not quiet or record.levelno >= logging.WARNING


def _allowed(_logger: object, _method: str, said: EventDict) -> EventDict:
    """What may be shown of a line.

    Its time is the one `logging` took, the only clock not handed in: operators compare lines with the wall
    clock, and a playground's stands still.
    """
    record: logging.LogRecord = said.pop("_record")
    structured = said.pop("_from_structlog")
    line: Said = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    if structured:
        line["event"] = _plain(said.pop("event", ""))
        line |= _listed(said)
    elif record.name.partition(".")[0] in OURS:
        line["event"] = _sentence(str(_plain(record.msg)), said["positional_args"])
        line |= _listed({key: value for key, value in vars(record).items() if key not in _EVERY_RECORD_HAS})
    return line | _trouble(said.get("exc_info"))


def _listed(fields: Mapping[str, object]) -> Said:
    """The fields on the list, and the names of those that were dropped."""
    told: Said = {key: _plain(value) for key, value in fields.items() if key in FIELDS}
    dropped = sorted(fields.keys() - FIELDS - {"exc_info", "stack_info"})
    return {**told, "dropped": dropped} if dropped else told


def _sentence(template: str, values: object) -> str:
    """A message of ours with its values filled in; a value that is no simple one shows its type only."""
    filled: object = ()
    if isinstance(values, Mapping):
        filled = {key: _plain(value) for key, value in values.items()}
    elif isinstance(values, tuple):
        filled = tuple(_plain(value) for value in values)
    try:
        return template % filled if filled else template
    except (TypeError, ValueError, KeyError):
        return template


def _plain(value: object) -> str | int | float | None:
    """A value as it may be shown: an object could print anything, an exception prints what it was handed."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return str(value)[:_LONGEST]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.__name__ if isinstance(value, type) else type(value).__name__


def _trouble(info: object) -> Said:
    """An exception as its type, that of its cause, and where it passed: never its message, never a value."""
    error = info[1] if isinstance(info, tuple) else sys.exc_info()[1] if info is True else info
    if not isinstance(error, BaseException):
        return {}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    passed = [f"{frame.f_code.co_filename}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)]
    told: Said = {"error": type(error).__name__, "frames": passed[-_MOST_FRAMES:]}
    if cause:
        told["cause"] = type(cause).__name__
    return told


def _stopped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("baton").critical("Stopped by a defect", exc_info=(kind, error, trace))


def _thread_stopped(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        _stopped(ended.exc_type, ended.exc_value, ended.exc_traceback)
