"""What a release stored is all there once it was brought up to date: proved on its databases."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.operating.released import Release, empty_database, kind, versions
from tests.place import COMMAND, Place

SURVEY = "tests.operating.survey"
#: Columns whose values a later release changed on purpose: the table and why.
CHANGED: Mapping[str, str] = {}
#: What an answer says of the moment and not of the matter.
OF_THE_MOMENT = {"as_of"}


@pytest.fixture(scope="module", autouse=True)
def _tools() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(postgres.tools()), prepend=":")
        yield


@pytest.fixture(scope="module", params=versions())
def release(request: pytest.FixtureRequest) -> Release:
    return Release(request.param, kind())


@pytest.fixture(scope="module")
def raised(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The release's installation, brought up to date by today's code, in a clock that moves."""
    place = release.laid_out(tmp_path_factory.mktemp("raised"), empty_database())
    (place.data / "demo").touch()
    place.lianfang("migrate")
    return place


def written(folder: Path, name: str, content: object) -> Path:
    file = folder / name
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def differing(before: object, after: object, at: str = "") -> Iterator[str]:
    """Yield where an answer of today lacks or changes what the release answered."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key not in OF_THE_MOMENT:
                yield from differing(value, after.get(key, "nothing"), f"{at}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and _coded(before):
        yield from differing(_by_code(before), _by_code(after), at)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differing(one, other, f"{at}/{number}")
    elif before != after:
        yield f"{at}: {before!r} became {after!r}"


def _coded(rows: list[Any]) -> bool:
    """Tell whether each has a code: then others may have come between since."""
    return bool(rows) and all(isinstance(row, dict) and "code" in row for row in rows)


def _by_code(rows: list[Any]) -> dict[str, Any]:
    return {row["code"]: row for row in rows}


def test_every_row_of_the_release_is_there_as_it_was(release: Release, raised: Place) -> None:
    before = release.told["tables"]
    after = raised.python(SURVEY, "kept", written(raised.data, "before.json", before))
    lost = {name for name, told in before.items() if name not in after and told["rows"]}
    assert not lost - set(CHANGED)
    narrowed = {
        name: sorted(set(before[name]["columns"]) - set(told["columns"]))
        for name, told in after.items()
        if set(before[name]["columns"]) - set(told["columns"])
    }
    assert not set(narrowed) - set(CHANGED), narrowed
    changed = {name for name, told in after.items() if told != before[name]}
    assert not changed - set(CHANGED)


def test_what_the_release_sealed_opens_and_its_trail_is_whole(
    release: Release, raised: Place
) -> None:
    opened = raised.python(SURVEY, "sealed")
    assert {name: opened[name] for name in release.told["sealed"]} == release.told["sealed"]
    verdict = raised.lianfang("audit", "verify", "--json", "--anchor", release.told["head"])
    assert verdict["whole"]


def test_programs_are_answered_as_before(release: Release, raised: Place) -> None:
    told = release.told
    asked = {"token": told["tokens"]["group_office"], "addresses": told["addresses"]}
    file = written(raised.data, "asked.json", asked)
    found: Mapping[str, Any] = raised.python(SURVEY, "answers", told["at"], file)
    differences = [
        line
        for address, before in told["answers"].items()
        for line in differing(before, found[address], address)
    ]
    assert not differences, "\n".join(differences[:20])


def test_the_backup_from_before_brings_the_release_back(
    release: Release, raised: Place, tmp_path: Path
) -> None:
    made = next((raised.data / "backups").glob("before-*.backup"))
    back = Place(tmp_path / "back", empty_database())
    back.data.mkdir()
    (back.data / "keys").symlink_to(raised.data / "keys")
    told = back.lianfang("restore", str(made), "--json")
    assert told["head"] == release.told["head"]
    before = release.told["tables"]
    assert back.python(SURVEY, "kept", written(back.data, "before.json", before)) == before


def test_a_migration_that_is_killed_leaves_the_database_as_it_was(
    release: Release, tmp_path: Path
) -> None:
    place = release.laid_out(tmp_path / "cut", empty_database())
    before = place.python(SURVEY, "rows")
    words = [sys.executable, "-m", "tests.operating.interrupted", "3"]
    killed = subprocess.run(words, env=place.surroundings, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert place.python(SURVEY, "rows") == before
    refused = subprocess.run(
        [COMMAND, "serve", "--port", "9"],
        env=place.surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "lianfang migrate" in refused.stderr
    place.lianfang("migrate", "--without-backup")
    place.lianfang("migrate")
    assert place.lianfang("audit", "verify", "--json")["whole"]
