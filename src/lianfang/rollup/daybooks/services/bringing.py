"""A workbook that comes back: recognised as one of ours, and kept sealed until it is settled."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from lianfang.ground.doors.act import act
from lianfang.ground.doors.visible import visible
from lianfang.ground.files import intake
from lianfang.ground.files.intake import Received
from lianfang.ground.imports.safe import laid_out
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor, Kind
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.spreadsheets.reading import read
from lianfang.kernel.texts import msgid
from lianfang.rollup.daybooks.models import BookReturn, Daybook
from lianfang.rollup.daybooks.rules import shape, words
from lianfang.rollup.daybooks.rules.stamp import (
    KEY,
    NOT_OURS,
    STAMPED,
    VALUE,
    Stamp,
    check,
    stamp_of,
)
from lianfang.rollup.daybooks.services.giving import house, seal

NOT_YOURS = msgid("This workbook was given out for a unit of which you may bring nothing.")
OTHER_PAGE = msgid(
    "This is the workbook of %(unit)s for %(day)s; bring it on the page of that day."
)
ENDING = ".xlsx"


@dataclass(frozen=True, slots=True)
class Expected:
    """The unit and day of the page on which a workbook is brought."""

    unit: UUID
    day: date


@act("daybooks.bring", also=("book",))
def bring(actor: Actor, unit: Unit, book: Daybook, received: Received) -> BookReturn:
    """Keep a workbook that came back until it is settled, for a day at most."""
    return BookReturn.objects.create(
        unit=unit,
        response_id=received.response.pk if received.response else None,
        book=book,
        name=received.name,
        fingerprint=received.fingerprint,
        user=UUID(actor.id) if actor.kind is Kind.USER else None,
        brought_at=clock.now(),
        brought_by=actor.who,
        brought_by_name=orgs.name_of(actor),
    )


def take_in(
    actor: Actor,
    uploaded: "UploadedFile[bytes]",
    expected: Expected | None = None,
) -> BookReturn:
    """Receive a workbook as a form brought it; one that is not ours is refused at the field."""
    try:
        return take(actor, uploaded.name or "", uploaded.read(), expected)
    except FileRefused as refused:
        raise BadInput(refused.sentence, field="file", **refused.values) from refused


def take(actor: Actor, name: str, content: bytes, expected: Expected | None = None) -> BookReturn:
    """Receive a workbook, whatever the chat or the mail has called it."""
    book, received = recognised(actor, name, content)
    if expected is not None and (book.unit_id, book.day) != (expected.unit, expected.day):
        raise FileRefused("other_page", OTHER_PAGE, unit=str(book.unit), day=book.day)
    return bring(actor, book.unit, book, received)


def recognised(actor: Actor, name: str, content: bytes) -> tuple[Daybook, Received]:
    """Return which workbook a file is and the file as it was taken in, or say what it is."""
    shape.look(content)
    told = name if name.lower().endswith(ENDING) else f"{name or 'workbook'}{ENDING}"
    with laid_out(content, told) as path:
        stamp = _stamp(path, told)
    book = (
        visible(Daybook, actor, "daybooks.bring")
        .filter(pk=stamp.book)
        .select_related("unit", "response")
        .first()
    )
    if book is None:
        raise FileRefused("not_yours", NOT_YOURS)
    response.countable(actor, book.unit, book.day)
    return book, intake.take(told, content, response.current(actor))


def _stamp(path: Path, name: str) -> Stamp:
    stamp, told = stamp_of(_hidden(path, name))
    return check(stamp, told, house=house(), right=seal(stamp))


def _hidden(path: Path, name: str) -> Mapping[str, str]:
    """Return what the hidden sheet says; a workbook without one is none of ours."""
    found: dict[str, str] = {}
    try:
        reading = read(path, STAMPED, clock.now().date(), name=name, named=(words.HIDDEN,))
    except FileRefused as refused:
        if refused.code in {"missing_sheet", "no_header", "missing_column", "empty"}:
            raise FileRefused("not_ours", NOT_OURS) from refused
        raise
    for line in reading.lines:
        with suppress(KeyError):
            found[str(line[KEY])] = str(line[VALUE])
    return found
