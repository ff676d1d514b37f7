"""Whether there was a yesterday: the days before anybody was on the roster are no zeros."""

from collections.abc import Iterable, Mapping

from lianfang.ground.figures.rules import Number, Source, State, Value

#: Who is counted at all; where both are zero an app had nobody to count.
HEADS = ("headcount_total", "onsite_total")
NO_YESTERDAY = Value(None, State.UNKNOWN, Source.DERIVED, missing=1)


def as_known(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the values of a day that is over; counted zeros of nobody at all are unknown."""
    if any(values[head].value for head in HEADS if head in values):
        return values
    return {code: NO_YESTERDAY if _of_nobody(value) else value for code, value in values.items()}


def change(pairs: Iterable[tuple[Value | None, Value | None]]) -> Number | None:
    """Add up the changes of the places of which both days are known; nothing without any."""
    found: Number | None = None
    for today, before in pairs:
        if today is None or before is None or today.value is None or before.value is None:
            continue
        found = (found or 0) + today.value - before.value
    return found


def _of_nobody(value: Value) -> bool:
    counted = value.source is Source.DERIVED and value.override is None
    return counted and value.state is State.NUMBER
