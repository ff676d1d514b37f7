import time as clock
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.people.checkins.rules.chat import (
    NEW_STAFF,
    SKIP,
    Already,
    Answers,
    Roster,
    Settled,
    Sort,
    State,
    Vocabulary,
    is_other_day,
    read,
    settle,
    ways_to_read,
)
from lianfang.people.checkins.tests.chains import (
    ANYTHING,
    LIMITS,
    PEOPLE,
    SYMPTOMS,
    WORDS,
    C,
    known,
    lines,
    only,
)


@pytest.mark.parametrize(
    ("text", "sort", "people"),
    [
        ("1. 小李 36.5", Sort.DOUBTFUL, ["李小满"]),
        ("1. 小满 36.5", Sort.DOUBTFUL, ["李小满"]),
        ("1. 老陈 36.5", Sort.DOUBTFUL, ["陈建国"]),
        ("1. 建国 36.5", Sort.DOUBTFUL, ["陈建国"]),
        ("1. 王玮 36.5", Sort.DOUBTFUL, ["王伟"]),
        ("1. 陈健国 36.5", Sort.DOUBTFUL, ["陈建国"]),
        ("1. lxm 36.5", Sort.DOUBTFUL, ["李小满"]),
        ("1. 小王伟 36.5", Sort.DOUBTFUL, ["王伟"]),
        ("1. 李四 36.5", Sort.NOBODY, []),
        ("1. 林海 36.5", Sort.NAMESAKES, ["林海", "林海"]),
        ("1. 林海 0002 36.5", Sort.SURE, ["林海"]),
        ("1. 林海 尾号0001 36.5", Sort.SURE, ["林海"]),
        ("1. 王伟0183 36.5", Sort.SURE, ["王伟"]),
        ("1. 张三 0183 36.5", Sort.DOUBTFUL, ["张三", "王伟"]),
    ],
)
def test_a_name_is_sure_or_asked_about_with_those_whom_it_can_mean(
    text: str, sort: Sort, people: list[str]
) -> None:
    line = only(text)
    assert line.match.sort is sort
    assert [each.name for each in line.match.people] == people
    assert (line.state is State.READY) == (sort is Sort.SURE)


def test_one_tap_settles_who_is_meant() -> None:
    text = "1. 林海 36.5"
    key = only(text).entry.key
    second = PEOPLE[4]
    line = only(text, taps={key: Settled(who=f"person:{second.id}")})
    assert (line.state, line.person) == (State.READY, second)
    assert not line.is_learnt
    assert only(text, taps={key: Settled(who=SKIP)}).state is State.PASSED
    stranger = only("1. 李四 36.5")
    new = only("1. 李四 36.5", taps={stranger.entry.key: Settled(who=NEW_STAFF)})
    assert (new.state, new.new) == (State.READY, NEW_STAFF)
    foreign = only(text, taps={key: Settled(who=f"person:{uuid4()}")})
    assert foreign.state is State.OPEN


def test_a_name_that_was_settled_once_is_sure_the_next_time() -> None:
    roster = Roster(PEOPLE, {"小李": PEOPLE[2].id})
    line = only("1. 小李 36.5", roster=roster)
    assert (line.state, line.person) == (State.READY, PEOPLE[2])


def test_the_number_of_somebody_else_is_a_doubt() -> None:
    text = "1. 王伟 13800001234 36.5"
    assert only(text, phones={"13800001234": "aa"}).state is State.READY
    other = only(text, phones={"13800001234": "bb"})
    assert other.state is State.OPEN
    assert other.foreign_phone
    assert [each.name for each in other.match.people] == ["王伟", "李小满"]
    unknown = only(text, phones={"13800001234": "cc"})
    assert (unknown.state, [each.name for each in unknown.match.people]) == (State.OPEN, ["王伟"])


def test_the_later_of_two_answers_counts_and_the_earlier_one_is_shown() -> None:
    first, second = lines("1. 张三 36.5\n2. 张三 36.8")
    assert (first.state, second.state) == (State.LATER, State.READY)
    skipped = {second.entry.key: Settled(what=SKIP)}
    first, second = lines("1. 张三 36.5\n2. 张三 36.8", taps=skipped)
    assert (first.state, second.state) == (State.READY, State.PASSED)


def test_several_people_in_one_line_are_told_apart() -> None:
    found = lines("5. 陈建国36.5李小满36.6 在温 李四 36.4")
    assert [(each.entry.name, each.ways[0].temperature) for each in found] == [
        ("陈建国", C("36.5")),
        ("李小满", C("36.6")),
        ("李四", C("36.4")),
    ]


def test_one_answer_for_several_names_is_asked_about_for_each() -> None:
    found = lines("5. 张三、李小满 均36.5")
    assert [each.entry.name for each in found] == ["张三", "李小满"]
    assert all(each.state is State.OPEN and each.asks_what for each in found)


def test_as_above_is_asked_about_and_offers_what_stands_above() -> None:
    first, second = lines("1. 张三 36.5 在温\n2. 陈建国 同上")
    assert first.state is State.READY
    assert second.state is State.OPEN
    assert second.ways == (
        Answers(temperature=C("36.5"), in_town=True),
        Answers(in_town=True),
    )


def test_a_name_alone_is_no_answer() -> None:
    assert only("1. 张三").state is State.NOTHING


def test_what_is_recorded_already_is_replaced_by_a_tap_only() -> None:
    at = datetime(2020, 1, 31, 8, tzinfo=UTC)
    known_already = {PEOPLE[0].id: Already(at, Answers(temperature=C("36.2"), symptoms=()))}
    line = only("1. 张三 36.5", already=known_already)
    assert (line.state, line.asks_again) == (State.OPEN, True)
    tapped = {line.entry.key: Settled(again="replace")}
    assert only("1. 张三 36.5", already=known_already, taps=tapped).state is State.READY
    tapped = {line.entry.key: Settled(again="keep")}
    assert only("1. 张三 36.5", already=known_already, taps=tapped).state is State.KEPT
    assert only("1. 张三 36.2 无症状", already=known_already).state is State.KEPT
    assert only("1. 张三 36.2 咳嗽", already=known_already).state is State.OPEN


def test_headings_examples_and_talk_are_nobodys_answer() -> None:
    text = (
        "#接龙\n江海面粉 1月31日 健康打卡\n姓名 体温 是否在温\n例 李四 36.5 在温\n\n"
        "1. 张三 36.5\n大家抓紧接龙\n2. \n3. 例：王伟 36.5\n王伟 36.6\n"
    )
    chain = read(text, WORDS)
    assert [entry.name for entry in chain.entries] == ["张三", "王伟"]
    assert chain.day == (None, 1, 31)
    assert is_other_day(chain, date(2020, 2, 1))
    assert not is_other_day(chain, date(2020, 1, 31))
    assert "大家抓紧接龙" in chain.passed_over


def test_a_list_without_numbers_is_read_too() -> None:
    text = "今天健康打卡\n张三 36.5\n小李 36.6 在温\n王伟体温正常\n诸葛小白 36.5\n"
    names = [entry.name for entry in read(text, WORDS).entries]
    assert names == ["张三", "小李", "王伟", "诸葛小白"]


def test_the_key_of_an_answer_holds_when_other_lines_come_and_go() -> None:
    one = lines("1. 林海 36.5")[0].entry.key
    other = lines("1. 张三 36.4\n2. 林海 36.5")[1].entry.key
    assert one == other
    twice = lines("1. 林海 36.5\n2. 林海 36.5")
    assert twice[0].entry.key != twice[1].entry.key


@given(
    st.text(
        alphabet=st.sampled_from(ANYTHING),
        max_size=80,
    )
)
def test_whatever_is_pasted_is_read_and_only_what_is_sure_is_ready(text: str) -> None:
    for line in lines(text):
        if line.state is State.READY:
            assert line.person is not None
            assert line.answers is not None
            assert line.match.sort is Sort.SURE
            temperature = line.answers.temperature
            assert temperature is None or LIMITS.lowest <= temperature <= LIMITS.highest


def test_nothing_said_leaves_one_way_to_read_it() -> None:
    clear, ways = ways_to_read(read("1. 张三", WORDS).entries[0].told, LIMITS)
    assert clear
    assert ways == (Answers(),)


def test_three_hundred_lines_are_matched_within_a_second() -> None:
    surnames, given_names = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    everybody = [
        known(f"{one}{two}{three}", person_no=f"{number:05}")
        for number, (one, two, three) in enumerate(
            (one, two, three) for one in surnames for two in given_names for three in given_names
        )
    ]
    words = Vocabulary(
        SYMPTOMS, ("温州", "温"), ("3303",), ("湖北",), frozenset(each.name for each in everybody)
    )
    text = "\n".join(
        f"{number}. {each.name if number % 3 else each.name[1:]} 36.{number % 9} 在温 无症状"
        for number, each in enumerate(everybody[:300], 1)
    )
    began = clock.process_time()
    found = settle(read(text, words), Roster(everybody), LIMITS, {}, {}, {})
    assert clock.process_time() - began < 1
    assert len(found) == 300


def test_what_was_settled_and_recorded_is_not_asked_about_again() -> None:
    at = datetime(2020, 1, 31, 8, tzinfo=UTC)
    known_already = {PEOPLE[0].id: Already(at, Answers(temperature=C("36.4")))}
    line = only("1. 张三 36.4 昨天有点咳嗽", already=known_already)
    assert line.state is State.KEPT
    assert only("1. 张三 36.6 昨天有点咳嗽", already=known_already).state is State.OPEN


def test_a_full_name_is_never_somebody_elses_nickname() -> None:
    text, phones = "1. 王伟 13800001234 36.5", {"13800001234": "bb"}
    key, other = only(text, phones=phones).entry.key, PEOPLE[3]
    line = only(text, phones=phones, taps={key: Settled(who=f"person:{other.id}")})
    assert line.person == other
    assert not line.is_learnt
    namesake = only("1. 林海 13800001234 36.5", phones=phones)
    tapped = {namesake.entry.key: Settled(who=f"person:{other.id}")}
    line = only("1. 林海 13800001234 36.5", phones=phones, taps=tapped)
    assert (line.person, line.is_learnt) == (other, False)
    roster = Roster(PEOPLE, {"王伟": other.id})
    assert only("1. 王伟 36.5", roster=roster).person == PEOPLE[1]


def test_what_is_recorded_just_so_is_not_recorded_again_by_an_old_tap() -> None:
    at = datetime(2020, 1, 31, 8, tzinfo=UTC)
    already = {PEOPLE[0].id: Already(at, Answers(temperature=C("36.5")))}
    key = only("1. 张三 36.5").entry.key
    line = only("1. 张三 36.5", already=already, taps={key: Settled(again="replace")})
    assert line.state is State.KEPT


def test_no_line_of_a_paste_is_lost() -> None:
    chain = read("\n".join(f"{number % 999}. 张三 36.5" for number in range(1, 1203)), WORDS)
    assert (chain.lines, len(chain.entries)) == (1202, 1202)
    long = read("1. 张三 36.5 " + "好" * 500 + " 咳嗽", WORDS)
    assert long.entries[0].told.answers.symptoms == ("cough",)
