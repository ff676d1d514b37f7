"""Importing staff: a file of people is taken whole, or comes back with what is wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.services.importing import Plan, State, Step, reach
from lianfang.ground.web.imports import ImportKind, Look, declare
from lianfang.kernel.actor import Actor
from lianfang.kernel.garbage import left_lying
from lianfang.kernel.parts import parts
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.reading import Line, read
from lianfang.people.register.rules import reading as columns
from lianfang.people.register.rules.tables import PEOPLE
from lianfang.people.register.services import comparing, taking
from lianfang.people.register.services.finding import Found
from lianfang.people.register.services.moments import Moment, moment
from lianfang.people.register.services.taking import Known, Taken

IMPORT = "people.import"


def import_people(
    actor: Actor,
    path: Path,
    *,
    name: str = "",
    unit: Unit | None = None,
    dry_run: bool = False,
    partial: bool = False,
) -> Outcome:
    """Take a file of staff: all of it, or, when asked for parts, the rows that are right."""
    plan = plan_people(actor, path, name=name, unit=unit)
    return plan.carry_out(dry_run=dry_run, partial=partial)


def look_at_people(actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None) -> Look:
    """Show what a file of staff would do."""
    return plan_people(actor, path, name=name, unit=unit).look()


@left_lying()
def plan_people(
    actor: Actor, path: Path, *, name: str = "", unit: Unit | None = None
) -> Plan[UUID]:
    """Work out what a file of staff would do; people are named by their identity document."""
    who, at = reach(actor, unit), moment(actor, unit)
    units = {each.code: each for each in orgs.units(who, IMPORT)}
    reading = read(path, PEOPLE, at.today, name=name, known={columns.UNIT: units})
    found = Found(who, IMPORT, reading.lines)
    reading = reading.having(found.problems(reading))
    steps = [step for lines in parts(reading.lines) for step in _steps(lines, found, units, at)]
    return Plan(taking.take, who, reading, steps, columns.DOCUMENT)


def _steps(
    lines: Sequence[Line], found: Found, units: Mapping[str, Unit], at: Moment
) -> list[Step[UUID]]:
    known = found.known(lines)
    return [_step(line, units, _told(line, at, found.person(line)), known, at) for line in lines]


def _step(
    line: Line, units: Mapping[str, Unit], told: Taken, known: Known, at: Moment
) -> Step[UUID]:
    title = f"{told.line.person_no} {told.line.name}"
    place = units[str(line[columns.UNIT])]
    if told.person is None:
        return Step(line, State.CREATED, title, taking.take.on(place, told))
    person = known.people[told.person]
    before = comparing.known_now(person)
    news = taking.news(place, told, known, at)
    if not news:
        return Step(line, State.UNCHANGED, title)
    changes = tuple(header for name, header in columns.COLUMN_OF.items() if name in news)
    values = comparing.moved(known.movements.get(told.person), told.where)
    values |= comparing.values(before, person, news, units.values())
    return Step(line, State.UPDATED, title, taking.take.on(place, told), changes, values)


def _told(line: Line, at: Moment, person: UUID | None) -> Taken:
    return Taken(
        line=columns.person_line(line),
        person=person,
        where=columns.where_told(line, at.policy),
        history=columns.history_told(line),
    )


declare(ImportKind("people", _("Staff"), IMPORT, PEOPLE, import_people, look_at_people, place=40))
