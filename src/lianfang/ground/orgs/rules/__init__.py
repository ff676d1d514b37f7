"""What units, sites and posts mean."""

from lianfang.ground.orgs.rules.days import countable
from lianfang.ground.orgs.rules.posts import (
    ACTS_OF,
    ROLES,
    Role,
    acts_by_token,
    acts_of,
    may_stand_at,
)
from lianfang.ground.orgs.rules.units import (
    Sector,
    SiteKind,
    StallState,
    UnitKind,
    operating_day,
)

__all__ = [
    "ACTS_OF",
    "ROLES",
    "Role",
    "Sector",
    "SiteKind",
    "StallState",
    "UnitKind",
    "acts_by_token",
    "acts_of",
    "countable",
    "may_stand_at",
    "operating_day",
]
