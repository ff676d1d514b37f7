"""All figures of all units for a day, beside one GROUP BY a table, written by hand."""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone

from lianfang.ground.figures import queries
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from tests.bench.by_hand import BY_HAND

TIMES = 5


def measure() -> Mapping[str, float]:
    """Count everything both ways and tell the seconds; both must count the same people."""
    now = clock.now()
    day = now.astimezone(get_default_timezone()).date()
    named = {"now": now.strftime("%Y-%m-%d %H:%M:%S.%f"), "day": day.isoformat()}
    table = queries.of_day(OPERATOR, None, day, now)
    lines = {code: _by_hand(words, named) for code, words in BY_HAND.items()}
    checked, staff = (_sum(table, code) for code in ("checked_in", "headcount_total"))
    if (checked, staff) != (_column(lines["check-ins"], 1), _column(lines["memberships"], 1)):
        raise RuntimeError("the figures and the statements by hand count differently")
    ours = [_took(lambda: queries.of_day(OPERATOR, None, day, now)) for _ in range(TIMES)]
    hand = [_took(lambda: [_by_hand(words, named) for words in BY_HAND.values()]) for _ in ours]
    return {"own": median(ours), "hand": median(hand), "people": staff, "checked_in": checked}


def _by_hand(words: str, named: Mapping[str, str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(words, {key: named[key] for key in named if f"%({key})s" in words})
        return list(cursor.fetchall())


def _column(lines: list[tuple[Any, ...]], at: int) -> int:
    return sum(line[at] or 0 for line in lines)


def _sum(table: Any, code: str) -> int:  # noqa: ANN401 - the table of figures
    return sum(int(value) for value in table.counted.get(code, {}).values())


def _took(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began
