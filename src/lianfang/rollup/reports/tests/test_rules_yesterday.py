from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from lianfang.ground.figures.rules import Number, Override, Source, State, Value
from lianfang.rollup.reports.rules import speech
from lianfang.rollup.reports.rules.bulletin import Content, UnitReport, compose
from lianfang.rollup.reports.rules.chat import chat_text
from lianfang.rollup.reports.rules.states import ReportState
from lianfang.rollup.reports.rules.table import grid
from lianfang.rollup.reports.rules.unreported import unreported
from lianfang.rollup.reports.rules.wording import paper
from lianfang.rollup.reports.rules.yesterday import as_known, change
from lianfang.rollup.reports.tests.values import DAY, FIGURES, MOMENT, contents, plain

ZONE = ZoneInfo("Asia/Shanghai")


def counted(value: int) -> Value:
    return Value(value, State.NUMBER, Source.DERIVED, value)


def unit(code: str, today: int | None, before: int | None, *, came: bool = True) -> UnitReport:
    state = ReportState.ACCEPTED if came else ReportState.DRAFT
    values = {} if today is None else plain({"close_contacts": today})
    previous = {} if before is None else plain({"close_contacts": before})
    return UnitReport(
        code, f"企业{code}", "food", state, 1, MOMENT, late=False, values=values,
        previous=previous, stale=not came,
    )  # fmt: skip


def content(*found: UnitReport) -> Content:
    lines, missing = compose(FIGURES, found)
    return Content("G", "江海集团", DAY, 4, MOMENT, found, lines, "", missing)


def last_line(*found: UnitReport) -> str:
    return chat_text(content(*found), "zh", ZONE).splitlines()[-1]


def test_counted_zeros_of_nobody_are_no_yesterday() -> None:
    told = as_known({"headcount_total": counted(0), "in_town": counted(0)})
    assert {value.state for value in told.values()} == {State.UNKNOWN}
    there = {"headcount_total": counted(3), "close_contacts": counted(0)}
    assert as_known(there) == there


def test_what_was_typed_or_corrected_then_stays_a_yesterday() -> None:
    by_hand = Value(4, State.NUMBER, Source.TYPED)
    told_by = Override(2, "told by phone", "Clerk", datetime(2020, 1, 30, tzinfo=UTC))
    corrected = replace(counted(2), override=told_by)
    never = Value(None, State.NOT_ASKED, Source.DERIVED)
    told = {"headcount_total": counted(0), "a": by_hand, "b": corrected, "c": never}
    assert {code: value.value for code, value in as_known(told).items()} == {
        "headcount_total": None, "a": 4, "b": 2, "c": None,
    }  # fmt: skip
    assert as_known(told)["c"].state is State.NOT_ASKED


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(5, 3), (2, 4)], 0),
        ([(5, 3), (9, None)], 2),
        ([(9, None), (None, 9)], None),
        ([], None),
    ],
)
def test_a_change_is_of_the_places_of_which_both_days_are_known(
    pairs: list[tuple[int | None, int | None]], expected: Number | None
) -> None:
    def value(number: int | None) -> Value | None:
        return None if number is None else counted(number)

    assert change((value(now), value(then)) for now, then in pairs) == expected


@given(contents())
def test_the_parts_of_a_change_add_up_to_it(found: Content) -> None:
    for line in found.lines:
        if line.change is not None:
            assert sum((move.by for move in line.moved), 0) == line.change
        assert not {move.code for move in line.moved} & {move.code for move in line.fresh}


def test_the_chat_text_lists_signed_parts_that_add_up_to_the_change() -> None:
    units = [unit(f"A{n}", 2, 0) for n in range(4)] + [unit("B", 0, 1), unit("C", 0, 1)]
    assert last_line(*units) == (
        "密接 +6：企业A0 +2，企业A1 +2，企业A2 +2，企业A3 +2，其他 2 家 -2"
    )
    assert last_line(unit("A", 1, 0), unit("B", 0, 1)) == "密接 持平：企业A +1，企业B -1"


def test_whose_yesterday_is_unknown_is_said_and_is_in_no_change() -> None:
    known, fresh = unit("A", 3, 1), unit("B", 1, None)
    assert last_line(known, fresh) == "密接 +2：企业A +2；密接无昨日数：企业B 1"
    assert last_line(unit("A", 1, 1), fresh) == "密接无昨日数：企业B 1"
    opening = "".join(paper(content(known, fresh), "zh", ZONE).opening)
    assert "企业B前一日没有报送数，其数字不计入增减。" in opening


def test_before_the_first_report_of_the_day_nothing_is_said_to_be_level() -> None:
    assert last_line(unit("A", 1, 1, came=False)) == "今日尚无日报，不作比较"


def test_the_first_day_compares_nothing() -> None:
    first = content(unit("A", 3, None), unit("B", None, None, came=False))
    assert chat_text(first, "zh", ZONE).splitlines()[-1] == "无昨日数，不作比较"
    told = paper(first, "zh", ZONE)
    text = "".join([*told.opening, *(t for s in told.sections for t in s.paragraphs)])
    assert "前一日没有报送数，各项不作比较。" in text
    assert "较昨日" not in text


def test_a_missing_unit_stands_with_yesterday_only_where_there_was_one() -> None:
    found = content(unit("A", 1, 1), unit("B", 2, 2, came=False), unit("C", None, None, came=False))
    assert (found.marked, found.absent) == (1, 1)
    opening = paper(found, "zh", ZONE).opening[0]
    assert "企业B 1 家未报，其数字以前一日报送数标注，已列入合计" in opening
    assert "企业C 1 家未报，前一日也没有报送数，未列入合计" in opening
    chat = chat_text(found, "zh", ZONE)
    assert "缺企业B（以昨日数标注），缺企业C（无昨日数，未计入）" in chat
    table = grid(found, speech.words_of("zh"))
    assert [row[1] for row in table.rows[:3]] == ["已收", "未报*", "未报"]
    alone = content(unit("A", 1, 1), unit("C", None, None, came=False))
    assert "*" not in grid(alone, speech.words_of("zh")).note


def test_what_most_numbers_are_without_is_said_once() -> None:
    every = plain({"in_town": 5, "close_contacts": 1, "not_returned": 2})
    some = plain({"not_returned": 1})
    found = content(
        replace(unit("A", 1, None), values=every), replace(unit("B", 1, None), values=some)
    )
    told = paper(found, "zh", ZONE)
    text = "".join([*told.opening, *(t for s in told.sections for t in s.paragraphs)])
    assert text.count("1 家") == 1
    assert "未另注明的，均不含未填该项的 1 家。" in text
    assert "未返温 3 人（各家均已填）" in text
    chat = chat_text(found, "zh", ZONE)
    assert "；未另注明的均不含未填的 1 家" in chat
    assert "密接 1\n" in chat


def test_an_own_wording_says_what_it_lacks_in_the_shipped_words(tmp_path: Path) -> None:
    own = "zh:\n  title: $group疫情日报\n  chat:\n    no_yesterday: 首日\n"
    (tmp_path / speech.SHIPPED.name).write_text(own, encoding="utf-8")
    found = content(unit("A", 1, None))
    assert paper(found, "zh", ZONE, tmp_path).title == "江海集团疫情日报"
    assert chat_text(found, "zh", ZONE, tmp_path).splitlines()[-1] == "首日"
    assert paper(found, "en", ZONE, tmp_path).title == "江海集团 daily situation"


def test_what_is_known_and_not_reported_is_listed_with_its_units() -> None:
    late, told, below = unit("A", 1, 1, came=False), unit("B", 2, 2), unit("C", 0, 0)
    live = {code: plain({"close_contacts": 3}) for code in "ABC"}
    units = (late, told, replace(below, nested=True))
    found = unreported(["close_contacts", "confirmed"], units, live)
    assert [(each.code, each.by) for each in found] == [("close_contacts", 3)]
    assert [(part.code, part.by) for part in found[0].parts] == [("A", 2), ("B", 1)]
    assert not unreported(["close_contacts"], units, {"A": plain({"close_contacts": 1})})
