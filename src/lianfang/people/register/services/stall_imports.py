"""Importing stalls and who holds them; what is missing is to be completed, never an error."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.ground.doors.sealing import blind
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.ground.orgs.services.importing import Plan, State, Step, reach
from lianfang.ground.web.imports import ImportKind, Look, declare
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.reading import Line, Reading, read
from lianfang.people.register.models import Person, StallTenure
from lianfang.people.register.rules import reading as columns
from lianfang.people.register.rules.lines import PersonLine, merged
from lianfang.people.register.rules.tables import STALLS
from lianfang.people.register.rules.words import SealedColumn
from lianfang.people.register.services import stalls, taking
from lianfang.people.register.services.finding import Found
from lianfang.people.register.services.moments import Moment, moment
from lianfang.people.register.services.stalls import Kept, StallRow
from lianfang.people.register.services.taking import Taken, known_of

IMPORT = "stalls.import"
Named = tuple[UUID, str, bytes]


def import_stalls(
    actor: Actor,
    path: Path,
    *,
    name: str = "",
    unit: Unit | None = None,
    dry_run: bool = False,
    partial: bool = False,
) -> Outcome:
    """Take a file of stalls: all of it, or, when asked for parts, the rows that are right."""
    plan = plan_stalls(actor, path, name=name, unit=unit)
    return plan.carry_out(dry_run=dry_run, partial=partial)


def look_at_stalls(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Look:
    """Show what a file of stalls would do."""
    return plan_stalls(actor, path, name=name, unit=unit).look()


def plan_stalls(
    actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None
) -> Plan[Kept]:
    """Work out what a file of stalls would do; a stall is named by its site and number."""
    who, at = reach(actor, unit), moment(actor, unit)
    sites = {site.code: site for site in visible(Site, who, IMPORT).select_related("unit")}
    reading = read(path, STALLS, at.today, name=name, known={columns.SITE: sites})
    found = Found(who, IMPORT, reading.lines)
    reading = reading.having(found.problems(reading))
    looking = _Looking(who, at, found, sites, reading)
    steps = [looking.step(line) for line in reading.lines]
    return Plan(stalls.take_stall, who, reading, steps, columns.STALL_NO)


class _Looking:
    """What is known of the stalls of a file and of those who hold them."""

    def __init__(
        self, actor: Actor, at: Moment, found: Found, sites: Mapping[str, Site], reading: Reading
    ) -> None:
        self._at, self._found, self._sites = at, found, sites
        self._stalls = {
            (stall.site_id, stall.number): stall
            for stall in visible(Stall, actor, IMPORT).filter(site__in=self._places(reading))
        }
        tenures = visible(StallTenure, actor, IMPORT).filter(valid_to=None)
        tenures = tenures.filter(stall__site__in=self._places(reading))
        self._holding = dict(tenures.values_list("stall", "person"))
        people = visible(Person, actor, IMPORT)
        wanted = {*self._holding.values(), *found.people()}
        self._people: dict[UUID, Person] = {}
        for part in parts(sorted(wanted)):
            self._people |= people.select_related("unit").in_bulk(part)
        self._named = {name: p.pk for p in self._people.values() if (name := _named(p))}
        self._fresh: dict[object, UUID] = {}
        self._lines: dict[UUID, PersonLine] = {}
        self._known = known_of(self._people)

    def step(self, line: Line) -> Step[Kept]:
        """Return what a row would do."""
        site, told = self._sites[str(line[columns.SITE])], columns.stall_told(line)
        stall = self._stalls.get((site.pk, told.number))
        row = StallRow(told)
        holder = columns.holder_line(line)
        if holder is not None:
            found = self._holder(line, site, stall, holder)
            person = found or self._key(line, site, holder)
            self._lines[person] = merged(self._lines.get(person), holder)
            row = StallRow(told, self._lines[person], person)
        title = f"{site} {told.number}"
        if stall is None:
            return Step(line, State.CREATED, title, stalls.take_stall.on(site, row))
        changes = self._changes(stall, row)
        if not changes:
            return Step(line, State.UNCHANGED, title)
        return Step(line, State.UPDATED, title, stalls.take_stall.on(site, row), changes)

    def _places(self, reading: Reading) -> list[UUID]:
        codes = {str(line[columns.SITE]) for line in reading.lines}
        return [site.pk for code, site in self._sites.items() if code in codes]

    def _holder(
        self, line: Line, site: Site, stall: Stall | None, holder: PersonLine
    ) -> UUID | None:
        """Return who of the known holds the stall: by document, as now, or by name and phone."""
        named = self._found.person(line)
        if named is not None:
            return named
        holding = self._holding.get(stall.pk) if stall else None
        now = self._people.get(holding) if holding else None
        phone = blind(holder.phone, SealedColumn.PHONE) if holder.phone else b""
        if now is not None and _is_meant(now, holder, phone):
            return now.pk
        return self._named.get((site.pk, holder.name, phone)) if phone else None

    def _key(self, line: Line, site: Site, holder: PersonLine) -> UUID:
        """Return the key of somebody new: the same one for several stalls of the same person."""
        same: object = line.number
        if holder.document:
            same = columns.key_of(line)
        elif holder.phone:
            same = (site.pk, holder.name, holder.phone)
        return self._fresh.setdefault(same, ids.new())

    def _changes(self, stall: Stall, row: StallRow) -> tuple[str, ...]:
        news = set(stalls.news(stall, row.stall))
        person = self._people.get(row.person) if row.person else None
        if row.holder is not None and row.person != self._holding.get(stall.pk):
            news.add("name")
        if row.holder is not None and person is not None:
            line = stalls.with_own_way(row.holder, person)
            news |= taking.news(person.unit, Taken(line, person.pk), self._known, self._at)
        found = (columns.STALL_COLUMN_OF.get(name) for name in sorted(news))
        return tuple(dict.fromkeys(header for header in found if header))


def _named(person: Person) -> Named | None:
    """Return by what somebody on site is known without a document."""
    if person.site_id is None or person.phone_index is None:
        return None
    return person.site_id, person.name, bytes(person.phone_index)


def _is_meant(person: Person, holder: PersonLine, phone: bytes) -> bool:
    """Tell whether a row means the present holder, by his name or telephone."""
    if holder.document and person.document_index is not None:
        return False
    same_phone = (
        bool(phone) and person.phone_index is not None and phone == bytes(person.phone_index)
    )
    return same_phone or person.name == holder.name


declare(ImportKind("stalls", _("Stalls"), IMPORT, STALLS, import_stalls, look_at_stalls, place=30))
