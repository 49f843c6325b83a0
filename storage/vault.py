"""Sealing private words: AES-256-GCM, a data key an owner, wrapped by a root key from a file (design 8).

It never prints a key or a word, and a sealed value opens only in the place it was sealed for.
"""

import base64
import binascii
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import BadKey, CannotOpen, VaultLocked

RandomBytes = Callable[[int], bytes]

_VERSION = b"\x01"
_KEY_BYTES, _ID_BYTES, _NONCE_BYTES = 32, 8, 12
_HEADER_BYTES = len(_VERSION) + _ID_BYTES
_CHANGED = "These words were changed, or belong to another place; they stay closed."
_OTHER_KEY = "The key file is not the one these words were sealed with."


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A sealed value: version, key id, nonce, ciphertext and tag. Printing it shows only its size."""

    blob: bytes

    @property
    def key_id(self) -> bytes:
        """Which key sealed it."""
        return self.blob[len(_VERSION) : _HEADER_BYTES]

    def __repr__(self) -> str:
        return f"Sealed({len(self.blob)} bytes)"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one sealed value: table, column, row, and whose it is. It opens nowhere else."""

    table: str
    column: str
    row: str
    owner: str

    def bound(self, key_id: bytes) -> bytes:
        """The associated data; lengths first, so that no two slots read the same."""
        parts = [part.encode() for part in (self.table, self.column, self.row, self.owner)] + [key_id]
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


class Key:
    """One AES-256 key that seals and opens. Its secret leaves only wrapped by another key."""

    __slots__ = ("_cipher", "_random", "id")

    def __init__(self, secret: bytes, random_bytes: RandomBytes) -> None:
        self.id = sha256(b"baton key id" + secret).digest()[:_ID_BYTES]
        self._cipher = AESGCM(secret)
        self._random = random_bytes

    def seal(self, slot: Slot, plain: bytes) -> Sealed:
        """Close these bytes into this slot."""
        nonce = self._random(_NONCE_BYTES)
        return Sealed(_VERSION + self.id + nonce + self._cipher.encrypt(nonce, plain, slot.bound(self.id)))

    def open(self, slot: Slot, sealed: Sealed) -> bytes:
        """The bytes that were closed into this slot. Raises `CannotOpen` for anything else."""
        blob = sealed.blob
        if blob[:_HEADER_BYTES] != _VERSION + self.id:
            raise CannotOpen(_CHANGED)
        body = blob[_HEADER_BYTES:]
        try:
            return self._cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], slot.bound(self.id))
        except (InvalidTag, ValueError):
            raise CannotOpen(_CHANGED) from None


class Vault:
    """The root key of one house, or the reason why there is none; clocks and notices run without it."""

    def __init__(self, key_file: Path, random_bytes: RandomBytes) -> None:
        """Read the key file. A missing one locks the vault; one that is no good raises `BadKey`."""
        self._file, self._random = key_file, random_bytes
        secret = _read(key_file)
        self._root = Key(secret, random_bytes) if secret is not None else None
        self.locked = None if self._root else f"The key file {key_file} is missing, so words stay closed."

    def new_key(self, slot: Slot) -> tuple[Key, Sealed]:
        """A fresh data key, and the same wrapped for this slot. Raises `VaultLocked`."""
        root, secret = self._unlocked(), self._random(_KEY_BYTES)
        return Key(secret, self._random), root.seal(slot, secret)

    def key(self, slot: Slot, wrapped: Sealed) -> Key:
        """The data key kept in this slot. Raises `VaultLocked`, or `CannotOpen` where it does not belong."""
        root = self._unlocked()
        if wrapped.key_id != root.id:
            raise VaultLocked(_OTHER_KEY)
        return Key(root.open(slot, wrapped), self._random)

    def prove(self, wrapped: Sealed) -> None:
        """Lock it where this data key of the record was wrapped with another root key.

        What would be sealed beside it now, the record's own key would not open.
        """
        if self._root and wrapped.key_id != self._root.id:
            self._root = None
            self.locked = (
                f"The key file {self._file} is not the one the words on record were sealed with,"
                " so words stay closed."
            )

    def _unlocked(self) -> Key:
        if self._root is None:
            raise VaultLocked(self.locked or "")
        return self._root


def make_key_file(path: Path, random_bytes: RandomBytes) -> None:
    """Write a fresh root key that only its owner can read. Raises `BadKey` rather than replace one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadKey(f"{path} exists already and is left as it is; words may be sealed with it.") from None
    except OSError as error:
        raise BadKey(f"{path} cannot be written ({error.strerror}); choose another BATON_KEY_FILE.") from None
    with os.fdopen(handle, "w") as file:
        file.write(random_bytes(_KEY_BYTES).hex() + "\n")


def _read(path: Path) -> bytes | None:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise BadKey(f"{path} can be read by other accounts; chmod 600 {path} ends that.")
        return _parsed(path.read_text("ascii", "replace").strip(), path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadKey(f"{path} cannot be read ({error.strerror}); Baton needs to read its key file.") from None


def _parsed(text: str, path: Path) -> bytes:
    for decode in (bytes.fromhex, lambda text: base64.b64decode(text, validate=True)):
        try:
            secret: bytes = decode(text)
        except (ValueError, binascii.Error):
            continue
        if len(secret) == _KEY_BYTES:
            return secret
    raise BadKey(f"{path} holds no key: 32 bytes are wanted, as 64 hexadecimal digits or in base64.")
