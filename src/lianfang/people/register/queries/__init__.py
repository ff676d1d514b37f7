"""Reading people: who they are, where they are, what they told; lists and pages of them."""

from lianfang.people.register.queries.people import (
    by_number,
    exposure,
    lacks,
    link,
    link_holder,
    linked,
    people,
    person,
    told_by_number,
)
from lianfang.people.register.queries.policy import day_of, policy_at, policy_of_all

__all__ = [
    "by_number",
    "day_of",
    "exposure",
    "lacks",
    "link",
    "link_holder",
    "linked",
    "people",
    "person",
    "policy_at",
    "policy_of_all",
    "told_by_number",
]
