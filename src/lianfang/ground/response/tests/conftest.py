from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import services
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import Level
from lianfang.ground.response.services import Beginning
from lianfang.kernel.actor import Actor

ZONE = ZoneInfo("Asia/Shanghai")
MEETING = datetime(2020, 1, 31, 9, 30, tzinfo=ZONE)


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """The morning of the meeting."""
    with time_machine.travel(MEETING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def told() -> Beginning:
    """What the response begins with."""
    return Beginning(
        code="2020",
        title_zh="新冠肺炎疫情防控",
        pack_id="covid19-2020-01",
        started_at=datetime(2020, 1, 23, 9, tzinfo=ZONE),
        level=Level.I,
        document="省政府公告",
    )


@pytest.fixture
def response(
    morning: time_machine.Traveller, group: Unit, overseer: Actor, told: Beginning
) -> Response:
    """A response that is running."""
    return services.begin(overseer, group, told)
