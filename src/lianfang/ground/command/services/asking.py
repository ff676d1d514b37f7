"""Asking a unit to mend a weak point of its command, in one tap."""

from django.utils import timezone

from lianfang.ground.command.queries.asked import MEND_WITHIN, asked_at
from lianfang.ground.command.queries.asking import KIND, prefix, title
from lianfang.ground.command.queries.standing import commands
from lianfang.ground.command.rules.gaps import BY_THE_GROUP, Gap
from lianfang.ground.command.services.dated import entered
from lianfang.ground.doors.act import act
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.queries.standing import UNCLOSED
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.services import Opening, begin
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as responses
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

MENDED = msgid("This is no weak point any more.")


@act("command.ask", tells=("key",))
def ask(actor: Actor, unit: Unit, key: str) -> Loop:
    """Ask for a weak point to be mended; asked again while that is open, nothing new is opened."""
    by = entered(actor)
    asked = asked_at(actor, by.now)
    today = timezone.localtime(by.now).date()
    found = commands(actor, [unit], today, asked)[unit.pk].gaps
    gap = next((each for each in found if each.key == key), None)
    if gap is None:
        raise Conflict(MENDED)
    before = Loop.objects.filter(kind=KIND, key__startswith=prefix(unit, gap))
    still = before.filter(UNCLOSED).first()
    if still is not None:
        return still
    pack = responses.pack_at(actor, by.now)
    due = by.now + pack.span(MEND_WITHIN) if pack.has(MEND_WITHIN) else None
    owing, owner, verifier = _sides(unit, gap)
    opening = Opening(
        kind=KINDS[KIND],
        unit=owing,
        key=f"{prefix(unit, gap)}{before.count()}",
        title=title(gap, unit, asked),
        due=due,
        owner_role=owner,
        verifier_role=verifier,
        subject=unit.pk,
    )
    return begin(actor, opening, by.now)


def _sides(unit: Unit, gap: Gap) -> tuple[Unit, str, str]:
    """Return who owes it and who verifies: the unit's head, or at the top the group office."""
    if gap.lack in BY_THE_GROUP or tree.is_root(unit.path):
        top = Unit.objects.get(path=unit.path[: tree.WIDTH])
        return top, Role.GROUP_OFFICE, Role.LEADING_GROUP
    return unit, Role.PRINCIPAL, Role.GROUP_OFFICE
