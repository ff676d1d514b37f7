import json
from pathlib import Path

import pytest
from docx import Document

from lianfang.config import command
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.tests.conftest import send, typed

Printed = pytest.CaptureFixture[str]


def run(*words: str) -> int:
    """Run a command as the shell does and return how it ended."""
    try:
        return command.run(words)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1


def test_the_state_of_every_report_is_printed(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, capsys: Printed
) -> None:
    send(clerk, principal, mill)
    assert run("report", "--day", "2020-01-31") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["M", "P"]
    assert "submitted" in lines[0]


def test_one_report_is_printed_as_json_alone(
    response: Response, mill: Unit, clerk: Actor, capsys: Printed
) -> None:
    typed(clerk, mill, "masks_balance", 40)
    assert run("report", "--day", "2020-01-31", "--unit", "M", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unit"] == "M"
    assert {f["code"]: f["value"] for f in told["figures"]}["masks_balance"] == 40
    assert run("report", "--json") == 0
    assert [each["unit"] for each in json.loads(capsys.readouterr().out)] == ["M", "P"]
    assert run("report", "--unit", "M") == 0
    assert "40" in capsys.readouterr().out


def test_the_bulletin_is_written_as_json_and_as_word(
    response: Response, mill: Unit, tmp_path: Path, capsys: Printed
) -> None:
    assert run("bulletin", "--day", "2020-01-31", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["missing"] == ["M", "P"]
    out = tmp_path / "bulletin.docx"
    assert run("bulletin", "--day", "2020-01-31", "--format", "docx", "--out", str(out)) == 0
    assert Document(str(out)).paragraphs[0].text == "江海集团疫情防控每日情况"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("report", "--unit", "NONE"), "NONE"),
        (("report", "--day", "31.1.2020"), "31.1.2020"),
        (("bulletin", "--format", "docx"), "--out"),
        (("bulletin", "--format", "odt"), "odt"),
        (("bulletin", "--format", "docx", "--out", "/nowhere/at/all.docx"), "/nowhere/at/all.docx"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    response: Response, capsys: Printed, words: tuple[str, ...], named: str
) -> None:
    assert run(*words) not in {0, None}
    told = capsys.readouterr()
    assert named in told.err
    assert not told.out


def test_before_there_is_a_group_both_commands_say_so(db: None, capsys: Printed) -> None:
    assert run("bulletin", "--format", "json") != 0
    assert run("report") != 0
    assert capsys.readouterr().err
