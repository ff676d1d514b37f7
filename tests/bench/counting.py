"""All figures of all units for a day, beside one GROUP BY a table, written by hand."""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from lianfang.ground.figures import queries
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

TIMES = 5
STANDS = "valid_from <= %(now)s AND (valid_to IS NULL OR valid_to > %(now)s)"
#: The same conditional counts; of dated rows those that stand now.
BY_HAND: Mapping[str, str] = {
    "memberships": f"""
        SELECT unit_id, SUM(population = 'staff'), SUM(population = 'on_site'),
            SUM(employment = 'regular'), SUM(employment = 'dispatched'),
            SUM(employment = 'temporary'), SUM(employment = 'outsourced'),
            SUM(employment = 'intern'), SUM(employment = 'stall_holder'),
            SUM(employment = 'stall_worker'), SUM(employment = 'tenant'),
            SUM(employment = 'contractor')
        FROM register_membership WHERE {STANDS} GROUP BY unit_id""",
    "movements": f"""
        SELECT unit_id,
            SUM(population = 'staff' AND in_town), SUM(population = 'staff' AND NOT in_town),
            SUM(population = 'staff' AND in_town IS NULL),
            SUM(population = 'staff' AND NOT in_town AND region LIKE '42%%'),
            SUM(population = 'staff' AND in_town AND returned_on = %(day)s),
            SUM(population = 'on_site' AND in_town), SUM(population = 'on_site' AND NOT in_town),
            SUM(population = 'on_site' AND in_town IS NULL),
            SUM(population = 'on_site' AND NOT in_town AND region LIKE '42%%'),
            SUM(population = 'on_site' AND in_town AND returned_on = %(day)s)
        FROM register_movement WHERE {STANDS} GROUP BY unit_id""",
    "people": """
        SELECT unit_id,
            SUM(population = 'staff'
                AND (person_no = '' OR document IS NULL OR phone IS NULL)),
            SUM(population = 'on_site' AND (document IS NULL OR phone IS NULL))
        FROM register_person WHERE left_at IS NULL GROUP BY unit_id""",
    "exposures": """
        SELECT unit_id, COUNT(DISTINCT CASE WHEN population = 'staff' THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' THEN person_id END)
        FROM register_exposure
        WHERE withdrawn_at IS NULL AND recorded_at <= %(now)s
            AND last_day > date(%(day)s, '-14 days') AND last_day <= %(day)s
        GROUP BY unit_id""",
    "check-ins": """
        SELECT unit_id,
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' AND counts THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts
                AND temperature IS NOT NULL THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'staff' AND counts
                AND (verdict = 'fever' OR symptoms <> '[]') THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' AND counts
                AND (verdict = 'fever' OR symptoms <> '[]') THEN person_id END),
            SUM(population = 'staff' AND verdict = 'fever'),
            SUM(population = 'on_site' AND verdict = 'fever')
        FROM checkins_checkin WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id""",
    "attempts": """
        SELECT unit_id, COUNT(DISTINCT CASE WHEN population = 'staff' THEN person_id END),
            COUNT(DISTINCT CASE WHEN population = 'on_site' THEN person_id END)
        FROM checkins_attempt WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id""",
    "stalls": """
        SELECT unit_id, COUNT(*), SUM(state = 'open'), SUM(state = 'not_returned')
        FROM orgs_stall GROUP BY unit_id""",
    "typed": """
        SELECT unit_id, code, MAX(recorded_at) FROM figures_typed
        WHERE day = %(day)s AND recorded_at <= %(now)s GROUP BY unit_id, code""",
}


def measure() -> Mapping[str, float]:
    """Count everything both ways and tell the seconds; both must count the same people."""
    now = clock.now()
    day = localdate(now)
    named = {"now": now.strftime("%Y-%m-%d %H:%M:%S.%f"), "day": day.isoformat()}
    table = queries.of_day(OPERATOR, None, day, now)
    lines = {code: _by_hand(words, named) for code, words in BY_HAND.items()}
    checked, staff = (_sum(table, code) for code in ("checked_in", "headcount_total"))
    if (checked, staff) != (_column(lines["check-ins"], 1), _column(lines["memberships"], 1)):
        raise RuntimeError("the figures and the statements by hand count differently")
    ours = [_took(lambda: queries.of_day(OPERATOR, None, day, now)) for _ in range(TIMES)]
    hand = [
        sum(_took(lambda w=words: _by_hand(w, named)) for words in BY_HAND.values())
        for _ in range(TIMES)
    ]
    return {"own": median(ours), "hand": median(hand), "people": staff, "checked_in": checked}


def _by_hand(words: str, named: Mapping[str, object]) -> list[tuple[Any, ...]]:
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
