"""Making a task of what was seen on a visit or agreed in a call."""

from datetime import datetime

from lianfang.ground.doors.act import act
from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.rules.sides import roles_at
from lianfang.ground.loops.services import Opening, begin
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as responses
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.work.liaison.models import Contact

TASK, WITHIN = "liaison.task", "liaison.task_within"
NO_TITLE = msgid("Say what is to be done.")
TITLE_LENGTH = 120


@act("contacts.task")
def give_task(actor: Actor, contact: Contact, what: str) -> Loop:
    """Ask the unit for what was agreed; one call makes one task, however often it is sent."""
    now, text, unit = clock.now(), asked_for(what), contact.unit
    own = Role.LIAISON_LEADER in roles_at(actor, unit.pk, unit.path)
    opening = Opening(
        kind=KINDS[TASK],
        unit=unit,
        key=f"{unit.code}:{contact.happened_at.isoformat()}:{contact.leader_name}",
        title=Sentence.of(text[:TITLE_LENGTH]),
        due=_due(actor, now),
        verifier_unit=unit if own else None,
        verifier_role=Role.LIAISON_LEADER if own else Role.GROUP_OFFICE,
        subject=contact.pk,
        note=text if len(text) > TITLE_LENGTH else "",
    )
    return begin(actor, opening, now)


def asked_for(what: str) -> str:
    """Return what is asked of a unit; nothing is asked for without a word."""
    text = what.strip()
    if not text:
        raise BadInput(NO_TITLE, field="measure")
    return text


def _due(actor: Actor, now: datetime) -> datetime | None:
    pack = responses.pack_at(actor, now)
    return now + pack.span(WITHIN) if pack.has(WITHIN) else None
