"""What the pages for people who run Baton tell them to type can be typed."""

import re
import shlex
from pathlib import Path

import pytest

from tests.command_line import Baton

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    *(f"docs/{page}.md" for page in ("first-day", "changing-the-pathway", "changing-people", "backup")),
    "docs/slack.md",
    "docs/telegram.md",
)
TYPED = re.compile(r"^ *(?:\.venv/bin/)?baton (.+)$|`baton ([^`]+)`", re.MULTILINE)


def typed(page: str) -> list[str]:
    """Every command of a page, on a line of its own or in a sentence."""
    return [line or inline for line, inline in TYPED.findall((ROOT / page).read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_exists_with_its_options(baton: Baton, page: str) -> None:
    """An option that was renamed, or a command that never came, shows here."""
    commands = typed(page)
    assert commands
    for command in commands:
        words = shlex.split(command.partition("&&")[0], comments=True)
        named = [word for word in words if word.isalpha() and word.islower()][:2]
        depth = 2 if named[0] in {"db", "directory"} else 1
        code, out, _ = baton(*named[:depth], "--help")
        assert code == 0, command
        for option in (word for word in words if word.startswith("--")):
            assert f"{option} " in out, command


def test_every_page_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [page for page in PAGES[1:] if f"({page})" not in readme] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    here = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", here.read_text("utf-8"))

    assert [link for link in links if not (here.parent / link).exists()] == []
