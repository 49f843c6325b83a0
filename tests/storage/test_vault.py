"""Private words are sealed for one place, and nothing prints them."""

from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import BadKey, CannotOpen, VaultLocked
from storage.vault import Key, Sealed, Slot, Vault, make_key_file
from tests.storage.chance import Chance

KEPT = Slot("concerns", "data_key", "C-7F3K-9QMX", "C-7F3K-9QMX")
SAID = Slot("events", "sealed", "C-7F3K-9QMX:2", "C-7F3K-9QMX")
SECRET = Chance("secret")(32)


def key() -> Key:
    """The same key each time, with the same chance."""
    return Key(SECRET, Chance("nonces"))


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_in_its_own_place(plain: bytes) -> None:
    sealed = key().seal(SAID, plain)

    assert key().open(SAID, sealed) == plain


@pytest.mark.parametrize(
    "elsewhere",
    [
        Slot("drafts", "sealed", SAID.row, SAID.owner),
        Slot("events", "body", SAID.row, SAID.owner),
        Slot("events", "sealed", "C-7F3K-9QMX:3", SAID.owner),
        Slot("events", "sealed", SAID.row, "C-0000-0000"),
        Slot("events", "sealedC", SAID.row[1:], SAID.owner),
    ],
    ids=["table", "column", "row", "concern", "shifted letters"],
)
def test_it_opens_in_no_other_place(elsewhere: Slot) -> None:
    sealed = key().seal(SAID, b"the money is gone")

    with pytest.raises(CannotOpen):
        key().open(elsewhere, sealed)


def test_no_byte_of_a_sealed_value_can_be_changed() -> None:
    blob = key().seal(SAID, b"the money is gone").blob

    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(CannotOpen):
            key().open(SAID, Sealed(bytes(changed)))


@pytest.mark.parametrize("length", [0, 1, 9, 20, 36])
def test_a_stump_of_a_sealed_value_does_not_open(length: int) -> None:
    blob = key().seal(SAID, b"the money is gone").blob

    with pytest.raises(CannotOpen):
        key().open(SAID, Sealed(blob[:length]))


def test_another_key_does_not_open_it() -> None:
    sealed = key().seal(SAID, b"the money is gone")

    with pytest.raises(CannotOpen):
        Key(Chance("another")(32), Chance("nonces")).open(SAID, sealed)


def test_sealing_the_same_words_twice_looks_different() -> None:
    one = key()

    assert one.seal(SAID, b"same").blob != one.seal(SAID, b"same").blob


def test_nothing_sealed_shows_in_print(vault: Vault) -> None:
    opened, wrapped = vault.new_key(KEPT)
    sealed = opened.seal(SAID, b"the money is gone")

    shown = f"{sealed!r} {sealed} {wrapped!r} {opened!r} {vault!r}"
    assert "money" not in shown
    assert sealed.blob.hex() not in shown
    assert f"{sealed!r}" == f"Sealed({len(sealed.blob)} bytes)"


def test_a_data_key_comes_back_only_from_its_own_place(vault: Vault) -> None:
    opened, wrapped = vault.new_key(KEPT)
    sealed = opened.seal(SAID, b"the money is gone")

    assert vault.key(KEPT, wrapped).open(SAID, sealed) == b"the money is gone"
    with pytest.raises(CannotOpen):
        vault.key(Slot("concerns", "data_key", "C-0000-0000", "C-0000-0000"), wrapped)


def test_a_missing_key_file_locks_the_vault_and_says_so(tmp_path: Path, vault: Vault) -> None:
    _, wrapped = vault.new_key(KEPT)
    locked = Vault(tmp_path / "lost.key", Chance("vault"))

    assert vault.locked is None
    assert locked.locked is not None
    assert "lost.key is missing" in locked.locked
    with pytest.raises(VaultLocked, match=r"lost\.key is missing"):
        locked.new_key(KEPT)
    with pytest.raises(VaultLocked, match=r"lost\.key is missing"):
        locked.key(KEPT, wrapped)


def test_another_root_key_is_told_from_a_changed_value(tmp_path: Path, vault: Vault) -> None:
    _, wrapped = vault.new_key(KEPT)
    make_key_file(tmp_path / "other.key", Chance("other"))

    with pytest.raises(VaultLocked, match="not the one") as refused:
        Vault(tmp_path / "other.key", Chance("vault")).key(KEPT, wrapped)
    assert not isinstance(refused.value, CannotOpen)


def test_beside_words_of_another_key_nothing_is_sealed(tmp_path: Path, vault: Vault) -> None:
    """The record's own key would not open it, once it is back."""
    _, wrapped = vault.new_key(KEPT)
    make_key_file(tmp_path / "other.key", Chance("other"))
    other = Vault(tmp_path / "other.key", Chance("vault"))
    vault.prove(wrapped)
    other.prove(wrapped)

    assert vault.locked is None
    with pytest.raises(VaultLocked, match=r"other\.key is not the one the words on record were sealed with"):
        other.new_key(KEPT)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_file_others_can_read_stops_the_start(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "open.key"
    make_key_file(path, Chance("root"))
    path.chmod(mode)

    with pytest.raises(BadKey, match=f"chmod 600 {path}"):
        Vault(path, Chance("vault"))


@pytest.mark.parametrize("text", [SECRET.hex(), f" {SECRET.hex().upper()}\n", b64encode(SECRET).decode()])
def test_a_key_is_read_as_hexadecimal_or_base64(tmp_path: Path, text: str) -> None:
    path = tmp_path / "written.key"
    path.touch(0o600)
    path.write_text(text)
    _, wrapped = Vault(path, Chance("vault")).new_key(KEPT)

    make_key_file(tmp_path / "made.key", lambda size: SECRET)
    Vault(tmp_path / "made.key", Chance("vault")).key(KEPT, wrapped)  # another key would be refused


@pytest.mark.parametrize(
    "text", ["", "secret", SECRET.hex()[:-2], SECRET.hex() + "00", "\udcff" * 8, "ä" * 64]
)
def test_a_file_that_holds_no_key_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.key"
    path.touch(0o600)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(BadKey, match=r"bad\.key holds no key") as refused:
        Vault(path, Chance("vault"))
    assert not text or text not in str(refused.value)


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    with pytest.raises(BadKey, match="cannot be read"):
        Vault(tmp_path, Chance("vault"))


def test_a_made_key_file_is_its_owners_alone_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    make_key_file(path, Chance("root"))
    before = path.read_text()

    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadKey, match="left as it is"):
        make_key_file(path, Chance("another"))
    assert path.read_text() == before


def test_a_key_file_that_cannot_be_written_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match=r"root\.key cannot be written"):
        make_key_file(tmp_path / "missing" / "root.key", Chance("root"))
