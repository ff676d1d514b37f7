"""Two processes tick at once over one file: whatever falls due is done once."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

SOURCE = Path(__file__).parents[4]
LOOPS = 120
START = "import django; django.setup()\n"
SEED = (
    START
    + """
from datetime import timedelta
from django.db import transaction
from lianfang.ground.loops import services
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR
import sys
now = clock.now()
group = enter_unit(OPERATOR, None, UnitLine("G", "江海集团", "group"))
mill = enter_unit(OPERATOR, group, UnitLine("M", "江海面粉"))
begin_with_pack(OPERATOR, "covid19-2020-01", now - timedelta(days=3))
openings = [
    services.Opening(
        kind=KINDS["task"], unit=mill, key=str(at), title=Sentence.of(f"第 {at} 处"),
        due=now - timedelta(hours=3),
    )
    for at in range(int(sys.argv[1]))
]
with transaction.atomic():
    services.begin_all(CLOCK, openings, now - timedelta(hours=9))
"""
)
TICK = (
    START
    + """
from lianfang.ground.loops import services
from lianfang.ground.loops.registry import JOBS
from lianfang.kernel import clock
JOBS.clear()
print(services.tick(clock.now()).reminded)
"""
)


def run(code: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    paths = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    told = {"LIANFANG_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": paths}
    environment = os.environ | told | {"PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the file of the test database")
def test_two_workers_at_once_do_nothing_twice(db: None, tmp_path: Path) -> None:
    file = tmp_path / "lianfang.sqlite3"
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(file)) as there:
        here.backup(there)
    seed = run(SEED, tmp_path, str(LOOPS))
    seed.communicate(timeout=300)
    assert seed.returncode == 0
    workers = [run(TICK, tmp_path) for _ in range(2)]
    reminded = [int(worker.communicate(timeout=300)[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sum(reminded) >= LOOPS
    with closing(sqlite3.connect(file)) as found:
        counts = "SELECT call, count(*) FROM loops_escalation GROUP BY call ORDER BY call"
        assert dict(found.execute(counts).fetchall()) == {
            "acknowledge": LOOPS,
            "chase": LOOPS,
            "escalate": LOOPS,
            "remind": LOOPS,
        }
        notices = "SELECT count(*), count(DISTINCT key) FROM notices_notice"
        told, keys = found.execute(notices).fetchone()
        assert told == keys == 5 * LOOPS
        late = "SELECT count(*) FROM notices_outbox WHERE sent_at IS NULL"
        assert found.execute(late).fetchone() == (0,)
