"""Entering, changing and moving units."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal

from django.db import connection
from django.db.models import Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.timezone import get_default_timezone
from pypinyin import Style, lazy_pinyin

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Parentage, Unit, UnitName
from lianfang.ground.orgs.rules import Sector, UnitKind, operating_day
from lianfang.ground.orgs.rules.codes import safe
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

CODE_TAKEN = msgid("The code %(code)s is taken; every unit has its own.")
ONE_GROUP = msgid("There is a group already; give the unit a superior.")
CYCLE = msgid("A unit cannot stand under itself or under what stands under it.")
NO_SUPERIOR = msgid("The superior is not there any more.")
TOO_DEEP = msgid("The tree has at most %(levels)s levels; choose a superior nearer to the top.")
DATES_TURNED = msgid("The name ended before it began; look at the dates.")
LEVELS = Unit._meta.get_field("path").max_length // tree.WIDTH  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What is told of a unit when it is entered or changed."""

    code: str
    name: str
    kind: str = UnitKind.SUBSIDIARY
    short_name: str = ""
    sector: str = Sector.OTHER
    credit_code: str = ""
    principal: str = ""
    phone: str = ""
    fax: str = ""
    post_code: str = ""
    address: str = ""
    former_name: str = ""
    second_plate: str = ""
    registered_capital: Decimal | None = None
    day_starts: time = time.min


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a unit had, from the first day to the day on which it was another one."""

    name: str
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


COLUMNS = tuple(field.name for field in fields(UnitLine) if field.name != "former_name")


def sort_key(text: str) -> str:
    """Return the key that sorts and finds Chinese names by their pinyin."""
    return " ".join(" ".join(lazy_pinyin(text, style=Style.NORMAL)).split()).lower()[:160]


@act("units.enter", tells=("code", "name"))
def enter_unit(actor: Actor, parent: Unit | None, told: UnitLine) -> Unit:
    """Enter a unit under its superior; the group stands under none."""
    lock_tree()
    if parent is not None:
        parent.refresh_from_db()
    _free(told.code)
    if parent is None and Unit.objects.exists():
        raise Conflict(ONE_GROUP)
    unit = Unit(path=path_of(parent, last_serial(parent) + 1))
    write(unit, _columns(told))
    unit.save(force_insert=True)
    stand_under(unit, parent)
    keep_former_name(unit, told.former_name)
    return unit


@act("units.change", tells=("code", "name"))
def change_unit(actor: Actor, unit: Unit, told: UnitLine) -> Unit:
    """Change what is known of a unit; the name that it had is kept with its dates."""
    lock_tree()
    unit.refresh_from_db()
    if told.code != unit.code:
        _free(told.code)
    renew(unit, _columns(told))
    keep_former_name(unit, told.former_name)
    return unit


@act("units.keep_name")
def keep_name(actor: Actor, unit: Unit, told: FormerName) -> UnitName:
    """Keep a name that a unit had, with the days between which papers print it (R101)."""
    if told.valid_from and told.valid_to and told.valid_to <= told.valid_from:
        raise BadInput(DATES_TURNED, field="valid_to")
    kept, _ = UnitName.objects.update_or_create(
        unit=unit,
        name=told.name,
        defaults={
            "short_name": told.short_name,
            "valid_from": told.valid_from,
            "valid_to": told.valid_to,
        },
    )
    return kept


@act("units.move", also=("parent",))
def move_unit(actor: Actor, unit: Unit, parent: Unit) -> Unit:
    """Put a unit and all that stands under it under another superior, from now on."""
    lock_tree()
    unit.refresh_from_db()
    parent.refresh_from_db()
    move(unit, parent)
    return unit


def renew(unit: Unit, values: Mapping[str, object]) -> None:
    """Write what is told of a unit into its row, and keep the name that it had."""
    if values.get("name", unit.name) != unit.name:
        keep_former_name(unit, unit.name, unit.short_name, today(unit))
    write(unit, values)
    unit.save(update_fields=[*values, "sort_key"])


def write(unit: Unit, values: Mapping[str, object]) -> None:
    """Put what is told into the columns of a row."""
    for column, value in values.items():
        setattr(unit, column, value)
    unit.sort_key = sort_key(f"{unit.name} {unit.short_name}")


def found(superior: Unit | None) -> Unit:
    """Return a superior that must be there."""
    if superior is None:
        raise BadInput(NO_SUPERIOR, field="parent")
    return superior


def move(unit: Unit, parent: Unit) -> None:
    """Give a unit and what stands under it new paths under another superior."""
    if tree.within(parent.path, unit.path):
        raise BadInput(CYCLE, field="parent")
    below = Unit.objects.filter(path__gte=unit.path, path__lt=tree.after(unit.path))
    lowest = max(len(path) for path in below.values_list("path", flat=True))
    fresh = path_of(parent, last_serial(parent) + 1, lowest - len(unit.path))
    Parentage.objects.filter(unit=unit, valid_to=None).update(valid_to=clock.now())
    below.update(path=Concat(Value(fresh), Substr("path", len(unit.path) + 1)))
    unit.refresh_from_db()
    stand_under(unit, parent)


def last_serial(parent: Unit | None) -> int:
    """Return the last serial that was ever given under a superior."""
    return Parentage.objects.filter(parent=parent).aggregate(last=Max("serial"))["last"] or 0


def path_of(parent: Unit | None, serial: int, depth: int = 0) -> str:
    """Return the path of a serial under a superior; `depth` is how far it goes on below."""
    path = (parent.path if parent else "") + tree.serial(serial)
    if len(path) + depth > LEVELS * tree.WIDTH:
        raise BadInput(TOO_DEEP, field="parent", levels=LEVELS)
    return path


def stand_under(unit: Unit, parent: Unit | None) -> None:
    """Keep under which superior a unit stands from now on; its path tells the serial."""
    now = clock.now()
    Parentage.objects.create(unit=unit, parent=parent, serial=serial_of(unit), valid_from=now)


def serial_of(unit: Unit) -> int:
    """Return the serial that a unit's path ends with."""
    return int(unit.path[-tree.WIDTH :], len(tree.DIGITS))


def keep_former_name(unit: Unit, name: str, short: str = "", until: date | None = None) -> None:
    """Keep a name that a unit had, unless it is known already."""
    if name and not UnitName.objects.filter(unit=unit, name=name).exists():
        UnitName.objects.create(unit=unit, name=name, short_name=short, valid_to=until)


def today(unit: Unit) -> date:
    """Return the operating day of a unit."""
    return operating_day(clock.now(), get_default_timezone(), unit.day_starts)


def lock_tree() -> None:
    """Let one change of the tree happen at a time: whoever changes it locks its root first.

    The root is the first of all paths and never moves, whatever its kind; facts may be stored at it
    meanwhile. SQLite's IMMEDIATE transactions see to it without.
    """
    if connection.vendor == "postgresql":
        list(Unit.objects.select_for_update(no_key=True).order_by("path")[:1])


def _columns(told: UnitLine) -> dict[str, object]:
    return {column: getattr(told, column) for column in COLUMNS}


def _free(code: str) -> None:
    if Unit.objects.filter(code=safe(code)).exists():
        raise BadInput(CODE_TAKEN, field="code", code=code)
