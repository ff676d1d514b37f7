"""A report is for a day that has begun and lies in the response; each unit has its own hour."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import Traveller as Clock

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.services.stepping import confirm, send_back
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack, supplement
from lianfang.ground.signing.models import Decision
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, NotAllowed
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin, DailyReport, Narrative
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.services.obligations import open_day
from lianfang.rollup.reports.tests.conftest import DAY

PACK = "covid19-2020-01"
SHANGHAI = ZoneInfo("Asia/Shanghai")
AHEAD, BEFORE = DAY + timedelta(days=1), date(2019, 12, 1)


@pytest.mark.parametrize("day", [AHEAD, BEFORE])
def test_nothing_is_told_of_a_day_that_does_not_count(
    response: Response,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    principal: Actor,
    overseer: Actor,
    day: date,
) -> None:
    tries: tuple[Callable[[], object], ...] = (
        lambda: services.submit(clerk, mill, day),
        lambda: services.sign(principal, mill, day, Signing.PRINCIPAL),
        lambda: services.write(clerk, mill, day, "", "", zero=True),
        lambda: services.draft_bulletin(overseer, group, day),
    )
    for attempt in tries:
        with pytest.raises(BadInput) as refused:
            attempt()
        assert refused.value.field == "day"
    for model in (DailyReport, Decision, Narrative, Bulletin):
        assert not model._default_manager.exists()


def test_a_unit_that_set_itself_an_earlier_hour_is_due_by_it(
    response: Response, mill: Unit, port: Unit, principal: Actor, overseer: Actor
) -> None:
    usual = queries.due_on(overseer, DAY)
    earlier = (usual - timedelta(hours=1)).astimezone(SHANGHAI)
    supplement(principal, mill, "report.daily_cutoff_unit", f"{earlier:%H:%M}", "本厂从严")
    clock_day = DAY + timedelta(days=1)
    told = queries.dues_on(overseer, clock_day, [mill, port])
    assert told[mill.pk] == earlier + timedelta(days=1)
    assert told[port.pk] == usual + timedelta(days=1)
    open_day(CLOCK, None, clock_day)
    due = dict(Loop.objects.filter(key__startswith=f"{clock_day}:").values_list("unit", "due"))
    assert (due[mill.pk], due[port.pk]) == (told[mill.pk], told[port.pk])


def test_only_the_side_that_has_to_see_a_report_confirms_it(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    open_day(CLOCK, None, DAY)
    loop = Loop.objects.get(unit=mill)
    with pytest.raises(NotAllowed):
        confirm(loop, clerk, clock.now())
    with pytest.raises(NotAllowed):
        send_back(loop, clerk, clock.now(), "again")
    loop.refresh_from_db()
    assert loop.verified_at is None


def test_whoever_is_asked_for_the_first_time_after_the_hour_has_the_whole_day(
    group: Unit, mill: Unit, overseer: Actor, time_machine: Clock
) -> None:
    time_machine.move_to(datetime(2020, 2, 3, 17, 40, tzinfo=SHANGHAI))
    begin_with_pack(OPERATOR, PACK, datetime(2020, 1, 23, tzinfo=SHANGHAI))
    today = date(2020, 2, 3)
    assert queries.due_on(overseer, today) == datetime(2020, 2, 4, tzinfo=SHANGHAI)
    assert queries.due_on(overseer, today + timedelta(days=1)).day == 4
    assert not queries.standing(overseer, mill, today).late
