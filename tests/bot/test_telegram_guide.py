"""The page that walks a person through setting Telegram up says what is really so."""

import re
from pathlib import Path

from bot.files import DEMO_PARTNERSHIP, load_partnership
from bot.telegram import examination, front, polling, questions, words
from bot.telegram.commands import offered
from bot.telegram.talk import OVER
from concerns.people import Identity
from handlers.menu import by_name
from handlers.refusals import NOT_LISTED
from views.parts import Message
from views.teaching import not_enrolled

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "telegram.md").read_text("utf-8")
NUMBER, GROUP = 123456789, -1001234567890


def read(message: Message) -> str:
    """All of a message."""
    return "\n".join((message.title, *message.lines))


def test_what_baton_says_in_it_is_what_baton_says() -> None:
    stranger = not_enrolled(
        load_partnership(DEMO_PARTNERSHIP), "/", Identity("telegram", "telegram", str(NUMBER))
    )
    unlisted, not_yet = read(words.unlisted(GROUP)), read(words.NOT_YET)
    told = "\n".join((read(stranger), unlisted, not_yet, words.OPEN_ME, words.GO_ON, OVER, NOT_LISTED))
    quoted = re.findall(r"^\| \"(.+?)\" \|", PAGE, re.MULTILINE)
    printed = re.findall(r"^(Baton carries .+|This group is .+)$", PAGE, re.MULTILINE)

    assert (len(quoted), len(printed)) == (6, 2)
    assert [said for said in (*quoted, *printed) if said not in told] == []


def test_every_red_line_it_explains_is_one_of_doctors() -> None:
    """Each line of the last table is a piece of what the examination says, or doctor itself."""
    source = "".join(
        Path(found).read_text("utf-8")
        for found in (examination.__file__, str(ROOT / "bot" / "commands" / "doctor.py"))
    )
    table = PAGE.split("its red lines about Telegram:")[1].split("`baton serve` in two places")[0]
    lines = [line.partition(" (")[0] for line in re.findall(r"^\| ([a-zA-Z].+?) \|", table, re.MULTILINE)]

    assert len(lines) > 10
    assert [line for line in lines[1:] if line not in source] == []


def test_every_command_it_names_is_offered_and_every_verb_exists() -> None:
    people = PAGE.split("## What people can do")[1].split("## What is shown where")[0]
    commands = {one.command for one in offered("")}

    named = re.findall(r"`/(\w+)(?: (\w+))?`", people)
    assert len(named) > 7
    assert [name for name, _ in named if name not in commands] == []
    assert [verb for _, verb in named if verb and not by_name(verb)] == []


def test_every_setting_and_address_it_names_is_there() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")

    assert [name for name in set(re.findall(r"BATON_[A-Z_]+", PAGE)) if f"{name}=" not in example] == []
    assert f"https://baton.example{front.WEBHOOK}" in PAGE
    assert polling.ANOTHER.startswith("Somebody else asks Telegram for this bot's messages")


def test_every_button_of_a_form_it_names_is_there() -> None:
    source = Path(questions.__file__).read_text("utf-8")

    assert [label for label in ("Back", "Skip", "Send") if f"**{label}**" not in PAGE] == []
    assert [label for label in ("Back", "Skip", "Send") if f'"{label}"' not in source] == []


def test_every_section_it_leads_to_is_there() -> None:
    for page, section in re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", PAGE):
        heads = re.findall(r"^##+ (.+)$", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
        assert section in slugs, (page, section)
