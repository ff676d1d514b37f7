"""What figures need to know of the response: whose facts they are, who owes, what is not asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from lianfang.ground.figures.registry import Ground, ordered, stand_on
from lianfang.ground.figures.rules import Figure, Place
from lianfang.ground.response import queries
from lianfang.ground.response.queries.features import switches
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.rules.features import FEATURE_WORDS, Feature, is_on
from lianfang.ground.response.watchers import Effect, Touched, when_a_change_is_weighed
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid

SWITCHES_OFF = msgid(
    "“%(feature)s” is switched off: its screens are not there any more, and %(n)s figures are not"
    " asked."
)
SWITCHES_ON = msgid("“%(feature)s” is switched on: its screens are there, %(n)s figures are asked.")
OWING, SECTIONS = "report.owing_unit_kinds", "report.sections"
#: What the figures of a section are about, where all of them are about one part of the system.
OF_SECTION: Mapping[str, Feature] = {
    "temperature": Feature.TEMPERATURE,
    "gate": Feature.GATE_SCREENING,
    "hygiene": Feature.DISINFECTION,
    "movement": Feature.MOVEMENTS,
    "control": Feature.OBSERVATION,
}
OF_FIGURE: Mapping[str, Feature | None] = {
    "home_rest": None,
    "epi_history_14d": Feature.EPI_HISTORY,
    "onsite_epi_history_14d": Feature.EPI_HISTORY,
    "in_hubei": Feature.EPI_HISTORY,
    "onsite_in_hubei": Feature.EPI_HISTORY,
    "close_contacts": Feature.CONTACT_TRACING,
    "symptomatic": Feature.CHECK_IN,
    "onsite_symptomatic": Feature.CHECK_IN,
    "checked_in": Feature.CHECK_IN,
    "not_checked_in": Feature.CHECK_IN,
    "unreached": Feature.CHECK_IN,
    "onsite_reached": Feature.CHECK_IN,
    "onsite_not_checked_in": Feature.CHECK_IN,
    "onsite_unreached": Feature.CHECK_IN,
    "onsite_temp_abnormal": Feature.TEMPERATURE,
    "onsite_in_town": Feature.MOVEMENTS,
    "onsite_not_returned": Feature.MOVEMENTS,
    "onsite_returned_today": Feature.MOVEMENTS,
    "onsite_whereabouts_unknown": Feature.MOVEMENTS,
    "stalls_not_returned": Feature.MOVEMENTS,
    "disinfectant_balance": Feature.DISINFECTION,
}


def owing(actor: Actor, at: datetime) -> Collection[str]:
    """Return the kinds of units that owe a daily report at an instant; none without a pack."""
    pack = queries.pack_or_none(actor, at)
    return pack.texts(OWING) if pack is not None and pack.has(OWING) else ()


def silent(
    actor: Actor, register: Mapping[str, Figure], places: Sequence[Place], at: datetime
) -> Mapping[str, frozenset[UUID]]:
    """Return which figures the policy does not ask for, and where."""
    pack = queries.pack_or_none(actor, at)
    if pack is None:
        return {}
    sections = pack.texts(SECTIONS) if pack.has(SECTIONS) else None
    everywhere = frozenset(place.id for place in places)
    off = _off(actor, pack, {feature_of(figure) for figure in register.values()}, places, at)
    found: dict[str, frozenset[UUID]] = {}
    for code, figure in register.items():
        which = feature_of(figure)
        unlisted = which is None and sections is not None and figure.section not in sections
        units = everywhere if unlisted else off.get(which, frozenset())
        if units:
            found[code] = units
    return found


def feature_of(figure: Figure) -> Feature | None:
    """Return the part of the system that a figure is about; none for one that is always asked."""
    if figure.code in OF_FIGURE:
        return OF_FIGURE[figure.code]
    return OF_SECTION.get(figure.section)


def _off(
    actor: Actor,
    pack: Pack,
    features: Collection[Feature | None],
    places: Sequence[Place],
    at: datetime,
) -> Mapping[Feature | None, frozenset[UUID]]:
    """Return at which places parts are off; units that switched one on are looked for only then."""
    asked = [which for which in features if which is not None and not is_on(pack, which)]
    if not asked:
        return {}
    on = switches(actor, at)
    return {
        which: frozenset(place.id for place in places if not on.at(which, place.path))
        for which in asked
    }


def foresee(actor: Actor, before: Pack, after: Pack, now: datetime) -> Sequence[Effect]:
    """Return which parts a change switches on or off, and which figures are asked then or not."""
    found = []
    for which in Feature:
        was, becomes = is_on(before, which), is_on(after, which)
        if was == becomes:
            continue
        touched = [each for each in ordered() if feature_of(each) is which]
        rows = [Touched(gettext(each.label)) for each in touched]
        sentence = SWITCHES_ON if becomes else SWITCHES_OFF
        words = {"feature": FEATURE_WORDS[which]}
        found.append(Effect(sentence, {"n": len(rows)}, words, rows))
    return found


when_a_change_is_weighed(foresee)
stand_on(Ground(queries.current, owing, silent))
