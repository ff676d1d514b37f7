from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Post
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.ground.signing.models import Sheet
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin, DailyReport
from lianfang.rollup.reports.rules.states import Signing

DAY = date(2020, 1, 31)
ZONE = ZoneInfo("Asia/Shanghai")
SignIn = Callable[..., Client]


def at(hour: int, minute: int = 0, day: int = 31) -> datetime:
    return datetime(2020, 1, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[time_machine.Traveller]:
    """Friday 31 January 2020, 15:20; it stands still until it is moved."""
    with time_machine.travel(at(15, 20), tick=False) as clock:
        yield clock


@pytest.fixture
def response(group: Unit, mill: Unit, port: Unit) -> Response:
    return begin_with_pack(OPERATOR, "covid19-2020-01", at(0, day=29))


@pytest.fixture
def checker(group: Unit, post: Post) -> Actor:
    """Another one of the group office, who checks what the first has drafted."""
    return post(Role.GROUP_OFFICE, group, "checker")


@pytest.fixture
def leader(group: Unit, post: Post) -> Actor:
    """Somebody of the leading group, who endorses and issues."""
    return post(Role.LEADING_GROUP, group, "leader")


@pytest.fixture
def sign_in() -> SignIn:
    """Open the house in the browser of somebody."""

    def open_(actor: Actor, language: str = "en") -> Client:
        client = Client(headers={"Accept-Language": language})
        user = User.objects.get(pk=actor.id)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_


def typed(actor: Actor, unit: Unit, code: str, value: int | Decimal, day: date = DAY) -> None:
    type_in(actor, unit, day, Line(code, str(value), source="counted"))


#: What a unit writes where the test is about something else.
NEWS = "今日无异常"


def send(clerk: Actor, principal: Actor, unit: Unit, day: date = DAY) -> DailyReport:
    if not queries.standing(clerk, unit, day).says_something:
        services.write(clerk, unit, day, NEWS, "", zero=False)
    if Signing.PRINCIPAL not in queries.standing(clerk, unit, day).signed:
        services.sign(principal, unit, day, Signing.PRINCIPAL)
    return services.submit(clerk, unit, day)


def queries_of(client: Client, url: str) -> int:
    """Count the SQL of a page that has been opened before."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def head(group: Unit, post: Post) -> Actor:
    """The second of the leading group."""
    return post(Role.LEADING_GROUP, group, "head")


@pytest.fixture
def draft(
    response: Response,
    group: Unit,
    mill: Unit,
    overseer: Actor,
    checker: Actor,
    leader: Actor,
    head: Actor,
) -> Bulletin:
    return services.draft_bulletin(overseer, group, DAY)


@pytest.fixture
def sheet(draft: Bulletin) -> Sheet:
    return Sheet.objects.get(route="daily_situation")
