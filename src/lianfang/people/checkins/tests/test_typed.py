from decimal import Decimal

import pytest

from lianfang.kernel.refusals import BadInput
from lianfang.people.checkins.rules.typed import typed_temperature


@pytest.mark.parametrize("text", ["36.5", "365", "36，5", "\uff13\uff16.\uff15", "36.5℃"])
def test_a_temperature_is_read_as_people_type_it(text: str) -> None:
    assert typed_temperature(text) == Decimal("36.5")


@pytest.mark.parametrize("text", ["3_6.5", "1e2", "0365", "3.65", "36.55", "+36.5", "NaN", "365.0"])
def test_what_is_no_temperature_is_refused_and_never_mended(text: str) -> None:
    with pytest.raises(BadInput):
        typed_temperature(text)


def test_a_thermometer_that_said_lo_gives_no_number() -> None:
    assert typed_temperature("Lo") is None
