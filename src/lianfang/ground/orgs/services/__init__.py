"""Changes to units, sites, users, posts and tokens."""

from lianfang.ground.orgs.services.factors import (
    disconnect_own,
    end_own_sessions,
    end_sessions,
    remove_own_factor,
    rename_own_factor,
    take_factors,
)
from lianfang.ground.orgs.services.handing import hand_over, take_back
from lianfang.ground.orgs.services.posts import end_post, give_post
from lianfang.ground.orgs.services.site_imports import import_sites
from lianfang.ground.orgs.services.sites import SiteLine, change_site, enter_site
from lianfang.ground.orgs.services.tokens import make_token, new_secret, revoke_token
from lianfang.ground.orgs.services.unit_imports import import_units
from lianfang.ground.orgs.services.units import (
    FormerName,
    UnitLine,
    change_unit,
    enter_unit,
    keep_name,
    move_unit,
)
from lianfang.ground.orgs.services.users import change_user, create_user, set_password

__all__ = [
    "FormerName",
    "SiteLine",
    "UnitLine",
    "change_site",
    "change_unit",
    "change_user",
    "create_user",
    "disconnect_own",
    "end_own_sessions",
    "end_post",
    "end_sessions",
    "enter_site",
    "enter_unit",
    "give_post",
    "hand_over",
    "import_sites",
    "import_units",
    "keep_name",
    "make_token",
    "move_unit",
    "new_secret",
    "remove_own_factor",
    "rename_own_factor",
    "revoke_token",
    "set_password",
    "take_back",
    "take_factors",
]
