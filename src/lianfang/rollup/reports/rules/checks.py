"""What contradicts itself in a report (form F01, the checks of its balance)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lianfang.kernel.texts import msgid

Numbers = Mapping[str, int | Decimal | None]

STAFF_TYPES = (
    "headcount_regular",
    "headcount_temporary",
    "headcount_dispatched",
    "headcount_outsourced",
    "headcount_intern",
)
WHEREABOUTS = ("in_town", "not_returned", "whereabouts_unknown")
ISOLATED: tuple[str, ...] = ("home_isolation", "central_isolation")
#: (the part, the whole that it cannot exceed)
PARTS = (
    ("in_hubei", "not_returned"),
    ("returned_today", "in_town"),
    ("temp_abnormal", "temp_done"),
    ("disinfect_done", "disinfect_due"),
    ("isolation_new", "isolation_total"),
)

TYPES_DIFFER = msgid(
    "Staff on the roll are %(whole)s, but the kinds of employment add up to %(sum)s."
)
PLACES_DIFFER = msgid(
    "Staff on the roll are %(whole)s, but in town, away and unknown add up to %(sum)s."
)
PART_EXCEEDS = msgid("%(part)s is more than %(whole)s can be.")
TOTAL_DIFFERS = msgid(
    "Isolated so far should be %(sum)s: yesterday's %(yesterday)s and %(new)s new ones."
)
CURRENT_DIFFERS = msgid(
    "In isolation should be %(sum)s: yesterday's %(yesterday)s, %(new)s new, %(released)s released."
)
NOT_ZERO = msgid("This is no zero report: something happened today.")
SAY_WHAT = msgid("Say under new situations what happened to the confirmed or suspected case.")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things in a report that cannot both be true: it blocks until one of them is mended."""

    code: str
    sentence: str
    figures: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it stands before it is sent."""

    today: Numbers
    yesterday: Numbers
    zero: bool = False
    new_issues: str = ""
    events: Sequence[str] = ()


def contradictions(draft: Draft) -> Sequence[Contradiction]:
    """Return what contradicts itself; what is unknown contradicts nothing."""
    return [found for check in CHECKS for found in check(draft)]


def _sums(draft: Draft) -> Iterator[Contradiction]:
    whole = draft.today.get("headcount_total")
    for code, parts, sentence in (
        ("types", STAFF_TYPES, TYPES_DIFFER),
        ("whereabouts", WHEREABOUTS, PLACES_DIFFER),
    ):
        total = _sum(draft.today, parts)
        if whole is not None and total is not None and total != whole:
            values = {"whole": whole, "sum": total}
            yield Contradiction(code, sentence, ("headcount_total", *parts), values)


def _parts(draft: Draft) -> Iterator[Contradiction]:
    for part, whole in PARTS:
        less, more = draft.today.get(part), draft.today.get(whole)
        if less is not None and more is not None and less > more:
            values = {"part": part, "whole": whole}
            yield Contradiction(f"part_{part}", PART_EXCEEDS, (part, whole), values)


def _isolation(draft: Draft) -> Iterator[Contradiction]:
    new = draft.today.get("isolation_new")
    released = draft.today.get("isolation_released")
    total, before = draft.today.get("isolation_total"), draft.yesterday.get("isolation_total")
    if total is not None and before is not None and new is not None and total != before + new:
        values = {"sum": before + new, "yesterday": before, "new": new}
        rows = ("isolation_total", "isolation_new")
        yield Contradiction("isolation_total", TOTAL_DIFFERS, rows, values)
    parts = ISOLATED
    current, last = _sum(draft.today, parts), _sum(draft.yesterday, parts)
    if current is None or last is None or new is None or released is None:
        return
    if current != last + new - released:
        values = {
            "sum": last + new - released,
            "yesterday": last,
            "new": new,
            "released": released,
        }
        figures = (*ISOLATED, "isolation_new", "isolation_released")
        yield Contradiction("isolation_current", CURRENT_DIFFERS, figures, values)


def _zero(draft: Draft) -> Iterator[Contradiction]:
    happened = tuple(code for code in draft.events if draft.today.get(code))
    if draft.zero and (happened or draft.new_issues.strip()):
        yield Contradiction("zero", NOT_ZERO, happened)


def _cases(draft: Draft) -> Iterator[Contradiction]:
    cases = tuple(
        code
        for code in ("confirmed", "suspected")
        if (draft.today.get(code) or 0) > (draft.yesterday.get(code) or 0)
    )
    if cases and not draft.new_issues.strip():
        yield Contradiction("cases", SAY_WHAT, cases)


def _sum(numbers: Numbers, codes: Sequence[str]) -> int | Decimal | None:
    found = [numbers[code] for code in codes if code in numbers]
    known = [value for value in found if value is not None]
    return sum(known) if known and len(known) == len(found) else None


CHECKS: Sequence[Callable[[Draft], Iterator[Contradiction]]] = (
    _sums,
    _parts,
    _isolation,
    _zero,
    _cases,
)
