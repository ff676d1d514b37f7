"""The names of those who did something, by what the trail calls them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import User
from lianfang.kernel.actor import OPERATOR


def names_of(whos: Collection[str]) -> Mapping[str, str]:
    """Return the names of users by `user:…` or `person:…`, all by one query."""
    keys = {UUID(key) for kind, _, key in (who.partition(":") for who in whos) if kind in KINDS}
    found = visible(User, OPERATOR, "users.use").filter(Q(pk__in=keys) | Q(person__in=keys))
    names: dict[str, str] = {}
    for user, person, name in found.values_list("pk", "person", "name"):
        names[f"user:{user}"] = names[f"person:{person}"] = name
    return names


KINDS = frozenset({"user", "person"})
