import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response.rules import BadPack, Leaf, Mark, Words
from lianfang.ground.response.rules.showing import Shape, show, typed, written
from lianfang.ground.response.shipped import packs

ZONE = ZoneInfo("Asia/Shanghai")
LEAVES = packs()["covid19-2020-01"].leaves


def leaf(value: object, unit: str = "1") -> Leaf:
    return Leaf(value=value, unit=unit, source=Words("s", "s"), mark=Mark.FOUND)


@given(st.sampled_from(sorted(LEAVES)))
def test_a_value_shown_for_changing_and_typed_again_is_the_same(path: str) -> None:
    assert typed(LEAVES[path], written(LEAVES[path]), ZONE) == LEAVES[path].value


def test_values_are_laid_out_by_what_they_are() -> None:
    assert show(leaf(37.3, "°C"), "zh-hans").text == "37.3"
    assert show(leaf(37.3, "°C"), "zh-hans").unit == "°C"
    assert show(leaf(14, "d"), "en").unit == "days"
    assert show(leaf([20, 30], "min"), "en").text == "20–30"
    assert show(leaf(["a", "b"]), "en").text == "a, b"
    assert show(leaf(value=True), "en").flag
    assert show(leaf([]), "en").shape is Shape.NOTHING
    assert show(leaf({"zh": "复工", "en": "Resume"}), "zh-hans").text == "复工"
    said = show(replace(leaf("axillary"), say=Words("腋温", "armpit")), "zh-hans")
    assert (said.text, said.code) == ("腋温", "axillary")
    moment = show(leaf("2020-02-10T00:00:00+08:00", "instant"), "en")
    assert moment.at is not None
    (record,) = show(leaf([{"code": "a", "zh": "甲", "x": [1], "y": {"z": 1}}]), "en").records
    assert record.words == "甲"
    assert record.rest == (("code", "a"), ("x", "1"), ("y", "z=1"))


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (leaf(value=True), "否", False),
        (leaf(value=True), "Yes", True),
        (leaf(14, "d"), "21", 21),
        (leaf(37.3, "°C"), "37.25", 37.25),
        (leaf([20, 30], "min"), "30，40", [30, 40]),
        (leaf(["a"]), "a、b", ["a", "b"]),
        (
            leaf("2020-02-10T00:00:00+08:00", "instant"),
            "2020-02-18T00:00",
            "2020-02-18T00:00:00+08:00",
        ),
        (leaf({"zh": "甲"}), json.dumps({"zh": "乙"}), {"zh": "乙"}),
        (leaf(None), "x", "x"),
    ],
)
def test_a_typed_text_becomes_a_value_of_the_same_kind(
    before: Leaf, text: str, after: object
) -> None:
    assert typed(before, text, ZONE) == after


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (leaf(value=True), "perhaps"),
        (leaf(14, "d"), "many"),
        (leaf({"zh": "甲"}), "[1]"),
        (leaf([{"zh": "甲"}]), "{}"),
        (leaf("2020-02-10T00:00:00+08:00", "instant"), "tomorrow"),
    ],
)
def test_a_text_of_another_kind_is_refused(before: Leaf, text: str) -> None:
    with pytest.raises(BadPack):
        typed(before, text, ZONE)


def test_nothing_is_written_as_nothing() -> None:
    assert written(replace(leaf(1), value=None)) == ""
