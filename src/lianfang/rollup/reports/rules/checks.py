"""What contradicts itself in a report: four shapes of checks, of which the pack says between what.

A whole is the sum of its parts; a part is not more than its whole; a stock carries over from
yesterday with what came and went; and what must not rise without a word is described.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lianfang.kernel.texts import msgid

Numbers = Mapping[str, int | Decimal | None]
Codes = tuple[str, ...]

PARTS_DIFFER = msgid("%(whole)s: %(number)s, but its parts add up to %(sum)s (%(parts)s).")
PART_EXCEEDS = msgid("%(part)s is more than %(whole)s can be.")
CARRY_DIFFERS = msgid(
    "%(stock)s should be %(sum)s: yesterday's %(yesterday)s, %(plus)s more, %(minus)s fewer."
)
NOT_ZERO = msgid("This is no zero report: something happened today.")
SAY_WHAT = msgid("Say under new situations what happened: %(risen)s has risen.")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things in a report that cannot both be true: it blocks until one of them is mended.

    Codes of figures among the values, one or a tuple of them, are shown by the figures' labels.
    """

    code: str
    sentence: str
    figures: Codes
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report as it stands before it is sent, and what the pack wants checked in it."""

    today: Numbers
    yesterday: Numbers
    zero: bool = False
    new_issues: str = ""
    events: Sequence[str] = ()
    checks: Sequence[Mapping[str, object]] = ()


def contradictions(draft: Draft) -> Sequence[Contradiction]:
    """Return what contradicts itself; what is unknown contradicts nothing."""
    known = [(SHAPES.get(str(told["shape"])), told) for told in draft.checks]
    found = [each for check, told in known if check is not None for each in check(draft, told)]
    return [*found, *_zero(draft)]


def _sum_of(draft: Draft, told: Mapping[str, object]) -> Iterator[Contradiction]:
    whole, parts = str(told["whole"]), _codes(told, "parts")
    number, total = draft.today.get(whole), _sum(draft.today, parts)
    if number is not None and total is not None and total != number:
        values = {"whole": whole, "number": number, "sum": total, "parts": parts}
        yield Contradiction(str(told["code"]), PARTS_DIFFER, (whole, *parts), values)


def _part_of(draft: Draft, told: Mapping[str, object]) -> Iterator[Contradiction]:
    part, whole = str(told["part"]), str(told["whole"])
    less, more = draft.today.get(part), draft.today.get(whole)
    if less is not None and more is not None and less > more:
        values = {"part": part, "whole": whole}
        yield Contradiction(str(told["code"]), PART_EXCEEDS, (part, whole), values)


def _carry(draft: Draft, told: Mapping[str, object]) -> Iterator[Contradiction]:
    stock, plus, minus = (_codes(told, word) for word in ("stock", "plus", "minus"))
    now, last = _sum(draft.today, stock), _sum(draft.yesterday, stock)
    more = _sum(draft.today, plus) if plus else 0
    less = _sum(draft.today, minus) if minus else 0
    if now is None or last is None or more is None or less is None:
        return
    if now != last + more - less:
        values = {
            "stock": stock,
            "sum": last + more - less,
            "yesterday": last,
            "plus": more,
            "minus": less,
        }
        yield Contradiction(str(told["code"]), CARRY_DIFFERS, (*stock, *plus, *minus), values)


def _described(draft: Draft, told: Mapping[str, object]) -> Iterator[Contradiction]:
    risen = tuple(
        code
        for code in _codes(told, "figures")
        if (draft.today.get(code) or 0) > (draft.yesterday.get(code) or 0)
    )
    if risen and not draft.new_issues.strip():
        yield Contradiction(str(told["code"]), SAY_WHAT, risen, {"risen": risen})


def says_something(draft: Draft) -> bool:
    """Tell whether a report says what is new, by words or numbers, or that nothing is (零报告)."""
    return draft.zero or bool(draft.new_issues.strip()) or bool(_happened(draft))


def _happened(draft: Draft) -> tuple[str, ...]:
    return tuple(code for code in draft.events if draft.today.get(code))


def _zero(draft: Draft) -> Iterator[Contradiction]:
    happened = _happened(draft)
    if draft.zero and (happened or draft.new_issues.strip()):
        yield Contradiction("zero", NOT_ZERO, happened)


def _codes(told: Mapping[str, object], word: str) -> Codes:
    found = told.get(word, ())
    return tuple(str(code) for code in found) if isinstance(found, list | tuple) else ()


def _sum(numbers: Numbers, codes: Sequence[str]) -> int | Decimal | None:
    """Add up the figures that the form has; nothing where one of them is unknown."""
    found = [numbers[code] for code in codes if code in numbers]
    known = [value for value in found if value is not None]
    return sum(known) if known and len(known) == len(found) else None


SHAPES: Mapping[str, Callable[[Draft, Mapping[str, object]], Iterator[Contradiction]]] = {
    "sum": _sum_of,
    "part": _part_of,
    "carry": _carry,
    "described": _described,
}
