"""Reading people: who they are, where they are, what they told; lists and pages of them."""

from lianfang.people.register.queries.people import (
    exposure,
    lacks,
    link,
    linked,
    people,
    person,
    told_by_number,
)
from lianfang.people.register.queries.policy import (
    day_of,
    link_days,
    policy_at,
    policy_of_all,
)

__all__ = [
    "day_of",
    "exposure",
    "lacks",
    "link",
    "link_days",
    "linked",
    "people",
    "person",
    "policy_at",
    "policy_of_all",
    "told_by_number",
]
