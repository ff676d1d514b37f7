from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.command.rules.gaps import LACK_WORDS, TO_DO, Asked, Held, Lack, Stand, gaps
from lianfang.ground.command.rules.notice import (
    Body,
    Content,
    Named,
    checked,
    chinese_day,
    heading,
    paragraphs,
)
from lianfang.ground.command.rules.seats import SEAT_WORDS, Seat, Span, ended, refuse_taken
from lianfang.kernel.refusals import BadInput, Conflict

DAY = date(2020, 1, 31)
days = st.dates(date(2020, 1, 1), date(2020, 2, 10))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since = draw(days)
    until = draw(st.none() | st.integers(0, 20))
    return Span(since, None if until is None else since + timedelta(days=until))


@given(spans(), spans())
def test_two_spans_meet_just_when_there_is_a_day_on_which_both_hold(one: Span, two: Span) -> None:
    calendar = [date(2020, 1, 1) + timedelta(days=n) for n in range(80)]
    shared = any(one.holds(day) and two.holds(day) for day in calendar)
    assert one.meets(two) == two.meets(one) == shared


@given(st.lists(spans(), max_size=8))
def test_however_a_single_seat_is_filled_one_person_sits_in_it_on_any_day(told: list[Span]) -> None:
    held: list[tuple[str, Span]] = []
    for number, span in enumerate(told):
        try:
            refuse_taken(Seat.HEAD, span, held)
        except Conflict:
            continue
        held.append((str(number), span))
    for day in (date(2020, 1, 1) + timedelta(days=n) for n in range(80)):
        assert sum(1 for _, span in held if span.holds(day)) <= 1


def test_seats_for_several_are_never_taken() -> None:
    refuse_taken(Seat.MEMBER, Span(DAY), [("甲", Span(DAY))])


@given(days, days)
def test_nothing_ends_before_it_begins(since: date, until: date) -> None:
    if until < since:
        with pytest.raises(BadInput):
            ended(Span(since), until)
    else:
        assert not ended(Span(since), until).holds(until)


def test_every_seat_and_every_lack_has_words() -> None:
    assert set(SEAT_WORDS) == set(Seat)
    assert set(LACK_WORDS) == set(TO_DO) == set(Lack)


def test_what_the_pack_does_not_ask_is_not_missing() -> None:
    assert gaps(Stand(kind="branch"), Asked(frozenset({"group"})), DAY, 3) == []
    assert Asked().kinds == frozenset()


def test_a_mistake_of_one_day_leaves_no_trace_among_the_weak_points() -> None:
    asked = Asked(liaison_at=frozenset({"subsidiary"}))
    held = Held(UUID(int=1), Seat.LIAISON, "郑一舟", Span(DAY, DAY))
    found = gaps(Stand(kind="subsidiary", held=(held,)), asked, DAY)
    assert [gap.lack for gap in found] == [Lack.LIAISON]


def test_a_notice_is_written_in_numbered_parts_without_the_empty_ones() -> None:
    body = Body(
        unit="江海集团",
        again=False,
        group=[("组长", [Named("沈启明", "董事长")]), ("成员", [Named("方宁"), Named("卢书文")])],
        office=[],
        lines=[("综合协调", "办公室"), ("值班信息", "")],
        leaders=[("郑一舟", ["江海面粉", "江海港务"])],
    )
    told = paragraphs(body)
    assert "决定成立江海集团" in told[0]
    assert told[1] == "一、领导小组组成人员"
    assert told[2:4] == ["组长：沈启明（董事长）。", "成员：方宁、卢书文。"]
    assert told[4:6] == ["二、工作线和责任部室", "（一）综合协调：由办公室负责。"]
    assert told[6:] == ["三、联系领导", "郑一舟：联系江海面粉、江海港务。", "特此通知。"]
    assert "决定调整" in paragraphs(Body(**{**_parts(body), "again": True}))[0]  # type: ignore[arg-type]


def _parts(body: Body) -> dict[str, object]:
    return {name: getattr(body, name) for name in Body.__dataclass_fields__}


def test_many_lines_of_work_are_numbered_in_chinese() -> None:
    lines = [(f"线{n}", "办公室") for n in range(1, 22)]
    body = Body(unit="甲", again=True, group=[], office=[], lines=lines, leaders=[])
    told = paragraphs(body)
    assert any(each.startswith("（十）线10") for each in told)
    assert any(each.startswith("（十一）线11") for each in told)
    assert any(each.startswith("（二十一）线21") for each in told)


@pytest.mark.parametrize("missing", ["number", "heading", "addressees", "paragraphs"])
def test_a_notice_says_what_it_lacks(missing: str) -> None:
    told: dict[str, object] = {
        "issuer": "甲",
        "number": "甲〔2020〕1号",
        "heading": "通知",
        "addressees": "各部门",
        "paragraphs": ("一、",),
        "dated_on": DAY,
    }
    told[missing] = () if missing == "paragraphs" else " "
    with pytest.raises(BadInput):
        checked(Content(**told))  # type: ignore[arg-type]


def test_small_words_of_a_paper() -> None:
    assert chinese_day(DAY) == "2020年1月31日"
    assert heading("甲公司", again=True) == "甲公司关于调整疫情防控工作领导小组的通知"
    assert Named("方宁", duty="负责排查").told == "方宁（负责排查）"
    assert Named("方宁", "副总经理", "负责排查").told == "方宁（副总经理，负责排查）"
