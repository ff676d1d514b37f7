"""Where time has changed what the policy says, and nobody has been looked at since."""

from collections.abc import Collection
from datetime import datetime

from lianfang.ground.doors.models import Entry
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.ground.response.models import PackVersion, Supplement
from lianfang.ground.response.queries.packs import READ
from lianfang.kernel import tree
from lianfang.kernel.actor import OPERATOR

RESCREEN = "screening.rescreen"
EVERYWHERE = ""


def unscreened(now: datetime) -> list[Unit | None]:
    """Return where people have yet to be screened anew; None stands for the whole installation.

    The pack turns at an instant that it names itself; whoever activates a version screens
    everybody at once. A unit's own stricter value counts from when it was said.
    """
    pack = response.pack_or_none(OPERATOR, now)
    if pack is None:
        return []
    turned = max((turn for turn in pack.turns if turn <= now), default=None)
    if turned is not None and not _activated(turned, now) and not _screened([EVERYWHERE], turned):
        return [None]
    return [unit for unit, said in _said(now) if not _screened(_above(unit), said)]


def _activated(since: datetime, now: datetime) -> bool:
    versions = visible(PackVersion, OPERATOR, READ)
    return versions.filter(activated_at__gte=since, activated_at__lte=now).exists()


def _screened(places: Collection[str], since: datetime) -> bool:
    done = visible(Entry, OPERATOR, "trail.read").filter(act=RESCREEN, refused="")
    return done.filter(place__in=places, happened_at__gte=since).exists()


def _said(now: datetime) -> list[tuple[Unit, datetime]]:
    """Return when each unit last said something stricter for itself, or lifted it."""
    lines = visible(Supplement, OPERATOR, READ).filter(valid_from__lte=now, recorded_at__lte=now)
    last: dict[Unit, datetime] = {}
    for line in lines.filter(response__ended_at=None).select_related("unit"):
        said = max(line.valid_from, line.recorded_at)
        if line.valid_to is not None and line.valid_to <= now:
            said = line.valid_to
        last[line.unit] = max(said, last.get(line.unit, said))
    return sorted(last.items(), key=lambda each: each[0].path)


def _above(unit: Unit) -> list[str]:
    return [EVERYWHERE, *tree.ancestors(unit.path)]
