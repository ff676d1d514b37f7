"""Named person-facts: which there are, of what type, and which app knows them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from lianfang.ground.response.rules import Pack
from lianfang.people.register.models import Person
from lianfang.people.screening.rules import Types

#: The facts of these people at an instant, column by column in the order of the people.
Load = Callable[[Sequence[Person], datetime, Pack], "Columns"]
Columns = Mapping[str, Sequence[object]]

#: Nobody is under observation before a case is kept: the fact is there, and not known of anybody.
BEFORE_ANY_SOURCE: Types = {"observation": pl.String()}


@dataclass(frozen=True, slots=True)
class FactSource:
    """The person-facts of one app: their names with their types, and how they are loaded."""

    code: str
    types: Types
    load: Load


_SOURCES: dict[str, FactSource] = {}


def declare(source: FactSource) -> None:
    """Put the person-facts of an app on the register; a name has one source."""
    for name in source.types:
        known = next((each for each in _SOURCES.values() if name in each.types), None)
        if known is not None and known.code != source.code:
            raise ValueError(f"The person-fact {name} is declared twice.")
    _SOURCES[source.code] = source


def types() -> Types:
    """Return every person-fact that a rule may speak of, with its type."""
    found = dict(BEFORE_ANY_SOURCE)
    for source in _SOURCES.values():
        found |= source.types
    return found


def load(
    people: Sequence[Person], at: datetime, pack: Pack, known: Columns | None = None
) -> dict[str, Sequence[object]]:
    """Return the facts of these people; what the caller has at hand is not loaded again."""
    found: dict[str, Sequence[object]] = dict(known or {})
    for source in _SOURCES.values():
        if not source.types.keys() <= found.keys():
            found |= {**source.load(people, at, pack), **(known or {})}
    return found
