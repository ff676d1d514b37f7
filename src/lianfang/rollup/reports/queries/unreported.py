"""What the records know of a day and its bulletin does not say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import Number
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.hours import everywhere_over
from lianfang.rollup.reports.queries.occasions import owing_units
from lianfang.rollup.reports.rules.bulletin import Content, Values
from lianfang.rollup.reports.rules.speech import Wording
from lianfang.rollup.reports.rules.unreported import unreported

NAMED = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is known to be higher than the paper says: its name, by how much, of whom."""

    label: str
    by: Number
    names: str


def known_unreported(actor: Actor, content: Content, words: Wording) -> Sequence[Known]:
    """Return what is known of the grave figures and is not in the bulletin of the day."""
    codes = [code for code in words["unreported"] if code in FIGURES]
    found = unreported(codes, content.units, _live(actor, content, codes))
    return [
        Known(
            gettext(FIGURES[each.code].label),
            each.by,
            gettext(", ").join(f"{part.name} {part.by:,}" for part in each.parts[:NAMED]),
        )
        for each in found
    ]


def _live(actor: Actor, content: Content, codes: Sequence[str]) -> Mapping[str, Values]:
    """Return what the records say now of each unit, with the corrections laid over."""
    now = clock.now()
    until = min(now, everywhere_over(actor, content.day))
    table = figures.of_day(actor, None, content.day, until)
    corrections = frozen.overrides_of(actor, content.day)

    def values(unit: Unit) -> Values:
        return {
            code: frozen.over(table.total(unit.pk, code), corrections.get((unit.pk, code)))
            for code in codes
        }

    return {unit.code: values(unit) for unit in owing_units(actor, now) if unit.pk in table.index}
