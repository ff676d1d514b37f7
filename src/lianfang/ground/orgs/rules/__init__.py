"""What units, sites and posts mean."""

from lianfang.ground.orgs.rules.posts import ACTS_OF, ROLES, Role, acts_of
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
    "acts_of",
    "operating_day",
]
