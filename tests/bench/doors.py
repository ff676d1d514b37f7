"""Check-ins one by one over HTTP and many at once, beside bare inserts."""

from collections.abc import Iterator
from statistics import median

from tests.bench.group import BATCH, GROUP, staffed
from tests.bench.load import Load, Senders
from tests.bench.people import INSIDE, SMALL
from tests.bench.table import Row
from tests.place import Place

RATE, MILLISECONDS, TENTH = 200, 250, 1 / 10
WARM_SECONDS, SECONDS, BARE_SECONDS = 3, 10, 2


def checkins(place: Place) -> Iterator[Row]:
    """Serve the installation and send check-ins, between two looks at bare inserts."""
    secret = place.lianfang("token", "create", "--unit", GROUP, "--post", "clerk", "--json")
    with place.served() as port:
        senders = Senders(port, secret["token"], _people())
        senders.send(WARM_SECONDS)
        before = place.python(INSIDE, "bare", BARE_SECONDS)["single"]
        load = senders.send(SECONDS)
        after = place.python(INSIDE, "bare", BARE_SECONDS)["single"]
    if not load.times:
        raise RuntimeError(f"no check-in was accepted: {load.said}")
    yield from _rows(place, load, (before + after) / 2)


def _rows(place: Place, load: Load, bare: float) -> Iterator[Row]:
    yield Row(
        f"check-in POST, 16 senders, {place.name}",
        f"{load.rate:.0f}/s" + (f", {load.refused} refused: {load.said}" if load.refused else ""),
        f"bare durable inserts, one by one {bare:,.0f}/s",
        f"1/{bare / load.rate:.0f}",
        f"≥ {RATE}/s",
        load.rate >= RATE,
    )
    slow = load.within(0.99)
    yield Row(
        "  answered within, p99",
        f"{slow:.0f} ms",
        f"p50 {load.within(0.5):.0f} ms",
        goal=f"≤ {MILLISECONDS} ms",
        reached=slow <= MILLISECONDS,
    )


def batches(place: Place, rounds: int) -> Iterator[Row]:
    """Record batches by the many-at-once door."""
    told = place.python(INSIDE, "batch", rounds)
    own, bare = median(told["own"]), median(told["bare"])
    yield Row(
        f"batch of {BATCH:,} check-ins, {place.name}",
        f"{BATCH / own:,.0f}/s",
        f"bare inserts, {BATCH:,} at once {BATCH / bare:,.0f}/s",
        f"1/{own / bare:.0f}",
        "≥ 1/10",
        bare / own >= TENTH,
    )


def _people() -> list[tuple[str, str]]:
    units = staffed()
    return [(f"B{at + 1:07}", units[at % len(units)]) for at in range(SMALL)]
