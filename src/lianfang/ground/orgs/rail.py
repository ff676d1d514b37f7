"""Units and users in the rail, the reader's own page in his menu, and who he is."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.ground.orgs import queries
from lianfang.ground.orgs.queries.words import word
from lianfang.ground.orgs.rules.words import POST
from lianfang.ground.web import top
from lianfang.ground.web.rail import Entry, declare
from lianfang.ground.web.requests import ActorRequest
from lianfang.ground.web.words import chinese


def reader(request: ActorRequest) -> top.Reader:
    """Return the group's name, the reader's, and the posts in which he acts."""
    group = queries.group(request.actor)
    roles = dict.fromkeys(grant.role for grant in request.actor.grants)
    words = [word(POST, role) for role in roles if role and role != "employee"]
    between = "、" if chinese() else ", "
    return top.Reader(str(group or ""), str(request.user), between.join(words))


top.introduce(reader)
declare(
    Entry(
        name="orgs:units",
        label=pgettext_lazy("rail", "Units"),
        icon="building",
        acts=("units.read",),
        place=70,
        screens=("orgs:unit", "orgs:site", "orgs:stall"),
    )
)
declare(
    Entry(
        name="orgs:users",
        label=pgettext_lazy("rail", "Users"),
        icon="user-plus",
        acts=("users.read",),
        place=92,
        screens=("orgs:user", "orgs:post", "orgs:token"),
    )
)
declare(
    Entry(
        name="orgs:account",
        label=_("My account"),
        icon="shield-lock",
        acts=("users.own",),
        place=11,
        mine=True,
    )
)
declare(
    Entry(
        name="orgs:me",
        label=_("My posts and sign-ins"),
        icon="user",
        acts=("users.own",),
        place=10,
        mine=True,
    )
)
