"""A response in force on a day that stands still, a mill that is looked after, who browses."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from conftest import user_with
from lianfang.ground.command.models import Appointment
from lianfang.ground.command.services import AppointmentLine, name_liaison
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel.actor import OPERATOR, Actor

NOW = datetime.fromisoformat("2020-01-31T09:46:00+08:00")
Browse = Callable[..., Client]


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """Friday 31 January 2020, 09:46; it stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(moment: time_machine.Traveller, group: Unit) -> Response:
    """The response in force, with the pack of that time."""
    return begin_with_pack(OPERATOR, "covid19-2020-01", NOW - timedelta(days=3))


@pytest.fixture
def looked_after(response: Response, mill: Unit, liaison: Actor) -> Appointment:
    """The mill, which the liaison leader looks after from today on."""
    user = User.objects.get(pk=liaison.id)
    line = AppointmentLine(seat="liaison", user=user, since=NOW.date())
    return name_liaison(OPERATOR, mill, line)


@pytest.fixture
def browse(db: None) -> Browse:
    """Sign somebody in who holds a post at a unit."""

    def make(role: str, unit: Unit, name: str = "") -> Client:
        client = Client(headers={"accept-language": "en"})
        user = user_with(role, unit, name or f"browsing-{role}-{unit.code}".lower())
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
