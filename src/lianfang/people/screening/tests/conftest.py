"""The cast of screening: a response in force, and people of the mill and the port."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.response import services as response_services
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import Level
from lianfang.ground.response.services import Beginning
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.register import services
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.words import Employment

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2020, 1, 31, 8, tzinfo=ZONE)
Enter = Callable[..., Person]


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """Eight o'clock on 31 January 2020, at Wenzhou."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(morning: object, group: Unit, overseer: Actor) -> Response:
    """The response of 2020 with its pack."""
    told = Beginning(
        code="2020",
        title_zh="新冠肺炎疫情防控",
        pack_id="covid19-2020-01",
        started_at=datetime(2020, 1, 23, 9, tzinfo=ZONE),
        level=Level.I,
        document="省政府公告",
    )
    return response_services.begin(overseer, group, told)


@pytest.fixture
def enter(response: Response) -> Enter:
    """Enter somebody at a unit."""

    def make(
        unit: Unit,
        name: str,
        number: str = "",
        site: Site | None = None,
        employment: Employment = Employment.REGULAR,
        where: Whereabouts | None = None,
    ) -> Person:
        line = PersonLine(name=name, person_no=number, employment=employment, department="装卸一组")
        told = where or Whereabouts(in_town=True)
        return services.enter(OPERATOR, unit, line, told, site)

    return make


@pytest.fixture
def chen(mill: Unit, enter: Enter) -> Person:
    """陈小满 of the mill, number 0183, in town."""
    return enter(mill, "陈小满", "0183")


@pytest.fixture
def lin(mill: Unit, enter: Enter) -> Person:
    """林海 of the mill, number 0184, in town."""
    return enter(mill, "林海", "0184")


@pytest.fixture
def zhou(port: Unit, enter: Enter) -> Person:
    """周帆 of the port, number 0900, who is foreign to the mill."""
    return enter(port, "周帆", "0900")
