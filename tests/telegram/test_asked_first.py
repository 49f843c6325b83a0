"""A button that asks before it counts is asked about on Telegram too, which has no question of its own."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bot.telegram.reception import ASKED_FIRST

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "reminders", "views")


def asking() -> Iterator[tuple[str, str]]:
    """Where Baton makes a button that asks first, and by what name its command goes there."""
    for file in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for made in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(made, ast.Call) and any(one.arg == "sure" for one in made.keywords):
                _, command, *_ = made.args
                yield ".".join(file.relative_to(ROOT).with_suffix("").parts), ast.unparse(command)


def test_telegram_has_a_question_for_every_button_that_asks_first() -> None:
    """Without one, pressing it would do nothing there, and only a person would notice."""
    commands = {getattr(import_module(module), command) for module, command in asking()}

    assert commands
    assert commands <= set(ASKED_FIRST)
