from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.rules import State
from lianfang.ground.figures.services import Line as Typed
from lianfang.ground.figures.services import type_in
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, services
from lianfang.ground.response.models import Response
from lianfang.ground.response.rules import BadPack, Laxer, Level, Mark, parse
from lianfang.ground.response.rules.drafting import Line
from lianfang.ground.response.rules.features import (
    NEEDS,
    Feature,
    is_on,
    lacking,
    off_since,
    switched_on,
)
from lianfang.ground.response.rules.files import examine
from lianfang.ground.response.rules.reading import amended, filled, write
from lianfang.ground.response.services import Beginning
from lianfang.ground.response.shipped import packs
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.kernel.refusals import BadInput, Conflict

ZONE = ZoneInfo("Asia/Shanghai")
FOUR = ("covid19-2020-01", "covid19-2022-09", "influenza-workplace", "chikungunya-2025")
AREA = Line("regions.key_areas", "- {prefix: '44', zh: 广东省, en: Guangdong}", "卫健委公告")


def begin(actor: Actor, group: Unit, code: str, at: datetime) -> Response:
    told = Beginning(code, code, code, at, Level.IV, said=(AREA,))
    return services.begin(actor, group, told)


@pytest.mark.parametrize("code", FOUR)
def test_every_value_of_a_shipped_pack_has_its_source_in_both_languages(code: str) -> None:
    for path, leaf in packs()[code].leaves.items():
        assert leaf.source.zh, path
        assert leaf.source.en, path
        assert leaf.label.zh, path
        assert leaf.label.en, path
        assert leaf.mark in {Mark.FOUND, Mark.MEMORY, Mark.DEFAULT}, path


@pytest.mark.parametrize("code", FOUR[1:])
def test_a_pack_takes_over_our_own_design_and_nothing_that_was_found_for_another(code: str) -> None:
    old, new = packs()[FOUR[0]], packs()[code]
    for path, leaf in new.leaves.items():
        if path in old.leaves and leaf == old.leaves[path]:
            assert leaf.mark is Mark.DEFAULT or path.startswith("petitions."), path
    assert new.has("loops.reminder_ladder")


def test_a_pack_that_a_mosquito_needs_has_no_gate_and_no_contacts() -> None:
    found = switched_on(packs()["chikungunya-2025"])
    assert Feature.VECTOR_CONTROL in found
    off = {Feature.GATE_SCREENING, Feature.CONTACT_TRACING, Feature.TEMPERATURE}
    assert not found & (off | {Feature.ZERO_REPORT, Feature.DISINFECTION})


def test_what_changed_with_the_date_changes_with_the_date() -> None:
    pack = packs()["covid19-2022-09"]

    def stages(day: str) -> list[object]:
        told = pack.at(datetime.fromisoformat(f"{day}T00:00:00+08:00"))
        return [each["days"] for each in told.entries("observation.close_contact.stages")]

    assert stages("2022-07-01") == [7, 3]
    assert stages("2022-11-12") == [5, 3]
    assert stages("2022-12-08") == [5]
    after = pack.at(datetime(2023, 1, 8, tzinfo=ZONE))
    assert not {Feature.CONTACT_TRACING, Feature.HEALTH_CODE} & switched_on(after)
    off = off_since(
        pack, Feature.CONTACT_TRACING, datetime(2023, 2, 1, tzinfo=ZONE), pack.valid_from
    )
    assert (off.by.zh, off.since.date().isoformat()) == ("乙类乙管", "2023-01-08")


def test_a_pack_from_before_the_switches_switches_nothing_off() -> None:
    old = parse({"id": "old", "valid_from": "2020-01-29T00:00:00+08:00"})
    assert is_on(old, Feature.CHECK_IN)
    assert not is_on(old, Feature.VECTOR_CONTROL)
    assert not list(lacking(old))


def test_what_is_our_own_design_comes_to_a_stored_pack_with_a_later_program() -> None:
    ours = packs()[FOUR[0]]
    content = write(ours)
    values = dict(content["values"])  # type: ignore[call-overload]
    for path in ("people.link_days", "symptoms.any"):
        del values[path]
    told = filled(parse(content | {"values": values, "amendments": []}), ours)
    assert told.has("people.link_days")
    assert not told.has("symptoms.any")


def test_a_pack_is_not_put_in_force_while_it_lacks_what_a_part_needs(
    group: Unit, overseer: Actor, morning: time_machine.Traveller
) -> None:
    with pytest.raises(BadPack, match=r"regions\.key_areas is not known"):
        services.begin_with_pack(OPERATOR, "chikungunya-2025", clock.now())
    assert not Response.objects.exists()
    begin(overseer, group, "chikungunya-2025", clock.now())
    assert queries.pack_at(overseer, clock.now()).entries("regions.key_areas")


def test_every_need_is_a_value_that_some_pack_has() -> None:
    known = set().union(*(pack.leaves for pack in packs().values()))
    later = {"health_code.colours"}
    assert {path for paths in NEEDS.values() for path in paths} <= known | later


def test_figures_of_a_switched_off_part_are_not_asked_and_never_nought(
    group: Unit, mill: Unit, overseer: Actor, clerk: Actor, morning: time_machine.Traveller
) -> None:
    begin(overseer, group, "chikungunya-2025", clock.now())
    day = clock.now().date()
    table = figures.of_day(overseer, None, day)
    for code in ("visitors", "temp_done", "close_contacts", "disinfect_due", "not_returned"):
        assert table.total(group.pk, code).state is State.NOT_ASKED, code
        assert table.total(group.pk, code).value is None
        assert table.is_silent(mill.pk, code)
    assert table.total(mill.pk, "on_duty").state is State.UNKNOWN
    with pytest.raises(Conflict, match="does not ask"):
        type_in(clerk, mill, day, Typed("visitors", "3"))
    assert len(figures.rows(overseer, "visitors", mill, day)) == 0


def test_a_unit_switches_a_part_on_and_never_off(
    group: Unit,
    mill: Unit,
    port: Unit,
    overseer: Actor,
    principal: Actor,
    morning: time_machine.Traveller,
) -> None:
    begin(overseer, group, "influenza-workplace", clock.now())
    path, ends = "features.disinfection", clock.now() + timedelta(days=3)
    with pytest.raises(BadPack, match=r"disinfection\.hand_touched_surface\.agent is not known"):
        services.supplement(principal, mill, path, value=True, reason="市场人多")
    movements = "features.movements"
    services.supplement(principal, mill, movements, value=True, reason="节后返岗", valid_to=ends)
    assert queries.feature(principal, Feature.MOVEMENTS, mill)
    assert not queries.feature(overseer, Feature.MOVEMENTS, port)
    table = figures.of_day(overseer, None, clock.now().date())
    assert table.total(mill.pk, "not_returned").state is not State.NOT_ASKED
    assert table.total(port.pk, "not_returned").state is State.NOT_ASKED
    with pytest.raises(Laxer):
        services.supplement(principal, mill, "features.check_in", value=False, reason="嫌麻烦")
    morning.move_to(ends + timedelta(minutes=1))
    assert not queries.feature(principal, Feature.MOVEMENTS, mill)
    with pytest.raises(BadInput, match="over already"):
        services.supplement(principal, mill, movements, value=True, reason="晚了", valid_to=ends)


def test_a_switched_off_part_says_by_what_and_since_when(
    group: Unit, overseer: Actor, morning: time_machine.Traveller
) -> None:
    begin(overseer, group, "chikungunya-2025", clock.now())
    with pytest.raises(queries.SwitchedOff, match="基孔肯雅热") as told:
        queries.demand(overseer, Feature.GATE_SCREENING)
    assert told.value.status == 404
    queries.demand(overseer, Feature.CHECK_IN)


HEAD = 'id: a\nvalid_from: "2020-01-29T00:00:00+08:00"\n'
LEAF = "{value: 1, unit: d, source: s, mark: F}"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 10)}]\n"
    for old, new in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (BOMB, None, "repeats or nests"),
        ("[" * 900, None, ""),
        (HEAD + "valeus: {}\n", 0, "nothing is called valeus"),
        (
            HEAD + f"values:\n  d: {LEAF}\n  e: {{value: 1, unit: feet, source: s, mark: F}}\n",
            5,
            "feet",
        ),
        (HEAD + "values:\n  d: {value: 1, unit: d, source: s, mark: F, maek: D}\n", 4, "maek"),
        (HEAD + f"values:\n  d: {LEAF}\n  d: {LEAF}\n", 5, "twice"),
        (HEAD + "values: {d: {value: x, unit: d, source: s, mark: F}}\n", 3, "not a value in d"),
        ("x" * 500_000, None, "larger"),
        ("- 1\n", 1, "does not begin"),
    ],
)
def test_a_file_that_cannot_be_a_pack_says_why_and_where(
    text: str, line: int | None, sentence: str
) -> None:
    pack, problems = examine(text, {})
    assert pack is None
    assert sentence in str(problems[0].wrong)
    assert line is None or problems[0].line == line


def amendment(begins: str, ends: str | None = None, **more: object) -> dict[str, object]:
    told = {"title": "t", "valid_from": begins, "valid_to": ends, "source": "s", "mark": "F"}
    return told | {"set": {"d": {"value": 2} | more}}


def test_amendments_that_cross_begin_too_early_or_change_the_unit_are_refused() -> None:
    pack = parse(
        {
            "id": "a",
            "valid_from": "2020-01-29T00:00:00+08:00",
            "values": {"d": {"value": 1, "unit": "d", "source": "s", "mark": "F"}},
        }
    )
    with pytest.raises(BadPack, match="the pack begins at"):
        amended(pack, amendment("2020-01-01T00:00:00+08:00"))
    with pytest.raises(BadPack, match="is measured in d, not in h"):
        amended(pack, amendment("2020-02-01T00:00:00+08:00", unit="h"))
    once = amended(pack, amendment("2020-02-01T00:00:00+08:00", "2020-02-05T00:00:00+08:00"))
    with pytest.raises(BadPack, match="cross"):
        amended(once, amendment("2020-02-03T00:00:00+08:00", "2020-02-09T00:00:00+08:00"))


def test_the_symptoms_of_every_pack_are_facts_that_its_rules_may_name() -> None:
    told = Path(__file__).parents[3] / "people/checkins/rules/force.py"
    text = told.read_text("utf-8")
    for pack in packs().values():
        for each in pack.entries("symptoms.list"):
            assert f'"{each["code"]}"' in text
