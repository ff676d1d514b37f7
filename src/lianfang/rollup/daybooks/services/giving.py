"""Giving a workbook out: people leave the house on it, so it is an act, on the record."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, override

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import blind
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Actor
from lianfang.rollup.daybooks import queries
from lianfang.rollup.daybooks.models import Daybook
from lianfang.rollup.daybooks.rules.paper import workbook
from lianfang.rollup.daybooks.rules.stamp import DOMAIN, Stamp
from lianfang.rollup.daybooks.rules.words import Reason

HOUSE_LENGTH = 12


class Listed:
    """The people on a workbook; the trail keeps them as subjects, not as an argument."""

    def __init__(self, people: Collection[UUID]) -> None:
        """Take the people in the order of the rows."""
        self.people = tuple(people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """A workbook that is ready: for which day, why, in which language, and the file's own hash."""

    book: UUID
    day: date
    as_of: datetime
    due: datetime
    pack: str
    reason: Reason
    language: str
    has_market: bool
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Given:
    """A workbook that was given out, and whom it is about."""

    book: Daybook
    subjects: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A workbook as a file."""

    book: Daybook
    name: str
    content: bytes = field(repr=False)


@act("daybooks.give", tells=("digest", "pack", "language"))
def give(actor: Actor, unit: Unit, told: Giving, people: Listed) -> Given:
    """Enter that the workbook of a unit and day left the house, with whom on it and why."""
    running = response.current(actor)
    book = Daybook.objects.create(
        id=told.book,
        unit=unit,
        response=running,
        day=told.day,
        as_of=told.as_of,
        due=told.due,
        pack=told.pack,
        reason=told.reason,
        language=told.language,
        people=[str(person) for person in people.people],
        has_market=told.has_market,
        digest=told.digest,
        size=told.size,
        given_at=clock.now(),
        given_by=actor.who,
        given_by_name=orgs.name_of(actor),
    )
    return Given(book, people.people)


def hand_out(actor: Actor, unit: Unit, day: date, reason: Reason, language: str) -> HandedOut:
    """Make the workbook of a unit and day, and give it out."""
    ready = _ready(actor, unit, day, reason, language)
    given = give(actor, unit, ready.told, ready.people)
    return ready.handed(given.book)


def hand_out_all(
    actor: Actor, units: Sequence[Unit], day: date, reason: Reason, language: str
) -> list[HandedOut]:
    """Make the workbooks of several units, and give all of them out or none."""
    ready = [_ready(actor, unit, day, reason, language) for unit in units]
    items = [give.on(unit, each.told, each.people) for unit, each in zip(units, ready, strict=True)]
    done = give.many(actor, items, whole=True)
    refused = next((item.refused for item in done if item.refused), None)
    if refused is not None:
        raise refused
    books = [item.result.book for item in done if item.result]
    return [each.handed(book) for each, book in zip(ready, books, strict=True)]


@dataclass(frozen=True, slots=True)
class _Ready:
    told: Giving
    people: Listed
    name: str
    content: bytes = field(repr=False)

    def handed(self, book: Daybook) -> HandedOut:
        return HandedOut(book, self.name, self.content)


def _ready(actor: Actor, unit: Unit, day: date, reason: Reason, language: str) -> _Ready:
    queries.give_out_day(actor, unit, day)
    pack, now = response.pack_at(actor, clock.now(), unit), clock.now()
    stamp = Stamp(
        book=ids.new(),
        unit=unit.code,
        day=day,
        pack=f"{pack.id}@{pack.version}",
        as_of=now.astimezone(get_default_timezone()),
        house=house(),
    )
    with override(language):
        content = queries.content(actor, unit, stamp, language)
        body = workbook(content, seal(stamp), gettext)
    told = Giving(
        book=stamp.book,
        day=day,
        as_of=now,
        due=content.due,
        pack=stamp.pack,
        reason=reason,
        language=language,
        has_market=content.has_market,
        digest=hashlib.sha256(body).hexdigest(),
        size=len(body),
    )
    return _Ready(
        told, Listed([who.person for who in content.people]), f"{unit.code}_{day}.xlsx", body
    )


def seal(stamp: Stamp) -> str:
    """Return the keyed seal over a workbook's identity, which only this installation can make."""
    return blind(stamp.said, DOMAIN).hex()


def house() -> str:
    """Return by what this installation knows its own workbooks; it tells nothing of the key."""
    return blind("house", DOMAIN).hex()[:HOUSE_LENGTH]
