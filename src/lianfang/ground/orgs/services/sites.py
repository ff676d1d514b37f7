"""Entering and changing sites with their gates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from django.db.models import Q

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import watchers
from lianfang.ground.orgs.models import Gate, Post, Site, Stall, Unit
from lianfang.ground.orgs.rules.codes import safe
from lianfang.ground.orgs.services.units import sort_key
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

CODE_TAKEN = msgid("The code %(code)s is taken; every site has its own.")


@dataclass(frozen=True, slots=True)
class SiteLine:
    """What is told of a site when it is entered or changed."""

    code: str
    name: str
    kind: str
    address: str = ""
    region: str = ""
    subdistrict: str = ""
    area_m2: Decimal | None = None
    capacity: int | None = None
    gates: tuple[str, ...] = ()
    day_starts: time = time.min


COLUMNS = (
    "code",
    "name",
    "kind",
    "address",
    "region",
    "subdistrict",
    "area_m2",
    "capacity",
    "day_starts",
)


@act("sites.enter", tells=("code", "name"))
def enter_site(actor: Actor, unit: Unit, told: SiteLine) -> Site:
    """Enter a site of a unit with its gates."""
    _free(told.code)
    site = Site(unit=unit)
    write(site, _columns(told))
    site.save(force_insert=True)
    set_gates(site, told.gates)
    return site


@act("sites.change", tells=("code", "name"))
def change_site(actor: Actor, site: Site, told: SiteLine) -> Site:
    """Change what is known of a site; a gate that is named no more is closed, not deleted."""
    if told.code != site.code:
        _free(told.code)
    renew(site, _columns(told))
    set_gates(site, told.gates)
    return site


def renew(site: Site, values: Mapping[str, object]) -> None:
    """Write what is told of a site into its row."""
    write(site, values)
    site.save(update_fields=[*values, "sort_key"])


def write(site: Site, values: Mapping[str, object]) -> None:
    """Put what is told into the columns of a row."""
    for column, value in values.items():
        setattr(site, column, value)
    site.sort_key = sort_key(site.name)


def hand_over(actor: Actor, site: Site, unit: Unit) -> None:
    """Let another unit run a site from now on, with its gates and stalls.

    The posts that were given at the site end: the unit that runs it now chooses its own keepers.
    """
    now = clock.now()
    site.unit = unit
    site.save(update_fields=["unit"])
    Gate.objects.filter(site=site).update(unit=unit)
    Stall.objects.filter(site=site).update(unit=unit)
    held = Post.objects.filter(site=site).filter(Q(valid_to=None) | Q(valid_to__gt=now))
    held.filter(valid_from__gt=now).update(valid_from=now)
    held.update(valid_to=now)
    watchers.site_went_over(actor, site, unit, now)


def set_gates(site: Site, names: tuple[str, ...]) -> None:
    """Open the gates that are named and close those that are named no more."""
    known = {gate.name: gate for gate in Gate.objects.filter(site=site)}
    for name in dict.fromkeys(names):
        gate = known.pop(name, None)
        if gate is None:
            Gate.objects.create(site=site, unit=site.unit, name=name)
        elif gate.closed_at:
            gate.closed_at = None
            gate.save(update_fields=["closed_at"])
    for gate in known.values():
        if gate.closed_at is None:
            gate.closed_at = clock.now()
            gate.save(update_fields=["closed_at"])


def _columns(told: SiteLine) -> dict[str, object]:
    return {column: getattr(told, column) for column in COLUMNS}


def _free(code: str) -> None:
    if Site.objects.filter(code=safe(code)).exists():
        raise BadInput(CODE_TAKEN, field="code", code=code)
