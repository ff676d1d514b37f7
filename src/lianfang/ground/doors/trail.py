"""Entries of the trail: what was done or refused, by whom, where, and to what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

from django.db.models import Model

from lianfang.ground.doors.bulk import insert, made
from lianfang.ground.doors.models import Entry, Subject
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Refused

Plain = int | float | bool | str | None


@dataclass(frozen=True, slots=True)
class Told:
    """The arguments of an act, by the names of its parameters."""

    args: tuple[object, ...]
    kwargs: Mapping[str, object]
    names: tuple[str, ...] = ()
    tells: frozenset[str] = frozenset()

    def plain(self) -> dict[str, object]:
        """Return what the trail may keep: ids, dates, numbers and codes; text only when listed."""
        named = {**dict(zip(self.names, self.args, strict=False)), **self.kwargs}
        return dict(self._kept("", named))

    def _kept(self, prefix: str, named: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        for name, value in named.items():
            if is_dataclass(value) and not isinstance(value, type):
                parts = {field.name: getattr(value, field.name) for field in fields(value)}
                yield from self._kept(f"{prefix}{name}.", parts)
            elif isinstance(value, str) and not isinstance(value, Enum):
                if {name, f"{prefix}{name}"} & self.tells:
                    yield prefix + name, value
            elif (kept := _code(value)) is not None:
                yield prefix + name, kept


def _code(value: object) -> object:
    """Return the plain form of a value that is no text; None for what is not kept."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal | UUID | date | datetime | time | timedelta):
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        kept = [_code(part) for part in value]
        return [part for part in kept if part is not None]
    return None


def _entry(act: str, actor: Actor, place: str) -> Entry:
    return Entry(
        act=act,
        actor_kind=actor.kind,
        actor_id=actor.id,
        who=actor.who,
        via=actor.via,
        place=place,
        arguments={},
        refused="",
        count=1,
        request_id=actor.request_id,
        happened_at=clock.now(),
        recorded_at=clock.machine(),
    )


@dataclass(frozen=True, slots=True)
class Entered:
    """One act as the trail keeps it: what, by whom, where, with which arguments, to what."""

    act: str
    actor: Actor
    place: str
    arguments: Mapping[str, object]
    results: Iterable[object]


def enter(
    act: str, actor: Actor, place: str, arguments: Mapping[str, object], results: Iterable[object]
) -> None:
    """Enter what was done, and to what."""
    enter_each([Entered(act, actor, place, arguments, results)])


def enter_each(done: Iterable[Entered]) -> None:
    """Enter many acts that were done together, each for itself."""
    entries, subjects = [], []
    for each in done:
        entry, about = _entry(each.act, each.actor, each.place), list(_subjects(each.results))
        entry.arguments, entry.count = _told(each), max(len(about), 1)
        entries.append(entry)
        subjects += [made(Subject, {"entry_id": entry.pk, "subject": key}) for key in about]
    Entry.objects.bulk_create(entries)
    insert(subjects)


def _told(entered: Entered) -> dict[str, object]:
    """Return the arguments, and in whose stead a deputy did it."""
    stead = [str(user) for user in entered.actor.in_stead(entered.act)]
    return {**entered.arguments, "in_stead_of": stead} if stead else dict(entered.arguments)


def refuse(act: str, actor: Actor, place: str, refused: Refused, of: int = 1) -> None:
    """Enter what was refused, after its rollback, and of how many this was the first."""
    entry = _entry(act, actor, place)
    entry.refused, entry.count = type(refused).__name__, 0
    entry.arguments = {"of": of} if of > 1 else {}
    entry.save(force_insert=True)


def _subjects(results: Iterable[object]) -> Iterator[UUID]:
    """Return the rows that an act was about: its result, or the subjects that the result names."""
    for result in results:
        named: object = getattr(result, "subjects", None)
        rows: Sequence[object] = named if isinstance(named, tuple | list) else (result,)
        for row in rows:
            key = row.pk if isinstance(row, Model) else row
            if isinstance(key, UUID):
                yield key
