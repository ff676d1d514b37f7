from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.services import UnitLine, enter_unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput


def line(code: str) -> UnitLine:
    return UnitLine(code, f"第{code}公司", UnitKind.BRANCH)


def test_where_all_was_asked_for_one_refusal_undoes_the_others(mill: Unit, overseer: Actor) -> None:
    items = [enter_unit.on(mill, line(code)) for code in ("A", "A", "B")]
    done = enter_unit.many(overseer, items, whole=True)
    assert [item.result for item in done] == [None, None, None]
    assert [type(item.refused) for item in done] == [type(None), BadInput, type(None)]
    assert not Unit.objects.filter(code__in="AB").exists()
    assert not Entry.objects.filter(who=overseer.who).exists()


def test_where_all_can_be_done_all_is_done(mill: Unit, overseer: Actor) -> None:
    done = enter_unit.many(overseer, [enter_unit.on(mill, line("A"))], whole=True)
    assert [str(item.result) for item in done] == ["第A公司"]
    assert Entry.objects.get(who=overseer.who).count == 1
