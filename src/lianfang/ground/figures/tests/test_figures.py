from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures import queries, registry, services
from lianfang.ground.figures.form_f01 import SECTIONS
from lianfang.ground.figures.models import Adoption, Typed
from lianfang.ground.figures.registry import FAMILIES, FIGURES, Family
from lianfang.ground.figures.rules import Figure, Kind, Source, State
from lianfang.ground.figures.services import Line, adopt, type_in
from lianfang.ground.orgs.models import Site, Unit
from lianfang.ground.orgs.rules import SiteKind, UnitKind
from lianfang.ground.orgs.services import (
    SiteLine,
    UnitLine,
    enter_site,
    enter_unit,
    make_token,
)
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed

NOW = datetime(2020, 1, 31, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2020, 1, 31)
PLACES = Figure("test_sites", "Sites", "Sites of the unit", "places", True, "gate", 9999, "sites")  # noqa: FBT003


def count_sites(actor: Actor, day: date, as_of: datetime) -> dict[str, dict[UUID, int]]:
    found = visible(Site, actor, "figures.read").values_list("unit").annotate(n=Count("pk"))
    return {PLACES.code: dict(found)}


def site_rows(
    actor: Actor, code: str, units: Collection[UUID], day: date, as_of: datetime
) -> QuerySet[Site]:
    return visible(Site, actor, "figures.read").filter(unit__in=units)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sites() -> Iterator[None]:
    registry.declare(PLACES)
    registry.declare_family(Family("sites", "gates", count_sites, site_rows))
    yield
    del FIGURES[PLACES.code], FAMILIES["sites"]


def line(value: object, code: str = "masks_balance") -> Line:
    return Line(code, str(value), source="盘点")


def test_a_clerk_types_a_number_and_the_group_sees_it(
    group: Unit, mill: Unit, port: Unit, clerk: Actor, overseer: Actor, stranger: Actor
) -> None:
    begin_with_pack(OPERATOR, "covid19-2020-01", NOW)
    row = type_in(clerk, mill, DAY, line(40))
    assert (row.by, row.via, row.response_id is None) == (clerk.who, "web", False)
    whole = queries.of_day(overseer, [group], DAY).total(group.pk, "masks_balance")
    assert (whole.value, whole.source, whole.missing) == (40, Source.TYPED, 1)
    port_alone = queries.of_day(stranger, None, DAY)
    assert [place.code for place in port_alone.places] == ["P"]
    assert port_alone.own(port.pk, "masks_balance").state is State.UNKNOWN


def test_before_a_response_nobody_was_asked(mill: Unit, clerk: Actor) -> None:
    assert queries.of_day(clerk, [mill], DAY).own(mill.pk, "confirmed").state is State.NOT_ASKED


def test_a_correction_is_a_new_fact_and_what_was_known_before_stays_known(
    mill: Unit, clerk: Actor
) -> None:
    first = type_in(clerk, mill, DAY, line(40))
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        second = type_in(clerk, mill, DAY, line(45))
        now = queries.of_day(clerk, [mill], DAY)
    then = queries.of_day(clerk, [mill], DAY, as_of=NOW)
    assert second.replaces == first
    assert now.own(mill.pk, "masks_balance").value == 45
    assert then.own(mill.pk, "masks_balance").value == 40
    for refused in (second.save, second.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


def test_a_number_counts_on_its_day_only_and_is_offered_the_next(mill: Unit, clerk: Actor) -> None:
    type_in(clerk, mill, DAY - timedelta(days=1), line(40))
    assert queries.of_day(clerk, [mill], DAY).own(mill.pk, "masks_balance").value is None
    offered = queries.last_typed(clerk, mill, DAY - timedelta(days=1))
    assert str(offered["masks_balance"]) == "40"


def test_a_whole_report_is_typed_at_once(
    mill: Unit, clerk: Actor, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    lines = [
        line(40),
        line("many"),
        line("45.5", "disinfectant_balance"),
        Line("confirmed", state=State.NOT_APPLICABLE),
        line("张三", "duty_leader"),
    ]
    done = type_in.many(clerk, [type_in.on(mill, DAY, each) for each in lines])
    assert [item.refused is None for item in done] == [True, False, True, True, True]
    found = queries.of_day(clerk, [mill], DAY).of(mill.pk)
    assert (found["masks_balance"].value, str(found["disinfectant_balance"].value)) == (40, "45.50")
    assert found["confirmed"].state is State.NOT_APPLICABLE
    assert found["duty_leader"].text == "张三"
    many = [type_in.on(mill, day=DAY, line=line(n)) for n in range(200)]
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        type_in.many(clerk, many)
    assert queries.of_day(clerk, [mill], DAY).own(mill.pk, "masks_balance").value == 199


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (DAY, Line("no_such_figure", "1")),
        (DAY + timedelta(days=1), line(1)),
        (DAY, Line("masks_balance", "1", source="s" * 121)),
        (DAY, line("-1")),
    ],
)
def test_what_cannot_be_is_not_typed(mill: Unit, clerk: Actor, day: date, told: Line) -> None:
    with pytest.raises(BadInput):
        type_in(clerk, mill, day, told)
    assert not Typed.objects.exists()


def test_nobody_types_for_a_neighbour(port: Unit, clerk: Actor) -> None:
    with pytest.raises(NotAllowed):
        type_in(clerk, port, DAY, line(1))
    assert not Typed.objects.exists()


def test_a_typed_number_retires_on_the_day_that_an_app_takes_over(
    sites: None, market: Site, mill: Unit, clerk: Actor, overseer: Actor
) -> None:
    adopt(overseer, mill, "gates", DAY - timedelta(days=2), in_use=False)
    type_in(clerk, mill, DAY - timedelta(days=1), line(7, PLACES.code))
    adopt(overseer, mill, "gates", DAY, in_use=True)
    before = queries.of_day(overseer, [mill], DAY - timedelta(days=1)).own(mill.pk, PLACES.code)
    after = queries.of_day(overseer, [mill], DAY).own(mill.pk, PLACES.code)
    assert (before.value, before.source) == (7, Source.TYPED)
    assert (after.value, after.source, after.derived) == (1, Source.DERIVED, 1)
    with pytest.raises(Conflict):
        type_in(clerk, mill, DAY, line(7, PLACES.code))
    with pytest.raises(BadInput):
        adopt(overseer, mill, "no app", DAY, in_use=True)
    assert Adoption.objects.count() == 2
    assert str(Adoption.objects.earliest("valid_from")) == "gates 江海面粉"


def test_a_number_is_as_large_as_the_list_behind_it(
    sites: None, market: Site, mill: Unit, group: Unit, port: Unit, clerk: Actor, overseer: Actor
) -> None:
    enter_site(OPERATOR, port, SiteLine("S2", "码头", SiteKind.OFFICE))
    type_in(clerk, mill, DAY, line(40))
    adopt(overseer, port, "gates", DAY, in_use=False)
    found = queries.of_day(overseer, [group], DAY)
    for unit in (group, mill, port):
        rows = queries.rows(overseer, PLACES.code, unit, DAY)
        assert len(rows) == (found.total(unit.pk, PLACES.code).value or 0)
    (row,) = queries.rows(overseer, "masks_balance", group, DAY)
    assert row.label == "江海面粉: 40"
    assert not queries.rows(overseer, "duty_leader", group, DAY)
    with pytest.raises(NotAllowed):
        queries.rows(overseer, "no_such_figure", group, DAY)


def test_what_is_asked_of_one_company_is_counted_there_alone(
    sites: None, market: Site, mill: Unit, port: Unit, overseer: Actor
) -> None:
    enter_site(OPERATOR, port, SiteLine("S2", "码头", SiteKind.OFFICE))
    whole, near = queries.of_day(overseer, None, DAY), queries.of_day(overseer, [mill], DAY)
    assert set(whole.counted[PLACES.code]) == {mill.pk, port.pk}
    assert set(near.counted[PLACES.code]) == {mill.pk}
    assert near.of(mill.pk) == whole.of(mill.pk)


def test_only_the_rows_that_are_shown_are_read(
    sites: None, market: Site, mill: Unit, overseer: Actor
) -> None:
    found = queries.rows(overseer, PLACES.code, mill, DAY)
    with CaptureQueriesContext(connection) as asked:
        assert [row.id for row in found[:1]] == [str(market.pk)]
        assert found[0].id == str(market.pk)
        assert found[1:] == []
    assert sum("LIMIT 1" in each["sql"] for each in asked.captured_queries) == 2


def test_the_number_of_queries_does_not_grow_with_the_units(
    sites: None, group: Unit, mill: Unit, overseer: Actor
) -> None:
    with CaptureQueriesContext(connection) as few:
        queries.of_day(overseer, [group], DAY).of(group.pk)
    for number in range(5):
        kind = UnitKind.SUBSIDIARY
        enter_unit(OPERATOR, group, UnitLine(f"X{number}", f"第{number}公司", kind))
    with CaptureQueriesContext(connection) as many:
        queries.of_day(overseer, [group], DAY).of(group.pk)
    assert len(many) == len(few)


def test_every_figure_of_the_form_stands_on_the_register_with_its_words() -> None:
    for figure in registry.ordered():
        assert figure.definition.endswith(".") or figure.family, figure.code
        assert figure.section in SECTIONS or figure.family, figure.code
        assert (figure.kind is Kind.TEXT) <= (not figure.additive)
    told = [figure.code for figure in registry.ordered()]
    assert told.index("headcount_total") < told.index("confirmed") < told.index("duty_leader")


def test_an_app_takes_over_a_figure_in_whatever_order_they_are_read() -> None:
    code = "test_taken"
    plain = Figure(code, "x", "x.", "persons", True, "staff", 9999)  # noqa: FBT003
    try:
        registry.derive("people", code)
        registry.declare(plain)
        assert FIGURES[code].family == "people"
        registry.declare(plain)
        assert FIGURES[code].family == "people"
        with pytest.raises(ValueError, match="twice"):
            registry.declare(
                Figure(code, "y", "y.", "persons", True, "staff", 9999, "other")  # noqa: FBT003
            )
        registry.derive("people", code)
    finally:
        del FIGURES[code], registry._TAKEN[code]  # noqa: SLF001


def test_a_family_is_declared_once() -> None:
    family = Family("once", "app", count_sites, site_rows)
    registry.declare_family(family)
    with pytest.raises(ValueError, match="twice"):
        registry.declare_family(family)
    del FAMILIES["once"]


def get(client: Client, secret: str, path: str) -> dict[str, object]:
    answer = client.get(path, headers={"Authorization": f"Bearer {secret}"})
    return {"status": answer.status_code, **answer.json()}


def test_a_program_reads_figures_and_the_rows_behind_them(
    client: Client, group: Unit, mill: Unit, clerk: Actor
) -> None:
    type_in(clerk, mill, DAY, line(40))
    type_in(clerk, mill, DAY, line("张三", "duty_leader"))
    type_in(clerk, mill, DAY, line("45.5", "disinfectant_balance"))
    secret = "a secret of the mill"
    make_token(OPERATOR, mill, "clerk", secret)
    told = get(client, secret, "/api/v1/figures?day=2020-01-31&unit=M")
    assert (told["status"], told["unit"], told["day"]) == (200, "M", "2020-01-31")
    assert isinstance(told["figures"], list)
    by_code = {each["code"]: each for each in told["figures"]}
    masks = by_code["masks_balance"]
    assert (masks["value"], masks["state"], masks["source"]) == (40, "number", "typed")
    assert masks["override"] is None
    assert by_code["disinfectant_balance"]["value"] == 45.5
    assert by_code["duty_leader"]["value"] is None
    assert by_code["duty_leader"]["text"] == "张三"
    assert by_code["confirmed"]["state"] == "not_asked"
    assert by_code["confirmed"]["rows"] is None
    rows = get(client, secret, str(masks["rows"]))
    assert (rows["count"], rows["next"]) == (1, None)
    assert get(client, secret, "/api/v1/figures?day=2020-01-31&unit=P")["status"] == 404
    rows_of_p = "/api/v1/figures/masks_balance/rows?day=2020-01-31&unit=P"
    assert get(client, secret, rows_of_p)["status"] == 404
    naive = "/api/v1/figures?day=2020-01-31&unit=M&as_of=2020-01-31T16:00:00"
    assert get(client, secret, naive)["status"] == 422
    then = "/api/v1/figures?day=2020-01-31&unit=M&as_of=2020-01-31T16:00:00%2B08:00"
    earlier = get(client, secret, then)["figures"]
    assert isinstance(earlier, list)
    assert {each["code"]: each["value"] for each in earlier}["masks_balance"] is None


def test_the_lines_of_a_service_are_told_by_name_or_by_place(mill: Unit, clerk: Actor) -> None:
    done = services.type_in.many(clerk, [services.type_in.on(mill, DAY, line=line(3))] * 2)
    assert [item.refused for item in done] == [None, None]
