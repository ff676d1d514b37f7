"""What dated rows of the command structure share: the response, who entered them, their end."""

from dataclasses import dataclass
from datetime import date, datetime

from lianfang.ground.command.models import Appointment, Charge
from lianfang.ground.command.rules.seats import REASON_LENGTH, Span, ended
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.queries import name_of
from lianfang.ground.response import queries as responses
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_RESPONSE = msgid("No epidemic response is in force; begin one first.")
OVER = msgid("This has ended already.")
SAY_WHY = msgid("Say why, or by which document.")
TOO_LONG = msgid("Not more than %(limit)s characters.")
ENDING = ("valid_to", "end_reason", "ended_by", "ended_by_name", "ended_at")


@dataclass(frozen=True, slots=True)
class Entered:
    """Of which response, by whom and when something is entered."""

    response: Response
    actor: Actor
    name: str
    now: datetime

    @property
    def columns(self) -> dict[str, object]:
        """Return what every row keeps of its entry."""
        return {
            "response": self.response,
            "by": self.actor.who,
            "by_name": self.name,
            "recorded_at": self.now,
        }


def entered(actor: Actor) -> Entered:
    """Return who enters something of the response in force, or say that there is none."""
    response = responses.current(actor)
    if response is None:
        raise Conflict(NO_RESPONSE)
    return Entered(response, actor, name_of(actor), clock.now())


def hold(*units: Unit) -> None:
    """Let one act at a time change the command of these units, locked in the order of keys."""
    keys = {unit.pk for unit in units}
    list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def why(reason: str) -> str:
    """Return the reason as it is kept; nothing is ended without one."""
    said = short(reason, REASON_LENGTH, "reason")
    if not said:
        raise BadInput(SAY_WHY, field="reason")
    return said


def short(text: str, limit: int, field: str) -> str:
    """Return a text without the space around it, or say that it is too long."""
    said = text.strip()
    if len(said) > limit:
        raise BadInput(TOO_LONG, field=field, limit=limit)
    return said


def close(row: Appointment | Charge, until: date, reason: str, by: Entered) -> None:
    """Let a row end; what it said before stays."""
    if row.valid_to is not None:
        raise Conflict(OVER)
    row.valid_to = ended(Span(row.valid_from), until).until
    row.end_reason, row.ended_at = reason, by.now
    row.ended_by, row.ended_by_name = by.actor.who, by.name
    row.save(update_fields=ENDING)
