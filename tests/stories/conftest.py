"""A small group on its first day: two desks, two leaders, a mill, and a port that is cut off."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from conftest import user_with
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment
from lianfang.people.register.services import enter
from tests.stories.screens import Screen

DAY = date(2020, 1, 31)
ZONE = ZoneInfo("Asia/Shanghai")
Sit = Callable[[str], Screen]


def at(hour: int, minute: int = 0, day: int = 31) -> datetime:
    """Return an instant of January 2020 where the group is."""
    return datetime(2020, 1, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Friday 31 January 2020, 07:30; it stands still until it is moved."""
    with time_machine.travel(at(7, 30), tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(group: Unit, mill: Unit, port: Unit) -> Response:
    """The response of the group under the pack of January 2020."""
    return begin_with_pack(OPERATOR, "covid19-2020-01", at(0, day=29))


CAST = (
    ("周岚", Role.GROUP_OFFICE, "G"),
    ("陈悦", Role.GROUP_OFFICE, "G"),
    ("高副总", Role.LEADING_GROUP, "G"),
    ("卢总", Role.LEADING_GROUP, "G"),
    ("郑联络", Role.LIAISON_LEADER, "P"),
    ("金会计", Role.CLERK, "M"),
    ("林厂长", Role.PRINCIPAL, "M"),
    ("吴副厂长", Role.INSPECTOR, "M"),
    ("许办事", Role.CLERK, "P"),
    ("余经理", Role.PRINCIPAL, "P"),
)


@pytest.fixture
def people(response: Response, mill: Unit, port: Unit) -> dict[str, Person]:
    """Who works there: two of one name at the mill, two at the port."""
    found = {}
    for unit, name, number in (
        (mill, "陈小满", "M001"),
        (mill, "王芳", "M002"),
        (mill, "王芳", "M003"),
        (mill, "林海", "M004"),
        (port, "赵港", "P001"),
        (port, "钱浪", "P002"),
    ):
        line = PersonLine(name=name, person_no=number, employment=Employment.REGULAR)
        found[number] = enter(OPERATOR, unit, line, Whereabouts(in_town=True))
    return found


@pytest.fixture
def cast(response: Response, group: Unit, mill: Unit, port: Unit) -> dict[str, User]:
    """Those who sign in, by name."""
    units = {unit.code: unit for unit in (group, mill, port)}
    return {name: user_with(role, units[code], name) for name, role, code in CAST}


@pytest.fixture
def sit(cast: dict[str, User]) -> Sit:
    """Let somebody of the cast sit down at a screen in Chinese."""

    def down(name: str) -> Screen:
        return Screen(Client(headers={"Accept-Language": "zh-hans"}), cast[name])

    return down
