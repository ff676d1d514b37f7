"""The seam by which an app lets its spreadsheets be imported, on the screen and the command line.

An app declares each sort of file once, where its services are discovered at start-up:

    declare(ImportKind("people", _("Staff"), "people.import", PEOPLE, import_people))

`run(actor, path, *, name, unit, dry_run, partial) -> Outcome` keeps the import contract: `unit`
narrows the importer's reach, `name` is the file's own name where the path is a copy of it, a file
that cannot be read raises `FileRefused`. `act` is the act that `run` does at the units of the
file: whoever may do it somewhere sees the kind. `look(actor, path, *, name, unit) -> Look` may be
given too, so that the preview shows row by row what is new, changed or unchanged; whoever plans
with `orgs.services.importing.Plan` has it for nothing.

The screens (upload, preview, confirmation, result, template) are those of `ground.imports`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from lianfang.kernel.actor import Actor
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.tables import Table


@dataclass(frozen=True, slots=True)
class Seen:
    """What a row would do (`created`, `updated`, `unchanged`), and how it is called on a screen.

    `values` says of a changed column what stood there and what would, masked as on any screen.
    """

    row: int
    state: str
    title: str
    changes: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def told(self) -> Sequence[tuple[str, str, str]]:
        """Return what would change: the column, what stands there, what would stand there."""
        return [(name, *self.values.get(name, ("", ""))) for name in self.changes]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would do: the numbers and the rows."""

    outcome: Outcome
    rows: Sequence[Seen]


Run = Callable[..., Outcome]
Looking = Callable[..., Look]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A sort of file that can be imported."""

    code: str
    label: str | Promise
    act: str
    table: Table
    run: Run
    look: Looking | None = None
    place: int = 50


_KINDS: dict[str, ImportKind] = {}


def declare(kind: ImportKind) -> None:
    """Let a sort of file be imported; its app does so once."""
    _KINDS[kind.code] = kind


def kind_of(code: str) -> ImportKind | None:
    """Return the kind of this code."""
    return _KINDS.get(code)


def kinds() -> Sequence[ImportKind]:
    """Return every kind, in the order in which files are imported on the first day."""
    return sorted(_KINDS.values(), key=lambda kind: kind.place)


def kinds_for(actor: Actor) -> Sequence[ImportKind]:
    """Return the kinds that the actor may import somewhere."""
    return [kind for kind in kinds() if actor.reaches(kind.act)]


def looked_at(kind: ImportKind, actor: Actor, path: object, **told: object) -> Look:
    """Return what a file would do, with its rows where the kind tells them."""
    if kind.look is not None:
        return kind.look(actor, path, **told)
    return Look(kind.run(actor, path, dry_run=True, **told), ())
