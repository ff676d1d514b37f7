"""The command line: workbooks out into files, back in, and what it says."""

import json
from pathlib import Path

import pytest
import time_machine

from lianfang.config import command
from lianfang.ground.figures.models import Typed
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks.models import Daybook
from lianfang.rollup.daybooks.tests.conftest import DAY, at, number, opened, person, saved, signed


def test_one_goes_out_comes_back_and_is_taken_in(
    everybody: list[Person],
    tmp_path: Path,
    clock: time_machine.Traveller,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "mill.xlsx"
    words = ["daybook", "out", "--unit", "M", "--day", str(DAY), "--language", "zh-hans"]
    told = command.parser().parse_args([*words, "--out", str(file)])
    assert told.run(told) == 0
    assert Daybook.objects.count() == 1
    book = opened(file.read_bytes())
    person(book, "陈小满", 体温=36.4)
    number(book, "masks_used", 今日=120)
    signed(book, "填报人", "陈会计", "15:00")
    file.write_bytes(saved(book))
    clock.move_to(at(15, 30))
    capsys.readouterr()
    dry = command.parser().parse_args(["daybook", "in", str(file), "--dry-run", "--json"])
    assert dry.run(dry) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["unit"], seen["taken"], seen["rejected"]) == ("M", 3, 0)
    assert seen["rows"] == seen["accepted"] + seen["rejected"] + seen["blank"]
    assert not Typed.objects.exists()
    take = command.parser().parse_args(["daybook", "in", str(file)])
    assert take.run(take) == 0
    assert Typed.objects.get().by == "operator:operator"


def test_all_go_into_a_folder_and_wrong_words_are_told(
    everybody: list[Person], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = command.parser().parse_args(["daybook", "out", "--all", "--out-dir", str(tmp_path)])
    assert told.run(told) == 0
    assert {file.name for file in tmp_path.iterdir()} == {
        "M_2020-01-31.xlsx",
        "P_2020-01-31.xlsx",
    }
    wrong = command.parser().parse_args(["daybook", "out"])
    assert wrong.run(wrong) == 2
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"a,b\n1,2\n")
    refused = command.parser().parse_args(["daybook", "in", str(other), "--json"])
    capsys.readouterr()
    assert refused.run(refused) == 2
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "is_text"
