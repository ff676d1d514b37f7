"""A cell of the table: its number, its tint and the sign of a threshold that it crosses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lianfang.ground.figures.rules import Number, Source, State, Value

#: From which share of the headcount each of the four tints begins: steps of the drawing, no rule.
STEPS = (Decimal("0.05"), Decimal("0.10"), Decimal("0.15"), Decimal("0.20"))
#: Days of cover are written up to here; more is "20+".
ENOUGH = 20
TENTH = Decimal("0.1")


class Sign(StrEnum):
    """What stands beside a number that crosses a threshold."""

    NONE = ""
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy pack says of figures that are to be marked; without it nothing is."""

    figures: Mapping[str, Sequence[tuple[Sign, Decimal]]]
    red_days: Decimal | None = None
    amber_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as the table shows it."""

    code: str
    text: str
    state: State
    sign: Sign = Sign.NONE
    tint: int = 0
    zero: bool = False
    typed: bool = False
    corrected: bool = False
    missing: int = 0


def cell(code: str, value: Value, limits: Limits, *, whole: Number | None = None) -> Cell:
    """Return the cell of a figure; a tint where its share of a headcount is asked for."""
    number = value.value
    return Cell(
        code,
        written(number),
        State.UNKNOWN if number is None and value.state is State.NUMBER else value.state,
        sign_of(code, number, limits),
        tint(number, whole),
        zero=number == 0,
        typed=value.source is Source.TYPED,
        corrected=value.override is not None,
        missing=value.missing,
    )


def cover_cell(code: str, stock: Value, used: Value, limits: Limits) -> Cell:
    """Return how many days what is in stock lasts at today's use; nothing where nothing is used."""
    days = cover(stock.value, used.value)
    if days is not None:
        text = f"{ENOUGH}+" if days >= ENOUGH else str(days)
        missing = max(stock.missing, used.missing)
        return Cell(code, text, State.NUMBER, days_sign(days, limits), missing=missing)
    if stock.value is not None and used.value == 0:
        return Cell(code, "", State.NOT_APPLICABLE)
    unknown = State.UNKNOWN in {stock.state, used.state} or State.NUMBER in {
        stock.state,
        used.state,
    }
    return Cell(code, "", State.UNKNOWN if unknown else stock.state)


def cover(stock: Number | None, used: Number | None) -> Decimal | None:
    """Return the days of cover to a tenth."""
    if stock is None or not used:
        return None
    return (Decimal(stock) / Decimal(used)).quantize(TENTH, ROUND_HALF_UP)


def tint(number: Number | None, whole: Number | None) -> int:
    """Return which of the four tints a share of the headcount has; 0 is none."""
    if not number or not whole:
        return 0
    share = Decimal(number) / Decimal(whole)
    return sum(1 for step in STEPS if share >= step)


def sign_of(code: str, number: Number | None, limits: Limits) -> Sign:
    """Return the gravest sign whose threshold a number reaches."""
    reached = {
        sign for sign, at in limits.figures.get(code, ()) if number is not None and number >= at
    }
    return next((sign for sign in (Sign.BAD, Sign.WARN) if sign in reached), Sign.NONE)


def days_sign(days: Decimal, limits: Limits) -> Sign:
    """Return the sign of days of cover: under the first threshold, under the second."""
    if limits.red_days is not None and days < limits.red_days:
        return Sign.BAD
    if limits.amber_days is not None and days < limits.amber_days:
        return Sign.WARN
    return Sign.NONE


def rank(cells: Sequence[Cell]) -> tuple[int, int]:
    """Return how much a company stands out: grave signs first, then lighter ones."""
    signs = [each.sign for each in cells]
    return (-signs.count(Sign.BAD), -signs.count(Sign.WARN))


def written(number: Number | None) -> str:
    """Write a number as the table does; nothing for none."""
    if number is None:
        return ""
    return f"{number:,}" if isinstance(number, int) else f"{number.normalize():,f}"
