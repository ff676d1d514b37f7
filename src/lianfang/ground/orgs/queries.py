"""Who is asking, and which units, sites and posts they may see."""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import (
    Gate,
    Parentage,
    Post,
    Site,
    Stall,
    Token,
    Unit,
    UnitName,
    User,
)
from lianfang.ground.orgs.rules import acts_of
from lianfang.ground.orgs.rules.posts import EVERYBODY, OWN
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import (
    OPERATOR,
    STRANGER,
    Actor,
    Assigned,
    AtSite,
    Grant,
    Kind,
    Reach,
    Self,
    Subtree,
)


def units(actor: Actor, act: str = "units.read") -> QuerySet[Unit]:
    """Return the units that the actor may do this to, parents first."""
    return visible(Unit, actor, act)


def unit_by_code(actor: Actor, code: str, act: str = "units.read") -> Unit | None:
    """Return a unit by its code, if the actor may do this to it."""
    return units(actor, act).filter(code=code).first()


def group(actor: Actor) -> Unit | None:
    """Return the unit at the top of what the actor may see."""
    return units(actor).order_by("path").first()


def below(actor: Actor, unit: Unit, act: str = "units.read") -> QuerySet[Unit]:
    """Return a unit and what stands under it."""
    return units(actor, act).filter(path__gte=unit.path, path__lt=tree.after(unit.path))


def reporting_units(actor: Actor, kinds: Sequence[str], act: str = "units.read") -> QuerySet[Unit]:
    """Return the units of the kinds that owe a report."""
    return units(actor, act).filter(kind__in=kinds)


def name_on(actor: Actor, unit: Unit, day: date) -> str:
    """Return the name that a paper of that day prints (R101)."""
    former = (
        visible(UnitName, actor, "units.read")
        .filter(unit=unit)
        .filter(Q(valid_from=None) | Q(valid_from__lte=day))
        .filter(valid_to__gt=day)
        .first()
    )
    return former.name if former else unit.name


def former_names(actor: Actor, unit: Unit) -> QuerySet[UnitName]:
    """Return the names that a unit had before."""
    return visible(UnitName, actor, "units.read").filter(unit=unit)


def parentages(actor: Actor, unit: Unit) -> QuerySet[Parentage]:
    """Return under which units a unit stood, newest first."""
    found = visible(Parentage, actor, "units.read").filter(unit=unit)
    return found.select_related("parent").order_by("-valid_from")


def sites(actor: Actor, act: str = "sites.read") -> QuerySet[Site]:
    """Return the sites that the actor may do this to."""
    return visible(Site, actor, act).select_related("unit")


def gates(actor: Actor, site: Site) -> QuerySet[Gate]:
    """Return the gates of a site that are in use."""
    return visible(Gate, actor, "sites.read").filter(site=site, closed_at=None)


def stalls(actor: Actor, act: str = "stalls.read") -> QuerySet[Stall]:
    """Return the stalls that the actor may do this to, in the order of their numbers."""
    return visible(Stall, actor, act).select_related("site", "unit")


def users(actor: Actor, act: str = "users.read") -> QuerySet[User]:
    """Return the users that the actor may do this to."""
    return visible(User, actor, act).select_related("home")


def posts(actor: Actor, act: str = "users.read") -> QuerySet[Post]:
    """Return the posts in force of the users that the actor may see."""
    now = clock.now()
    return (
        visible(Post, actor, act)
        .filter(valid_from__lte=now)
        .filter(Q(valid_to=None) | Q(valid_to__gt=now))
        .select_related("unit", "user", "site")
    )


def holders(actor: Actor, role: str, act: str = "units.read") -> QuerySet[Post]:
    """Return who holds a post now, at every unit that the actor may see."""
    return posts(actor, act).filter(role=role)


def tokens(actor: Actor, act: str = "tokens.read") -> QuerySet[Token]:
    """Return the tokens that the actor may do this to."""
    return visible(Token, actor, act).select_related("unit", "user")


def digest(secret: str) -> str:
    """Return what is kept of a token or a personal link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str, request_id: str = "") -> Actor | None:
    """Return in whose name a token acts; nobody when it is unknown, expired or revoked."""
    token = (
        visible(Token, OPERATOR, "tokens.use")
        .filter(digest=digest(secret), expires_at__gt=clock.machine(), revoked_at=None)
        .filter(Q(user=None) | Q(user__is_active=True))
        .select_related("unit", "user")
        .first()
    )
    if token is None:
        return None
    grant = Grant(acts_of(token.role) | EVERYBODY, Subtree(token.unit.path), token.role)
    human = _human(token.user) if token.user else f"token:{token.pk}"
    return Actor(Kind.TOKEN, str(token.pk), (grant,), "api", request_id, human=human)


def signed_in(user: User | None, request_id: str = "") -> Actor:
    """Return the actor of a signed-in user with the posts that he holds at this moment."""
    if user is None or not user.is_active:
        return STRANGER
    now = clock.now()
    held = (
        visible(Post, OPERATOR, "posts.use")
        .filter(user=user, valid_from__lte=now)
        .filter(Q(valid_to=None) | Q(valid_to__gt=now))
        .select_related("unit")
    )
    grants = [grant for post in held for grant in _grants(post)]
    grants.append(Grant(EVERYBODY, Assigned(user.pk, None)))
    if user.person:
        grants.append(Grant(OWN, Self(user.person), "employee"))
    who = _human(user)
    return Actor(Kind.USER, str(user.pk), tuple(grants), "web", request_id, human=who)


def by_link(person: UUID, request_id: str = "") -> Actor:
    """Return the actor of somebody who came by his personal link: himself and nothing else."""
    grant = Grant(OWN, Self(person), "employee")
    return Actor(Kind.PERSON, str(person), (grant,), "link", request_id, human=f"person:{person}")


def _human(user: User) -> str:
    return f"person:{user.person}" if user.person else f"user:{user.pk}"


def _grants(post: Post) -> list[Grant]:
    reach: Reach = AtSite(post.site_id) if post.site_id else Subtree(post.unit.path)
    found = [Grant(acts_of(post.role), reach, post.role)]
    found.append(Grant(EVERYBODY, Assigned(None, post.unit_id), post.role))
    return found
