"""Which files somebody brought, and what they would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.imports.models import Upload
from lianfang.ground.imports.safe import opened
from lianfang.ground.orgs.models import Unit
from lianfang.ground.web.imports import ImportKind, Look, Seen, kind_of, kinds_for, looked_at
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.spreadsheets import writing
from lianfang.kernel.spreadsheets.problems import Problem

SHOWN = 200
KEPT = timedelta(days=1)
STATES = ("created", "updated", "unchanged")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that would do the same: how many, and the first of them."""

    state: str
    count: int
    rows: Sequence[Seen]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one cell, in the language of the reader."""

    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do, as a screen shows it."""

    upload: Upload
    kind: ImportKind
    look: Look
    groups: Sequence[Group]
    troubles: Sequence[Trouble]
    more: int

    @property
    def news(self) -> int:
        """Return how many rows would change anything."""
        return self.look.outcome.created + self.look.outcome.updated


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was brought, in the list of the last ones."""

    upload: Upload
    label: str | Promise


def kind(actor: Actor, code: str) -> ImportKind:
    """Return a kind that the actor may import somewhere, or say that there is none."""
    found = kind_of(code)
    if found is None or not actor.reaches(found.act):
        raise Http404
    return found


def places(actor: Actor, kind: ImportKind) -> QuerySet[Unit]:
    """Return the units for which the actor may import this, superiors first."""
    return visible(Unit, actor, kind.act).order_by("path")


def uploads(actor: Actor) -> QuerySet[Upload]:
    """Return the files that were brought for the units that the actor may import for."""
    return visible(Upload, actor, "imports.bring").select_related("unit")


def upload(actor: Actor, key: UUID) -> Upload:
    """Return one file that was brought, or say that there is none."""
    found = get_object_or_404(uploads(actor), pk=key)
    kind(actor, found.kind)
    return found


def last(actor: Actor, most: int = 20) -> list[Brought]:
    """Return the files that were brought last: those imported, and those that can be still."""
    labels = {kind.code: kind.label for kind in kinds_for(actor)}
    kept = Q(brought_at__gt=clock.now() - KEPT) | ~Q(carried_out_at=None)
    found = uploads(actor).filter(kept, kind__in=labels)
    return [Brought(upload, labels[upload.kind]) for upload in found[:most]]


def preview(actor: Actor, upload: Upload) -> Preview:
    """Work out what a file would do now."""
    sort = kind(actor, upload.kind)
    with opened(upload) as path:
        look = looked_at(sort, actor, path, name=upload.name, unit=upload.unit)
    problems = look.outcome.problems
    return Preview(
        upload=upload,
        kind=sort,
        look=look,
        groups=[_group(look, state) for state in STATES],
        troubles=[_trouble(problem) for problem in problems[:SHOWN]],
        more=max(len(problems) - SHOWN, 0),
    )


def rejected(actor: Actor, upload: Upload) -> bytes:
    """Return the rows that were not taken as a workbook, each with its problems."""
    sort = kind(actor, upload.kind)
    with opened(upload) as path:
        look = looked_at(sort, actor, path, name=upload.name, unit=upload.unit)
        return writing.rejected(path, look.outcome, gettext)


def template(actor: Actor, code: str) -> bytes:
    """Return an empty workbook with the columns of a kind; what is compulsory has an asterisk."""
    sort = kind(actor, code)
    headers = [f"{c.name}*" if c.compulsory else c.name for c in sort.table.columns]
    return writing.workbook(headers, [], str(sort.label))


def _group(look: Look, state: str) -> Group:
    counted: Mapping[str, int] = {
        "created": look.outcome.created,
        "updated": look.outcome.updated,
        "unchanged": look.outcome.unchanged,
    }
    rows = [seen for seen in look.rows if seen.state == state]
    return Group(state, counted[state], rows[:SHOWN])


def _trouble(problem: Problem) -> Trouble:
    return Trouble(problem.row, problem.header, problem.value, problem.sentence(gettext))
