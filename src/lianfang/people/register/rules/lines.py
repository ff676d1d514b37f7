"""What is told of a person, of where he is and of where he was."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.register.rules.policy import Policy
from lianfang.people.register.rules.words import DocumentKind, Employment, HowTold

LEFT_IN_FUTURE = msgid("The day of leaving lies in the future; enter it as the planned one.")
BACK_BEFORE_LEAVING = msgid("Nobody is back before he left; look at the two days again.")
BACK_IN_FUTURE = msgid("The day of coming back lies ahead; enter it as the planned return.")
BACK_BUT_AWAY = msgid("Told as back and as out of town at once; one of the two is wrong.")
AWAY_FROM_HOME = msgid("Told as out of town, but %(place)s is in town.")
HISTORY_AHEAD = msgid("The last day cannot lie in the future.")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What is told of a person when he is entered or changed; what is sealed is not printed."""

    name: str
    employment: Employment = Employment.REGULAR
    person_no: str = ""
    gender: str = ""
    document_kind: DocumentKind = DocumentKind.IDENTITY_CARD
    document: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    remark: str = field(default="", repr=False)
    home_region: str = ""
    home_said: str = ""
    live_region: str = ""
    department: str = ""
    job: str = ""
    party_member: bool | None = None


#: What stands in the row as it is told; the rest is sealed or worked out.
PLAIN = tuple(
    each.name
    for each in fields(PersonLine)
    if each.name not in {"document", "phone", "address", "remark"}
)


def merged(first: PersonLine | None, second: PersonLine) -> PersonLine:
    """Return what two rows tell of one person; where both tell something the first one counts."""
    if first is None:
        return second
    told = {each.name: getattr(first, each.name) for each in fields(PersonLine)}
    return replace(second, **{name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is, since when and by what he came; `movement_class` only when chosen."""

    in_town: bool | None = None
    region: str = ""
    from_region: str = ""
    left_on: date | None = None
    planned_return: date | None = None
    returned_on: date | None = None
    transport: str = ""
    transport_no: str = ""
    seat_no: str = ""
    movement_class: str = ""
    how: HowTold = HowTold.SELF


#: What makes one movement differ from another; who told it does not.
WHERE = tuple(each.name for each in fields(Whereabouts) if each.name != "how")


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of epidemiological history as it was told; never a diagnosis, never a contact."""

    kind: str
    last_day: date
    region: str = ""
    last_day_known: bool = True
    how: HowTold = HowTold.SELF


def class_of(told: Whereabouts, policy: Policy) -> str:
    """Return the movement class of the pack to which a movement belongs; empty when none does."""
    facts = {
        "in_town": told.in_town,
        "returned": told.returned_on is not None,
        "public": told.transport in policy.public if told.transport else None,
        "other_province": policy.is_other_province(told.from_region),
    }
    return next((each.code for each in policy.classes if each.holds(facts)), "")


def classed(told: Whereabouts, policy: Policy) -> Whereabouts:
    """Return the movement with its class, unless one was chosen."""
    if told.movement_class:
        return told
    return replace(told, movement_class=class_of(told, policy))


def check_movement(told: Whereabouts, policy: Policy, today: date) -> None:
    """Refuse a movement that contradicts itself."""
    if told.left_on and told.left_on > today:
        raise BadInput(LEFT_IN_FUTURE, "left_on")
    if told.returned_on and told.returned_on > today:
        raise BadInput(BACK_IN_FUTURE, "returned_on")
    if told.left_on and told.returned_on and told.returned_on < told.left_on:
        raise BadInput(BACK_BEFORE_LEAVING, "returned_on")
    if told.returned_on and told.in_town is False:
        raise BadInput(BACK_BUT_AWAY, "in_town")
    if told.in_town is False and policy.is_home(told.region):
        raise BadInput(AWAY_FROM_HOME, "region", place=told.region)


def check_history(told: Told, today: date) -> None:
    """Refuse a history whose last day is not yet there."""
    if told.last_day > today:
        raise BadInput(HISTORY_AHEAD, "last_day")


def after_checkin(known: Whereabouts, told: Whereabouts, today: date) -> Whereabouts | None:
    """Return where somebody is after a check-in told so; None where that is nothing new."""
    if told.in_town is None:
        return None
    if told.in_town:
        return None if known.in_town else _back(known, told, today)
    if known.in_town is False:
        moved_on = told.region and told.region != known.region
        return (
            replace(known, region=told.region, movement_class="", how=told.how)
            if moved_on
            else None
        )
    return Whereabouts(in_town=False, region=told.region, left_on=today, how=told.how)


def _back(known: Whereabouts, told: Whereabouts, today: date) -> Whereabouts:
    """Return the way home: from where he was known to be; of one never known away, none."""
    if known.in_town is None:
        return Whereabouts(in_town=True, how=told.how)
    return Whereabouts(
        in_town=True,
        from_region=known.region,
        left_on=known.left_on,
        returned_on=today,
        how=told.how,
    )
