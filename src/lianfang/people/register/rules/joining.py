"""Asking by a poster to be taken in: what is told, what can come of it, who it may be already."""

from dataclasses import dataclass, field
from enum import StrEnum

from lianfang.people.register.rules.words import Employment

#: In what way somebody can say that he belongs, by a unit's poster and by a site's.
BY_UNIT = (
    Employment.REGULAR,
    Employment.TEMPORARY,
    Employment.DISPATCHED,
    Employment.OUTSOURCED,
    Employment.INTERN,
)
BY_SITE = (Employment.STALL_WORKER, Employment.TENANT, Employment.CONTRACTOR)


class Outcome(StrEnum):
    """What became of somebody who asked."""

    TAKEN = "taken"
    MERGED = "merged"
    REFUSED = "refused"


class Alike(StrEnum):
    """Why somebody who is registered may be the one who asks."""

    BOTH = "both"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says of himself at a poster."""

    name: str
    phone: str = field(repr=False)
    employment: Employment
    stall: str = ""


def alike(*, same_phone: bool, same_name: bool) -> Alike | None:
    """Tell why somebody registered may be the one who asks; None where he is not."""
    if same_phone and same_name:
        return Alike.BOTH
    if same_phone:
        return Alike.PHONE
    return Alike.NAME if same_name else None
