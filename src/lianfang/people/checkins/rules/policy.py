"""What the policy pack says of check-ins: thresholds, methods, symptoms, questions, words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

from lianfang.ground.response.rules import Pack, Words
from lianfang.ground.response.rules.features import Feature, is_on
from lianfang.ground.response.rules.words import words

Told = Mapping[str, object]
#: Which part of the system a question belongs to, beyond the check-in itself.
ABOUT: Mapping[str, Feature] = {
    "temperature": Feature.TEMPERATURE,
    "in_town": Feature.MOVEMENTS,
    "region": Feature.MOVEMENTS,
    "contact_risk_area": Feature.EPI_HISTORY,
    "contact_case": Feature.EPI_HISTORY,
}


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
    chat_asks_above: Decimal
    confirm_method: str
    rest: timedelta
    rechecks: int
    measured: bool = True


#: Where the pack has no use for a thermometer: nothing is asked and no reading means anything.
NOT_MEASURED = Thresholds(
    fever_from=Decimal(100),
    recheck_above=Decimal(100),
    invalid_below=Decimal(0),
    lowest=Decimal(0),
    highest=Decimal(0),
    chat_asks_above=Decimal(0),
    confirm_method="",
    rest=timedelta(0),
    rechecks=0,
    measured=False,
)


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
    asks: bool = True
    gives_pass: bool = True

    @property
    def usual_method(self) -> str:
        """Return where the temperature is measured unless somebody says otherwise."""
        return self.methods[0].code if self.methods else ""

    def asks_for(self, code: str) -> bool:
        """Tell whether a question of the pack asks for this."""
        return any(each.code == code for each in self.questions)


def policy_of(pack: Pack) -> Policy:
    """Read from a pack, as it holds at an instant, what check-ins ask of it."""
    return Policy(
        thresholds=_thresholds(pack),
        methods=_choices(pack, "temperature.methods"),
        symptoms=_choices(pack, "symptoms.list"),
        main_symptoms=frozenset(_texts(pack, "symptoms.any")),
        questions=_questions(pack),
        same_days=_whole(pack, "checkin.same_as_yesterday_days"),
        window_days=_whole(pack, "epi_window_days"),
        pass_valid=_pass_valid(pack),
        due=pack.time("checkin.due") if pack.has("checkin.due") else None,
        pay=_words(pack, "checkin.pay_text"),
        commitment=_words(pack, "checkin.commitment"),
        home=_texts(pack, "regions.home"),
        key_areas=tuple(str(each["prefix"]) for each in _entries(pack, "regions.key_areas")),
        asks=is_on(pack, Feature.CHECK_IN),
        gives_pass=is_on(pack, Feature.GATE_SCREENING),
    )


def _questions(pack: Pack) -> tuple[Question, ...]:
    """Return the questions; those of a part that a unit or the pack switches off are not put."""
    told = tuple(_question(each) for each in _entries(pack, "checkin.questions"))
    off = {code for code, which in ABOUT.items() if not is_on(pack, which)}
    return tuple(each for each in told if each.code not in off)


def _pass_valid(pack: Pack) -> timedelta:
    """Return how long a reading holds beyond its own day: not at all where there is no pass."""
    given = is_on(pack, Feature.GATE_SCREENING) and pack.has("gate.pass_valid")
    return pack.span("gate.pass_valid") if given else timedelta(0)


def _thresholds(pack: Pack) -> Thresholds:
    if not is_on(pack, Feature.TEMPERATURE):
        return NOT_MEASURED
    fever, lowest = "temperature.fever_ge_c", "temperature.plausible_low_c"
    return Thresholds(
        fever_from=pack.number(fever),
        recheck_above=_number(pack, "temperature.recheck_gt_c", fever),
        invalid_below=_number(pack, "temperature.invalid_below_c", lowest),
        lowest=pack.number("temperature.plausible_low_c"),
        highest=pack.number("temperature.plausible_high_c"),
        chat_asks_above=_chat_asks_above(pack),
        confirm_method=pack.text("temperature.confirm_method"),
        rest=pack.span("temperature.recheck_after"),
        rechecks=pack.whole("temperature.rechecks"),
    )


def _chat_asks_above(pack: Pack) -> Decimal:
    """Return above what a number in a chat is asked about: what cannot be typed, or less."""
    path = "temperature.chat_asks_above_c"
    return pack.number(path if pack.has(path) else "temperature.plausible_high_c")


def _choices(pack: Pack, path: str) -> tuple[Choice, ...]:
    return tuple(Choice(str(each["code"]), words(each)) for each in _entries(pack, path))


def _entries(pack: Pack, path: str) -> tuple[Told, ...]:
    return pack.entries(path) if pack.has(path) else ()


def _texts(pack: Pack, path: str) -> tuple[str, ...]:
    return pack.texts(path) if pack.has(path) else ()


def _whole(pack: Pack, path: str) -> int:
    return pack.whole(path) if pack.has(path) else 0


def _number(pack: Pack, path: str, otherwise: str) -> Decimal:
    """Return a threshold, or the one beside it where nobody knows it: then it means nothing new."""
    return pack.number(path if pack.has(path) else otherwise)


def _question(told: Told) -> Question:
    every_day = told.get("every_day") is True
    return Question(str(told["id"]), str(told["kind"]), every_day, words(told))


def _words(pack: Pack, path: str) -> Words:
    return words(pack.value(path)) if pack.has(path) else Words()
