"""Four walls: how a model's rows stand to a reach."""

from dataclasses import dataclass

from django.db.models import Model, Q

from lianfang.kernel import tree
from lianfang.kernel.actor import Assigned, AtSite, Everywhere, Reach, Self, Subtree

NONE = Q(pk__in=())
ALL = ~NONE  # never Q(): Django drops an empty Q from `|`, and NONE | Q() is NONE


@dataclass(frozen=True, slots=True)
class Wall:
    """Where a row stands: the look-ups of its path, person, site and addressees."""

    path: str = ""
    person: str = ""
    site: str = ""
    user: str = ""
    unit: str = ""
    reason: str = ""
    whole: bool = False

    def within(self, reach: Reach) -> Q:
        """Return the rows of this model that lie within a reach."""
        if isinstance(reach, Everywhere) or self.reason:
            return ALL
        match reach:
            case Subtree(path) if self.path:
                return self._below(path)
            case Self(person) if self.person:
                return Q((self.person, person))
            case AtSite(site) if self.site:
                return Q((self.site, site))
            case Assigned(user, unit):
                return self._addressed(user, unit)
        return NONE

    def _below(self, path: str) -> Q:
        if self.whole and tree.is_root(path):
            return ALL
        return Q((f"{self.path}__gte", path), (f"{self.path}__lt", tree.after(path)))

    def _addressed(self, user: object, unit: object) -> Q:
        found = NONE
        if self.user and user:
            found |= Q((self.user, user))
        if self.unit and unit:
            found |= Q((self.unit, unit))
        return found


def placed(path: str = "unit__path", person: str = "", site: str = "") -> Wall:
    """Rows that stand at a unit."""
    return Wall(path=path, person=person, site=site)


def personal(person: str, path: str = "unit__path") -> Wall:
    """Rows about a person; seen by that person and from the unit that the person belongs to."""
    return Wall(path=path, person=person)


def addressed(user: str = "", unit: str = "", path: str = "") -> Wall:
    """Rows that name their addressees."""
    return Wall(user=user, unit=unit, path=path)


def everybody(reason: str) -> Wall:
    """Rows that anybody with a post may see, and why."""
    return Wall(reason=reason)


def wall_of(model: type[Model]) -> Wall:
    """Return the wall that a model declares."""
    wall: Wall = model.wall  # type: ignore[attr-defined]
    return wall


def place_of(row: Model | None) -> str:
    """Return the path of the unit where a row stands; empty for the whole installation."""
    if row is None:
        return ""
    found: object = row
    for step in wall_of(type(row)).path.split("__"):
        found = getattr(found, step, None) if step else None
    return found if isinstance(found, str) else ""
