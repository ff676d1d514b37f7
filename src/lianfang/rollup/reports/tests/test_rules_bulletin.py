from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.figures.rules import Kind, Source, State, Value
from lianfang.ground.figures.rules import plain as as_json
from lianfang.ground.papers import word_sheets
from lianfang.rollup.reports.rules import speech
from lianfang.rollup.reports.rules.bulletin import (
    Content,
    Correction,
    Erratum,
    UnitReport,
    carried,
    compose,
    errata,
    explained,
    nested,
)
from lianfang.rollup.reports.rules.chat import chat_text
from lianfang.rollup.reports.rules.contract import by_unit, freeze, thaw
from lianfang.rollup.reports.rules.printed import Head, sheet
from lianfang.rollup.reports.rules.states import ReportState, Times, counts, is_late, report_state
from lianfang.rollup.reports.rules.table import grid
from lianfang.rollup.reports.rules.wording import paper, signatures
from lianfang.rollup.reports.tests.values import (
    DAY,
    FIGURES,
    MOMENT,
    contents,
    groups,
    numbers,
    plain,
)

ZONE = ZoneInfo("Asia/Shanghai")
LANGUAGES = ("zh-hans", "en")


@given(groups)
def test_a_total_is_the_sum_over_the_units_that_add_up(found: Sequence[UnitReport]) -> None:
    lines, _ = compose(FIGURES, found)
    for line in lines:
        code = line.figure.code
        told = [u.values[code].value for u in found if not u.nested and code in u.values]
        known = [value for value in told if value is not None]
        expected = sum(known) if known and line.figure.additive else None
        assert line.today.value == expected


@given(groups)
def test_no_missing_unit_is_ever_dropped(found: Sequence[UnitReport]) -> None:
    _, missing = compose(FIGURES, found)
    out = {ReportState.DRAFT, ReportState.RETURNED}
    assert list(missing) == [unit.code for unit in found if unit.owes and unit.state in out]


@given(groups)
def test_a_sum_says_how_many_units_it_is_without(found: Sequence[UnitReport]) -> None:
    lines, _ = compose(FIGURES, found)
    for line in lines:
        if line.figure.kind is Kind.TEXT:
            assert line.today.state is State.NOT_APPLICABLE
            continue
        adding = [unit for unit in found if not unit.nested]
        without = [
            unit
            for unit in adding
            if line.figure.code not in unit.values
            or unit.values[line.figure.code].state is State.UNKNOWN
        ]
        assert line.today.missing == len(without)


@given(groups)
def test_what_moved_a_figure_adds_up_to_its_change(found: Sequence[UnitReport]) -> None:
    lines, _ = compose(FIGURES, found)
    for line in lines:
        assert all(move.by for move in line.moved)
        sizes = [speech.size(move.by) for move in line.moved]
        assert all(one >= other for one, other in pairwise(sizes))


@given(contents())
def test_a_bulletin_is_read_back_as_it_was_frozen(content: Content) -> None:
    assert thaw(freeze(content), content.remark) == content
    corrected = replace(content, errata=[Erratum("in_town", "In town", 1, None)])
    assert thaw(freeze(corrected), content.remark) == corrected
    assert set(by_unit(content)) == {unit.code for unit in content.units}


@given(contents(), st.sampled_from(LANGUAGES))
def test_the_wording_never_fails_whatever_is_known(content: Content, language: str) -> None:
    told = paper(content, language, ZONE)
    text = chat_text(content, language, ZONE)
    words = speech.words_of(language)
    table = grid(content, words)
    assert "$" not in "".join(
        [
            told.title,
            told.issue,
            *told.opening,
            text,
            *(t for s in told.sections for t in s.paragraphs),
        ]
    )
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert len(table.rows) == len(content.units) + 1
    for unit in content.units:
        if unit.missing:
            assert unit.name in told.opening[0]
            assert unit.name in text


@given(numbers)
def test_a_number_keeps_its_size_in_json_and_on_paper(value: int) -> None:
    assert as_json(value) == pytest.approx(float(value))
    assert float(speech.spoken(value).replace(",", "")) == pytest.approx(float(value))


def report(code: str, state: ReportState, **told: int) -> UnitReport:
    return UnitReport(
        code=code,
        name=f"企业{code}",
        sector="food",
        state=state,
        version=1,
        submitted_at=MOMENT,
        late=False,
        values=plain(told),
        previous={},
    )


def content(*found: UnitReport) -> Content:
    lines, missing = compose(FIGURES, found)
    return Content("G", "江海集团", DAY, 4, MOMENT, found, lines, "", missing)


def test_a_unit_in_another_ones_numbers_is_not_added_again() -> None:
    whole = report("A", ReportState.ACCEPTED, in_town=10)
    part = replace(report("B", ReportState.ACCEPTED, in_town=4), nested=True)
    line = content(whole, part).line("in_town")
    assert line is not None
    assert line.today.value == 10
    assert nested("001002", ["001", "001002"])
    assert not nested("001", ["001", "002"])


def test_a_new_version_names_what_it_corrects_and_why() -> None:
    released = content(report("A", ReportState.ACCEPTED, in_town=10, confirmed=0))
    fresh = content(report("A", ReportState.ACCEPTED, in_town=11, confirmed=0))
    found = errata(released, fresh)
    assert found == [Erratum("in_town", "Label of in_town", 10, 11, 1)]
    why = Correction({"in_town": "重复登记"}, "其他", "周岚", MOMENT)
    told = replace(fresh, errata=carried(released, explained(found, why)))
    said = paper(told, "zh", ZONE, say=lambda label: f"《{label}》")
    assert said.sections[-1].paragraphs == [
        "更正第 1 号：《Label of in_town》原报 10，更正为 11。原因：重复登记。（周岚，1-31 16:20）"
    ]
    assert said.sections[0].heading == "一、人员动态"
    assert paper(fresh, "en", ZONE).sections[0].heading.startswith("1. ")


def test_a_third_version_carries_the_corrections_of_the_second_and_numbers_on() -> None:
    first, second, third = (
        content(report("A", ReportState.ACCEPTED, in_town=n, confirmed=0)) for n in (10, 11, 12)
    )
    for_all = Correction({}, "补报", "周岚", MOMENT)
    issued = replace(second, errata=explained(errata(first, second), for_all))
    told = carried(issued, explained(errata(issued, third), for_all))
    assert [(each.number, each.was, each.now, each.reason) for each in told] == [
        (1, 10, 11, "补报"),
        (2, 11, 12, "补报"),
    ]
    assert thaw(freeze(replace(third, errata=told))).errata == told


def test_corrections_of_before_they_were_numbered_are_read_and_printed() -> None:
    told = freeze(content(report("A", ReportState.ACCEPTED, in_town=1)))
    told["errata"] = [["in_town", "In town", "1", "2"]]
    said = paper(thaw(told), "zh", ZONE)
    assert said.sections[-1].paragraphs == ["更正第 1 号：In town原报 1，更正为 2。"]


def test_a_partial_sum_is_said_to_be_partial() -> None:
    found = content(
        report("A", ReportState.ACCEPTED, close_contacts=2), report("B", ReportState.ACCEPTED)
    )
    told = [text for section in paper(found, "zh", ZONE).sections for text in section.paragraphs]
    assert any("2 人（另有 1 家未填）" in text for text in told)
    assert "密接 2（另有 1 家未填）" in chat_text(found, "zh", ZONE)
    assert "未填" in grid(found, speech.words_of("zh")).note


def test_the_chat_text_explains_the_changes_by_company() -> None:
    cold = replace(
        report("A", ReportState.ACCEPTED, close_contacts=3), previous=plain({"close_contacts": 1})
    )
    assert chat_text(content(cold), "zh", ZONE).splitlines()[-1] == "密接 +2：企业A +2"
    same = replace(cold, previous=cold.values)
    assert chat_text(content(same), "zh", ZONE).splitlines()[-1] == "重点指标与昨日持平"


def written(language: str, *units: UnitReport) -> WordDocument:
    found, words = content(*units), speech.words_of(language)
    head = Head(signatures(words, {"drafted": "周岚"}), words["draft"], language, "")
    return Document(
        BytesIO(word_sheets.sheet(sheet(paper(found, language, ZONE), grid(found, words), head)))
    )


def test_the_word_document_opens_and_holds_every_company() -> None:
    units = [
        report(str(n), ReportState.ACCEPTED, in_town=n, masks_balance=90_000) for n in range(24)
    ]
    for language, mark in (("zh", "（草稿）"), ("en", " (draft)")):
        made = written(language, *units)
        table, foot = made.tables
        assert len(table.rows) == 26
        assert mark in made.paragraphs[1].text
        assert "周岚" in foot.rows[0].cells[0].text
        assert len(foot.rows) == 4


def test_the_word_document_follows_the_levels_of_official_papers() -> None:
    made = written("zh", report("A", ReportState.ACCEPTED, in_town=4, masks_balance=9))
    heads = [each for each in made.paragraphs if each.text.startswith(("一、", "二、"))]
    assert len(heads) == 2
    for head in heads:
        form = head.paragraph_format
        assert (form.first_line_indent, form.keep_with_next) == (Pt(31.5), True)
        assert 'w:eastAsia="黑体"' in head.runs[0].element.xml
    assert not any(each.paragraph_format.page_break_before for each in made.paragraphs)
    rows = made.tables[0].rows
    assert all("w:cantSplit" in row._tr.xml for row in rows)  # noqa: SLF001 - no public way
    assert "w:tblHeader" in rows[0]._tr.xml  # noqa: SLF001 - no public way
    foot = made.sections[0].footer.paragraphs[0]
    assert foot.text.startswith("— ")
    assert "PAGE" in foot._p.xml  # noqa: SLF001 - no public way


def test_a_house_with_its_own_wording_speaks_in_it(tmp_path: Path) -> None:
    own = speech.SHIPPED.read_text(encoding="utf-8").replace("疫情防控每日情况", "疫情日报")
    (tmp_path / speech.SHIPPED.name).write_text(own, encoding="utf-8")
    assert paper(content(), "zh", ZONE, tmp_path).title == "江海集团疫情日报"
    assert paper(content(), "zh", ZONE).title == "江海集团疫情防控每日情况"


def test_the_state_of_a_report_follows_from_its_times() -> None:
    at = datetime(2020, 1, 31, 8, tzinfo=UTC)
    states = [
        report_state(told)
        for told in (None, Times(), Times(at), Times(at, accepted_at=at), Times(at, None, at))
    ]
    assert states == ["draft", "draft", "submitted", "accepted", "returned"]
    assert [counts(state) for state in states] == [False, False, True, True, False]
    assert is_late(at, None, at.replace(hour=9))
    assert not is_late(at, at, at.replace(hour=9))


def test_an_older_bulletin_without_errata_is_read_too() -> None:
    told = freeze(content(report("A", ReportState.ACCEPTED, in_town=1)))
    del told["errata"]
    for unit in told["units"]:
        del unit["nested"]
    assert thaw(told).errata == []
    assert Value(1, State.NUMBER, Source.TYPED) in thaw(told).units[0].values.values()
