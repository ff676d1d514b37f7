"""Which parts of the system are switched on at an instant, at a unit or anywhere in sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import PackVersion, Supplement
from lianfang.ground.response.queries.packs import (
    READ,
    adopted_version,
    counts_since,
    pack_or_none,
    stored,
)
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.rules.features import (
    FEATURE_WORDS,
    Feature,
    feature_at,
    is_on,
    off_since,
    path_of,
)
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.recall import once
from lianfang.kernel.refusals import Refused
from lianfang.kernel.texts import msgid

SWITCHED_OFF = msgid(
    "“%(feature)s” is switched off by the policy “%(policy)s” since %(day)s; nothing is asked here."
)


class SwitchedOff(Refused):
    """The policy in force has no use for this part of the system."""

    status = 404


@dataclass(frozen=True, slots=True)
class Switches:
    """Which parts are on for the whole group, and which more at single units and below."""

    group: frozenset[Feature]
    more: Mapping[Feature, Sequence[str]]

    def at(self, feature: Feature, path: str) -> bool:
        """Tell whether a part is on at the unit of a path."""
        above = self.more.get(feature, ())
        return feature in self.group or any(tree.within(path, each) for each in above)

    def anywhere(self, feature: Feature) -> bool:
        """Tell whether a part is on at any unit in sight."""
        return feature in self.group or bool(self.more.get(feature))


EVERYTHING = Switches(frozenset(Feature), {})


def switches(actor: Actor, at: datetime | None = None) -> Switches:
    """Return what is switched on at an instant; everything where no response has begun."""
    instant = at or clock.now()
    key = ("switches", actor.reaches(READ), at)
    return once(key, lambda: _switches(actor, instant))


def feature(
    actor: Actor, which: Feature, unit: Unit | None = None, at: datetime | None = None
) -> bool:
    """Tell whether a part is on at a unit, or anywhere in sight where none is named."""
    pack = pack_or_none(actor, at or clock.now())
    if pack is None or is_on(pack, which):
        return True  # a unit may switch a part on, never off: no more has to be asked
    found = switches(actor, at)
    return found.anywhere(which) if unit is None else found.at(which, unit.path)


def demand(actor: Actor, which: Feature, unit: Unit | None = None) -> None:
    """Refuse what belongs to a part that is switched off, and say by what and since when."""
    if not feature(actor, which, unit):
        raise switched_off(actor, which)


def switched_off(actor: Actor, which: Feature) -> SwitchedOff:
    """Return the refusal of a part that is off, in the words of the policy that says so."""
    now = clock.now()
    key, begun = adopted_version(actor, now), counts_since(actor, now)
    title, since = "", now
    if key is not None and begun is not None:
        version = visible(PackVersion, actor, READ).get(pk=key)
        off = off_since(stored(actor, version), which, now, begun)
        title, since = off.by.say(get_language() or ""), off.since
    day = timezone.localtime(since).date()
    name = gettext(FEATURE_WORDS[which])
    return SwitchedOff(SWITCHED_OFF, feature=name, policy=title, day=day)


def _switches(actor: Actor, at: datetime) -> Switches:
    pack = pack_or_none(actor, at)
    if pack is None:
        return EVERYTHING
    group = frozenset(each for each in Feature if is_on(pack, each))
    return Switches(group, _more(actor, pack, group, at))


def _more(
    actor: Actor, pack: Pack, group: frozenset[Feature], at: datetime
) -> Mapping[Feature, Sequence[str]]:
    """Return where units switched on what is off: asked only where they may do so at all."""
    may = [path_of(each) for each in Feature if each not in group and pack.has(path_of(each))]
    if not may:
        return {}
    told = visible(Supplement, actor, READ).filter(
        path__in=may, valid_from__lte=at, response__ended_at=None
    )
    last = {
        (path, where): (value, ends)
        for path, where, value, ends in told.values_list("path", "unit__path", "value", "valid_to")
    }
    found: dict[Feature, list[str]] = {}
    for (path, where), (value, ends) in last.items():
        which = feature_at(path)
        if which is not None and value is True and (ends is None or at < ends):
            found.setdefault(which, []).append(where)
    return found
