"""`make drills`: what a small test shows once, done often and large; one line for each drill.

`backups` 20 backups under load, each restored and compared with what was acknowledged before;
`damages` 50 damages of one, all found; `gigabyte` one backup of a database of a gigabyte under
sixteen writers; `upgrade` the oldest release with 100,000 rows more. On both databases.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.operating import harming, sending
from tests.operating.released import Release, versions
from tests.place import Place

BACKUPS = int(os.environ.get("LIANFANG_DRILL_BACKUPS", "20"))
DAMAGES = int(os.environ.get("LIANFANG_DRILL_DAMAGES", "50"))
GIGABYTE = int(os.environ.get("LIANFANG_DRILL_MEGABYTES", "1024")) << 20
MORE_ROWS = int(os.environ.get("LIANFANG_DRILL_ROWS", "100000"))


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a drill takes place: a folder, and how to come by an empty database."""

    folder: Path
    server: str

    @property
    def name(self) -> str:
        """Return the name of the database."""
        return "PostgreSQL" if self.server else "SQLite"

    def place(self, name: str) -> Place:
        """Return an empty place of that name."""
        data = self.folder / name
        data.mkdir()
        return Place(data, postgres.another(self.server) if self.server else "")


def main(words: list[str]) -> int:
    """Do the drills that are named, or all; the status is 1 when one of them fails."""
    failed = 0
    os.environ["PATH"] = f"{postgres.tools()}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="lianfang-drills-") as name:
        for server in ("", postgres.start(postgres.DURABLE)):
            for word in words or DRILLS:
                folder = Path(name) / f"{word}-{'postgres' if server else 'sqlite'}"
                folder.mkdir()
                began, ground = time.monotonic(), Ground(folder, server)
                well, said = DRILLS[word](ground)
                failed += not well
                took = time.monotonic() - began
                sign = "well" if well else "FAILED"
                print(f"{word:9} {ground.name:10} {sign:6} {took:6.0f} s  {said}")  # noqa: T201
    return 1 if failed else 0


def backups(ground: Ground) -> tuple[bool, str]:
    """Back up again and again while sixteen send check-ins; restore each and look for them."""
    place = sending.settled(ground.place("live"))
    made: list[tuple[Path, set[str], float]] = []
    with sending.under_load(place) as sent:
        for number in range(BACKUPS):
            before, began = set(sent.acknowledged.values()), time.monotonic()
            file = ground.folder / f"{number}.backup"
            place.lianfang("backup", str(file), "--json")
            made.append((file, before, time.monotonic() - began))
            file.with_suffix(".ids").write_text("\n".join(sorted(before)), encoding="utf-8")
    lost, broken, restored = 0, 0, []
    for number, (file, before, _seconds) in enumerate(made):
        back, began = ground.place(f"back-{number}"), time.monotonic()
        (back.data / "keys").symlink_to(place.data / "keys")
        told = back.lianfang("restore", str(file), "--json")
        restored.append(time.monotonic() - began)
        stored = set(back.python("tests.operating.stored")["ids"])
        lost += len(before - stored)
        broken += not back.lianfang("audit", "verify", "--json", "--anchor", told["head"])["whole"]
    seconds = max(seconds for _file, _before, seconds in made)
    return not (lost or broken or sent.refused), (
        f"{BACKUPS} backups during {len(sent.acknowledged)} acknowledged: {lost} lost, "
        f"{broken} trails broken, {len(sent.refused)} refused; backup ≤ {seconds:.1f} s, "
        f"restore ≤ {max(restored):.1f} s"
    )


def damages(ground: Ground) -> tuple[bool, str]:
    """Damage one backup in fifty ways; every one is refused, and what is live stays as it was."""
    place = sending.settled(ground.place("live"), people=200)
    whole = ground.folder / "whole.backup"
    place.lianfang("backup", str(whole), "--json")
    empty = ground.place("empty")
    (empty.data / "keys").symlink_to(place.data / "keys")
    before, found = place.python("tests.operating.survey", "rows"), 0
    for content, keys in harming.damages(whole.read_bytes(), DAMAGES):
        bad = ground.folder / "bad.backup"
        bad.write_bytes(content)
        found += harming.is_refused(empty if keys else harming.keyless(ground.place), bad)
    untouched = place.python("tests.operating.survey", "rows") == before
    back = empty.lianfang("restore", str(whole), "--json")["rows"] > 0
    told = f"{found} of {DAMAGES} found, live data {'untouched' if untouched else 'CHANGED'}"
    return found == DAMAGES and untouched and back, told


def gigabyte(ground: Ground) -> tuple[bool, str]:
    """Back up a gigabyte while sixteen write, and count what they were refused."""
    place = sending.settled(ground.place("live"))
    size = place.python("tests.operating.filling", GIGABYTE)["bytes"]
    with sending.under_load(place) as sent:
        time.sleep(5)
        quiet, began = sent.times(), time.monotonic()
        place.lianfang("backup", str(ground.folder / "big.backup"), "--json")
        took, during = time.monotonic() - began, sent.times(since=began)
    return not (sent.refused or sent.troubled), (
        f"{size / (1 << 30):.2f} GB in {took:.0f} s; {len(sent.refused)} refused, "
        f"{sent.troubled} write errors; p99 before {sending.p99(quiet):.0f} ms, "
        f"during {sending.p99(during):.0f} ms ({len(during)} check-ins)"
    )


def upgrade(ground: Ground) -> tuple[bool, str]:
    """Bring a release with many rows up to date, and compare all that it stored."""
    release = Release(versions()[0], "postgres" if ground.server else "sqlite")
    database = postgres.another(ground.server) if ground.server else ""
    place = release.laid_out(ground.folder / "old", database)
    place.python("tests.operating.filling", "rows", MORE_ROWS)
    before = place.python("tests.operating.survey", "rows")
    file = place.data / "before.json"
    file.write_text(harming.as_json(before), encoding="utf-8")
    began = time.monotonic()
    place.lianfang("migrate")
    took = time.monotonic() - began
    same = place.python("tests.operating.survey", "kept", file) == before
    whole = place.lianfang("audit", "verify", "--json")["whole"]
    rows = sum(told["rows"] for told in before.values())
    words = "all rows and hashes equal" if same else "ROWS DIFFER"
    return same and whole, f"{release.version} with {rows} rows in {took:.1f} s: {words}"


DRILLS: Mapping[str, Callable[[Ground], tuple[bool, str]]] = {
    "backups": backups,
    "damages": damages,
    "gigabyte": gigabyte,
    "upgrade": upgrade,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
