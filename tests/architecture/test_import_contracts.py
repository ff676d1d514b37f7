"""Every import contract is sabotaged once, so that none is there for show."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SABOTAGE = {
    "floors": ("kernel/tree.py", "from lianfang.ground.orgs import rules"),
    "ground": ("ground/doors/walls.py", "from lianfang.ground.orgs import rules"),
    "people": ("people/register/rules/words.py", "from lianfang.people.checkins import rules"),
    "rollup": ("rollup/reports/apps.py", "from lianfang.rollup import board"),
    "rooms": ("rollup/reports/models.py", "from lianfang.rollup.reports import services"),
    "rules": ("rollup/reports/rules/states.py", "import django"),
    "screens": ("rollup/reports/api.py", "from lianfang.ground.orgs.models import Unit"),
}


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [*command, "--contract", contract],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    skip = shutil.ignore_patterns("static", "templates", "locale", "__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("contract", SABOTAGE)
def test_a_sabotaged_contract_breaks(contract: str, copy: Path) -> None:
    whole = lint(copy, contract)
    assert whole.returncode == 0, whole.stdout
    file, line = SABOTAGE[contract]
    target = copy / "src" / "lianfang" / file
    before = target.read_text(encoding="utf-8")
    try:
        target.write_text(f"{before}\n{line}\n", encoding="utf-8")
        assert lint(copy, contract).returncode == 1
    finally:
        target.write_text(before, encoding="utf-8")
