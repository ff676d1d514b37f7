from dataclasses import replace

import pytest

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.kernel.actor import Actor, Once
from lianfang.kernel.refusals import BadInput, KeyReused


def line(code: str) -> UnitLine:
    return UnitLine(code, f"第{code}公司", UnitKind.BRANCH)


def test_where_all_was_asked_for_one_refusal_undoes_the_others(mill: Unit, overseer: Actor) -> None:
    items = [enter_unit.on(mill, line(code)) for code in ("A", "A", "B")]
    done = enter_unit.many(overseer, items, whole=True)
    assert [item.result for item in done] == [None, None, None]
    assert [type(item.refused) for item in done] == [type(None), BadInput, type(None)]
    assert not Unit.objects.filter(code__in="AB").exists()
    entry = Entry.objects.get(who=overseer.who)
    assert (entry.refused, entry.count, entry.place) == ("BadInput", 0, mill.path)


def test_where_all_can_be_done_all_is_done(mill: Unit, overseer: Actor) -> None:
    done = enter_unit.many(overseer, [enter_unit.on(mill, line("A"))], whole=True)
    assert [str(item.result) for item in done] == ["第A公司"]
    assert Entry.objects.get(who=overseer.who).count == 1


def test_the_trail_says_of_how_many_how_many_were_refused(mill: Unit, overseer: Actor) -> None:
    enter_unit.many(overseer, [enter_unit.on(mill, line(code)) for code in ("A", "A", "B")])
    entry = Entry.objects.get(who=overseer.who)
    assert (entry.refused, entry.count) == ("", 2)
    assert entry.arguments == {"of": 3, "refused": {"BadInput": 1}}


def test_where_all_were_refused_nothing_is_entered_as_done(mill: Unit, stranger: Actor) -> None:
    enter_unit.many(stranger, [enter_unit.on(mill, line(code)) for code in "AB"])
    entry = Entry.objects.get(who=stranger.who, act="units.enter")
    assert (entry.refused, entry.count, entry.arguments) == ("NotAllowed", 0, {"of": 2})


def test_a_key_that_was_used_for_something_else_is_entered_as_refused(
    mill: Unit, overseer: Actor
) -> None:
    keyed = replace(overseer, once=Once("k", "POST /units", "one", lambda _: (200, "")))
    enter_unit.many(keyed, [enter_unit.on(mill, line("A"))])
    other = replace(overseer, once=Once("k", "POST /units", "two", lambda _: (200, "")))
    with pytest.raises(KeyReused):
        enter_unit.many(other, [enter_unit.on(mill, line("B"))])
    assert Entry.objects.get(who=overseer.who, refused="KeyReused").place == mill.path
