"""Which parts of the system a pack switches on, what they need of it, and since when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lianfang.ground.response.rules.pack import Pack
from lianfang.ground.response.rules.words import BadPack, Words
from lianfang.kernel.texts import msgid

A_MOMENT = timedelta(microseconds=1)


class Feature(StrEnum):
    """A part of the system that makes sense against some epidemics and not against others."""

    CHECK_IN = "check_in"
    TEMPERATURE = "temperature"
    EPI_HISTORY = "epi_history"
    MOVEMENTS = "movements"
    CONTACT_TRACING = "contact_tracing"
    GATE_SCREENING = "gate_screening"
    OBSERVATION = "observation"
    DISINFECTION = "disinfection"
    VECTOR_CONTROL = "vector_control"
    HEALTH_CODE = "health_code"
    ZERO_REPORT = "zero_report"


FEATURE_WORDS: Mapping[Feature, str] = {
    Feature.CHECK_IN: msgid("Daily check-in"),
    Feature.TEMPERATURE: msgid("Taking the temperature"),
    Feature.EPI_HISTORY: msgid("History of exposure"),
    Feature.MOVEMENTS: msgid("Leaving town and coming back"),
    Feature.CONTACT_TRACING: msgid("Contact tracing"),
    Feature.GATE_SCREENING: msgid("Screening at the gate, and the pass"),
    Feature.OBSERVATION: msgid("Medical observation"),
    Feature.DISINFECTION: msgid("Disinfection rounds"),
    Feature.VECTOR_CONTROL: msgid("Mosquito control"),
    Feature.HEALTH_CODE: msgid("Official health code"),
    Feature.ZERO_REPORT: msgid("Zero report"),
}
#: Where a switch stands that has a place of its own in the pack.
PLACES: Mapping[Feature, str] = {
    Feature.HEALTH_CODE: "health_code.official",
    Feature.ZERO_REPORT: "report.zero_report",
}
#: What a pack from before the switches did without a word about it.
UNSAID = frozenset(Feature) - {Feature.VECTOR_CONTROL, Feature.HEALTH_CODE, Feature.ZERO_REPORT}
#: The values without which a switched-on part cannot do its work.
NEEDS: Mapping[Feature, tuple[str, ...]] = {
    Feature.CHECK_IN: (
        "checkin.questions",
        "checkin.same_as_yesterday_days",
        "symptoms.any",
        "symptoms.list",
    ),
    Feature.TEMPERATURE: (
        "temperature.fever_ge_c",
        "temperature.plausible_low_c",
        "temperature.plausible_high_c",
        "temperature.methods",
        "temperature.confirm_method",
        "temperature.recheck_after",
        "temperature.rechecks",
    ),
    Feature.EPI_HISTORY: ("epi_window_days", "epi.kinds", "regions.key_areas"),
    Feature.MOVEMENTS: ("regions.home", "people.movement_classes", "people.transports"),
    Feature.CONTACT_TRACING: ("contact.decided_by", "contact.infectious_from"),
    Feature.GATE_SCREENING: ("gate.pass_valid", "screening.rules", "screening.statuses"),
    Feature.OBSERVATION: ("observation.kinds",),
    Feature.DISINFECTION: ("disinfection.hand_touched_surface.agent",),
    Feature.VECTOR_CONTROL: ("vector.clear_water_every",),
    Feature.HEALTH_CODE: ("health_code.colours",),
    Feature.ZERO_REPORT: ("report.event_figures",),
}
LACKS = msgid(
    "%(path)s is not known and “%(feature)s” is switched on: say it, with its source, or switch"
    " that off."
)


@dataclass(frozen=True, slots=True)
class Off:
    """By which rule of which policy a part is switched off, and since when."""

    by: Words
    since: datetime


def path_of(feature: Feature) -> str:
    """Return where the switch of a part stands in a pack."""
    return PLACES.get(feature, f"features.{feature.value}")


def feature_at(path: str) -> Feature | None:
    """Return the part whose switch stands at a path."""
    return next((each for each in Feature if path_of(each) == path), None)


def is_on(pack: Pack, feature: Feature) -> bool:
    """Tell whether a pack, as it holds at an instant, switches a part on."""
    path = path_of(feature)
    return pack.flag(path) if pack.has(path) else feature in UNSAID


def switched_on(pack: Pack) -> frozenset[Feature]:
    """Return every part that a pack switches on."""
    return frozenset(each for each in Feature if is_on(pack, each))


def off_since(whole: Pack, feature: Feature, at: datetime, begun: datetime) -> Off:
    """Say which amendment switched a part off, or that the pack did from its beginning."""
    found = Off(whole.title, max(whole.valid_from, begun))
    for turn in whole.turns:
        before, after = whole.at(turn - A_MOMENT), whole.at(turn)
        if turn <= at and is_on(before, feature) and not is_on(after, feature):
            told = [each for each in whole.amendments if path_of(feature) in each.sets]
            title = next((each.title for each in told if each.valid_from == turn), whole.title)
            found = Off(title or whole.title, turn)
    return found


def lacking(pack: Pack) -> Iterator[tuple[Feature, str]]:
    """Return what a pack, as it holds at an instant, leaves open and says itself that it needs."""
    for feature in Feature:
        if pack.has(path_of(feature)) and is_on(pack, feature):
            yield from ((feature, path) for path in NEEDS[feature] if not pack.has(path))


def left_open(whole: Pack) -> Sequence[str]:
    """Return the values that somebody has to say before a pack can be put in force."""
    turns = (whole.valid_from, *whole.turns)
    return tuple(dict.fromkeys(path for turn in turns for _, path in lacking(whole.at(turn))))


def check_complete(whole: Pack, at: datetime) -> None:
    """Refuse to put a pack in force that lacks what a switched-on part needs, now or later."""
    for instant in (at, *(turn for turn in whole.turns if turn > at)):
        for feature, path in lacking(whole.at(instant)):
            raise BadPack(LACKS, "pack_id", path=path, feature=FEATURE_WORDS[feature])
