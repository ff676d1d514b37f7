"""The demo: how long it loads, what its pages weigh, how fast its board is."""

import time
from collections.abc import Iterator
from dataclasses import replace

from tests.bench import page
from tests.bench.people import INSIDE
from tests.bench.table import Row
from tests.place import Place

LOAD_SECONDS, KILOBYTES, ACTIONS, BOARD_MILLISECONDS = 40, 60, 2, 100
REQUESTS = 100


def measured(place: Place) -> Iterator[Row]:
    """Load and serve the demo, weigh the check-in page, then ask for the board."""
    place.data.mkdir()
    began = time.perf_counter()
    with place.served("demo", "--no-browser") as port:
        took = time.perf_counter() - began
        yield Row(
            "demo loaded and served",
            f"{took:.0f} s",
            "5 days, 6,000 staff, 24 companies",
            goal=f"≤ {LOAD_SECONDS} s",
            reached=took <= LOAD_SECONDS,
        )
        yield from _page(port)
    told = replace(place, data=place.data / "demo").python(INSIDE, "board", REQUESTS)
    yield Row(
        f"board from a warm cache, {REQUESTS} requests, p95",
        f"{told['p95']:.0f} ms",
        f"p50 {told['p50']:.0f} ms",
        goal=f"≤ {BOARD_MILLISECONDS} ms",
        reached=told["p95"] <= BOARD_MILLISECONDS,
    )


def _page(port: int) -> Iterator[Row]:
    told = page.measure(port)
    weight = told["bytes"] / 1000
    yield Row(
        "check-in page with all that it loads",
        f"{weight:.1f} kB",
        f"{told['requests']} requests",
        goal=f"≤ {KILOBYTES} kB",
        reached=weight <= KILOBYTES,
    )
    yield Row(
        "  actions on a quiet day",
        f"{told['actions']}",
        goal=f"{ACTIONS}",
        reached=told["actions"] <= ACTIONS,
    )
