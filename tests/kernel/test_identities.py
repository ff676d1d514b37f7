"""Numbers that name a person, a telephone, a company or a place."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from lianfang.kernel import identities
from lianfang.kernel.identities import BadValue, Document
from tests.kernel.sheets import wide

TODAY = date(2020, 1, 31)
WENZHOU = "330302"


def number(region: str = WENZHOU, born: str = "19850106", order: str = "997") -> str:
    """Make an identity number with its check character."""
    body = region + born + order
    return body + str(ric.calc_check_digit(body + "0"))


def code_of(call: Callable[[], object]) -> str:
    """Return the problem code that a call ends in."""
    with pytest.raises(BadValue) as raised:
        call()
    return raised.value.code


def test_an_identity_number_tells_region_birth_date_and_sex() -> None:
    found = identities.resident(number(), TODAY)
    assert (found.region, found.born, found.male) == (WENZHOU, date(1985, 1, 6), True)
    assert not identities.resident(number(order="998"), TODAY).male


def test_a_lower_case_x_is_the_same_number() -> None:
    with_x = next(n for i in range(99) if (n := number(order=f"{900 + i}")).endswith("X"))
    assert identities.resident(with_x.lower(), TODAY).number == with_x


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("330302850106997", "id_format"),
        (number()[:17], "id_format"),
        ("33030219850106997Y", "id_format"),
        (wide("3") + number()[1:], "id_format"),
        (number("990127"), "id_region"),
        (number(born="19900230"), "id_birth_date"),
        (number(born="20310615"), "id_birth_date"),
        (number(born="18010615"), "id_birth_date"),
        (number()[:17] + ("1" if number()[17] != "1" else "2"), "id_check_character"),
    ],
)
def test_what_is_wrong_with_an_identity_number_is_said(text: str, code: str) -> None:
    assert code_of(lambda: identities.resident(text, TODAY)) == code


def test_a_county_that_is_no_more_stays_in_the_numbers_it_issued() -> None:
    abolished = number("110103", "19600101")
    assert identities.resident(abolished, TODAY).region == "110103"


@given(st.text("0123456789Xx", min_size=17, max_size=19))
def test_no_digits_whatever_break_the_reading(text: str) -> None:
    try:
        kept = identities.resident(text, TODAY).number
    except BadValue as wrong:
        kept = wrong.code
    assert kept in {text.upper(), "id_format", "id_region", "id_birth_date", "id_check_character"}


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(place: int, step: int) -> None:
    good = number()
    bad = good[:place] + str((int(good[place]) + step) % 10) + good[place + 1 :]
    with pytest.raises(BadValue):
        identities.resident(bad, TODAY)


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (Document.IDENTITY_CARD, number(), number()),
        (Document.PASSPORT, "e12345678", "E12345678"),
        (Document.HK_MACAO_PERMIT, "H12345678", "H12345678"),
        (Document.HK_MACAO_PERMIT, "M1234567801", "M1234567801"),
        (Document.TAIWAN_PERMIT, "00000400", "00000400"),
    ],
)
def test_each_document_has_its_shape(kind: Document, text: str, kept: str) -> None:
    assert identities.document(kind, text, TODAY) == kept


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Document.PASSPORT, "ABCDEF"),
        (Document.PASSPORT, "E1234 678"),
        (Document.HK_MACAO_PERMIT, "12345678"),
        (Document.TAIWAN_PERMIT, "1234567"),
        (Document.IDENTITY_CARD, "E12345678"),
    ],
)
def test_a_document_of_another_shape_is_refused(kind: Document, text: str) -> None:
    assert code_of(lambda: identities.document(kind, text, TODAY)) == "id_format"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("19900000001", "19900000001"),
        ("+86 199 0000 0001", "19900000001"),
        ("199-0000-0001", "19900000001"),
        ("+85291234567", "+85291234567"),
    ],
)
def test_a_mobile_number_is_kept_bare(text: str, kept: str) -> None:
    assert identities.mobile(text) == kept


@pytest.mark.parametrize(
    "text", ["1990000001", "12900010188", "+8612900010188", "+999123", "057788888888", "手机", ""]
)
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    assert code_of(lambda: identities.mobile(text)) == "bad_phone"


def test_a_company_may_have_a_fixed_telephone() -> None:
    assert identities.phone("0577-88888888") == "0577-88888888"
    assert identities.phone("19900000001") == "19900000001"
    assert code_of(lambda: identities.phone("8888")) == "bad_phone"


def test_a_credit_code_has_a_check_character() -> None:
    assert identities.credit_code("91330302ma9000011f") == "91330302MA9000011F"
    for wrong in ("91330302MA9000011G", "91330302MA900001F", "91330302MI9000011F", ""):
        assert code_of(partial(identities.credit_code, wrong)) == "uscc_check_character"


def test_a_region_in_force_is_taken() -> None:
    assert identities.region_in_force(WENZHOU) == WENZHOU
    assert identities.region_in_force("710000") == "710000"


def test_an_abolished_region_names_its_last_year_and_its_successor() -> None:
    with pytest.raises(BadValue) as raised:
        identities.region_in_force("330322")
    assert raised.value.code == "bad_region"
    assert raised.value.values["year"] == 2014
    assert raised.value.values["successor"] == "330305"


def test_a_region_that_was_merged_away_has_no_successor_in_the_table() -> None:
    found = identities.region("110103")
    assert found is not None
    assert (found.until, found.successor, found.in_force) == (2009, "", False)


@pytest.mark.parametrize("text", ["330399", "3303", "鹿城区", wide("330302"), "330302000000"])
def test_a_region_that_never_was_is_refused(text: str) -> None:
    assert code_of(lambda: identities.region_in_force(text)) == "bad_region"
