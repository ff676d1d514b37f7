"""What a file changes of somebody, old and new, as far as a screen may show it."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from lianfang.ground.orgs.models import Unit
from lianfang.kernel import masks
from lianfang.people.register.models import Movement, Person
from lianfang.people.register.queries.words import word
from lianfang.people.register.rules import reading as columns
from lianfang.people.register.rules.lines import PLAIN, Whereabouts
from lianfang.people.register.rules.names import place_name
from lianfang.people.register.rules.wording import (
    DOCUMENT,
    EMPLOYMENT,
    GENDER,
    WHEREABOUTS,
    whereabouts,
)
from lianfang.people.register.rules.words import History

Known = Mapping[str, object]
Values = dict[str, tuple[str, str]]
#: What of a row is compared; of what is sealed only its mask, and of free text not even that.
COLUMNS = (*PLAIN, "unit_id", "document_mask", "phone_mask")
SAID: Mapping[str, Callable[[str], str]] = {
    "employment": lambda code: word(EMPLOYMENT, code),
    "gender": lambda code: word(GENDER, code),
    "document_kind": lambda code: word(DOCUMENT, code),
    "home_region": place_name,
    "live_region": place_name,
}
LOOKED_UP = {"unit": "unit_id", "document": "document_mask", "phone": "phone_mask"}


def known_now(person: Person | None) -> Known:
    """Return what is known of somebody before a row of a file is written over it."""
    return {name: getattr(person, name) for name in COLUMNS} if person is not None else {}


def values(before: Known, after: Person, news: frozenset[str], units: Iterable[Unit]) -> Values:
    """Return the old and the new value of each column that a row changes."""
    now = known_now(after)
    places = {unit.pk: f"{unit.code} {unit}" for unit in units if "unit" in news}
    return {
        header: (_said(name, before, places), _said(name, now, places))
        for name, header in columns.COLUMN_OF.items()
        if name in news and name != "whereabouts"
    }


def moved(before: Movement | None, told: Whereabouts | None) -> Values:
    """Return where somebody was known to be, and where the file says that he is."""
    known = _where(before) if before is not None else ""
    return {columns.COLUMN_OF["whereabouts"]: (known, _where(told))} if told is not None else {}


def _said(name: str, known: Known, places: Mapping[UUID, str]) -> str:
    if name in set(History):
        return ""
    if name in {"address", "remark"}:
        return masks.text(name)
    value = known.get(LOOKED_UP.get(name, name))
    if name == "unit":
        return places.get(value, "") if isinstance(value, UUID) else ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    say = SAID.get(name, str)
    return say(str(value)) if value else ""


def _where(told: Whereabouts | Movement) -> str:
    """Write a movement in one line: in town or not, where, and the days that are told."""
    parts = [word(WHEREABOUTS, whereabouts(in_town=told.in_town))]
    parts += [place_name(told.region)] if told.region else []
    days = (told.left_on, told.planned_return, told.returned_on)
    names = (_("Left on"), _("Planned return"), _("Came back on"))
    parts += [f"{name} {day:%m-%d}" for name, day in zip(names, days, strict=True) if day]
    return " ".join(parts)
