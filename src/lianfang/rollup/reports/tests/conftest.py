from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel.actor import OPERATOR, Actor

DAY = date(2020, 1, 31)
ZONE = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0, day: int = 31) -> datetime:
    return datetime(2020, 1, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def response(group: Unit, mill: Unit, port: Unit) -> Response:
    return begin_with_pack(OPERATOR, "covid19-2020-01", at(0, day=29))


def typed(actor: Actor, unit: Unit, code: str, value: int | Decimal, day: date = DAY) -> None:
    type_in(actor, unit, day, Line(code, str(value), source="counted"))
