"""What screening asks about a person's movements and history, worked out from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lianfang.people.register.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Stay:
    """One movement: where somebody was, until which day, and whence he came back."""

    in_town: bool | None
    region: str
    from_region: str
    returned_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Exposed:
    """One piece of history that was told and not withdrawn."""

    kind: str
    last_day: date


def days_since_key_area(stays: Iterable[Stay], policy: Policy, today: date) -> int | None:
    """Return how many days ago the movements place somebody in a key area; None if never."""
    return least_days((day for each in stays for day in _days(each, policy, today)), today)


def least_days(days: Iterable[date], today: date) -> int | None:
    """Return how long ago the latest of some days was."""
    return min(((today - day).days for day in days), default=None)


def latest(exposed: Iterable[Exposed], kinds: Iterable[str], today: date) -> int | None:
    """Return how long ago the latest history of these kinds ended."""
    wanted = frozenset(kinds)
    return least_days((each.last_day for each in exposed if each.kind in wanted), today)


def _days(stay: Stay, policy: Policy, today: date) -> Iterable[date]:
    if stay.in_town is not True and policy.is_key_area(stay.region):
        yield stay.until or today
    if stay.returned_on and policy.is_key_area(stay.from_region):
        yield stay.returned_on
