"""Logs hold nothing a person typed: marked words are fed in everywhere, and never come out."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.logs import QUIET, set_up_logs

MARKED = "zebra-quartz-7391"

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Logs set up at DEBUG: every line written so far. All is put back afterwards."""
    root, quiet = logging.getLogger(), {name: logging.getLogger(name).level for name in QUIET}
    before = root.handlers, root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook
    kind = logging.getLoggerClass()
    stream = io.StringIO()
    set_up_logs(logging.DEBUG, stream)

    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]

    root.handlers, root.level, logging.raiseExceptions, sys.excepthook, threading.excepthook = before
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(False)
    logging.setLoggerClass(kind)
    structlog.reset_defaults()


def shown(lines: Lines) -> str:
    """Everything that was written, as one text."""
    return json.dumps(lines())


class Loud:
    """An object that says what it holds whenever it is asked to be text."""

    def __str__(self) -> str:
        return MARKED

    __repr__ = __str__


# ---- what a line is --------------------------------------------------------------------------------


def test_a_line_is_json_with_its_time_in_utc_its_level_and_its_logger(lines: Lines) -> None:
    """And the fields that are on the list."""
    structlog.get_logger("reminders.sweep").info("swept", ref="C-7F3K-9QMX", count=3, late=0.5, urgent=True)
    [line] = lines()

    written = datetime.fromisoformat(str(line.pop("at")))
    assert written.utcoffset() == timedelta()
    assert line == {
        "level": "info",
        "logger": "reminders.sweep",
        "event": "swept",
        "ref": "C-7F3K-9QMX",
        "count": 3,
        "late": 0.5,
        "urgent": True,
    }


def test_the_time_is_when_the_record_was_made(lines: Lines) -> None:
    """Not when it was written."""
    made = datetime(2026, 11, 30, 10, tzinfo=UTC)
    record = {"name": "baton", "msg": "held up", "levelno": logging.INFO, "created": made.timestamp()}
    logging.getLogger("baton").handle(logging.makeLogRecord(record))

    assert lines()[0]["at"] == made.isoformat()


def test_our_own_standard_loggers_fill_in_their_sentences(lines: Lines) -> None:
    """References, counts and the names of types."""
    log = logging.getLogger("baton.sweep")
    log.error("%s is put aside after %d tries: %s", "C-7F3K-9QMX", 2, ValueError)
    log.error("%(ref)s is put aside", {"ref": "C-7F3K-9QMX"}, extra={"tier": 3})

    assert [line["event"] for line in lines()] == [
        "C-7F3K-9QMX is put aside after 2 tries: ValueError",
        "C-7F3K-9QMX is put aside",
    ]
    assert lines()[1]["tier"] == 3


def test_a_level_below_the_one_asked_for_is_not_written(lines: Lines) -> None:
    """For structlog's loggers as for the standard ones."""
    logging.getLogger().setLevel(logging.WARNING)
    structlog.get_logger("baton").info("chatter")
    logging.getLogger("baton").info("chatter")

    assert lines() == []


# ---- what never comes out --------------------------------------------------------------------------


def test_a_field_that_is_not_on_the_list_is_dropped_and_named(lines: Lines) -> None:
    """So that whoever added it finds out."""
    structlog.get_logger("baton").info("raised", ref="C-7F3K-9QMX", decision=MARKED, who=MARKED)
    structlog.get_logger("baton").bind(note=MARKED).info("noted")
    structlog.get_logger("baton").info("said %s", MARKED)
    logging.getLogger("handlers.note").info("noted", extra={"note": MARKED})

    assert [line["dropped"] for line in lines()] == [
        ["decision", "who"],
        ["note"],
        ["positional_args"],
        ["note"],
    ]
    assert MARKED not in shown(lines)


def test_an_object_in_a_listed_field_or_a_sentence_shows_its_type_only(lines: Lines) -> None:
    """It could print anything."""
    structlog.get_logger("baton").info("raised", ref=Loud(), count={"a": MARKED}, state=ValueError(MARKED))
    structlog.get_logger("baton").info(Loud())
    logging.getLogger("baton").info("raised %s %s", Loud(), ValueError(MARKED))
    logging.getLogger("baton").info(Loud())

    assert lines()[0]["state"] == "ValueError"
    assert lines()[2]["event"] == "raised Loud ValueError"
    assert MARKED not in shown(lines)


def test_an_exception_is_its_type_its_cause_and_its_places(lines: Lines) -> None:
    """Never its message, never a value, in whichever way it is logged."""
    try:
        try:
            raise KeyError(MARKED)
        except KeyError as inner:
            raise ValueError(MARKED) from inner
    except ValueError as error:
        structlog.get_logger("baton").exception("failed")
        structlog.get_logger("baton").error("failed", exc_info=error, stack_info=True)
        logging.getLogger("baton").exception("failed")
        logging.getLogger("sqlalchemy.pool").exception(MARKED)
        logging.getLogger("baton").error("failed", exc_info=error, stack_info=True)

    assert {(str(line["error"]), str(line["cause"])) for line in lines()} == {("ValueError", "KeyError")}
    assert all(str(line["frames"]).startswith(f"['{__file__}:") for line in lines())
    assert MARKED not in shown(lines)


@pytest.mark.parametrize(
    "name", ["telegram.ext", "uvicorn.error", "asyncio", "alembic", "unheard.of", "root"]
)
def test_another_librarys_line_is_its_name_and_level(lines: Lines, name: str) -> None:
    """At DEBUG too, with words in the message, its values, and its extras."""
    logging.getLogger(name).debug("zebra-quartz-7391 %s", MARKED, extra={"ref": MARKED, "words": MARKED})
    [line] = lines()

    assert sorted(line) == ["at", "level", "logger"]
    assert (line["level"], line["logger"]) == ("debug", name)
    assert MARKED not in shown(lines)


@pytest.mark.parametrize("name", [*QUIET, "slack_bolt.RequestVerification", "sqlalchemy.engine.Engine"])
def test_libraries_that_handle_whole_requests_are_held_at_warning(lines: Lines, name: str) -> None:
    """Even when ours is DEBUG, and even when they give their own loggers that level, as Bolt does."""
    library = logging.getLogger(name)
    before = library.level
    library.info("quiet")
    library.setLevel(logging.DEBUG)
    library.info("quiet")
    library.warning("heard")
    library.setLevel(before)

    assert [line["level"] for line in lines()] == ["warning"]


def test_a_sentence_that_does_not_fit_its_values_is_shown_without_them(lines: Lines) -> None:
    """Python itself would print the values with the complaint."""
    logging.getLogger("baton").error("%d tries", MARKED)

    assert [line["event"] for line in lines()] == ["%d tries"]


def test_a_line_that_cannot_be_written_prints_nothing_else(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard error gone: what the line held must not turn up there in another form."""
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.stream.close()
    logging.getLogger("baton").error("%s", MARKED)
    handler.stream = io.StringIO()

    assert MARKED not in "".join(capsys.readouterr())


def test_a_warning_does_not_say_what_it_was_about(lines: Lines) -> None:
    """Python would print it with its line of code."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(MARKED, stacklevel=1)
        logging.captureWarnings(False)

    assert [line["logger"] for line in lines()] == ["py.warnings"]
    assert MARKED not in shown(lines)


def test_a_defect_nobody_caught_is_logged_like_any_other(
    lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the main thread or another; a person's Ctrl-C is no defect."""
    failure = ValueError(MARKED)
    sys.excepthook(ValueError, failure, None)
    threading.excepthook(threading.ExceptHookArgs((ValueError, failure, None, None)))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert [(line["level"], line["error"]) for line in lines()] == [("critical", "ValueError")] * 2
    assert MARKED not in shown(lines) + "".join(capsys.readouterr())
