"""A stream opens whole or not at all."""

import io
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.kernel.streams import PIECE, TAG, Damaged, Reader, Writer

KEY = secrets.token_bytes(32)
HEAD = 27


def key_of(_salt: bytes) -> bytes:
    return KEY


def written(content: bytes, step: int = 700_000) -> bytes:
    file = io.BytesIO()
    with Writer(file, key_of) as stream:
        for start in range(0, len(content), step):
            stream.write(content[start : start + step])
    return file.getvalue()


def opened(sealed: bytes) -> bytes:
    stream, found = Reader(io.BytesIO(sealed), key_of), b""
    while part := stream.read(300_000):
        found += part
    return found


LONG = secrets.token_bytes(PIECE * 2 + 17)
SEALED = written(LONG)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, PIECE * 2, PIECE * 2 + 17])
def test_what_was_written_is_read_again(size: int) -> None:
    assert opened(written(LONG[:size])) == LONG[:size]
    assert Reader(io.BytesIO(written(LONG[:size])), key_of).read() == LONG[:size]


@given(place=st.integers(0, len(SEALED) - 1), bit=st.integers(0, 7))
def test_one_bit_that_changed_is_found(place: int, bit: int) -> None:
    broken = bytearray(SEALED)
    broken[place] ^= 1 << bit
    with pytest.raises(Damaged):
        opened(bytes(broken))


@given(end=st.integers(0, len(SEALED) - 1))
def test_a_stream_that_was_cut_off_is_found(end: int) -> None:
    with pytest.raises(Damaged):
        opened(SEALED[:end])


def test_a_piece_that_is_missing_or_stands_elsewhere_is_found() -> None:
    first, second = HEAD + PIECE + TAG, HEAD + 2 * (PIECE + TAG)
    without = SEALED[:HEAD] + SEALED[first:]
    swapped = SEALED[:HEAD] + SEALED[first:second] + SEALED[HEAD:first] + SEALED[second:]
    for broken in (without, swapped, SEALED[:second], SEALED + b"more"):
        with pytest.raises(Damaged):
            opened(broken)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged):
        Reader(io.BytesIO(SEALED), lambda _: secrets.token_bytes(32)).read()


def test_what_broke_off_while_it_was_written_does_not_open() -> None:
    file = io.BytesIO()
    stream = Writer(file, key_of)
    stream.write(LONG)
    broken = RuntimeError("the disk is full")
    stream.__exit__(type(broken), broken, None)
    with pytest.raises(Damaged):
        opened(file.getvalue())
