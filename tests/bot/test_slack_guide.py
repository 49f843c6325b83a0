"""The page that walks a person through setting Slack up says what is really so."""

import re
import shlex
from pathlib import Path

from bot.slack.manifest import SCOPES, manifest
from handlers.menu import by_name
from tests.command_line import Baton

PAGE = (Path(__file__).parents[2] / "docs" / "slack.md").read_text("utf-8")


def test_every_scope_stands_there_with_its_reason() -> None:
    between = PAGE.split("<!-- scopes -->\n")[1].split("<!-- end of scopes -->")[0]

    assert re.findall(r"^\| `(.+?)` \| (.+) \|$", between, re.MULTILINE) == [*SCOPES.items()]


def test_every_command_it_tells_people_to_type_exists(baton: Baton) -> None:
    for command in re.findall(r"^baton (.+)$", PAGE, re.MULTILINE):
        words = shlex.split(command)
        depth = 2 if words[0] == "directory" else 1
        code, out, _ = baton(*words[:depth], "--help")
        assert code == 0, command
        for option in (word for word in words if word.startswith("--")):
            assert f"{option} " in out, command


def test_every_chat_command_it_names_exists() -> None:
    named = re.findall(r"`/concern (\w+)`", PAGE)

    assert named
    assert all(by_name(name) for name in named)


def test_every_shortcut_it_names_is_in_the_manifest() -> None:
    shortcuts = [shortcut["name"] for shortcut in manifest()["features"]["shortcuts"]]

    for name in re.findall(r"three dots on a message, \*\*(.+?)\*\*", PAGE):
        assert name in shortcuts


def test_every_setting_it_names_is_explained_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")

    assert [name for name in set(re.findall(r"BATON_[A-Z_]+", PAGE)) if f"{name}=" not in example] == []


def test_every_link_leads_somewhere() -> None:
    docs = Path(__file__).parents[2] / "docs"

    assert [link for link in re.findall(r"\]\(([^)#:]+)\)", PAGE) if not (docs / link).exists()] == []


def test_every_picture_says_that_it_is_a_drawing_and_what_is_to_be_done() -> None:
    folder = Path(__file__).parents[2] / "docs" / "pictures"
    shown = re.findall(r"^!\[Drawing: (.+)\]\(pictures/(slack-.+\.png)\)$", PAGE, re.MULTILINE)

    assert PAGE.count("![") == len(shown)
    assert {name for _, name in shown} == {path.name for path in folder.glob("slack-*.png")}
    assert all(len(words.split()) > 8 for words, _ in shown)
