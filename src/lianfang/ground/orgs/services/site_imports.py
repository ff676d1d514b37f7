"""Taking in a spreadsheet of sites with their gates."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.ground.doors.act import Pending, act
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Gate, Site, Unit
from lianfang.ground.orgs.rules.tables import SITES
from lianfang.ground.orgs.services import sites
from lianfang.ground.orgs.services.importing import Plan, State, Step, reach, today
from lianfang.ground.web.imports import ImportKind, Look, declare
from lianfang.kernel.actor import Actor
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import Problem
from lianfang.kernel.spreadsheets.reading import Line, Reading, read

CODE, UNIT, NAME, GATES = "场所编码", "单位编码", "场所名称", "出入口"
FIELDS = {
    NAME: "name",
    "场所类型": "kind",
    "地址": "address",
    "区划代码": "region",
    "所属街道": "subdistrict",
    "面积㎡": "area_m2",
    "定员人数": "capacity",
}


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What a row says of a site; gates that are not told stay as they are."""

    code: str
    values: Mapping[str, object]
    gates: tuple[str, ...] = ()


@act("sites.import", also=("unit",))
def take_site(actor: Actor, place: Unit, row: SiteRow, unit: Unit) -> Site:
    """Enter or change a site as a row of a file says.

    `place` is the unit at which it stands, `unit` the one that the row names; they differ when
    the site goes over from one unit to another.
    """
    return _take(actor, [(row, unit)])[0]


@take_site.together
def take_sites(actor: Actor, pendings: Sequence[Pending[Site]]) -> Sequence[Site]:
    """Take many rows at once."""
    return _take(actor, [_told(pending) for pending in pendings])


def import_sites(
    actor: Actor,
    path: Path,
    *,
    name: str = "",
    unit: Unit | None = None,
    dry_run: bool = False,
    partial: bool = False,
) -> Outcome:
    """Import a file of sites; an empty cell leaves what is known."""
    plan = plan_sites(actor, path, name=name, unit=unit)
    return plan.carry_out(dry_run=dry_run, partial=partial)


def plan_sites(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Plan[Site]:
    """Work out what a file of sites would do."""
    who = reach(actor, unit)
    units = {row.code: row for row in visible(Unit, who, "sites.import")}
    reading = read(path, SITES, today(), name=name, known={UNIT: units})
    seen = _Seen(who, reading, units)
    reading = reading.having(seen.strangers())
    return Plan(take_site, who, reading, [seen.step(line) for line in reading.lines], CODE)


class _Seen:
    """What the importer may see of the sites that a file names."""

    def __init__(self, actor: Actor, reading: Reading, units: Mapping[str, Unit]) -> None:
        self._reading, self._units = reading, units
        codes = [str(line[CODE]) for line in reading.lines]
        found = visible(Site, actor, "sites.import").filter(code__in=codes)
        self._sites = {site.code: site for site in found.select_related("unit")}
        self._taken = set(Site.objects.filter(code__in=codes).values_list("code", flat=True))
        self._gates = _gates(self._sites.values())

    def strangers(self) -> Iterator[Problem]:
        """Find the rows whose code belongs to a site that the importer may not see."""
        for line in self._reading.lines:
            if line[CODE] in self._taken and line[CODE] not in self._sites:
                yield self._reading.problem(line, CODE, "registered_elsewhere")

    def step(self, line: Line) -> Step[Site]:
        """Return what a row would do."""
        code, unit = str(line[CODE]), self._units[str(line[UNIT])]
        site = self._sites.get(code)
        values = {field: line[name] for name, field in FIELDS.items() if line[name] is not None}
        gates = _names(line)
        changes = () if site is None else tuple(self._changes(site, unit, values, gates))
        state = State.CREATED if site is None else State.UPDATED if changes else State.UNCHANGED
        place = unit if site is None else site.unit
        pending = take_site.on(place, SiteRow(code, values, gates), unit)
        return Step(
            line,
            state,
            f"{code} {line[NAME]}",
            None if state is State.UNCHANGED else pending,
            changes,
        )

    def _changes(
        self, site: Site, unit: Unit, values: Mapping[str, object], gates: tuple[str, ...]
    ) -> Iterator[str]:
        if site.unit_id != unit.pk:
            yield UNIT
            yield gettext("the posts given at this site end")
        for name, field in FIELDS.items():
            if field in values and getattr(site, field) != values[field]:
                yield name
        if gates and set(gates) != self._gates.get(site.pk, set()):
            yield GATES


def _take(actor: Actor, rows: Sequence[tuple[SiteRow, Unit]]) -> Sequence[Site]:
    codes = [row.code for row, _ in rows]
    known = {site.code: site for site in Site.objects.filter(code__in=codes)}
    fresh = [_fresh(row, unit) for row, unit in rows if row.code not in known]
    Site.objects.bulk_create(fresh, batch_size=100)
    named = {site.code: site for site in fresh}
    gates = [
        Gate(site=named[row.code], unit=unit, name=name)
        for row, unit in rows
        if row.code in named
        for name in dict.fromkeys(row.gates)
    ]
    Gate.objects.bulk_create(gates, batch_size=100)
    for row, unit in rows:
        if row.code in known:
            _renew(actor, known[row.code], row, unit)
    return [{**known, **named}[row.code] for row, _ in rows]


def _fresh(row: SiteRow, unit: Unit) -> Site:
    site = Site(code=row.code, unit=unit)
    sites.write(site, row.values)
    return site


def _renew(actor: Actor, site: Site, row: SiteRow, unit: Unit) -> None:
    if site.unit_id != unit.pk:
        sites.hand_over(actor, site, unit)
    sites.renew(site, row.values)
    if row.gates:
        sites.set_gates(site, row.gates)


def _told(pending: Pending[Site]) -> tuple[SiteRow, Unit]:
    row, unit = pending.told.args
    if not isinstance(row, SiteRow) or not isinstance(unit, Unit):
        raise TypeError("A site is taken from a row and a unit.")
    return row, unit


def _names(line: Line) -> tuple[str, ...]:
    told = line[GATES]
    return told if isinstance(told, tuple) else ()


def _gates(found: Collection[Site]) -> Mapping[UUID, set[str]]:
    gates: dict[UUID, set[str]] = {site.pk: set() for site in found}
    rows = Gate.objects.filter(site__in=gates, closed_at=None)
    for key, name in rows.values_list("site", "name"):
        gates[key].add(name)
    return gates


def look_at_sites(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Look:
    """Show what a file of sites would do."""
    return plan_sites(actor, path, name=name, unit=unit).look()


declare(
    ImportKind("sites", _("Sites"), "sites.import", SITES, import_sites, look_at_sites, place=20)
)
