from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, services
from lianfang.ground.response.models import LocalCases, PackVersion, Phase, Response
from lianfang.ground.response.rules import (
    Level,
    Stage,
    Verdict,
)
from lianfang.ground.response.services import Beginning, CasesLine
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed

PACK = "covid19-2020-01"
MEETING = datetime(2020, 1, 31, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_response_begins_with_its_level_its_phase_and_its_pack(
    response: Response, clerk: Actor
) -> None:
    found = queries.situation(clerk, MEETING)
    assert found is not None
    assert found.day == 9
    assert found.level is not None
    assert found.level.level is Level.I
    assert found.phase is not None
    assert found.phase.stage is Stage.PREPARE
    assert found.pack_fits
    assert found.pack is not None
    assert (found.pack.id, found.pack.version) == (PACK, 1)


def test_before_a_response_nothing_is_in_force(clerk: Actor) -> None:
    assert queries.current(clerk) is None
    assert queries.situation(clerk, MEETING) is None
    assert queries.adopted_version(clerk, MEETING) is None
    with pytest.raises(queries.NoPack):
        queries.pack_at(clerk, MEETING)


def test_only_the_group_office_at_the_top_begins_a_response(
    morning: time_machine.Traveller,
    told: Beginning,
    group: Unit,
    mill: Unit,
    clerk: Actor,
    overseer: Actor,
) -> None:
    with pytest.raises(NotAllowed):
        services.begin(clerk, group, told)
    with pytest.raises(BadInput):
        services.begin(overseer, mill, told)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": MEETING + timedelta(days=1)},
        {"pack_id": "none such"},
    ],
)
def test_a_response_does_not_begin_on_a_wrong_footing(
    morning: time_machine.Traveller,
    told: Beginning,
    group: Unit,
    overseer: Actor,
    change: dict[str, Any],
) -> None:
    with pytest.raises(BadInput):
        services.begin(overseer, group, replace(told, **change))
    assert not Response.objects.exists()


def test_one_response_at_a_time_and_each_under_its_own_code(
    response: Response, told: Beginning, group: Unit, overseer: Actor
) -> None:
    with pytest.raises(Conflict):
        services.begin(overseer, group, told)
    with pytest.raises(BadInput):
        services.end(overseer, group, told.started_at - timedelta(days=1))
    with pytest.raises(BadInput):
        services.end(overseer, group, MEETING + timedelta(days=1))
    services.end(overseer, group, MEETING)
    assert queries.current(overseer) is None
    with pytest.raises(BadInput, match="earlier response"):
        services.begin(overseer, group, told)
    with pytest.raises(Conflict, match="No response is running"):
        services.enter_phase(overseer, group, Stage.NORMAL, MEETING)


def test_setting_up_begins_with_nothing_but_a_pack(
    morning: time_machine.Traveller, group: Unit, clerk: Actor
) -> None:
    made = services.begin_with_pack(OPERATOR, PACK, MEETING, known_until=MEETING)
    assert made.title_zh
    pack = queries.pack_at(clerk, MEETING + timedelta(days=30))
    assert pack.instant("resumption.not_before").day == 10


@pytest.mark.django_db
def test_setting_up_needs_a_group() -> None:
    with pytest.raises(Conflict):
        services.begin_with_pack(OPERATOR, PACK, MEETING)


def test_the_course_of_a_response_is_told_day_by_day(
    response: Response, group: Unit, overseer: Actor
) -> None:
    campaign = services.start_campaign(
        overseer, group, "奋战十天", date(2020, 1, 29), 10, "拿下拐点"
    )
    name, first, last = "正月十五前", date(2020, 1, 25), date(2020, 2, 8)
    period = services.mark_key_period(overseer, group, name, first, last)
    level = services.set_level(overseer, group, Level.II, MEETING + timedelta(days=33), "省文件")
    assert [str(each) for each in (campaign, period, level)] == ["奋战十天", name, "II"]
    services.enter_phase(overseer, group, Stage.HOLD_BACK, MEETING - timedelta(hours=1), "准备完毕")
    found = queries.situation(overseer, MEETING)
    assert found is not None
    assert found.campaign is not None
    assert (found.campaign.count.day, found.campaign.count.left) == (3, 7)
    assert found.period is not None
    assert found.period.left == 8
    assert found.level is not None
    assert found.level.level is Level.I
    assert found.phase is not None
    assert found.phase.stage is Stage.HOLD_BACK
    after = queries.situation(overseer, MEETING + timedelta(days=40))
    assert after is not None
    assert after.level is not None
    assert after.level.level is Level.II
    assert not after.pack_fits
    assert after.campaign is None
    assert after.period is None


def test_a_campaign_and_a_key_period_have_a_name_and_days_in_order(
    response: Response, group: Unit, overseer: Actor
) -> None:
    day = date(2020, 1, 29)
    for refused in (
        services.start_campaign.on(group, " ", day, 10),
        services.start_campaign.on(group, "a", day, 0),
        services.mark_key_period.on(group, "", day, day),
        services.mark_key_period.on(group, "a", day, day - timedelta(days=1)),
    ):
        with pytest.raises(BadInput):
            refused.run(overseer)


def test_local_cases_are_typed_and_corrected(
    response: Response, group: Unit, overseer: Actor
) -> None:
    day = date(2020, 1, 30)
    services.type_cases(overseer, group, CasesLine(day, "温州", 51, "市卫健委"))
    services.type_cases(overseer, group, CasesLine(day, "温州", 55, "市卫健委更正"))
    found = queries.situation(overseer, MEETING)
    assert found is not None
    (series,) = found.series
    assert [(each.new_confirmed, each.corrected) for each in series.days] == [(55, True)]
    assert series.indicator is not None
    assert series.indicator.verdict is Verdict.TOO_FEW
    assert LocalCases.objects.count() == 2
    with pytest.raises(BadInput):
        services.type_cases(overseer, group, CasesLine(date(2020, 2, 1), "温州", 1, "x"))
    with pytest.raises(BadInput):
        services.type_cases(overseer, group, CasesLine(day, "温州", 1, " "))


def test_what_was_entered_of_a_response_is_never_changed(response: Response) -> None:
    for model in (Phase, PackVersion):
        row = model.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


def test_the_rows_say_what_they_are(response: Response, group: Unit, overseer: Actor) -> None:
    assert str(response) == "新冠肺炎疫情防控"
    assert str(PackVersion.objects.get()) == f"{PACK} 1"
    assert str(Phase.objects.get()) == "prepare"
    made = services.type_cases(overseer, group, CasesLine(date(2020, 1, 30), "温州", 55, "委"))
    assert str(made) == "温州 2020-01-30 55"


def test_a_day_counts_within_the_response_and_not_after_the_operating_day_of_the_unit(
    response: Response, mill: Unit, morning: time_machine.Traveller
) -> None:
    for day in (date(2020, 1, 23), date(2020, 1, 31)):
        assert queries.countable(OPERATOR, mill, day) == day
    for day in (date(2020, 1, 22), date(2020, 2, 1), date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(BadInput) as refused:
            queries.countable(OPERATOR, mill, day)
        assert refused.value.field == "day"
    night = Unit(path=mill.path, day_starts=time(6))
    morning.move_to(datetime(2020, 2, 1, 2, tzinfo=MEETING.tzinfo))
    assert queries.countable(OPERATOR, mill, date(2020, 2, 1)) == date(2020, 2, 1)
    with pytest.raises(BadInput):
        queries.countable(OPERATOR, night, date(2020, 2, 1))


def test_before_a_response_a_day_counts_as_far_back_as_anything_can_be_meant(mill: Unit) -> None:
    assert queries.countable(OPERATOR, mill, date(2019, 12, 31)) == date(2019, 12, 31)
    with pytest.raises(BadInput):
        queries.countable(OPERATOR, mill, date(1999, 12, 31))
