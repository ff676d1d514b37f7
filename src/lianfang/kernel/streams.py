"""A long stream of bytes, encrypted piece by piece, that opens whole or not at all.

The pieces follow the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): each is
sealed with AES-256-GCM under a nonce that counts the pieces and marks the last one, so that a piece
that was changed, moved, left out or cut off does not open.
"""

import os
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC, SALT, PREFIX = b"LFB1", 16, 7
PIECE, TAG = 1 << 20, 16

#: Makes the key of one stream from its salt.
KeyOf = Callable[[bytes], bytes]


class Damaged(Exception):
    """A stream is no such stream, was changed or cut off, or was written under another key."""


class Writer:
    """Writes a stream; until it is closed without an error nobody can open what it wrote."""

    def __init__(self, file: BinaryIO, key_of: KeyOf) -> None:
        """Write the head: what this is, and the salt of its key."""
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._head = MAGIC + salt + self._prefix
        self._file, self._cipher = file, AESGCM(key_of(salt))
        self._held, self._count = bytearray(), 0
        file.write(self._head)

    def write(self, content: bytes) -> int:
        """Take some bytes."""
        self._held += content
        while len(self._held) > PIECE:
            self._piece(PIECE, last=False)
        return len(content)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Write the last piece, unless something went wrong."""
        if kind is None:
            self._piece(len(self._held), last=True)

    def _piece(self, size: int, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._count, last=last)
        self._file.write(self._cipher.encrypt(nonce, bytes(self._held[:size]), self._head))
        del self._held[:size]
        self._count += 1


class Reader:
    """Reads a stream piece by piece; nothing of a piece is given that was not proved."""

    def __init__(self, file: BinaryIO, key_of: KeyOf) -> None:
        """Read the head."""
        self._head = file.read(len(MAGIC) + SALT + PREFIX)
        if self._head[: len(MAGIC)] != MAGIC or len(self._head) != len(MAGIC) + SALT + PREFIX:
            raise Damaged
        salt = self._head[len(MAGIC) : -PREFIX]
        self._file, self._cipher = file, AESGCM(key_of(salt))
        self._next, self._held = file.read(PIECE + TAG), b""
        self._count, self._ended = 0, False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; fewer only at the proved end."""
        while not self._ended and (size < 0 or len(self._held) < size):
            self._held += self._piece()
        size = len(self._held) if size < 0 else size
        found, self._held = self._held[:size], self._held[size:]
        return found

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        self._ended = not self._next
        nonce = _nonce(self._head[-PREFIX:], self._count, last=self._ended)
        self._count += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._head)
        except (InvalidTag, ValueError) as wrong:
            raise Damaged from wrong


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])
