"""What a clerk and a principal do to a report before it is sent."""

from datetime import date
from decimal import Decimal

from lianfang.ground.doors.act import act
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import LARGEST, Kind
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response import queries as response
from lianfang.ground.signing import services as signing
from lianfang.ground.signing.models import Decision
from lianfang.ground.signing.queries import seat_of
from lianfang.ground.signing.services import Recorded
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.naming import refuse_numbers
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import Narrative, Override
from lianfang.rollup.reports.queries.pages import facts_of
from lianfang.rollup.reports.rules.days import loop_key
from lianfang.rollup.reports.rules.states import DAILY_REPORT, Signing

NO_SUCH_FIGURE = msgid("There is no figure called %(code)s.")
SAY_WHY = msgid("Say in a few words why the number is another one.")
NOT_WHOLE = msgid("%(value)s is not a whole number.")
TOO_LARGE = msgid("This number is too large to be true.")
NOT_NEGATIVE = msgid("A number of people or things cannot be negative.")
TYPED_HERE = msgid("This number is typed here; type it again instead of correcting it.")
OWES_NOTHING = msgid("This unit owes no report; correct the number in the report that takes it in.")
NOTHING_TO_WITHDRAW = msgid("This number stands as it was counted; there is nothing to take back.")
TITLE = msgid("Daily report of %(unit)s of %(day)s")
WHOSE_NAME = msgid("Write whose signature you record; in his own name only the principal signs.")


@act("reports.override", tells=("code",))
def override(
    actor: Actor, unit: Unit, day: date, code: str, value: Decimal, reason: str
) -> Override:
    """Correct a counted number; the counted one, the reason and the name stay beside it."""
    response.countable(actor, unit, day)
    if code not in FIGURES:
        raise BadInput(NO_SUCH_FIGURE, field="code", code=code)
    if not reason.strip():
        raise BadInput(SAY_WHY, field="reason")
    if value < 0:
        raise BadInput(NOT_NEGATIVE, field="value")
    refuse_numbers(reason, "reason")
    if not queries.owes(actor, unit):
        raise Conflict(OWES_NOTHING)
    counted = queries.counted_value(actor, unit, day, code)
    if counted is None:
        raise Conflict(TYPED_HERE)
    return Override.objects.create(
        response=queries.response_of(actor),
        unit=unit,
        day=day,
        code=code,
        value=_fitting(code, value),
        derived=counted.value,
        reason=reason.strip(),
        by=actor.who,
        by_name=orgs.name_of(actor),
    )


def _fitting(code: str, value: Decimal) -> Decimal:
    """Return a value as the figure counts it: whole where people and things are counted."""
    if FIGURES[code].kind is not Kind.DECIMAL and value != value.to_integral_value():
        raise BadInput(NOT_WHOLE, field="value", value=value)
    if value >= LARGEST:
        raise BadInput(TOO_LARGE, field="value")
    return value


@act("reports.override_back", tells=("code",))
def withdraw_override(actor: Actor, unit: Unit, day: date, code: str) -> Override:
    """Take a correction back: the number stands as it is counted."""
    known = Override.objects.filter(unit=unit, day=day, code=code).last()
    if known is None or known.withdrawn:
        raise Conflict(NOTHING_TO_WITHDRAW)
    return Override.objects.create(
        response=known.response,
        unit=unit,
        day=day,
        code=code,
        reason=known.reason,
        withdrawn=True,
        by=actor.who,
        by_name=orgs.name_of(actor),
    )


@act("reports.write")
def write(
    actor: Actor, unit: Unit, day: date, new_issues: str, help_needed: str, *, zero: bool
) -> Narrative:
    """Keep what a unit writes of new situations while it is being written."""
    response.countable(actor, unit, day)
    refuse_numbers(new_issues, "new_issues")
    refuse_numbers(help_needed, "help_needed")
    told = {
        "response": queries.response_of(actor),
        "new_issues": new_issues.strip(),
        "help_needed": help_needed.strip(),
        "zero": zero,
        "saved_by": actor.who,
        "saved_at": clock.now(),
    }
    found, _made = Narrative.objects.update_or_create(unit=unit, day=day, defaults=told)
    return found


@act("reports.sign")
def sign(
    actor: Actor,
    unit: Unit,
    day: date,
    part: Signing,
    recorded_for: str = "",
    recorded: Recorded | None = None,
) -> Decision:
    """Put one's name under the numbers as they stand; a clerk may record the principal's (代录).

    `recorded` says how it was heard, with the photo of a paper; a name alone was heard in person.
    """
    response.countable(actor, unit, day)
    told = queries.standing(actor, unit, day)
    name = recorded.name.strip() if recorded else recorded_for.strip()
    refuse_numbers(name, "recorded_for")
    sheet = signing.open_sheet(
        actor,
        unit,
        DAILY_REPORT,
        loop_key(unit.pk, day),
        Sentence(TITLE, {"unit": str(unit), "day": day}),
        told.response,
    )
    facts = facts_of(told)
    if part is Signing.PRINCIPAL and not name and not _is_principal(actor, unit):
        raise BadInput(WHOSE_NAME, field="recorded_for")
    heard = (recorded or Recorded(name)) if name else None
    return signing.take(actor, sheet, part.value, clock.now(), recorded=heard, facts=facts)


def _is_principal(actor: Actor, unit: Unit) -> bool:
    """Tell whether this is the principal of a unit, or of one that it belongs to, or a deputy."""
    return seat_of(actor, unit.path, {Role.PRINCIPAL}) is not None
