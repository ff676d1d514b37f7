"""Opening the remarks that stood on a workbook: they are about people, so that is on record."""

import json
from dataclasses import dataclass, field
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.doors.sealing import reveal
from lianfang.ground.doors.visible import visible
from lianfang.kernel.actor import Actor
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks.models import BookReturn
from lianfang.rollup.daybooks.rules import words


@dataclass(frozen=True, slots=True)
class Opened:
    """What was remarked of people on a workbook, for the eyes of who asked for it."""

    subjects: tuple[UUID, ...]
    remarks: tuple[tuple[str, str], ...] = field(repr=False)


@act("daybooks.remarks")
def open_remarks(actor: Actor, back: BookReturn) -> Opened:
    """Show what was remarked of people on a workbook; they see who looked."""
    told = json.loads(reveal(back, "told") or "{}")
    said = {
        key.partition(":")[2]: row[words.REMARK.zh]
        for key, row in told.get("rows", {}).items()
        if key.startswith(f"{words.PEOPLE.en}:") and words.REMARK.zh in row
    }
    keys = {number: UUID(key) for number, key in enumerate(back.book.people, 1)}
    entered = told.get("entered", {})
    by_number = {n: UUID(entered[n]) if n in entered else keys[int(n)] for n in said}
    rows = visible(Person, actor, "daybooks.remarks").filter(pk__in=by_number.values())
    names = dict(rows.values_list("pk", "name"))
    seen = [(by_number[n], text) for n, text in said.items() if by_number[n] in names]
    return Opened(
        tuple(person for person, _ in seen), tuple((names[person], text) for person, text in seen)
    )
