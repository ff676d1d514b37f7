"""Taking in a spreadsheet of units, superiors before what stands under them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit, UnitName
from lianfang.ground.orgs.rules import UnitKind
from lianfang.ground.orgs.rules.arranging import TOP, arranged
from lianfang.ground.orgs.rules.tables import UNITS
from lianfang.ground.orgs.services.importing import Plan, State, Step, reach, today
from lianfang.ground.orgs.services.taking import UnitRow, take
from lianfang.ground.orgs.services.units import ONE_GROUP
from lianfang.ground.web.imports import ImportKind, Look, declare
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor, Everywhere
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import Problem
from lianfang.kernel.spreadsheets.reading import Line, Reading, read

CODE, ABOVE, FORMER = "单位编码", "上级编码", "曾用名"
FIELDS = {
    "单位名称": "name",
    "简称": "short_name",
    "单位类型": "kind",
    "行业": "sector",
    "统一社会信用代码": "credit_code",
    "主要负责人": "principal",
    "联系电话": "phone",
    "地址": "address",
}

#: The columns whose old value a preview shows as it stands; the others hold codes.
WRITTEN = frozenset({"单位名称", "简称", "统一社会信用代码", "主要负责人", "联系电话", "地址"})


@act("units.import", also=("under",))
def take_unit(actor: Actor, place: Unit | None, row: UnitRow, under: Unit | None) -> Unit:
    """Enter, change or move a unit as a row of a file says; the group itself has no place.

    `place` is the unit itself or, for a new one, the nearest superior that stands already;
    `under` is the same for its new superior.
    """
    return take([row])[0]


@take_unit.together
def take_units(actor: Actor, pendings: Sequence[Pending[Unit]]) -> Sequence[Unit]:
    """Take many rows in the order in which they stand."""
    rows = [row for pending in pendings for row in pending.told.args if isinstance(row, UnitRow)]
    return take(rows)


def import_units(
    actor: Actor,
    path: Path,
    *,
    name: str = "",
    unit: Unit | None = None,
    dry_run: bool = False,
    partial: bool = False,
) -> Outcome:
    """Import a file of units; an empty cell leaves what is known, a new group needs no superior."""
    plan = plan_units(actor, path, name=name, unit=unit)
    return plan.carry_out(dry_run=dry_run, partial=partial)


def plan_units(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Plan[Unit]:
    """Work out what a file of units would do."""
    who = reach(actor, unit)
    reading = read(path, UNITS, today(), name=name)
    seen = _Seen(who, reading)
    problems = list(seen.strangers())
    order = arranged(seen.superiors({problem.row for problem in problems}), seen.standing)
    problems += [seen.problem(code, ABOVE, wrong) for code, wrong in order.wrong.items()]
    steps = [seen.step(code) for code in order.order]
    return Plan(take_unit, who, reading.having(problems), steps, CODE)


class _Seen:
    """What the importer may see of the units that a file names."""

    def __init__(self, actor: Actor, reading: Reading) -> None:
        self.reading = reading
        self.lines = {str(line[CODE]): line for line in reading.lines}
        units = list(visible(Unit, actor, "units.import"))
        self.units = {unit.code: unit for unit in units}
        self._codes = {unit.path: unit.code for unit in units}
        self.standing = {unit.code: self._above(unit) for unit in units}
        self._taken = _taken(self.lines)
        self._former = _former()
        self._root = self._new_group(actor)

    def problem(self, code: str, column: str, wrong: str) -> Problem:
        return self.reading.problem(self.lines[code], column, wrong)

    def strangers(self) -> Iterator[Problem]:
        """Find the rows of units that the importer may not see, and those without a superior."""
        for code, line in self.lines.items():
            above = line[ABOVE]
            if code not in self.units and code in self._taken:
                known = above in self.units or (above in self.lines and above not in self._taken)
                if above is None:
                    yield self.problem(code, CODE, "unknown_unit")
                else:
                    wrong = (CODE, "registered_elsewhere") if known else (ABOVE, "unknown_unit")
                    yield self.problem(code, *wrong)
            elif above is None and not self._may_stand_alone(code, line):
                yield replace(self.problem(code, ABOVE, "missing"), message=ONE_GROUP)

    def superiors(self, rejected: set[int]) -> dict[str, str]:
        """Return under which superior each row puts its unit."""
        rows = {code: line for code, line in self.lines.items() if line.number not in rejected}
        return {code: self._told_above(code, line) for code, line in rows.items()}

    def step(self, code: str) -> Step[Unit]:
        """Return what a row would do."""
        line = self.lines[code]
        above, unit = self._told_above(code, line), self.units.get(code)
        values = {field: line[name] for name, field in FIELDS.items() if line[name] is not None}
        changes = [name for name, field in FIELDS.items() if _differs(unit, field, values)]
        moved = unit is not None and above != self.standing[code]
        former = line[FORMER] if self._is_new_name(unit, line) else None
        told = [*changes, *([ABOVE] if moved else []), *([FORMER] if former else [])]
        state = State.CREATED if unit is None else State.UPDATED if told else State.UNCHANGED
        row = UnitRow(code, above if unit is None or moved else None, values, str(former or ""))
        place = unit or self._nearest(above)
        under = self._nearest(above) if moved else place
        pending = None if state is State.UNCHANGED else take_unit.on(place, row, under)
        shown = tuple(told) if unit is not None else ()
        both = {name: (_shown(unit, name), str(line[name])) for name in shown if name in WRITTEN}
        return Step(line, state, f"{code} {line['单位名称']}", pending, shown, both)

    def _above(self, unit: Unit) -> str:
        """Return the code of a unit's superior, as far as the importer may see it."""
        return self._codes.get(unit.path[: -tree.WIDTH], TOP)

    def _told_above(self, code: str, line: Line) -> str:
        """Return the superior that a row names; one out of sight that it has already will do."""
        above = line[ABOVE]
        unit = self.units.get(code)
        if unit is not None and (above is None or self._has_already(unit, str(above))):
            return self.standing[code]
        return str(above or TOP)

    def _has_already(self, unit: Unit, above: str) -> bool:
        path = unit.path[: -tree.WIDTH]
        return path not in self._codes and Unit.objects.filter(code=above, path=path).exists()

    def _nearest(self, above: str) -> Unit | None:
        """Return the nearest superior that stands already."""
        while above not in self.units and above in self.lines:
            above = str(self.lines[above][ABOVE] or TOP)
        return self.units.get(above)

    def _new_group(self, actor: Actor) -> str:
        """Return the code of the row that is the group, where there is none yet."""
        everywhere = any(isinstance(far, Everywhere) for far in actor.reaches("units.import"))
        if not everywhere or Unit.objects.exists():
            return TOP
        alone = [code for code, line in self.lines.items() if line[ABOVE] is None]
        groups = [code for code in alone if self.lines[code]["单位类型"] == UnitKind.GROUP]
        found = groups if len(alone) > 1 else alone
        return found[0] if len(found) == 1 else TOP

    def _may_stand_alone(self, code: str, line: Line) -> bool:
        unit = self.units.get(code)
        if unit is None:
            return code == self._root
        return ABOVE not in line.columns or tree.is_root(unit.path)

    def _is_new_name(self, unit: Unit | None, line: Line) -> bool:
        told = line[FORMER]
        return told is not None and (unit is None or told not in self._former.get(unit.pk, ()))


def _differs(unit: Unit | None, field: str, values: Mapping[str, Any]) -> bool:
    return unit is not None and field in values and getattr(unit, field) != values[field]


def _shown(unit: Unit | None, column: str) -> str:
    return str(getattr(unit, FIELDS[column], ""))


def _taken(codes: Iterable[str]) -> Collection[str]:
    """Return those of the codes that some unit has, whether the importer may see it or not."""
    return set(Unit.objects.filter(code__in=list(codes)).values_list("code", flat=True))


def _former() -> Mapping[UUID, set[str]]:
    former: dict[UUID, set[str]] = defaultdict(set)
    for key, name in UnitName.objects.values_list("unit", "name"):
        former[key].add(name)
    return former


def look_at_units(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Look:
    """Show what a file of units would do."""
    return plan_units(actor, path, name=name, unit=unit).look()


declare(
    ImportKind("units", _("Units"), "units.import", UNITS, import_units, look_at_units, place=10)
)
