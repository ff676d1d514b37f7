"""Two people tap at the same moment, in two processes over one file: one signature is given."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

SOURCE = Path(__file__).parents[4]
START = "import django; django.setup()\n"
SEED = (
    START
    + """
from datetime import timedelta
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.services import UnitLine, create_user, enter_unit, give_post
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports import services
group = enter_unit(OPERATOR, None, UnitLine("G", "江海集团", "group"))
enter_unit(OPERATOR, group, UnitLine("M", "江海面粉"))
begin_with_pack(OPERATOR, "covid19-2020-01", clock.now() - timedelta(days=3))
users = [create_user(OPERATOR, group, name, name, "") for name in ("drafts", "first", "second")]
for user in users:
    give_post(OPERATOR, group, user, "group_office")
services.draft_bulletin(queries.signed_in(users[0]), group, reports.today())
"""
)
TAP = (
    START
    + """
import sys
from lianfang.ground.orgs import queries
from lianfang.ground.orgs.models import User
from lianfang.ground.signing.models import Sheet
from lianfang.ground.signing.services import agree
from lianfang.kernel.refusals import Conflict
from lianfang.rollup.reports.models import Bulletin
actor = queries.signed_in(User.objects.get(username=sys.argv[1]))
try:
    agree(actor, Sheet.objects.get(), "checked", Bulletin.objects.get().digest)
    print(1)
except Conflict:
    print(0)
"""
)


def run(code: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    paths = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    told = {"LIANFANG_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": paths}
    environment = os.environ | told | {"PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the file of the test database")
def test_two_who_tap_at_once_make_one_signature(db: None, tmp_path: Path) -> None:
    file = tmp_path / "lianfang.sqlite3"
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name)) as here, closing(sqlite3.connect(file)) as there:
        here.backup(there)
    seed = run(SEED, tmp_path)
    seed.communicate(timeout=300)
    assert seed.returncode == 0
    taps = [run(TAP, tmp_path, who) for who in ("first", "second")]
    assert sorted(int(tap.communicate(timeout=300)[0]) for tap in taps) == [0, 1]
    with closing(sqlite3.connect(file)) as found:
        steps = "SELECT step, count(*) FROM signing_decision GROUP BY step ORDER BY step"
        assert dict(found.execute(steps).fetchall()) == {"checked": 1, "drafted": 1}
        owed = "SELECT count(*) FROM loops_loop WHERE kind = 'signature' AND verified_at IS NULL"
        assert found.execute(owed).fetchone() == (1,)
