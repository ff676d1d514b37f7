"""What the policy pack says of check-ins: thresholds, methods, symptoms, questions, words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

from lianfang.ground.response.rules import Pack, Words
from lianfang.ground.response.rules.words import words

Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list that the pack gives: its code and its words."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the pack; one that is not asked every day may be the same as yesterday."""

    code: str
    kind: str
    every_day: bool
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where a temperature begins to mean something else."""

    fever_from: Decimal
    recheck_above: Decimal
    invalid_below: Decimal
    lowest: Decimal
    highest: Decimal
    confirm_method: str
    rest: timedelta
    rechecks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All that a check-in asks of the pack in force at its place."""

    thresholds: Thresholds
    methods: tuple[Choice, ...]
    symptoms: tuple[Choice, ...]
    main_symptoms: frozenset[str]
    questions: tuple[Question, ...]
    same_days: int
    window_days: int
    pass_valid: timedelta
    due: time | None
    pay: Words
    commitment: Words
    home: tuple[str, ...]
    key_areas: tuple[str, ...]


def policy_of(pack: Pack) -> Policy:
    """Read from a pack, as it holds at an instant, what check-ins ask of it."""
    return Policy(
        thresholds=_thresholds(pack),
        methods=_choices(pack, "temperature.methods"),
        symptoms=_choices(pack, "symptoms.list"),
        main_symptoms=frozenset(pack.texts("symptoms.any")),
        questions=tuple(_question(each) for each in pack.entries("checkin.questions")),
        same_days=pack.whole("checkin.same_as_yesterday_days"),
        window_days=pack.whole("epi_window_days"),
        pass_valid=pack.span("gate.pass_valid"),
        due=pack.time("checkin.due") if pack.has("checkin.due") else None,
        pay=_words(pack, "checkin.pay_text"),
        commitment=_words(pack, "checkin.commitment"),
        home=pack.texts("regions.home"),
        key_areas=tuple(str(each["prefix"]) for each in pack.entries("regions.key_areas")),
    )


def _thresholds(pack: Pack) -> Thresholds:
    return Thresholds(
        fever_from=pack.number("temperature.fever_ge_c"),
        recheck_above=pack.number("temperature.recheck_gt_c"),
        invalid_below=pack.number("temperature.invalid_below_c"),
        lowest=pack.number("temperature.plausible_low_c"),
        highest=pack.number("temperature.plausible_high_c"),
        confirm_method=pack.text("temperature.confirm_method"),
        rest=pack.span("temperature.recheck_after"),
        rechecks=pack.whole("temperature.rechecks"),
    )


def _choices(pack: Pack, path: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(each["code"]), words(each)) for each in pack.entries(path))


def _question(told: Told) -> Question:
    every_day = told.get("every_day") is True
    return Question(str(told["id"]), str(told["kind"]), every_day, words(told))


def _words(pack: Pack, path: str) -> Words:
    return words(pack.value(path)) if pack.has(path) else Words()
