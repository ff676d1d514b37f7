"""A backup comes back whole into an empty installation, and a damaged one is never put in place."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests import postgres
from tests.place import COMMAND, Place

Found = Callable[[], Place]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return a maker of empty places, on the database that this run is about."""
    return lambda: Place(tmp_path_factory.mktemp("place"), _database())


def _database() -> str:
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    name = f"backup_{uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
    before, _, after = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")


@pytest.fixture(scope="module", autouse=True)
def _tools() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("DATABASE_URL"):
            patch.setenv("PATH", str(postgres.tools()), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def old(found: Found, _tools: None) -> Place:
    """An installation with a group and a trail."""
    place = found()
    place.lianfang("migrate")
    place.python("tests.bench.inside", "found")
    place.lianfang("tick")
    papers = place.data / "papers"
    papers.mkdir()
    (papers / "daily_situation.yaml").write_text("{}", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def made(old: Place) -> Mapping[str, Any]:
    """What was said of a backup of it."""
    told: Mapping[str, Any] = old.lianfang("backup", str(old.data / "one.backup"), "--json")
    return told


def said(place: Place, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [COMMAND, *words], env=place.surroundings, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def with_keys(old: Place, new: Place) -> Place:
    shutil.copytree(old.data / "keys", new.data / "keys")
    return new


def test_a_backup_comes_back_whole(old: Place, made: Mapping[str, Any], found: Found) -> None:
    new = with_keys(old, found())
    told = new.lianfang("restore", made["file"], "--json")
    assert (told["rows"], told["head"]) == (made["rows"], made["head"])
    assert told["head"]
    assert (new.data / "papers" / "daily_situation.yaml").read_text(encoding="utf-8") == "{}"
    assert new.lianfang("audit", "verify", "--json", "--anchor", made["head"])["whole"]
    again = new.lianfang("backup", str(new.data / "two.backup"), "--json")
    assert again["rows"] == made["rows"]


def test_no_key_and_no_name_stands_in_a_backup(old: Place, made: Mapping[str, Any]) -> None:
    file = Path(made["file"])
    content = file.read_bytes()
    assert "瓯江实业集团".encode() not in content
    for key in (old.data / "keys").glob("*.key"):
        assert key.read_bytes() not in content
    assert file.stat().st_mode & 0o077 == 0


def test_a_damaged_backup_is_never_put_in_place(
    old: Place, made: Mapping[str, Any], found: Found
) -> None:
    whole, new, drawn = Path(made["file"]).read_bytes(), with_keys(old, found()), random.Random(27)
    flipped = bytearray(whole)
    flipped[drawn.randrange(len(whole))] ^= 1 << drawn.randrange(8)
    for content in (bytes(flipped), whole[: drawn.randrange(len(whole))], b""):
        bad = new.data / "bad.backup"
        bad.write_bytes(content)
        status, words = said(new, "restore", str(bad))
        assert status == 1
        assert "bad.backup" in words
        assert "Traceback" not in words
    assert not (new.data / "papers").exists()
    assert new.lianfang("restore", made["file"], "--json")["rows"] == made["rows"]


def test_without_the_keys_nothing_opens(made: Mapping[str, Any], found: Found) -> None:
    status, words = said(found(), "restore", made["file"])
    assert status == 1
    assert "one.backup" in words


def test_an_installation_in_use_is_not_written_over(old: Place, made: Mapping[str, Any]) -> None:
    told = old.lianfang("restore", made["file"], "--check", "--json")
    assert told["rows"] == made["rows"]
    status, words = said(old, "restore", made["file"])
    assert status == 1
    assert "LIANFANG_DATA" in words
    status, words = said(old, "backup", made["file"])
    assert status == 1
    assert "one.backup" in words
    status, words = said(old, "backup", str(old.data / "nowhere" / "x"))
    assert status == 2
    assert "nowhere" in words
