from decimal import Decimal

import pytest
from time_machine import Traveller as Clock

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import JOBS, KINDS
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import end
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed
from lianfang.rollup.reports import queries, services
from lianfang.rollup.reports.models import Bulletin, DailyReport, Override
from lianfang.rollup.reports.rules.days import day_in_key, loop_key
from lianfang.rollup.reports.tests.conftest import DAY, at, send, typed


@pytest.mark.parametrize(
    ("code", "value", "field"),
    [
        ("no_such_figure", "1", "code"),
        ("headcount_total", "-1", "value"),
        ("headcount_total", "1.5", "value"),
        ("headcount_total", "1000000000000", "value"),
    ],
)
def test_a_correction_that_cannot_be_true_is_refused(
    response: Response, mill: Unit, clerk: Actor, code: str, value: str, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        services.override(clerk, mill, DAY, code, Decimal(value), "counted twice")
    assert refused.value.field == field
    assert not Override.objects.exists()


def test_a_typed_number_is_typed_again_and_never_corrected(
    response: Response, mill: Unit, clerk: Actor
) -> None:
    typed(clerk, mill, "masks_balance", 40)
    with pytest.raises(Conflict):
        services.override(clerk, mill, DAY, "masks_balance", Decimal(4), "counted twice")
    assert not Override.objects.exists()


def test_a_branch_neither_corrects_nor_sends(
    response: Response, mill_branch: Unit, clerk: Actor, principal: Actor
) -> None:
    with pytest.raises(Conflict):
        services.override(clerk, mill_branch, DAY, "headcount_total", Decimal(4), "counted twice")
    with pytest.raises(Conflict):
        send(clerk, principal, mill_branch)
    assert not DailyReport.objects.exists()


def test_a_report_goes_back_only_with_a_reason(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    report = send(clerk, principal, mill)
    with pytest.raises(BadInput):
        services.give_back(overseer, report, "  ")
    report.refresh_from_db()
    assert report.returned_at is None


def test_an_older_version_of_the_bulletin_is_not_checked_any_more(
    response: Response, mill: Unit, group: Unit, overseer: Actor, checker: Actor
) -> None:
    first = services.draft_bulletin(overseer, group, DAY)
    Bulletin.objects.create(
        unit=group,
        day=DAY,
        response=response,
        version=2,
        as_of=clock.now(),
        content=first.content,
        digest=first.digest,
        drafted_by=overseer.who,
        drafted_by_name="",
    )
    with pytest.raises(Conflict):
        services.check_bulletin(checker, first, first.digest)
    first.refresh_from_db()
    assert first.checked_at is None


def test_before_and_after_a_response_no_report_is_owed(
    group: Unit, mill: Unit, afternoon: Clock
) -> None:
    assert services.open_day(CLOCK, None, DAY).subjects == ()
    assert JOBS["reports.open_day"].run(CLOCK, clock.now()) == 0
    assert not Loop.objects.exists()


def test_a_response_that_is_over_opens_no_more_days(
    response: Response, group: Unit, afternoon: Clock
) -> None:
    end(OPERATOR, group, at(15, 10))
    assert services.open_day(CLOCK, None, DAY).subjects == ()
    with pytest.raises(Conflict):
        queries.response_of(OPERATOR)


def test_the_clock_opens_the_day_and_each_loop_leads_to_its_report(
    response: Response, mill: Unit, port: Unit
) -> None:
    job = JOBS["reports.open_day"]
    assert job.run(CLOCK, clock.now()) == 2
    assert job.run(CLOCK, clock.now()) == 0
    loop = Loop.objects.get(unit=mill)
    assert KINDS["daily_report"].url(loop) == "/reports/2020-01-31/M/"
    assert loop.due == at(16)
    assert day_in_key(loop_key(mill.pk, DAY)) == DAY


def test_a_sent_report_keeps_the_correction_with_its_reason(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, overseer: Actor
) -> None:
    services.override(clerk, mill, DAY, "symptomatic", Decimal(2), "told by phone")
    services.write(clerk, mill, DAY, "15:51 2 人发热", "", zero=False)
    report = send(clerk, principal, mill)
    value = queries.frozen_values(overseer, [report])[mill.pk]["symptomatic"]
    assert value.override is not None
    assert (value.value, value.derived, value.override.reason) == (2, 0, "told by phone")
    services.withdraw_override(clerk, mill, DAY, "symptomatic")
    assert queries.standing(clerk, mill, DAY).changed


def test_what_is_corrected_later_is_not_known_earlier(
    response: Response, mill: Unit, clerk: Actor, afternoon: Clock
) -> None:
    afternoon.move_to(at(15, 40))
    services.override(clerk, mill, DAY, "headcount_total", Decimal(2), "two are missing")
    assert not queries.overrides_of(clerk, DAY, as_of=at(15, 30))
    assert queries.overrides_of(clerk, DAY, [mill.pk], at(15, 50))


def test_nobody_opens_a_unit_that_is_not_there(response: Response, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        queries.unit_here(clerk, "NONE", "reports.read")
