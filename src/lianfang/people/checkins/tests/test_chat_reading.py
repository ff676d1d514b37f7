from decimal import Decimal

import pytest

from lianfang.people.checkins.rules.chat import (
    Answers,
    State,
)
from lianfang.people.checkins.tests.chains import C, only


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "1. 张三 36.5 在温 无症状",
            "张三",
            {"temperature": C("36.5"), "in_town": True, "symptoms": ()},
        ),
        (
            "1、张三36.5在温无症状",
            "张三",
            {"temperature": C("36.5"), "in_town": True, "symptoms": ()},
        ),
        (
            "1张三,36.5,在温,无症状",
            "张三",
            {"temperature": C("36.5"), "in_town": True, "symptoms": ()},
        ),
        (
            "\uff08\uff11\uff09张三\u3000\uff13\uff16\uff0e\uff15",
            "张三",
            {"temperature": C("36.5")},
        ),
        ("1️⃣ 张三 36.5😀", "张三", {"temperature": C("36.5")}),
        ("① 张三 36.5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36 .5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36。5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36，5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 365", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36.5℃", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36度5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 36度", "张三", {"temperature": C("36.0")}),
        ("1. 张三 36.5度", "张三", {"temperature": C("36.5")}),
        ("1. 张三/36.5/在温", "张三", {"temperature": C("36.5"), "in_town": True}),
        ("张三 36.5", "张三", {"temperature": C("36.5")}),
        ("1. “张三” 08:12 36.5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 1月31日 36.5", "张三", {"temperature": C("36.5")}),
        ("1. 张三 2020-01-31 8:05 36.5", "张三", {"temperature": C("36.5")}),
        ("1. A王伟-财务 36.6 不在温", "王伟", {"temperature": C("36.6"), "in_town": False}),
        ("1. 王伟（财务部）36.6", "王伟", {"temperature": C("36.6")}),
        (
            "1. 欧阳丹 36.5 在温州，身体健康",
            "欧阳丹",
            {"in_town": True, "symptoms": (), "temperature": C("36.5")},
        ),
        ("1. 张三 36.5 咳嗽", "张三", {"temperature": C("36.5"), "symptoms": ("cough",)}),
        (
            "1. 张三 38.2 发烧、喉咙痛",
            "张三",
            {"temperature": C("38.2"), "symptoms": ("fever", "sore_throat")},
        ),
        ("1. 张三 36.5 无发热、咳嗽等症状", "张三", {"temperature": C("36.5"), "symptoms": ()}),
        ("1. 张三 36.5 无发热咳嗽乏力", "张三", {"temperature": C("36.5"), "symptoms": ()}),
        (
            "1. 张三 36.5 在武汉",
            "张三",
            {"temperature": C("36.5"), "in_town": False, "region": "420100"},
        ),
        ("1. 张三 36.5 在瑞安", "张三", {"temperature": C("36.5"), "in_town": True}),
        (
            "1. 张三 36.5 家人无症状 未接触湖北人员",
            "张三",
            {"temperature": C("36.5"), "household_symptoms": False, "contact_risk_area": False},
        ),
        (
            "1. 张三 36.5 接触过武汉来人",
            "张三",
            {"temperature": C("36.5"), "contact_risk_area": True},
        ),
        ("1. 张三 36.5 未接触病例", "张三", {"temperature": C("36.5"), "contact_case": False}),
        ("1. 张三 体温正常", "张三", {}),
    ],
)
def test_what_is_said_is_read_and_nothing_else_is_assumed(
    text: str, name: str, said: dict[str, object]
) -> None:
    line = only(text)
    assert line.state is State.READY, line
    assert line.person is not None
    assert line.person.name == name
    assert line.answers == Answers(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "temperatures"),
    [
        ("1. 张三 42.8", [C("42.8"), None]),
        ("1. 张三 45.8", [None]),
        ("1. 张三 3.65", [None]),
        ("1. 张三 36.55", [None]),
        ("1. 张三 36", [C(36), None]),
        ("1. 张三 36.5 36.7", [C("36.5"), C("36.7"), None]),
        ("1. 张三 早36.5 晚42.8", [C("36.5"), None]),
    ],
)
def test_a_number_that_is_no_temperature_is_asked_about_and_never_mended(
    text: str, temperatures: list[Decimal | None]
) -> None:
    line = only(text)
    assert line.state is State.OPEN
    assert line.asks_what
    assert [way.temperature for way in line.ways] == temperatures


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("1. 张三 36.5 昨天有点咳嗽", [None, ("cough",)]),
        ("1. 张三 36.5 无症状 之前咳嗽", [(), ("cough",)]),
        ("1. 张三 36.5 无症状 有点咳嗽", [("cough",), ()]),
        ("1. 张三 36.5 居家隔离中", [None]),
        ("1. 张三 36.5 去过湖北", [None]),
    ],
)
def test_a_remark_that_matters_is_read_by_somebody_first(
    text: str, ways: list[tuple[str, ...] | None]
) -> None:
    line = only(text)
    assert (line.state, line.asks_what) == (State.OPEN, True)
    assert [way.symptoms for way in line.ways] == ways


def test_who_denies_one_thing_has_not_been_asked_about_the_others() -> None:
    line = only("1. 张三 36.5 不发烧")
    assert line.answers == Answers(temperature=C("36.5"))
    assert line.entry.told.remarks == ("不发烧",)


def test_a_plain_remark_is_shown_and_not_recorded() -> None:
    line = only("1. 张三 36.5 在岗上班")
    assert line.state is State.READY
    assert line.entry.told.remarks == ("在岗上班",)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("1. 张三 36.5 不咳嗽，发烧", ("fever",)),
        ("1. 张三 36.5 不发烧，咳嗽", ("cough",)),
        ("1. 张三 36.5 无咳嗽，发热", ("fever",)),
        ("1. 张三 36.5 无咳嗽 发热", ("fever",)),
    ],
)
def test_a_symptom_beside_a_denied_one_is_asked_about_and_never_taken_for_denied(
    text: str, has: tuple[str, ...]
) -> None:
    line = only(text)
    assert (line.state, line.asks_what) == (State.OPEN, True)
    assert [way.symptoms for way in line.ways] == [has, ()]


@pytest.mark.parametrize("said", ["儿子发烧", "爱人发烧", "室友发热", "家人有点咳嗽"])
def test_what_somebody_at_home_has_is_not_ones_own(said: str) -> None:
    line = only(f"1. 张三 36.5 {said}")
    assert line.answers == Answers(temperature=C("36.5"), household_symptoms=True)


@pytest.mark.parametrize(
    "said",
    [
        "发热门诊陪诊",
        "表弟发烧",
        "儿子没发烧",
        "家人无发热咳嗽",
        "陪同事看咳嗽",
        "打了120",
        "孩子病了",
    ],
)
def test_a_symptom_beside_a_remark_or_a_word_of_care_is_read_by_somebody_first(said: str) -> None:
    line = only(f"1. 张三 36.5 {said}")
    assert (line.state, line.asks_what) == (State.OPEN, True)


@pytest.mark.parametrize("said", ["无发热无咳嗽", "不发烧 不咳嗽", "没有发热，没有咳嗽"])
def test_several_symptoms_denied_one_by_one_are_a_no_to_all(said: str) -> None:
    line = only(f"1. 张三 36.5 {said}")
    assert line.answers == Answers(temperature=C("36.5"), symptoms=())
    assert line.entry.told.remarks == ()
