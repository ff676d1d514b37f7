"""All that is filled into a workbook before it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.people.checkins.rules.policy import Policy
from lianfang.rollup.daybooks.rules.stamp import Stamp

#: Empty rows for people who are new: enough for a working day, and the sheet stays one to print.
SPARE = 20
#: Empty lines for what is new.
ISSUES = 4


@dataclass(frozen=True, slots=True)
class Who:
    """A person as the sheet of people shows him: masked, with what was told last."""

    person: UUID
    number: str
    name: str
    staff_no: str = ""
    population: str = ""
    kind: str = ""
    place: str = ""
    document: str = ""
    phone: str = ""
    last: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Trader:
    """A stall as the sheet of stalls shows it."""

    site: str
    site_name: str
    number: str
    holder: str
    known: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is typed: what it counts, yesterday's value, and today's if it is known."""

    code: str
    label: str
    definition: str
    measure: str
    section: str
    yesterday: str
    today: str
    is_text: bool
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a workbook of a unit and day is made of, in the language of whoever fills it in."""

    stamp: Stamp
    language: str
    unit: str
    group: str
    due: datetime
    as_of: datetime
    call: Sequence[str]
    people: Sequence[Who]
    stalls: Sequence[Trader]
    numbers: Sequence[Asked]
    new_issues: str
    help_needed: str
    zero: bool
    signers: Mapping[str, str]
    policy: Policy
    has_market: bool
