"""A notice of appointment as it would read today, and as it was issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from lianfang.ground.command.models import AppointmentPaper
from lianfang.ground.command.queries.rows import papers
from lianfang.ground.command.queries.structure import SeatBox, Structure, structure
from lianfang.ground.command.rules.notice import Body, Content, Named, heading, paragraphs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import name_on
from lianfang.kernel.actor import Actor

CHINESE = "zh-hans"
ADDRESSEES_OF_THE_GROUP = "各子公司、集团各部室"
ADDRESSEES = "本公司各部门、各下属单位"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form of a notice begins with."""

    heading: str
    addressees: str
    body: str
    again: bool


def proposal(actor: Actor, unit: Unit, day: date) -> Proposal:
    """Write the notice of a unit's structure as it stands on a day."""
    again = papers(actor).filter(unit=unit).exists()
    with override(CHINESE):
        found = structure(actor, unit, day)
    name = name_on(actor, unit, day)
    told = paragraphs(_body(found, name, again=again))
    to = ADDRESSEES_OF_THE_GROUP if found.top else ADDRESSEES
    return Proposal(heading(name, again=again), to, "\n".join(told), again)


def content_of(paper: AppointmentPaper) -> Content:
    """Return the frozen values of a notice."""
    told: Mapping[str, object] = paper.content
    lines = told["paragraphs"]
    return Content(
        issuer=str(told["issuer"]),
        number=str(told["number"]),
        heading=str(told["heading"]),
        addressees=str(told["addressees"]),
        paragraphs=tuple(map(str, lines if isinstance(lines, list) else ())),
        dated_on=date.fromisoformat(str(told["dated_on"])),
        copies=str(told["copies"]),
    )


def _body(found: Structure, name: str, *, again: bool) -> Body:
    return Body(
        unit=name,
        again=again,
        group=_named(found.group),
        office=_named(found.office),
        lines=[(line.word, line.name) for line in found.lines],
        leaders=[(each.name, [str(unit) for unit in each.units]) for each in found.leaders],
    )


def _named(boxes: Sequence[SeatBox]) -> Sequence[tuple[str, Sequence[Named]]]:
    return [
        (box.word, [Named(each.name, each.title, each.duty) for each in box.holders])
        for box in boxes
        if box.holders
    ]
