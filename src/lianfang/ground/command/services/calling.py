"""Opening the telephone of somebody in a seat: on the record, for a call."""

from dataclasses import dataclass, field
from uuid import UUID

from lianfang.ground.command.models import Appointment
from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import reveal
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

NO_PHONE = msgid("No telephone of %(name)s is known; ask the company's office.")


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone for the eyes of who asked for it."""

    subjects: tuple[UUID, ...]
    name: str = field(repr=False)
    phone: str = field(repr=False)


@act("command.phone")
def phone(actor: Actor, held: Appointment) -> Number:
    """Show the telephone of somebody in a seat to who has to call him; he can see who looked."""
    number = reveal(held, "phone")
    if not number:
        raise Conflict(NO_PHONE, name=held.name)
    subjects = (held.pk, held.user_id) if held.user_id else (held.pk,)
    return Number(subjects, held.name, number)
