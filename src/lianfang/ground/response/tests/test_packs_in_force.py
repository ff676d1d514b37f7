from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, services, shipped, watchers
from lianfang.ground.response.models import PackVersion, Response, Supplement
from lianfang.ground.response.queries import packs
from lianfang.ground.response.rules import (
    BadPack,
    Laxer,
    Mark,
    NotInPack,
    Pack,
)
from lianfang.ground.response.rules.drafting import Line
from lianfang.ground.response.services import AmendmentLine
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotAllowed, Refused

PACK = "covid19-2020-01"
MEETING = datetime(2020, 1, 31, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def later(moment: datetime) -> AmendmentLine:
    return AmendmentLine(
        title_zh="再延",
        valid_from=moment,
        sets={"resumption.not_before": "2020-03-01T00:00:00+08:00"},
        source="通告",
    )


def test_what_was_decided_in_the_morning_changes_in_the_evening(
    morning: time_machine.Traveller, group: Unit, overseer: Actor, clerk: Actor
) -> None:
    start = MEETING - timedelta(days=8)
    services.begin_with_pack(OPERATOR, PACK, start, known_until=MEETING)
    told: list[tuple[int, int]] = []

    def watcher(_actor: Actor, before: Pack | None, after: Pack, _now: datetime) -> None:
        told.append((before.version if before else 0, after.version))

    evening = MEETING.replace(hour=20, minute=0)
    watchers.when_the_pack_changes(watcher)
    try:
        morning.move_to(evening)
        services.amend(OPERATOR, group, later(evening))
    finally:
        watchers.WATCHERS.remove(watcher)
    assert told == [(1, 2)]
    now = queries.pack_at(clerk, evening)
    assert (now.version, now.instant("resumption.not_before").month) == (2, 3)
    leaf = now.leaf("resumption.not_before")
    assert (leaf.mark, leaf.source.zh, leaf.label.zh) == (Mark.FOUND, "通告", "复工不早于")
    known_then = queries.pack_at(clerk, MEETING)
    assert (known_then.version, known_then.instant("resumption.not_before").day) == (1, 10)
    known_now = queries.pack_at(clerk, MEETING, as_of=evening)
    assert (known_now.version, known_now.instant("resumption.not_before").day) == (2, 10)


def test_facts_from_before_the_first_version_are_judged_by_the_first_one(
    response: Response, clerk: Actor
) -> None:
    assert queries.pack_at(clerk, MEETING - timedelta(days=30)).version == 1


def test_an_amendment_that_is_no_good_changes_nothing(
    response: Response, group: Unit, overseer: Actor
) -> None:
    with pytest.raises(BadPack):
        services.amend(
            OPERATOR,
            group,
            AmendmentLine(MEETING, {"temperature.fever_ge_c": "hot"}, "通告"),
        )
    with pytest.raises(BadInput):
        services.amend(OPERATOR, group, AmendmentLine(MEETING, {}, "通告"))
    assert PackVersion.objects.count() == 1


def test_a_pack_can_be_adopted_again_as_a_new_version(
    response: Response, group: Unit, overseer: Actor
) -> None:
    version = services.adopt_pack(OPERATOR, group, PACK, "按文件调整")
    assert version.version == 2
    assert len(version.sha256) == 64
    assert queries.versions(overseer).count() == 2
    assert queries.stored(overseer, version).version == 2


def test_only_what_a_pack_leaves_open_is_said_when_it_is_chosen(
    response: Response, group: Unit
) -> None:
    line = Line("temperature.fever_ge_c", "41.0", "集团通知第 3 号")
    with pytest.raises(BadInput, match="not left open"):
        services.adopt_pack(OPERATOR, group, PACK, said=(line,))
    assert PackVersion.objects.count() == 1


def test_reading_the_pack_again_costs_one_query(
    response: Response,
    clerk: Actor,
    django_assert_num_queries: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others: dict[tuple[UUID, int], Pack] = {(ids.new(), -1): shipped.packs()[PACK]}
    monkeypatch.setattr(packs, "_READ", others)
    monkeypatch.setattr(packs, "KEPT", 2)
    first = queries.pack_at(clerk, MEETING)
    with django_assert_num_queries(1):  # type: ignore[operator]
        again = queries.pack_at(clerk, MEETING + timedelta(minutes=5))
    assert again is first


def test_a_unit_and_all_below_it_may_be_stricter(
    response: Response,
    group: Unit,
    mill: Unit,
    mill_branch: Unit,
    port: Unit,
    principal: Actor,
    clerk: Actor,
) -> None:
    path = "temperature.fever_ge_c"
    services.supplement(principal, mill, path, 37.2, "冷链")
    now = clock.now()
    read = {u: queries.pack_at(clerk, now, u).value(path) for u in (group, mill, mill_branch, port)}
    assert read == {group: 37.3, mill: 37.2, mill_branch: 37.2, port: 37.3}
    services.lift(principal, mill, path, "不再需要")
    assert queries.pack_at(clerk, now, mill).value(path) == 37.3


def test_a_unit_is_never_laxer_and_says_why(
    response: Response, mill: Unit, port: Unit, principal: Actor
) -> None:
    path = "temperature.fever_ge_c"
    refused: list[tuple[Unit, str, object, str, type[Refused]]] = [
        (mill, path, 38.0, "r", Laxer),
        (mill, path, 37.2, " ", BadInput),
        (mill, "contact.infectious_from", "x", "r", BadPack),
        (mill, "nothing.of_that", 1, "r", NotInPack),
        (port, path, 37.2, "r", NotAllowed),
    ]
    for unit, where, value, reason, kind in refused:
        with pytest.raises(kind):
            services.supplement(principal, unit, where, value, reason)
    with pytest.raises(BadInput):
        services.lift(principal, mill, path, "")
    assert not Supplement.objects.exists()


def test_without_a_response_nothing_can_be_lifted(
    mill: Unit, principal: Actor, overseer: Actor
) -> None:
    with pytest.raises(Conflict):
        services.lift(principal, mill, "temperature.fever_ge_c", "r")
    with pytest.raises(Conflict):
        services.proposed(overseer, later(MEETING))


def test_an_amendment_keeps_its_note_and_is_made_for_the_whole_group_only(
    response: Response, group: Unit, mill: Unit, overseer: Actor
) -> None:
    noted = replace(later(MEETING), note="电话通知，文件后补")
    with pytest.raises(BadInput, match="whole group"):
        services.amend(OPERATOR, mill, noted)
    services.amend(OPERATOR, group, noted)
    leaf = queries.pack_at(overseer, MEETING).leaf("resumption.not_before")
    assert leaf.note.zh == "电话通知，文件后补"


def test_packs_that_were_read_are_kept_within_bounds(
    response: Response, group: Unit, overseer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "KEPT", 2)
    for _ in range(3):
        services.amend(OPERATOR, group, replace(later(MEETING), sets={"stock.cover_red_days": 4}))
        assert queries.pack_at(overseer, MEETING).whole("stock.cover_red_days") == 4
        services.adopt_pack(OPERATOR, group, PACK)
    assert len(packs._READ) <= 2  # noqa: SLF001


def test_a_stricter_value_says_whose_it_is(
    response: Response, mill: Unit, principal: Actor
) -> None:
    row = services.supplement(principal, mill, "temperature.fever_ge_c", 37.2, "冷链")
    assert str(row) == "temperature.fever_ge_c 江海面粉"


def test_a_unit_is_never_laxer_than_its_superior_either(
    response: Response, mill: Unit, mill_branch: Unit, principal: Actor
) -> None:
    fever = "temperature.fever_ge_c"
    services.supplement(principal, mill, fever, 37.0, "本厂从严")
    with pytest.raises(Laxer):
        services.supplement(principal, mill_branch, fever, 37.2, "二厂")
    services.supplement(principal, mill_branch, fever, 36.9, "二厂")
    assert queries.stricter_units(principal, fever, clock.now()) == [mill, mill_branch]
    assert queries.pack_at(principal, clock.now(), mill_branch).number(fever) == Decimal("36.9")
