"""What is typed about units, sites, users and tokens, turned into plain values."""

from lianfang.ground.orgs.forms.sites import SiteForm, SitesFilter
from lianfang.ground.orgs.forms.tokens import TokenForm
from lianfang.ground.orgs.forms.units import FormerNameForm, MoveForm, UnitForm, UnitsFilter
from lianfang.ground.orgs.forms.users import (
    ChangeUserForm,
    EnterUserForm,
    PasswordForm,
    PostForm,
    UsersFilter,
)

__all__ = [
    "ChangeUserForm",
    "EnterUserForm",
    "FormerNameForm",
    "MoveForm",
    "PasswordForm",
    "PostForm",
    "SiteForm",
    "SitesFilter",
    "TokenForm",
    "UnitForm",
    "UnitsFilter",
    "UsersFilter",
]
