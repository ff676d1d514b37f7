"""A backup comes back whole into an empty installation, and a damaged one is never put in place."""

import json
import os
import random
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.operating.released import empty_database
from tests.place import COMMAND, Place

Found = Callable[[], Place]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Return a maker of empty places, on the database that this run is about."""
    return lambda: Place(tmp_path_factory.mktemp("place"), empty_database())


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


def said(place: Place, *words: str, most: int | None = None) -> tuple[int, str]:
    """Run a command, of whose files none may grow beyond so many bytes, as on a full disk."""

    def bound() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [COMMAND, *words],
        env=place.surroundings,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bound,
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


def test_a_disk_that_is_full_in_the_middle_leaves_no_half_backup(
    old: Place, tmp_path: Path
) -> None:
    status, words = said(old, "backup", str(tmp_path / "half.backup"), most=300_000)
    assert status == 1
    assert str(tmp_path) in words or "pg_dump" in words  # which the limit ends by a signal
    assert "Traceback" not in words
    assert len(words.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_what_a_killed_backup_left_is_taken_away_by_the_next(old: Place, tmp_path: Path) -> None:
    left = tmp_path / ".lianfang-4194305-dead"
    left.mkdir()
    (left / "database").write_text("names in clear", encoding="utf-8")
    old.lianfang("backup", str(tmp_path / "next.backup"), "--json")
    assert [file.name for file in tmp_path.iterdir()] == ["next.backup"]


def test_a_backup_is_proved_in_a_scratch_place_and_certified(
    old: Place, made: Mapping[str, Any]
) -> None:
    before = {file.name for file in old.data.iterdir()}
    told = old.lianfang("restore", "--prove", made["file"], "--json")
    assert told["trail"]["whole"]
    assert told["backup"]["rows"] == made["rows"]
    certificate = json.loads(Path(told["certificate"]).read_text(encoding="utf-8"))
    assert certificate["backup"]["sha256"] == told["backup"]["sha256"]
    assert {file.name for file in old.data.iterdir()} - before == {"certificates"}
    found = {
        check["code"]: check for check in json.loads(said(old, "doctor", "--json")[1])["checks"]
    }
    assert found["proved"]["state"] == "good"
    status, words = said(old, "restore", "--prove", str(old.data / "secret-key"))
    assert status == 1
    assert len(words.strip().splitlines()) == 1
