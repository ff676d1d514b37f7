"""Which department answers for which line of work."""

from dataclasses import dataclass
from datetime import date

from lianfang.ground.command.models import Charge
from lianfang.ground.command.queries.asked import asked_at
from lianfang.ground.command.rules.seats import REASON_LENGTH, TITLE_LENGTH, Span
from lianfang.ground.command.services.dated import close, entered, hold, short, why
from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid

NO_SUCH_LINE = msgid("The policy pack has no such line of work for this unit.")
NO_DEPARTMENT = msgid("Choose a department, or type its name.")
ELSEWHERE = msgid("%(name)s does not belong to this unit.")
SAME = msgid("%(name)s answers for it already.")
TAKEN = msgid("%(name)s answered for it in those days.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine:
    """Which line of work, which department (of the tree, or by its name), from which day on."""

    line: str
    since: date
    department: Unit | None = None
    name: str = ""
    reason: str = ""


@act("command.charge", tells=("line",))
def charge(actor: Actor, unit: Unit, told: ChargeLine) -> Charge:
    """Let a department answer for a line of work, in the place of the one that did (R43)."""
    by, name = entered(actor), _name(unit, told)
    if told.line not in {line.code for line in asked_at(actor, by.now).lines_of(unit.kind)}:
        raise BadInput(NO_SUCH_LINE, field="line")
    hold(unit)
    rows = list(Charge.objects.filter(unit=unit, response=by.response, line=told.line))
    for former in (row for row in rows if row.valid_to is None):
        if former.name == name and former.department == told.department:
            raise Conflict(SAME, field="name", name=name)
        close(former, told.since, why(told.reason), by)
    for row in rows:
        if row.span.meets(Span(told.since)):
            raise Conflict(TAKEN, field="since", name=row.name)
    return Charge.objects.create(
        unit=unit,
        line=told.line,
        department=told.department,
        name=name,
        valid_from=told.since,
        reason=short(told.reason, REASON_LENGTH, "reason"),
        **by.columns,
    )


@act("command.discharge")
def discharge(actor: Actor, held: Charge, until: date, reason: str) -> Charge:
    """Let a department answer for a line of work no more; nobody does until one is named."""
    by, said = entered(actor), why(reason)
    hold(held.unit)
    held.refresh_from_db()
    close(held, until, said, by)
    return held


def _name(unit: Unit, told: ChargeLine) -> str:
    if told.department is None:
        name = short(told.name, TITLE_LENGTH, "name")
    else:
        name = told.department.name[:TITLE_LENGTH]
        if not tree.within(told.department.path, unit.path):
            raise BadInput(ELSEWHERE, field="department", name=name)
    if not name:
        raise BadInput(NO_DEPARTMENT, field="department")
    return name
