from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response.rules import (
    BadPack,
    NotInPack,
    Pack,
    Words,
    difference,
    parse,
    timeline,
    write,
)
from lianfang.ground.response.shipped import packs

START = datetime(2020, 1, 29, tzinfo=UTC)
FACTS = {
    "temperature": pl.Float64,
    "method": pl.String,
    "symptoms_any": pl.Boolean,
    "in_town": pl.Boolean,
    "days_since_key_area": pl.Int64,
    "days_since_case_contact": pl.Int64,
    "days_since_people_from_there": pl.Int64,
    "household_symptoms": pl.Boolean,
    "observation": pl.String,
    "checked_in_today": pl.Boolean,
}


def value(told: object, **more: object) -> dict[str, object]:
    return {"value": told, "unit": "1", "source": "a paper", "mark": "F"} | more


def content(**more: object) -> dict[str, object]:
    values = {
        "fever": value(37.3, unit="°C", stricter="lower"),
        "report": {"cutoff": value("16:00", unit="time", stricter="earlier")},
        "rule": value({"when": "temperature >= {fever}", "days": "{fever}"}),
    }
    return {"id": "p", "title": "t", "valid_from": START.isoformat(), "values": values} | more


def amended(*told: tuple[int, int | None, str, object]) -> Pack:
    amendments = [
        {
            "title": "a",
            "valid_from": (START + timedelta(hours=begin)).isoformat(),
            "valid_to": None if end is None else (START + timedelta(hours=end)).isoformat(),
            "source": "another paper",
            "mark": "F",
            "set": {path: new},
        }
        for begin, end, path, new in told
    ]
    return parse(content(amendments=amendments))


@pytest.fixture(scope="module")
def covid() -> Pack:
    return packs()["covid19-2020-01"]


@pytest.mark.parametrize("word", ["unit", "source", "mark"])
def test_a_value_without_its_unit_source_or_mark_is_named_by_its_path(word: str) -> None:
    told = value(1)
    del told[word]
    with pytest.raises(BadPack, match=rf"a\.b: {word} is missing"):
        parse(content(values={"a": {"b": told}}))


def test_a_bare_number_is_no_value() -> None:
    with pytest.raises(BadPack, match=r"a\.b: write it as value, unit, source and mark"):
        parse(content(values={"a": {"b": 3}}))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"mark": "X"}, "the mark is"),
        ({"unit": "feet"}, "not a unit"),
        ({"unit": "time"}, "not a value in time"),
        ({"unit": "°C", "value": "hot"}, "not a value in °C"),
        ({"unit": "instant", "value": "2020-02-10T00:00:00"}, "not a value in instant"),
        ({"unit": "instant", "value": 5}, "not a value in instant"),
        ({"unit": "date", "value": 5}, "not a value in date"),
        ({"stricter": "sideways"}, "stricter is"),
        ({"value": "above {nothing.of_that}"}, "refers to nothing.of_that"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(more: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadPack, match=sentence):
        parse(content(values={"a": value(1) | more}))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"id": ""}, "no id"),
        ({"valid_from": "29 January"}, "with its offset"),
        ({"values": [1]}, "group of named values"),
        ({"levels": "I"}, "has to be a list"),
        ({"values": {"a": value(1), "a.b": value(2)}}, "stands within the value a"),
    ],
)
def test_a_pack_of_the_wrong_shape_is_refused(more: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadPack, match=sentence):
        parse(content(**more))


def test_an_amendment_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadPack, match="ends before"):
        amended((3, 2, "fever", 37.2))


def test_two_amendments_of_one_value_from_one_instant_are_refused() -> None:
    with pytest.raises(BadPack, match="amended twice"):
        amended((1, None, "fever", 37.2), (1, None, "fever", 37.1))


def test_a_pack_reads_each_kind_of_value() -> None:
    values = {
        "days": value(14, unit="d"),
        "yes": value(told=True),
        "word": value("onset"),
        "codes": value(["a", "b"]),
        "day": value("2020-02-09", unit="date"),
        "list": value([{"code": "a"}]),
        "mixed": value(["a", {"code": "b"}]),
    }
    pack = parse(content(values=values))
    assert pack.whole("days") == 14
    assert pack.span("days") == timedelta(days=14)
    assert pack.flag("yes")
    assert not pack.flag("not.mentioned")
    assert pack.text("word") == "onset"
    assert pack.texts("codes") == ("a", "b")
    assert pack.day("day").isoformat() == "2020-02-09"
    assert pack.entries("list") == ({"code": "a"},)
    for reader, path in [
        (pack.whole, "word"),
        (pack.whole, "yes"),
        (pack.number, "yes"),
        (pack.flag, "word"),
        (pack.text, "days"),
        (pack.texts, "word"),
        (pack.entries, "mixed"),
        (pack.time, "days"),
        (pack.span, "word"),
    ]:
        with pytest.raises(BadPack):
            reader(path)
    with pytest.raises(NotInPack):
        pack.value("nothing.of_that")


def test_a_text_takes_its_number_from_the_one_place_where_it_stands() -> None:
    pack = amended((1, None, "fever", 37.2))
    assert pack.value("rule") == {"when": "temperature >= 37.3", "days": 37.3}
    later = pack.at(START + timedelta(hours=1))
    assert later.value("rule") == {"when": "temperature >= 37.2", "days": 37.2}
    assert later.leaf("fever").source == Words("another paper", "another paper")
    assert later.leaf("fever").unit == "°C"


def test_a_child_pack_takes_over_what_it_does_not_say_itself() -> None:
    parent = amended((1, None, "fever", 37.2))
    child = parse({"id": "c", "parent": "p", "valid_from": START.isoformat(), "values": {}}, parent)
    assert child.leaves == parent.leaves
    assert child.amendments == parent.amendments


def test_a_pack_written_down_and_read_again_is_the_same(covid: Pack) -> None:
    assert parse(write(covid)) == covid


HOURS = st.integers(min_value=0, max_value=20)
LISTS = st.lists(
    st.tuples(HOURS, st.none() | HOURS, st.sampled_from(["fever", "report.cutoff", "new.value"])),
    max_size=6,
    unique_by=lambda each: (each[0], each[2]),
)
NEW = {"fever": 37.0, "report.cutoff": "15:00", "new.value": {"value": "x", "unit": "1"}}


def pack_of(told: list[tuple[int, int | None, str]]) -> Pack:
    return amended(
        *(
            (begin, None if end is None else begin + end + 1, path, NEW[path])
            for begin, end, path in told
        )
    )


@given(LISTS, HOURS, st.randoms())
def test_what_holds_at_an_instant_does_not_depend_on_the_order_of_amendments(
    told: list[tuple[int, int | None, str]], hour: int, random: Random
) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)
    at = START + timedelta(hours=hour)
    assert pack_of(told).at(at) == pack_of(shuffled).at(at)


@given(LISTS, HOURS, HOURS)
def test_between_two_turning_points_a_pack_says_the_same(
    told: list[tuple[int, int | None, str]], one: int, other: int
) -> None:
    pack = pack_of(told)
    first, second = (START + timedelta(hours=hour) for hour in sorted((one, other)))
    if pack.stretch(first) == pack.stretch(second):
        assert pack.at(first) == pack.at(second)
    assert pack.turns == tuple(turn.at for turn in timeline(pack))


@given(LISTS, HOURS)
def test_the_turns_one_after_the_other_lead_to_what_holds(
    told: list[tuple[int, int | None, str]], hour: int
) -> None:
    pack, at = pack_of(told), START + timedelta(hours=hour)
    leaves = dict(pack.leaves)
    for turn in timeline(pack):
        for change in turn.changes if turn.at <= at else ():
            if change.after is None:
                del leaves[change.path]
            else:
                leaves[change.path] = change.after
    assert leaves == dict(pack.at(at).leaves)


def test_the_date_of_resumption_moves_in_the_evening_of_the_meeting(covid: Pack) -> None:
    morning = covid.at(datetime.fromisoformat("2020-01-31T09:00:00+08:00"))
    night = covid.at(datetime.fromisoformat("2020-01-31T20:00:00+08:00"))
    assert morning.instant("resumption.not_before").isoformat() == "2020-02-10T00:00:00+08:00"
    assert night.instant("resumption.not_before").isoformat() == "2020-02-18T00:00:00+08:00"
    assert "resumption.not_before" in {change.path for change in difference(morning, night)}


def test_household_outings_are_ruled_for_one_week_only(covid: Pack) -> None:
    said = [
        covid.at(datetime.fromisoformat(f"2020-02-{day}T12:00:00+08:00")).has("movement.household")
        for day in ("01", "02", "08", "09")
    ]
    assert said == [False, True, True, False]


def test_the_shipped_pack_settles_the_afternoon(covid: Pack) -> None:
    assert covid.time("report.daily_cutoff_unit") == time(16, 0)
    assert covid.time("report.bulletin_release") == time(17, 0)
    assert covid.number("temperature.fever_ge_c") == Decimal("37.3")


def test_every_rule_of_the_shipped_pack_reads_known_person_facts_only(covid: Pack) -> None:
    nobody = pl.DataFrame({name: [None] for name in FACTS}, schema=FACTS)
    words = {entry["code"] for entry in covid.entries("screening.statuses")}
    obliges = {entry["code"] for entry in covid.entries("screening.obligations")}
    for rule in covid.entries("screening.rules"):
        told = nobody.select(pl.sql_expr(str(rule["when"])).alias("holds"))
        assert told.schema["holds"] == pl.Boolean
        assert rule["status"] in words
        assert isinstance(rule["obliges"], list)
        assert obliges >= set(rule["obliges"])
        assert not any(colour in str(rule["zh"]) for colour in "红黄绿")


def test_every_value_of_the_shipped_pack_is_labelled_in_both_languages(covid: Pack) -> None:
    leaves = [*covid.leaves.items(), *(p for each in covid.amendments for p in each.sets.items())]
    for path, leaf in leaves:
        assert leaf.label.zh, path
        assert leaf.label.en, path
        assert leaf.source.zh, path
        assert path.split(".")[0] in covid.sections, path
