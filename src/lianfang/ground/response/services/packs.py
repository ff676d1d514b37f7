"""Activating versions of the policy pack, amending it, and a unit's stricter values."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, rules, shipped, watchers
from lianfang.ground.response.models import PackVersion, Response, Supplement
from lianfang.ground.response.rules import BadPack, Mark, Pack
from lianfang.ground.response.rules.drafting import Line, leaf_of
from lianfang.ground.response.rules.features import (
    FEATURE_WORDS,
    LACKS,
    check_complete,
    feature_at,
    lacking,
    left_open,
)
from lianfang.ground.response.rules.leaf import write as write_leaf
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_SUCH_PACK = msgid("There is no policy pack %(pack)s.")
NO_RESPONSE = msgid("No response is running; begin one first.")
WHOLE_GROUP = msgid("A response is run for the whole group.")
SAY_WHY = msgid("Say why.")
ENDS_BEFORE = msgid("The end is over already; say a later one or none.")
NOT_OPEN = msgid("%(path)s is not left open by this pack; change it in a draft.")
NOTHING_SET = msgid("Name at least one value that changes.")


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """What changes in the pack from an instant on: the new values by their paths."""

    valid_from: datetime
    sets: Mapping[str, object]
    source: str
    title_zh: str = ""
    title_en: str = ""
    valid_to: datetime | None = None
    mark: Mark = Mark.FOUND
    note: str = ""


@act("response.adopt", tells=("pack",))
def adopt_pack(
    actor: Actor,
    group: Unit,
    pack: str,
    reason: str = "",
    known_until: datetime | None = None,
    said: Sequence[Line] = (),
) -> PackVersion:
    """Put a pack that comes with the program in force, up to the amendments known by then."""
    told = completed(chosen(pack, known_until), said)
    return activate(actor, running(group), told, reason)


@act("response.amend", tells=("title_zh", "source"))
def amend(actor: Actor, group: Unit, line: AmendmentLine) -> PackVersion:
    """Change values of the pack in force from an instant on, as a new version of it."""
    response = running(group)
    return activate(actor, response, proposed(actor, line), line.title_zh or line.title_en)


@act("response.supplement", tells=("path",))
def supplement(
    actor: Actor,
    unit: Unit,
    path: str,
    value: object,
    reason: str,
    valid_to: datetime | None = None,
) -> Supplement:
    """Make a value stricter for a unit and all below it, never laxer; until an end if any."""
    if not reason.strip():
        raise BadInput(SAY_WHY, "reason")
    tightened_for(actor, unit, path, value, reason, valid_to)
    return _supplement(actor, unit, path, value, reason, valid_to)


@act("response.lift", tells=("path",))
def lift(actor: Actor, unit: Unit, path: str, reason: str) -> Supplement:
    """Go back to what the pack and the superiors say of a value."""
    if not reason.strip():
        raise BadInput(SAY_WHY, "reason")
    return _supplement(actor, unit, path, None, reason)


def tightened_for(
    actor: Actor, unit: Unit, path: str, value: object, reason: str, valid_to: datetime | None
) -> tuple[Pack, Pack]:
    """Return the pack of a unit before and after it becomes stricter, or say why it cannot be."""
    now = clock.now()
    if valid_to is not None and valid_to <= now:
        raise BadInput(ENDS_BEFORE, "valid_to")
    superior = Unit.objects.filter(path=unit.path[: -tree.WIDTH]).first()
    above = queries.pack_at(actor, now, superior)
    told = rules.Supplement(path, value, str(unit), reason)
    rules.check(above, told)
    after = rules.tighten(above, told)
    which = feature_at(path)
    for feature, needed in lacking(after):
        if feature is which:
            raise BadPack(LACKS, "path", path=needed, feature=FEATURE_WORDS[feature])
    return queries.pack_at(actor, now, unit), after


def proposed(actor: Actor, line: AmendmentLine) -> Pack:
    """Return the pack as it would be with an amendment, for a look before it is activated."""
    if not line.sets:
        raise BadInput(NOTHING_SET, "value")
    last = queries.versions(actor).filter(response__ended_at=None).first()
    if last is None:
        raise Conflict(NO_RESPONSE)
    told = {
        "title": {"zh": line.title_zh, "en": line.title_en},
        "valid_from": line.valid_from.isoformat(),
        "valid_to": line.valid_to.isoformat() if line.valid_to else None,
        "source": line.source,
        "mark": line.mark.value,
        "set": {path: {"value": value} for path, value in line.sets.items()},
    }
    if line.note:
        told["note"] = line.note
    return rules.amended(queries.stored(actor, last), told)


def activate(actor: Actor, response: Response, pack: Pack, reason: str) -> PackVersion:
    """Store a pack as the next version of a response and tell who wants to know."""
    now = clock.now()
    check_complete(pack, now)
    before = queries.pack_or_none(actor, now)
    content = json.dumps(rules.write(pack), ensure_ascii=False)
    last = PackVersion.objects.filter(response=response).order_by("version").last()
    version = PackVersion.objects.create(
        response=response,
        pack_id=pack.id,
        version=last.version + 1 if last else 1,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        reason=reason[:200],
        activated_at=now,
        recorded_at=now,
        by=actor.who,
    )
    watchers.tell(actor, before, pack.numbered(version.version).at(now), now)
    return version


def chosen(pack_id: str, known_until: datetime | None = None) -> Pack:
    """Return a pack that comes with the program."""
    pack = shipped.packs().get(pack_id)
    if pack is None:
        raise BadInput(NO_SUCH_PACK, "pack_id", pack=pack_id)
    return pack if known_until is None else rules.as_known(pack, known_until)


def completed(pack: Pack, said: Sequence[Line]) -> Pack:
    """Return a pack with what the group says of values that it leaves open or does not have."""
    opened = left_open(pack)
    for line in said:
        if line.path not in opened and pack.has(line.path):
            raise BadInput(NOT_OPEN, "pack_id", path=line.path)
    zone, known = timezone.get_default_timezone(), shipped.known()
    leaves = {line.path: leaf_of(pack, known, line, zone) for line in said}
    content = rules.write(pack)
    values = {path: write_leaf(leaf) for path, leaf in {**pack.leaves, **leaves}.items()}
    return rules.parse(content | {"values": values}) if leaves else pack


def running(group: Unit) -> Response:
    """Return the response that is running, locked for the act that changes it."""
    if not tree.is_root(group.path):
        raise BadInput(WHOLE_GROUP)
    found = Response.objects.select_for_update().filter(unit=group, ended_at=None).first()
    if found is None:
        raise Conflict(NO_RESPONSE)
    return found


def _supplement(
    actor: Actor,
    unit: Unit,
    path: str,
    value: object,
    reason: str,
    valid_to: datetime | None = None,
) -> Supplement:
    response, now = queries.current(actor), clock.now()
    if response is None:
        raise Conflict(NO_RESPONSE)
    return Supplement.objects.create(
        unit=unit,
        response=response,
        path=path,
        value=value,
        reason=reason.strip(),
        valid_from=now,
        valid_to=valid_to,
        recorded_at=now,
        by=actor.who,
    )
