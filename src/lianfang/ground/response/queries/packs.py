"""The policy pack in force at an instant, for a unit, as known at another instant."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import rules, shipped
from lianfang.ground.response.models import PackVersion, Supplement
from lianfang.ground.response.rules import Pack, parse, tightened
from lianfang.ground.response.rules.reading import filled
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once
from lianfang.kernel.refusals import Refused
from lianfang.kernel.texts import msgid

READ = "response.read"
KEPT = 256

#: Packs already read, by version and stretch between two turns; a stored version never changes.
_READ: dict[tuple[UUID, int], Pack] = {}


class NoPack(Refused):
    """Nothing can be judged yet: no response has begun, or it has no policy pack."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A stored version without its content."""

    id: UUID
    number: int
    activated_at: datetime
    response: UUID
    started_at: datetime


def pack_at(
    actor: Actor, instant: datetime, unit: Unit | None = None, as_of: datetime | None = None
) -> Pack:
    """Return what the policy pack says at an instant, with a unit's own stricter values.

    The version is the one that was known at `as_of` (at the instant itself unless told
    otherwise); before the first one was activated the first one counts, so that facts which were
    filled in afterwards are judged too.
    """
    pack = pack_or_none(actor, instant, unit, as_of)
    if pack is None:
        raise NoPack(msgid("No policy pack is in force: begin a response and choose a pack."))
    return pack


def pack_or_none(
    actor: Actor, instant: datetime, unit: Unit | None = None, as_of: datetime | None = None
) -> Pack | None:
    """Return the policy pack as `pack_at` does, or none where no response has begun."""
    version = _version(actor, instant, as_of or instant)
    if version is None:
        return None
    pack = _stretch(actor, version, instant)
    if unit is None:
        return pack
    lines = supplements(actor, unit).filter(response=version.response)
    return tightened(pack, in_force(lines, instant, as_of or instant))


def stored(actor: Actor, version: PackVersion) -> Pack:
    """Return a stored version of the pack with all its amendments."""
    return _whole(actor, version.pk, version.version)


def versions(actor: Actor) -> QuerySet[PackVersion]:
    """Return the versions of all packs without their content, the newest first."""
    found = visible(PackVersion, actor, READ).select_related("response").defer("content")
    return found.order_by("-response__started_at", "-version")


def adopted_version(actor: Actor, instant: datetime, as_of: datetime | None = None) -> UUID | None:
    """Return the key of the version that `pack_at` reads."""
    version = _version(actor, instant, as_of or instant)
    return version.id if version else None


def counts_since(actor: Actor, instant: datetime) -> datetime | None:
    """Return when the first pack of the response of an instant was put into force here."""
    found = _of_one_response(
        once(("packs", actor.reaches(READ)), lambda: _versions(actor)), instant
    )
    return found[0].activated_at if found else None


def supplements(actor: Actor, unit: Unit) -> QuerySet[Supplement]:
    """Return the stricter values of a unit and of its superiors, the oldest first."""
    paths = tree.ancestors(unit.path)
    found = visible(Supplement, actor, READ).filter(unit__path__in=paths)
    return found.select_related("unit")


def stricter_here(actor: Actor, pack: Pack, unit: Unit, at: datetime) -> Pack:
    """Return another pack with the stricter values that a unit has now, as for a look ahead."""
    units = once(("stricter", actor.reaches(READ), at), lambda: _stricter(actor, at))
    if not any(tree.within(unit.path, path) for path in units):
        return pack
    lines = supplements(actor, unit).filter(response__ended_at=None)
    return tightened(pack, in_force(lines, at, at))


def _stricter(actor: Actor, at: datetime) -> frozenset[str]:
    told = visible(Supplement, actor, READ).filter(valid_from__lte=at, response__ended_at=None)
    return frozenset(told.values_list("unit__path", flat=True))


def stricter_units(actor: Actor, path: str, instant: datetime) -> Sequence[Unit]:
    """Return the units that said something of their own about a value: ask `pack_at` with each.

    A unit below one of them goes by it too; where nobody did, everybody goes by the pack alone.
    """
    told = visible(Supplement, actor, READ).filter(path=path, valid_from__lte=instant)
    units = {line.unit_id: line.unit for line in told.select_related("unit")}
    return sorted(units.values(), key=lambda unit: unit.path)


def in_force(
    lines: QuerySet[Supplement], instant: datetime, as_of: datetime
) -> list[rules.Supplement]:
    """Return the last word of each unit on each value; an empty word lifts it."""
    last = {
        (line.unit_id, line.path): line
        for line in lines
        if line.valid_from <= instant and line.recorded_at <= as_of
    }
    return [
        rules.Supplement(line.path, line.value, str(line.unit), line.reason)
        for line in last.values()
        if line.value is not None and (line.valid_to is None or instant < line.valid_to)
    ]


def _version(actor: Actor, instant: datetime, as_of: datetime) -> _Version | None:
    found = once(("packs", actor.reaches(READ)), lambda: _versions(actor))
    return _known(_of_one_response(found, instant), as_of)


def _versions(actor: Actor) -> Sequence[_Version]:
    lines = visible(PackVersion, actor, READ).order_by("response__started_at", "version")
    columns = ("pk", "version", "activated_at", "response_id", "response__started_at")
    return [_Version(*line) for line in lines.values_list(*columns)]


def _of_one_response(found: Sequence[_Version], instant: datetime) -> Sequence[_Version]:
    """Return the versions of the response that began last, of the first one before any began."""
    begun = [each.response for each in found if each.started_at <= instant]
    chosen = begun[-1:] or [each.response for each in found[:1]]
    return [each for each in found if each.response in chosen]


def _known(found: Sequence[_Version], as_of: datetime) -> _Version | None:
    known = [each for each in found if each.activated_at <= as_of]
    return known[-1] if known else next(iter(found), None)


def _stretch(actor: Actor, version: _Version, instant: datetime) -> Pack:
    whole = _whole(actor, version.id, version.number)
    key = (version.id, whole.stretch(instant))
    pack = _READ.get(key)
    if pack is None:
        pack = whole.at(instant)
        _keep(key, pack)
    return pack


def _whole(actor: Actor, pk: UUID, number: int) -> Pack:
    key = (pk, -1)
    pack = _READ.get(key)
    if pack is None:
        content = visible(PackVersion, actor, READ).values_list("content", flat=True).get(pk=pk)
        told = parse(json.loads(content)).numbered(number)
        pack = filled(told, shipped.packs().get(told.id))
        _keep(key, pack)
    return pack


def _keep(key: tuple[UUID, int], pack: Pack) -> None:
    """Keep a pack that was read; what was read longest ago goes where there are too many."""
    for old in list(_READ)[: max(0, len(_READ) - KEPT + 1)]:
        _READ.pop(old, None)
    _READ[key] = pack
