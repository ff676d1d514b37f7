"""Founding a group, importing its people, and all that is worked out for all of them."""

from collections.abc import Iterator

from tests.bench.group import staffed
from tests.bench.people_file import Staff
from tests.bench.table import Row
from tests.place import Place

INSIDE = "tests.bench.inside"
SMALL, LARGE = 6_000, 50_000
#: Seconds, mebibytes and how many times as long as by hand: the goals.
SMALL_SECONDS, LARGE_SECONDS, MEBIBYTES = 10, 20, 512
FIGURES_TIMES, SCREENING_TIMES = 3, 5


def founded(place: Place) -> Iterator[Row]:
    """Found a group and enter its people, without a word."""
    for _ in brought(place):
        pass
    yield from ()


def brought(place: Place) -> Iterator[Row]:
    """Found a group and import two workbooks of staff."""
    place.data.mkdir()
    place.lianfang("migrate")
    place.python(INSIDE, "found")
    staff = Staff("bench")
    for many, seconds in ((SMALL, SMALL_SECONDS), (LARGE, LARGE_SECONDS)):
        file = staff.write(place.data / f"people-{many}.xlsx", many, staffed())
        told = place.python(INSIDE, "import", file)
        if told["created"] != many:
            raise RuntimeError(f"of {many} rows {told['created']} were taken")
        yield Row(
            f"people file of {many:,} rows, {place.name}",
            f"{told['seconds']:.1f} s",
            f"{many / told['seconds']:,.0f} rows/s",
            goal=f"≤ {seconds} s",
            reached=told["seconds"] <= seconds,
        )
        peak = told["peak"]
        yield Row(
            "  its greatest memory",
            f"{peak:.0f} MiB",
            f"with the reader's; its own {told['own']:.0f} MiB",
            goal=f"≤ {MEBIBYTES} MiB" if many == LARGE else "",
            reached=peak <= MEBIBYTES if many == LARGE else None,
        )


def counted(place: Place, many: int) -> Iterator[Row]:
    """Copy the people until there are so many, count everything, judge everybody."""
    place.python(INSIDE, "multiply", many)
    told = place.python(INSIDE, "figures")
    times = told["own"] / told["hand"]
    yield Row(
        f"all figures of all units for a day, {many:,} people",
        f"{told['own']:.2f} s",
        f"a GROUP BY a table by hand {told['hand']:.2f} s",
        f"{times:.1f} ×",
        f"≤ {FIGURES_TIMES} ×",
        times <= FIGURES_TIMES,
    )
    told = place.python(INSIDE, "screening", many)
    times = told["own"] / told["bare"]
    yield Row(
        f"{told['rules']} rules applied to {many:,} people",
        f"{told['own']:.2f} s",
        f"bare Polars, columns in, answers out {told['bare']:.2f} s",
        f"{times:.1f} ×",
        f"≤ {SCREENING_TIMES} ×",
        times <= SCREENING_TIMES,
    )
    yield Row(
        "  the expressions alone, on a frame that is there",
        "",
        f"{told['alone'] * 1000:.0f} ms",
        f"{told['own'] / told['alone']:.0f} ×",
    )
