"""Sealed values: what a template can print of them is the mask."""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_ID, NONCE, HALF = 4, 12, 32
MASK = "••••"
INSTALLATION = "installation"


class KeyMissing(Exception):
    """The key that a value was sealed with is not in the key directory."""


class Tampered(Exception):
    """A sealed value was changed, or stands in a row that it was not sealed for."""


class Sealed(bytes):
    """An encrypted value: version, key id, nonce, AES-256-GCM ciphertext with tag."""

    __slots__ = ()

    def __str__(self) -> str:
        return MASK

    __repr__ = __str__

    def __format__(self, _spec: str) -> str:
        return MASK


class Keyring:
    """The keys of one installation, kept in files outside the database and its backups.

    One key of the installation for staff master data, and one for each epidemic response, so that
    what was collected for it can be made unreadable when it is over.
    """

    def __init__(self, folder: Path) -> None:
        """Look for the keys in this folder; a key is made the first time it is asked for."""
        self._folder = folder
        self._raw: dict[str, bytes] = {}

    def seal(self, text: str, where: str, key: str = INSTALLATION) -> Sealed:
        """Encrypt a text for one place (`table|pk|column`).

        The nonce is a keyed hash of text and place, so that the same text at the same place is
        the same value and `holds` can compare it; nobody without the key learns anything of it.
        """
        raw = self._key(key, make=True)[HALF:]
        said = b"nonce\0" + where.encode() + b"\0" + text.encode()
        return self._sealed(text.encode(), where, key, hmac.digest(raw, said, "sha256")[:NONCE])

    def holds(self, value: Sealed, text: str, where: str, key: str = INSTALLATION) -> bool:
        """Tell whether the value of that place is just this text; the value is not opened."""
        return hmac.compare_digest(bytes(value), bytes(self.seal(text, where, key)))

    def open(self, value: Sealed, where: str, key: str = INSTALLATION) -> str:
        """Decrypt the value of that place, or say that it is not its own any more."""
        return self.open_bytes(value, where, key).decode()

    def seal_bytes(self, content: bytes, where: str, key: str = INSTALLATION) -> Sealed:
        """Encrypt a file's content for one place."""
        return self._sealed(content, where, key, os.urandom(NONCE))

    def _sealed(self, content: bytes, where: str, key: str, nonce: bytes) -> Sealed:
        raw = self._key(key, make=True)
        body = AESGCM(raw[:HALF]).encrypt(nonce, content, where.encode())
        return Sealed(VERSION + _key_id(key) + nonce + body)

    def open_bytes(self, value: bytes, where: str, key: str = INSTALLATION) -> bytes:
        """Decrypt a file's content, or say that it is not that place's any more."""
        raw, start = bytes(value), len(VERSION) + KEY_ID
        if raw[: len(VERSION)] != VERSION or raw[len(VERSION) : start] != _key_id(key):
            raise Tampered(where)
        nonce, body = raw[start : start + NONCE], raw[start + NONCE :]
        try:
            return AESGCM(self._key(key)[:HALF]).decrypt(nonce, body, where.encode())
        except (InvalidTag, ValueError) as broken:
            raise Tampered(where) from broken

    def fingerprint(self, content: bytes, key: str = INSTALLATION) -> str:
        """Return the keyed name of a content, which tells nothing to who has no key."""
        raw = self._key(key, make=True)[HALF:]
        mac = hmac.new(raw, b"content\0", hashlib.sha256)
        mac.update(content)
        return mac.hexdigest()

    def blind(self, text: str, domain: str, key: str = INSTALLATION) -> bytes:
        """Return the keyed index of a value (HMAC-SHA256, 16 bytes), for exact look-up only.

        The same text has another index in each domain, so that no column can be joined to another.
        """
        raw = self._key(key, make=True)[HALF:]
        said = b"index\0" + domain.encode() + b"\0" + text.encode()
        return hmac.digest(raw, said, "sha256")[:16]

    def stream_key(self, salt: bytes) -> bytes:
        """Return the key of one stream, a backup say, from the installation's own."""
        return hmac.digest(self._key(INSTALLATION, make=True)[HALF:], b"stream\0" + salt, "sha256")

    def destroy(self, key: str) -> None:
        """Overwrite and remove a key: whatever was sealed with it is unreadable from now on."""
        file = self._file(key)
        if file.exists():
            file.chmod(0o600)
            file.write_bytes(os.urandom(HALF * 2))
            file.unlink()
        self._raw.pop(key, None)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.key"

    def _key(self, key: str, *, make: bool = False) -> bytes:
        if key not in self._raw:
            file = self._file(key)
            if make and not file.exists():
                self._make(file)
            try:
                self._raw[key] = file.read_bytes()
            except FileNotFoundError as gone:
                raise KeyMissing(key) from gone
        return self._raw[key]

    def _make(self, file: Path) -> None:
        """Write a new key whole or not at all; of two makers the first one wins."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self._folder / f".{file.name}.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        with os.fdopen(handle, "wb") as stream:
            stream.write(os.urandom(HALF * 2))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Return the keyring of a data directory."""
        return cls(folder / "keys")


def _key_id(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()[:KEY_ID]
