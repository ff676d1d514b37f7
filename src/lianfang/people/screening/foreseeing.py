"""What a change of the pack would do to people, looked at before anybody puts it in force."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.watchers import Answer, Effect, Touched
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.register.links import person_url
from lianfang.people.register.models import Person
from lianfang.people.screening import facts
from lianfang.people.screening.judging import evaluate
from lianfang.people.screening.rules import WORDS, Screen, Standing, Status, reason_words, rules_of

ACT = "screening.read"
MOST, NAMED = 20_000, 20
MOVED = msgid("%(n)s people would change from “%(old)s” to “%(new)s” at once.")
LOOKED_AT = msgid("The first %(n)s people were looked at.")
NOT_A_FACT = msgid("%(name)s cannot be %(value)s.")
KINDS: Mapping[str, str] = {
    "Boolean": msgid("yes or no"),
    "Int64": msgid("whole number"),
    "Float64": msgid("number"),
    "String": msgid("word"),
}
YES_OR_NO = {"yes": True, "true": True, "1": True, "是": True} | {
    **dict.fromkeys(("no", "false", "0", "否"), False)
}
READERS: Mapping[str, Callable[[str], object]] = {
    "Boolean": lambda plain: YES_OR_NO[plain.lower()],
    "Int64": int,
    "Float64": float,
    "String": str,
}


def foresee(actor: Actor, before: Pack, after: Pack, now: datetime) -> Sequence[Effect]:
    """Return whose status would change at once, kind by kind, with the first of their names."""
    people = list(_people(actor)[:MOST])
    if not people:
        return ()
    was = _standings(actor, people, before, now)
    becomes = _standings(actor, people, after, now)
    moved: dict[tuple[str, str], list[Person]] = {}
    for person, old, new in zip(people, was, becomes, strict=True):
        if old.status != new.status:
            moved.setdefault((old.status, new.status), []).append(person)
    found = [_effect(pair, touched) for pair, touched in sorted(moved.items())]
    if len(people) == MOST:
        found.append(Effect(LOOKED_AT, {"n": MOST}))
    return found


def names() -> Sequence[tuple[str, str]]:
    """Return the person-facts that a rule may speak of, with the word for their kind."""
    return [(name, KINDS[str(kind)]) for name, kind in sorted(facts.types().items())]


def check(pack: Pack) -> None:
    """Refuse a pack with a rule that cannot be used."""
    _trial(pack)


def answer(pack: Pack, told: Mapping[str, str]) -> Answer:
    """Say what the rules of a pack tell of somebody of whom these facts are known."""
    types = facts.types()
    known = {name: [_read(name, each, str(types[name]))] for name, each in told.items()}
    found = _trial(pack).apply(known, 1)[0]
    said = [reason_words(pack, code) for code in found.reasons]
    return Answer(WORDS[found.status], said)


def _trial(pack: Pack) -> Screen:
    rules, otherwise = rules_of(pack)
    return Screen(rules, otherwise, facts.types())


def _people(actor: Actor) -> QuerySet[Person]:
    rows = visible(Person, actor, ACT).filter(left_at=None).select_related("unit", "site")
    return rows.order_by("unit__path", "sort_key", "pk")


def _standings(
    actor: Actor, people: Sequence[Person], pack: Pack, now: datetime
) -> Sequence[Standing]:
    """Apply a pack to people as if it were in force, each unit's own stricter values with it."""
    packs: dict[UUID, Pack | None] = {}
    units: dict[UUID, Unit] = {person.unit_id: person.unit for person in people}
    for key, unit in units.items():
        packs[key] = response.stricter_here(actor, pack, unit, now)
    return evaluate(people, now, packs)


def _effect(pair: tuple[str, str], touched: Sequence[Person]) -> Effect:
    old, new = pair
    words = {"old": WORDS[Status(old)], "new": WORDS[Status(new)]}
    rows = [Touched(f"{each.name} · {each.unit}", person_url(each.pk)) for each in touched]
    return Effect(MOVED, {"n": len(touched)}, words, rows[:NAMED], max(len(rows) - NAMED, 0))


def _read(name: str, text: str, kind: str) -> object:
    """Read a fact as it was typed for a made-up person."""
    plain = text.strip()
    try:
        return READERS[kind](plain)
    except (KeyError, ValueError) as wrong:
        raise BadInput(NOT_A_FACT, "facts", name=name, value=plain) from wrong
