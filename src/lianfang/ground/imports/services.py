"""Bringing a spreadsheet and carrying it out."""

from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from lianfang.ground.doors.act import act
from lianfang.ground.files import intake
from lianfang.ground.files.intake import Received
from lianfang.ground.imports.models import Upload
from lianfang.ground.imports.queries import kind
from lianfang.ground.imports.safe import laid_out, opened
from lianfang.ground.orgs.models import Unit
from lianfang.ground.web.imports import ImportKind, kinds_for, looked_at
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Kind
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.texts import msgid

DONE_ALREADY = msgid("This file was imported already; bring it again to import it once more.")
LOOKS_LIKE = msgid("This looks like a file of another sort: %(kind)s. Choose that under Imports.")
#: The refusals that a file of another sort meets.
HEADINGS = frozenset({"no_header", "missing_column"})
COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "blank")


@act("imports.bring", tells=("kind",))
def bring(actor: Actor, unit: Unit, kind: str, received: Received) -> Upload:
    """Keep a spreadsheet until it is confirmed, for a day at most; `unit` is how far it reaches."""
    return Upload.objects.create(
        unit=unit,
        kind=kind,
        name=received.name,
        fingerprint=received.fingerprint,
        user=UUID(actor.id) if actor.kind is Kind.USER else None,
        by=actor.who,
        brought_at=clock.now(),
    )


@act("imports.settle")
def settle(actor: Actor, upload: Upload, outcome: Outcome, *, partial: bool) -> Upload:
    """Keep the numbers of an import that was carried out, and nothing of its rows."""
    upload.carried_out_at, upload.partial = clock.now(), partial
    for count in COUNTS:
        setattr(upload, count, getattr(outcome, count))
    upload.save(update_fields=["carried_out_at", "partial", *COUNTS])
    return upload


def take_in(actor: Actor, unit: Unit, kind_code: str, uploaded: "UploadedFile[bytes]") -> Upload:
    """Receive a file; one that cannot be read as this kind is refused before anything is kept."""
    received = intake.receive(uploaded)
    try:
        with laid_out(received.content, received.name) as path:
            _look(actor, kind(actor, kind_code), path, received.name, unit)
    except FileRefused as refused:
        raise BadInput(refused.sentence, field="file", **refused.values) from refused
    return bring(actor, unit, kind_code, received)


def _look(actor: Actor, sort: ImportKind, path: Path, name: str, unit: Unit) -> None:
    """See that a file can be read as its kind, or say which kind it looks like."""
    try:
        looked_at(sort, actor, path, name=name, unit=unit)
    except FileRefused as refused:
        others = [each for each in kinds_for(actor) if each.code != sort.code]
        if refused.code not in HEADINGS:
            raise
        other = next((each for each in others if _fits(actor, each, path, name, unit)), None)
        if other is None:
            raise
        raise BadInput(LOOKS_LIKE, field="file", kind=str(other.label)) from refused


def _fits(actor: Actor, sort: ImportKind, path: Path, name: str, unit: Unit) -> bool:
    try:
        looked_at(sort, actor, path, name=name, unit=unit)
    except FileRefused:
        return False
    return True


def carry_out(actor: Actor, upload: Upload, *, partial: bool) -> Outcome:
    """Import a file that was looked at: the import is an act of its app, its numbers one of ours.

    A file that dies between the two is found unsettled; carried out again, it changes nothing.
    """
    if upload.carried_out_at is not None:
        raise Conflict(DONE_ALREADY)
    run = kind(actor, upload.kind).run
    with opened(upload) as path:
        outcome = run(actor, path, name=upload.name, unit=upload.unit, partial=partial)
    if partial or not outcome.rejected:
        settle(actor, upload, outcome, partial=partial)
    return outcome
