"""The people of a list on whom something is done, and the list as it leaves the house."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Person
from lianfang.people.register.queries.listing import Card, cards, found, with_facts
from lianfang.people.register.queries.people import people
from lianfang.people.register.queries.policy import policy_of_all
from lianfang.people.register.queries.words import word
from lianfang.people.register.rules.listing import Wanted
from lianfang.people.register.rules.wording import WHEREABOUTS, whereabouts

#: How many people one press of a button can mean.
MOST = 2_000
Chosen = list[Person]


def chosen(actor: Actor, act: str, keys: Sequence[UUID], everybody: Wanted | None) -> Chosen:
    """Return those who were ticked, or everybody of a list, as far as this may be done to them."""
    if everybody is not None:
        return list(found(actor, everybody, policy_of_all(actor, clock.now()), act)[:MOST])
    rows = people(actor, act).filter(pk__in=keys[:MOST], left_at=None)
    return list(rows.order_by("sort_key", "id"))


def listed(actor: Actor, wanted: Wanted) -> list[Card]:
    """Return everybody on a list who may be taken out of the house, masked."""
    policy = policy_of_all(actor, clock.now())
    rows = found(actor, wanted, policy, "people.export")
    return cards(with_facts(rows, policy), policy)


def shares(found: Sequence[Card], tops: Sequence[Unit]) -> list[tuple[Unit, list[UUID]]]:
    """Return whom a list takes out of each of the top units; the first has who is below none."""
    of: dict[UUID, list[UUID]] = {top.pk: [] for top in tops}
    for each in found:
        above = (top for top in tops if tree.within(each.path, top.path))
        of[next(above, tops[0]).pk].append(each.id)
    return [(top, of[top.pk]) for top in tops]


def headings() -> list[str]:
    """Return the columns of a list that leaves the house."""
    return [
        _("Name"),
        _("Staff number"),
        _("Unit"),
        _("Employment"),
        _("Department and job"),
        pgettext("people", "Place"),
        _("Document number"),
        _("Telephone"),
        _("Whereabouts"),
        _("Movement class"),
        _("Region"),
        _("Planned return"),
        _("Came back on"),
        pgettext("people", "History"),
    ]


def lines(found: Sequence[Card]) -> Iterator[list[object]]:
    """Return the cells of a list that leaves the house."""
    for each in found:
        where = whereabouts(in_town=each.in_town)
        yield [
            each.name,
            each.person_no,
            each.unit,
            each.employment,
            each.work,
            each.place,
            each.document,
            each.phone,
            word(WHEREABOUTS, where),
            each.movement_class,
            each.region,
            each.planned_return,
            each.returned_on,
            _("yes") if each.history else "",
        ]
