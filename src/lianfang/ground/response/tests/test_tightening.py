from datetime import UTC, datetime
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.ground.response.rules import (
    BadPack,
    Laxer,
    Mark,
    Pack,
    Supplement,
    check,
    may_tighten,
    parse,
    tighten,
    tightened,
)


def value(told: object, unit: str, stricter: str | None) -> dict[str, object]:
    leaf: dict[str, object] = {"value": told, "unit": unit, "source": "s", "mark": "F"}
    return leaf | ({"stricter": stricter} if stricter else {})


PACK = parse(
    {
        "id": "p",
        "valid_from": datetime(2020, 1, 29, tzinfo=UTC).isoformat(),
        "values": {
            "fever": value(37.3, "°C", "lower"),
            "days": value(14, "d", "higher"),
            "cutoff": value("16:00", "time", "earlier"),
            "not_before": value("2020-02-10T00:00:00+08:00", "instant", "later"),
            "symptoms": value(["fever"], "1", "superset"),
            "fixed": value("onset", "1", None),
        },
    }
)
STRICTER = {
    "fever": 37.2,
    "days": 21,
    "cutoff": "15:00",
    "not_before": "2020-02-18T00:00:00+08:00",
    "symptoms": ["fever", "cough"],
}
LAXER = {
    "fever": 38.0,
    "days": 7,
    "cutoff": "18:00",
    "not_before": "2020-02-09T00:00:00+08:00",
    "symptoms": ["cough"],
}


def of(path: str, told: object) -> Supplement:
    return Supplement(path, told, "mill", "more careful here")


@pytest.mark.parametrize("path", STRICTER)
def test_a_unit_may_be_stricter(path: str) -> None:
    check(PACK, of(path, STRICTER[path]))
    own = tighten(PACK, of(path, STRICTER[path])).leaf(path)
    assert (own.value, own.mark, own.note.en) == (STRICTER[path], Mark.OWN, "more careful here")


@pytest.mark.parametrize("path", LAXER)
def test_a_unit_is_never_laxer(path: str) -> None:
    with pytest.raises(Laxer):
        check(PACK, of(path, LAXER[path]))
    assert tighten(PACK, of(path, LAXER[path])) == PACK


def test_what_is_the_same_for_everybody_cannot_be_tightened() -> None:
    with pytest.raises(BadPack, match="same for every unit"):
        check(PACK, of("fixed", "never"))
    assert tighten(PACK, of("fixed", "never")) == PACK
    assert set(may_tighten(PACK)) == set(STRICTER)


def test_a_supplement_in_another_kind_of_value_is_refused_and_does_no_harm() -> None:
    with pytest.raises(BadPack):
        check(PACK, of("fever", "hot"))
    assert tighten(PACK, of("fever", "hot")) == PACK
    assert tighten(PACK, of("symptoms", "cough")) == PACK


def test_a_supplement_to_a_value_that_is_gone_is_passed_over() -> None:
    assert tightened(PACK, [of("gone", 1)]) == PACK


FEVERS = st.lists(st.decimals("36.5", "38.5", places=1).map(float), max_size=6)


def read(pack: Pack) -> Decimal:
    return pack.number("fever")


@given(FEVERS, st.randoms())
def test_of_all_supplements_the_strictest_holds_in_any_order(
    told: list[float], random: Random
) -> None:
    supplements = [of("fever", each) for each in told]
    first = tightened(PACK, supplements)
    random.shuffle(supplements)
    assert read(first) == read(tightened(PACK, supplements))
    assert read(first) == min([Decimal("37.3"), *(Decimal(str(each)) for each in told)])
