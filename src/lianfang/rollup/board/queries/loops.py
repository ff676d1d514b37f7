"""Open loops by kind and by company, each by one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from lianfang.ground.loops import queries as loops
from lianfang.ground.loops.queries import Tab
from lianfang.ground.loops.queries.standing import OPEN, UNCLOSED, WAITING
from lianfang.ground.loops.queries.words import kind_word
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import tree
from lianfang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Open:
    """How many loops are open and how many of them are overdue."""

    count: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class KindLine:
    """The open loops of a kind by what is waited for."""

    word: str
    acknowledge: int
    do: int
    verify: int
    late: int
    url: str
    late_url: str


@dataclass(frozen=True, slots=True)
class Loops:
    """The open loops of all that the reader sees."""

    kinds: Sequence[KindLine]
    total: KindLine

    @property
    def count(self) -> int:
        """Return how many loops are open."""
        return self.total.acknowledge + self.total.do + self.total.verify


def by_kind(actor: Actor, now: datetime) -> Loops:
    """Return the open loops by kind and quarter, those with the most overdue ones first."""
    rows = loops.loops(actor).filter(UNCLOSED).order_by().values("kind")
    unread = OPEN & Q(acknowledged_at=None, returned_at=None)
    found = rows.annotate(
        unread=Count("pk", filter=unread),
        undone=Count("pk", filter=OPEN & ~unread),
        unseen=Count("pk", filter=WAITING),
        behind=Count("pk", filter=OPEN & Q(due__lt=now)),
    ).values_list("kind", "unread", "undone", "unseen", "behind")
    lines = [_line(kind_word(kind), counts, kind) for kind, *counts in found]
    lines.sort(key=lambda line: (-line.late, -(line.acknowledge + line.do + line.verify)))
    sums = [sum(column) for column in zip(*(_counts(line) for line in lines), strict=True)]
    return Loops(lines, _line("", sums or [0, 0, 0, 0], ""))


def by_unit(actor: Actor, units: Sequence[Unit], now: datetime) -> Mapping[UUID, Open]:
    """Return the open loops of each of these companies with all that stands below it."""
    rows = loops.loops(actor).filter(UNCLOSED).order_by().values("unit__path")
    found = rows.annotate(
        n=Count("pk"), behind=Count("pk", filter=OPEN & Q(due__lt=now))
    ).values_list("unit__path", "n", "behind")
    lines = list(found)
    return {
        unit.pk: Open(
            sum(n for path, n, _ in lines if tree.within(path, unit.path)),
            sum(late for path, _, late in lines if tree.within(path, unit.path)),
        )
        for unit in units
    }


def total_of(found: Iterable[Open]) -> Open:
    """Add the open loops of companies."""
    each = list(found)
    return Open(sum(one.count for one in each), sum(one.late for one in each))


def _line(word: str, counts: Sequence[int], kind: str) -> KindLine:
    unread, undone, unseen, late = counts
    return KindLine(word, unread, undone, unseen, late, _url(kind), _url(kind, late="1"))


def _counts(line: KindLine) -> tuple[int, int, int, int]:
    return line.acknowledge, line.do, line.verify, line.late


def _url(kind: str, **more: str) -> str:
    told = {"tab": Tab.ALL.value, "kind": kind} | more
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('loops:inbox')}?{query}"
