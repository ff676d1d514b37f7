"""Writing rows of units set by set: what is new in bulk, what stands one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lianfang.ground.orgs.models import Parentage, Unit, UnitName
from lianfang.ground.orgs.services import units
from lianfang.kernel import clock
from lianfang.kernel.refusals import Conflict


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a row says of a unit; without a superior it stays where it stands."""

    code: str
    superior: str | None
    values: Mapping[str, object]
    former_name: str = ""


def take(rows: Sequence[UnitRow]) -> Sequence[Unit]:
    """Write the rows in their order, superiors first."""
    units.lock_tree()
    return _Taking(rows).all()


class _Taking:
    """The units of a chunk of rows, and those that wait to be written in bulk."""

    def __init__(self, rows: Sequence[UnitRow]) -> None:
        self._rows = rows
        self._serials: dict[UUID | None, int] = {}
        self._fresh: list[Unit] = []
        self._parents: dict[UUID, Unit | None] = {}
        self._units = self._standing()

    def all(self) -> Sequence[Unit]:
        for row in self._rows:
            unit = self._units.get(row.code)
            if unit is None:
                self._enter(row)
            else:
                self._change(unit, row)
        self._write()
        self._keep_former_names()
        return [self._units[row.code] for row in self._rows]

    def _standing(self) -> dict[str, Unit]:
        codes = {row.code for row in self._rows} | {row.superior for row in self._rows}
        return {unit.code: unit for unit in Unit.objects.filter(code__in=codes - {None, ""})}

    def _enter(self, row: UnitRow) -> None:
        parent = self._superior(row)
        if parent is None and Unit.objects.exists():
            raise Conflict(units.ONE_GROUP)
        unit = Unit(code=row.code, path=self._next_path(parent))
        units.write(unit, row.values)
        self._units[row.code] = unit
        self._fresh.append(unit)
        self._parents[unit.pk] = parent

    def _change(self, unit: Unit, row: UnitRow) -> None:
        units.renew(unit, row.values)
        if row.superior is not None:
            self._write()
            units.move(unit, units.found(self._superior(row)))
            self._units, self._serials = self._standing(), {}

    def _superior(self, row: UnitRow) -> Unit | None:
        return units.found(self._units.get(row.superior)) if row.superior else None

    def _next_path(self, parent: Unit | None) -> str:
        key = parent.pk if parent else None
        if key not in self._serials:
            self._serials[key] = units.last_serial(parent)
        self._serials[key] += 1
        return units.path_of(parent, self._serials[key])

    def _write(self) -> None:
        now, fresh, self._fresh = clock.now(), self._fresh, []
        Unit.objects.bulk_create(fresh, batch_size=100)
        Parentage.objects.bulk_create(
            [
                Parentage(
                    unit=unit,
                    parent=self._parents[unit.pk],
                    serial=units.serial_of(unit),
                    valid_from=now,
                )
                for unit in fresh
            ],
            batch_size=100,
        )

    def _keep_former_names(self) -> None:
        told = {self._units[row.code].pk: row.former_name for row in self._rows if row.former_name}
        known = set(UnitName.objects.filter(unit__in=told).values_list("unit", "name"))
        fresh = [pair for pair in told.items() if pair not in known]
        UnitName.objects.bulk_create(
            [UnitName(unit_id=unit, name=name) for unit, name in fresh], batch_size=100
        )
