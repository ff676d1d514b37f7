"""The seam by which an app above lets the pages of the reports lead to its own.

    declare(lambda actor, day, unit: Link(url, label, icon) or None)

`unit` is the unit of a report's page; None on the list of a day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """A page to which the reports lead, and how many wait there."""

    url: str
    label: str | Promise
    icon: str
    count: int = 0


Lead = Callable[[Actor, date, Unit | None], Link | None]
_LEADS: list[Lead] = []


def declare(lead: Lead) -> None:
    """Let the reports lead somewhere; its app does so once."""
    _LEADS.append(lead)


def leads(actor: Actor, day: date, unit: Unit | None = None) -> list[Link]:
    """Return where the reports of a day, or of a unit and day, lead this actor."""
    return [link for lead in _LEADS if (link := lead(actor, day, unit)) is not None]
