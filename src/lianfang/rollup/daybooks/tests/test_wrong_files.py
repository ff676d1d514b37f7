"""Files that are not the workbook that was given out: one sentence each, and nothing taken."""

import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
import time_machine
import xlsxwriter

from conftest import Post
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets.archive import ENCRYPTED_OLE, OLE
from lianfang.kernel.spreadsheets.problems import REFUSALS, FileRefused
from lianfang.people.checkins.models import CheckIn
from lianfang.rollup.daybooks import services
from lianfang.rollup.daybooks.models import BookReturn
from lianfang.rollup.daybooks.rules import shape, stamp
from lianfang.rollup.daybooks.rules.words import Reason
from lianfang.rollup.daybooks.services import Expected, HandedOut, Wish
from lianfang.rollup.daybooks.services.bringing import NOT_YOURS, OTHER_PAGE
from lianfang.rollup.daybooks.tests.conftest import (
    DAY,
    Book,
    at,
    brought,
    opened,
    person,
    saved,
    signed,
)


def said(do: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as refused:
        do()
    return refused.value.sentence


def another_book() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("人员").write_row(0, 0, ["工号", "姓名"])
    return file.getvalue()


def a_zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("M_2020-01-31.xlsx", b"x")
    return file.getvalue()


def test_what_is_no_workbook_of_ours_is_called_by_its_name(out: HandedOut, clerk: Actor) -> None:
    half = out.content[: len(out.content) // 2]
    sentences = {
        b"": shape.EMPTY,
        OLE + b"\x00" * 600: shape.OLD_KIND,
        OLE + b"\x00" * 600 + ENCRYPTED_OLE: REFUSALS["encrypted"],
        "序号,姓名\n1,陈小满\n".encode("gb18030"): shape.IS_TEXT,
        "序号,姓名\n1,陈小满\n".encode(): shape.IS_TEXT,
        half: shape.DAMAGED,
        a_zip(): shape.NO_BOOK,
        b"\x89PNG\r\n\x1a\n\x00\x00": shape.NO_BOOK,
        another_book(): stamp.NOT_OURS,
    }
    found = {content: said(partial(brought, clerk, content)) for content in sentences}
    assert found == sentences
    assert not BookReturn.objects.exists()


def hidden(made: Book, **told: str) -> Book:
    sheet = made["lianfang"]
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value in told:
            sheet.cell(row, 2).value = told[sheet.cell(row, 1).value]
    return made


def test_whose_workbook_it_is_cannot_be_changed(out: HandedOut, clerk: Actor) -> None:
    for name, value in (("day", "2020-01-30"), ("unit", "P"), ("seal", "0" * 32)):
        book = hidden(opened(out.content), **{name: value})
        assert said(partial(brought, clerk, book)) == stamp.TAMPERED
    assert said(lambda: brought(clerk, hidden(opened(out.content), book="x"))) == stamp.TAMPERED
    other = hidden(opened(out.content), house="abcdefabcdef")
    assert said(lambda: brought(clerk, other)) == stamp.OTHER_HOUSE
    version = hidden(opened(out.content), shape="9")
    assert said(lambda: brought(clerk, version)) == stamp.OTHER_SHAPE
    gone = opened(out.content)
    del gone["lianfang"]
    assert said(lambda: brought(clerk, gone)) == stamp.NOT_OURS
    assert not BookReturn.objects.exists()


def test_the_workbook_of_a_foreign_unit_is_nobodys_to_bring(
    out: HandedOut, stranger: Actor, post: Post, port: Unit
) -> None:
    assert said(lambda: brought(stranger, out.content)) == NOT_YOURS
    assert not BookReturn.objects.exists()


def test_on_a_page_only_its_own_workbook_is_taken(
    out: HandedOut, overseer: Actor, clerk: Actor, mill: Unit, port: Unit
) -> None:
    for expected in (Expected(port.pk, DAY), Expected(mill.pk, at(0, day=30).date())):
        told = said(partial(services.take, overseer, "a.xlsx", out.content, expected))
        assert told == OTHER_PAGE
    assert services.take(clerk, "无后缀", out.content, Expected(mill.pk, DAY)).book == out.book


def test_the_workbook_of_tomorrow_waits_for_its_day(
    out: HandedOut, clerk: Actor, mill: Unit, clock: time_machine.Traveller
) -> None:
    tomorrow = at(0, day=31).date().replace(month=2, day=1)
    ahead = services.hand_out(clerk, mill, tomorrow, Reason.AHEAD, "zh-hans")
    assert said(lambda: brought(clerk, ahead.content)) == "This day has not come yet."
    far = tomorrow.replace(day=2)
    with pytest.raises(BadInput, match="tomorrow at the latest"):
        services.hand_out(clerk, mill, far, Reason.AHEAD, "zh-hans")
    with pytest.raises(BadInput, match="before the response"):
        services.hand_out(clerk, mill, DAY.replace(day=2), Reason.AHEAD, "zh-hans")


def test_a_workbook_without_a_sheet_or_a_column_is_taken_not_at_all(
    out: HandedOut, clerk: Actor, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(15, 30))
    without = opened(out.content)
    person(without, "陈小满", 体温=36.4)
    del without["手填数"]
    renamed = opened(out.content)
    person(renamed, "陈小满", 体温=36.4)
    for cell in renamed["人员"][3]:
        if cell.value == "体温":
            cell.value = "温度计读数"
    for book, code in ((without, "missing_sheet"), (renamed, "missing_column")):
        back = brought(clerk, book)
        with pytest.raises(FileRefused) as refused:
            services.settle(clerk, back, Wish(partial=True))
        assert refused.value.code == code
    assert not CheckIn.objects.exists()
    assert not BookReturn.objects.exclude(settled_at=None).exists()


def test_yesterdays_workbook_goes_to_yesterday(
    clerk: Actor, everybody: object, mill: Unit, clock: time_machine.Traveller
) -> None:
    yesterday = DAY.replace(day=30)
    book = services.hand_out(clerk, mill, yesterday, Reason.NO_NETWORK, "zh-hans")
    filled = opened(book.content)
    person(filled, "陈小满", 体温=36.4, 测量时间="8:30")
    signed(filled, "填报人", "陈会计")
    services.settle(clerk, brought(clerk, saved(filled)), Wish())
    row = CheckIn.objects.get()
    assert (row.day, row.happened_at) == (yesterday, at(8, 30, day=30))
