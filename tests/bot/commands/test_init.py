"""`baton init`: files that work as they are, keys nobody else can read, and nothing ever written over."""

import os
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.commands import NotDone
from bot.commands.init import run
from bot.files import check_roles, gaps, load_partnership, load_pathway, shipped_pathways
from bot.settings import has_tokens, read_settings
from storage.vault import Vault
from tests.command_line import Baton
from tests.storage.chance import Chance

FILES = {".env", "pathway.toml", "partnership.toml", "baton.key", "signing.key"}
ROOT = Path(__file__).parents[3]


def mode(file: Path) -> int:
    """Who may do what with a file."""
    return file.stat().st_mode & 0o777


def test_it_writes_five_files_and_says_what_to_do_next(baton: Baton, tmp_path: Path) -> None:
    code, out, err = baton("init")

    assert (code, err) == (0, "")
    assert {file.name for file in tmp_path.iterdir()} == FILES
    assert all(name in out for name in FILES)
    assert re.findall(r"^(\d)\. ", out, re.MULTILINE) == ["1", "2", "3"]
    assert "cd " not in out


def test_another_folder_is_made_and_named(baton: Baton, tmp_path: Path) -> None:
    code, out, _ = baton("init", "new/baton")

    assert code == 0
    assert {file.name for file in (tmp_path / "new" / "baton").iterdir()} == FILES
    assert f"cd {tmp_path}/new/baton\n" in out


def test_settings_and_keys_are_for_their_owner_only_from_the_first_moment(
    baton: Baton, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        baton("init")
    finally:
        os.umask(before)

    assert {name for name in FILES if mode(tmp_path / name) == 0o600} == {".env", "baton.key", "signing.key"}


def test_the_settings_name_the_files_and_hold_no_token(baton: Baton, tmp_path: Path) -> None:
    baton("init")
    settings = read_settings()

    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/baton.db"
    assert (settings.pathway, settings.partnership) == (Path("pathway.toml"), Path("partnership.toml"))
    assert settings.key_file == Path("baton.key")
    assert not has_tokens()


def test_every_setting_it_writes_is_explained_in_the_example() -> None:
    """The same names, so that a person can look further there; the workspace's own name stands in some."""
    named = re.compile(r"^(?:# )?(BATON_[A-Z_]+)=", re.MULTILINE)
    starter = (ROOT / "bot" / "starter" / "settings.env").read_text("utf-8")
    explained = named.findall((ROOT / ".env.example").read_text("utf-8"))

    wanted = {name.replace("OUR_SERVICE", "RIVERSIDE") for name in named.findall(starter)}
    assert len(wanted) == 8
    assert wanted <= set(explained)


def test_the_keys_are_two_and_open_what_they_are_for(tmp_path: Path) -> None:
    run(tmp_path, "standard", Chance("init"))
    words, signing = (bytes.fromhex((tmp_path / name).read_text()) for name in ("baton.key", "signing.key"))

    assert Vault(tmp_path / "baton.key", Chance("vault")).locked is None
    assert len(Ed25519PrivateKey.from_private_bytes(signing).sign(b"record")) == 64
    assert words != signing


def test_the_ladder_is_the_shipped_file_with_its_comments(baton: Baton, tmp_path: Path) -> None:
    baton("init", "--pathway", "rapid")

    assert (tmp_path / "pathway.toml").read_text("utf-8") == shipped_pathways()["rapid"].read_text("utf-8")


@pytest.mark.parametrize("name", [*shipped_pathways()])
def test_what_it_writes_is_rehearsed_and_applied_as_it_is(baton: Baton, tmp_path: Path, name: str) -> None:
    """Every template, with nobody asked to edit anything first."""
    assert baton("init", "--pathway", name)[0] == 0

    assert baton("rehearse", "pathway.toml", "--from", "2026-12-23T16:30")[0] == 0
    code, out, _ = baton("directory", "apply", "partnership.toml")
    assert code == 0
    assert out.endswith("Version 1 of the directory is in force.\n")
    assert baton("db", "check")[:2] == (0, "The record is whole.\n")


@pytest.mark.parametrize("name", [*shipped_pathways()])
def test_every_seat_of_the_ladder_is_there_with_the_tiers_that_call_it(tmp_path: Path, name: str) -> None:
    """With channels added, no tier of either agency would be passed over."""
    run(tmp_path, name, Chance("init"))
    file = tmp_path / "partnership.toml"
    file.write_text(
        file.read_text("utf-8") + '[[channel]]\nid = "all"\nplatform = "telegram"\naddress = "-1"\n'
        'agencies = ["our-service", "our-council", "our-board"]\n'
    )
    directory, ladder = load_partnership(file), load_pathway(tmp_path / "pathway.toml").pathway

    assert check_roles(directory, ladder) == []
    assert not [sentence for sentence in gaps(directory, ladder) if "passed over" in sentence]
    assert f"# called at {ladder.tier_word} 1\n" in file.read_text("utf-8")


def test_the_commented_examples_are_right_when_their_marks_are_taken_away(tmp_path: Path) -> None:
    """A person takes the # away and expects it to work."""
    run(tmp_path, "standard", Chance("init"))
    file = tmp_path / "partnership.toml"
    keys = "hours|identities|name|platform|id|workspace|address|agencies|trust"
    file.write_text(re.sub(rf"^# (\[\[|(?:{keys}) = )", r"\1", file.read_text("utf-8"), flags=re.MULTILINE))
    directory = load_partnership(file)

    assert [channel.id for channel in directory.channels] == [
        "our-service-escalations",
        "our-council-escalations",
    ]
    assert all(person.identities for person in directory.people)
    assert directory.agencies[0].hours


@pytest.mark.parametrize("there", sorted(FILES))
def test_nothing_is_written_where_one_of_the_files_exists(baton: Baton, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    code, out, err = baton("init")

    assert (code, out) == (2, "")
    assert there in err
    assert err.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_a_link_to_nowhere_counts_as_a_file_that_exists(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "pathway.toml").symlink_to(tmp_path / "elsewhere.toml")

    assert baton("init")[0] == 2
    assert [file.name for file in tmp_path.iterdir()] == ["pathway.toml"]


def test_an_unknown_template_is_refused_and_makes_no_folder(baton: Baton, tmp_path: Path) -> None:
    code, out, err = baton("init", "new", "--pathway", "quick")

    assert (code, out) == (2, "")
    assert err == 'There is no template "quick"; use one of: alert, liaison, rapid, standard, week.\n'
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_refused(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, out, err = baton("init", "file/folder")

    assert (code, out) == (2, "")
    assert "file/folder" in err


def test_when_writing_fails_halfway_nothing_is_kept(baton: Baton, tmp_path: Path) -> None:
    """Somebody is quicker, between the look and the writing."""

    def overtaken(count: int) -> bytes:
        (tmp_path / "signing.key").write_text("theirs")
        return b"k" * count

    with pytest.raises(NotDone, match=r"exists already and is left as it is.* Nothing was kept"):
        run(tmp_path, "standard", overtaken)

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("signing.key", "theirs")]
