"""What is partly known stays partly known, and a day lasts as long as it does at its place."""

from datetime import date, time

from time_machine import Traveller as Clock

from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.ground.response.models import Response
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.queries.contract import report_out
from lianfang.rollup.reports.tests.conftest import DAY, SignIn, at, send, typed


def test_a_partial_sum_stays_partial_when_it_is_frozen(
    response: Response, mill: Unit, clerk: Actor, principal: Actor, sign_in: SignIn
) -> None:
    below = enter_unit(OPERATOR, mill, UnitLine("M9", "江海面粉三厂", UnitKind.SUBSIDIARY))
    typed(clerk, mill, "close_contacts", 3)
    told = queries.standing(clerk, mill, DAY)
    shown = next(f for f in report_out(told).figures if f.code == "close_contacts")
    assert (shown.value, shown.missing) == (3, 1)
    report = send(clerk, principal, mill)
    value = queries.frozen_values(clerk, [report])[mill.pk]["close_contacts"]
    assert (value.value, value.missing) == (3, 1)
    assert not queries.standing(clerk, mill, DAY).changed
    page = sign_in(clerk).get(f"/reports/version/{report.pk}/").content.decode()
    assert "1 part unknown" in page
    typed(clerk, below, "close_contacts", 0)
    told = queries.standing(clerk, mill, DAY)
    assert told.changed


def test_a_night_market_is_led_to_the_day_that_it_is_still_working_on(
    response: Response, mill: Unit, clerk: Actor, sign_in: SignIn, afternoon: Clock
) -> None:
    Unit.objects.filter(pk=mill.pk).update(day_starts=time(4))
    afternoon.move_to(at(2, 0).replace(month=2, day=1))
    assert queries.today() == date(2020, 2, 1)
    found = sign_in(clerk).get("/reports/")
    assert found.headers["Location"] == "/reports/2020-01-31/M/"
    mill.refresh_from_db()
    typed(clerk, mill, "masks_balance", 40)
    afternoon.move_to(at(9, 0).replace(month=2, day=1))
    told = queries.standing(clerk, mill, date(2020, 2, 1))
    before = next(e.yesterday for e in told.entries if e.figure.code == "masks_balance")
    assert before is not None
    assert before.value == 40
