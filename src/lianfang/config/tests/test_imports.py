import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from lianfang.config.commands import imports
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.spreadsheets import writing

HEAD = ("单位编码", "上级编码", "单位名称", "单位类型", "门牌")
GROUP = ("G", "", "江海集团有限公司", "集团")
MILL = ("M", "G", "江海面粉有限公司", "子公司")
WRONG = ("X", "ZZ", "无主公司", "子公司")


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    imports.add(parser.add_subparsers())
    told = parser.parse_args(["import", *words])
    return int(told.run(told))


def file(folder: Path, *rows: Sequence[object], head: Sequence[str] = HEAD) -> str:
    path = folder / "units.xlsx"
    path.write_bytes(writing.workbook(head, rows))
    return str(path)


def test_units_come_in_before_anything_exists(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, GROUP, MILL)) == 0
    assert set(Unit.objects.values_list("code", flat=True)) == {"G", "M"}
    told = capsys.readouterr()
    assert "units.xlsx" in told.out
    assert "门牌" in told.out
    assert told.err == ""


def test_json_stands_alone_and_keeps_the_contract(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, GROUP, WRONG), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    problems = told.pop("problems")
    assert told == {
        "file": "units.xlsx",
        "sheet": "Sheet1",
        "header_row": 1,
        "rows": 2,
        "accepted": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1,
        "blank": 0,
        "ignored_columns": ["门牌"],
    }
    assert [(p["row"], p["column"], p["value"], p["code"]) for p in problems] == [
        (3, "上级编码", "ZZ", "unknown_unit")
    ]
    assert not Unit.objects.exists()


def test_problems_are_named_by_file_row_column_and_value(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, GROUP, WRONG)) == 1
    line = capsys.readouterr().out.splitlines()[-1].split()
    assert line[:4] == ["units.xlsx", "3", "上级编码", "ZZ"]


def test_a_dry_run_says_so_and_changes_nothing(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, GROUP, MILL), "--dry-run") == 0
    assert capsys.readouterr().err != ""
    assert not Unit.objects.exists()


def test_the_rejected_rows_come_back_as_a_workbook(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, GROUP, WRONG), "--partial") == 1
    assert Unit.objects.get().code == "G"
    assert (tmp_path / "units.rejected.xlsx").exists()
    assert "units.rejected.xlsx" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_does_not_hide_what_was_done(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "units.rejected.xlsx").mkdir()
    assert run("units", file(tmp_path, GROUP, WRONG), "--partial") == 1
    assert "units.rejected.xlsx" in capsys.readouterr().err
    assert Unit.objects.exists()


def test_a_unit_is_the_limit_of_what_is_taken(mill: Unit, port: Unit, tmp_path: Path) -> None:
    rows = (("N", "M", "三厂", "分公司"), ("P1", "P", "港务二队", "分公司"))
    assert run("units", file(tmp_path, *rows), "--unit", "M", "--partial") == 1
    assert Unit.objects.filter(code="N").exists()
    assert not Unit.objects.filter(code="P1").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("units", "nothing.xlsx"), "no_file"),
        (("units", "units.xlsx", "--unit", "NOPE"), "unknown_unit"),
    ],
)
def test_a_refusal_is_a_sentence_or_a_document_and_status_2(
    group: Unit, capsys: pytest.CaptureFixture[str], words: Sequence[str], code: str
) -> None:
    assert run(*words, "--json") == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["refused"]["code"]) == (words[1], code)
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("lianfang: ")


def test_a_file_without_its_columns_is_refused(
    group: Unit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("units", file(tmp_path, ("A", "G"), head=HEAD[:2]), "--json") == 2
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "missing_column"


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert imports.table([["江海", "x"], ["a", "b\nc"]]) == ["江海  x", "a     b c"]
