"""Recording where people are and what history they told."""

from collections.abc import Sequence
from typing import cast

from lianfang.ground.doors.act import Pending, act
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid
from lianfang.people.register import seams
from lianfang.people.register.models import Exposure, Movement, Person
from lianfang.people.register.rules.lines import (
    WHERE,
    Told,
    Whereabouts,
    check_history,
    check_movement,
    classed,
)
from lianfang.people.register.services import rows
from lianfang.people.register.services.moments import Moment, moment

HAS_LEFT = msgid("%(name)s has left; nothing is recorded of him any more.")
NO_SUCH_KIND = msgid("The policy pack in force has no such kind of history.")
NO_SUCH_CLASS = msgid("The policy pack in force has no such movement class.")
WITHDRAWN = msgid("This was withdrawn already.")


@act("movements.record", tells=("movement_class", "transport"))
def record_movement(actor: Actor, person: Person, told: Whereabouts) -> Movement:
    """Record where somebody is, since when and how he came; the row before it ends."""
    at = moment(actor, person.unit)
    _movable(person, told, at)
    row = moved(person, told, at)
    seams.changed([person], at.now)
    return row


@record_movement.together
def _record_movements(actor: Actor, items: Sequence[Pending[Movement]]) -> Sequence[Movement]:
    """Record many movements at once."""
    at = moment(actor)
    pairs = [_told(item) for item in items]
    for person, told in pairs:
        _movable(person, told, at)
    keys = [person.pk for person, _ in pairs]
    rows.close_movements(keys, at)
    made = [rows.movement(person, told, at) for person, told in pairs]
    Movement.objects.bulk_create(made)
    seams.changed([person for person, _ in pairs], at.now)
    return made


@act("exposures.record", tells=("kind",))
def record_exposure(actor: Actor, person: Person, told: Told) -> Exposure:
    """Record a piece of epidemiological history as it was told."""
    at = moment(actor, person.unit)
    _present(person)
    check_history(told, at.today)
    if told.kind not in {kind.code for kind in at.policy.kinds}:
        raise BadInput(NO_SUCH_KIND, field="kind")
    row = rows.exposure(person, told, at)
    row.save(force_insert=True)
    seams.changed([person], at.now)
    return row


@act("exposures.withdraw")
def withdraw_exposure(actor: Actor, exposure: Exposure) -> Exposure:
    """Withdraw a piece of history that turned out to be wrong; it stays on the file as such."""
    if exposure.withdrawn_at is not None:
        raise Conflict(WITHDRAWN)
    at = moment(actor)
    exposure.withdrawn_at = at.now
    exposure.save(update_fields=["withdrawn_at"])
    seams.changed([exposure.person], at.now)
    return exposure


def moved(person: Person, told: Whereabouts, at: Moment) -> Movement:
    """End the movement that was and begin the one that is told."""
    rows.close_movements([person.pk], at)
    row = rows.movement(person, told, at)
    row.save(force_insert=True)
    return row


def differs(row: Movement | None, told: Whereabouts, at: Moment) -> bool:
    """Tell whether what is told differs from what is known."""
    known = classed(told, at.policy)
    return row is None or any(getattr(row, name) != getattr(known, name) for name in WHERE)


def _movable(person: Person, told: Whereabouts, at: Moment) -> None:
    _present(person)
    check_movement(told, at.policy, at.today)
    classes = {each.code for each in at.policy.classes}
    if told.movement_class and told.movement_class not in classes:
        raise BadInput(NO_SUCH_CLASS, field="movement_class")


def _present(person: Person) -> None:
    if person.left_at is not None:
        raise Conflict(HAS_LEFT, name=person.name)


def _told(item: Pending[Movement]) -> tuple[Person, Whereabouts]:
    told = item.told.args[0] if item.told.args else item.told.kwargs["told"]
    return cast("Person", item.where), cast("Whereabouts", told)
