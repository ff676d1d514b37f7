"""Settling a returned workbook: all that stands on it in one transaction, or nothing of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from lianfang.ground.doors.act import NOTHING_HERE, act, may
from lianfang.ground.doors.inside import inside
from lianfang.ground.doors.sealing import reveal, seal
from lianfang.ground.doors.turn import turn
from lianfang.ground.doors.visible import visible
from lianfang.ground.imports.safe import GONE
from lianfang.ground.response import queries as response
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.refusals import Conflict, NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.standing import policy_in
from lianfang.people.register.models import Person
from lianfang.rollup.daybooks.models import BookChoice, BookReturn, Daybook
from lianfang.rollup.daybooks.rules.settling import Chosen, Met, Outcome, Sort, decided
from lianfang.rollup.daybooks.services.people import take_people
from lianfang.rollup.daybooks.services.reading import Filled, Known, opened
from lianfang.rollup.daybooks.services.rest import take_names, take_news, take_numbers, take_stalls
from lianfang.rollup.daybooks.services.running import SENDING, Run, hand
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports.queries.pages import report_page
from lianfang.rollup.reports.rules.states import Signing
from lianfang.rollup.reports.services import submit

DONE = msgid("This workbook was taken in already; bring it again to see what differs.")
ROWS_WRONG = msgid(
    "%(n)d rows cannot be taken as they are; correct them, or take the right ones only."
)
NOT_COMPLETE = msgid("The report cannot be sent from this workbook yet: %(why)s")
MAY_NOT_SEND = msgid("Your post does not let you send this unit's report; nothing was taken.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a workbook is settled: which values count, with wrong rows left out, and sent or not."""

    choices: Mapping[str, Chosen] = field(default_factory=dict)
    partial: bool = False
    send: bool = False


class Read:
    """What stands in the file, on its way through the door; the trail repeats nothing of it."""

    __slots__ = ("filled",)

    def __init__(self, filled: Filled | None) -> None:
        """Take what was read; nothing where there was no need."""
        self.filled = filled


@dataclass(frozen=True, slots=True)
class Settled:
    """A workbook that was taken in, and what became of its rows."""

    back: BookReturn
    outcome: Outcome

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Name for the trail what was settled; the facts are entered by their own acts."""
        return (self.back.pk, self.back.book_id)


def settle(actor: Actor, back: BookReturn, wish: Wish) -> Settled:
    """Take in what a returned workbook says; the file is read before anybody has to wait for it."""
    return settle_read(actor, back, wish, _read(actor, back))


@act("daybooks.settle")
def settle_read(actor: Actor, back: BookReturn, wish: Wish, read: Read) -> Settled:
    """Take in what a returned workbook says, once: all of it that is right, or nothing."""
    back = _held(back)
    run, outcome = _take(actor, back, wish, read.filled)
    decided(outcome.met, wish.choices)
    if outcome.rejected and not wish.partial:
        raise Conflict(ROWS_WRONG, n=outcome.rejected)
    if wish.send:
        outcome = _sent(run, outcome)
    _keep(back, run, outcome)
    BookChoice.objects.bulk_create([_choice(run, back, met) for met in outcome.asks])
    return Settled(back, outcome)


def look(actor: Actor, back: BookReturn) -> Outcome:
    """Return what a workbook would bring: it is taken in by the same steps, and undone."""
    if not may(actor, "daybooks.settle", back):
        raise NotAllowed(NOTHING_HERE)
    read = _read(actor, back)
    with turn(), transaction.atomic():
        outcome = _take(actor, back, Wish(), read.filled)[1]
        transaction.set_rollback(True)
    return outcome


def _held(back: BookReturn) -> BookReturn:
    """Return a workbook as it is now, held until the end of the act, if it waits to be settled."""
    Daybook.objects.select_for_update().get(pk=back.book_id)
    rows = BookReturn.objects.select_for_update(of=("self",))
    row = rows.select_related("book__unit", "unit").get(pk=back.pk)
    if row.settled_at is not None:
        raise Conflict(DONE)
    return row


def _take(actor: Actor, back: BookReturn, wish: Wish, filled: Filled | None) -> tuple[Run, Outcome]:
    if filled is None:
        raise Conflict(GONE)
    book = back.book
    response.countable(actor, book.unit, book.day)
    run = _begun(actor, back.book, wish, filled)
    _meet_report(run)
    take_people(run)
    take_stalls(run)
    take_numbers(run)
    take_news(run)
    take_names(run)
    return run, _outcome(run)


def _read(actor: Actor, back: BookReturn) -> Read:
    """Read the file, by the pack whose choices it was given out with, if there is still need."""
    if back.settled_at is not None or not may(actor, "daybooks.settle", back):
        return Read(None)
    book, mine = back.book, hand(actor, back.book)
    told = reports.standing(mine, book.unit, book.day)
    known = Known(
        policy=policy_in(response.pack_at(mine, book.as_of, book.unit)),
        names=_names(mine, _people(book)),
        typable=[entry.figure.code for entry in told.entries if not entry.counted],
        starts=book.unit.day_starts,
    )
    return Read(opened(back, known))


def _people(book: Daybook) -> Mapping[str, UUID]:
    return {str(number): UUID(key) for number, key in enumerate(book.people, 1)}


def _begun(actor: Actor, book: Daybook, wish: Wish, filled: Filled) -> Run:
    mine, people = hand(actor, book), _people(book)
    before, entered = _before(book)
    return Run(
        actor=actor,
        hand=mine,
        book=book,
        told=filled,
        before=before,
        entered=entered,
        choices=wish.choices,
        people=people,
        names=frozenset(_names(mine, people).values()),
    )


def _names(mine: Actor, people: Mapping[str, UUID]) -> Mapping[str, str]:
    """Return how those on the workbook are called, by their number."""
    keys = list(people.values())
    found: dict[UUID, str] = {}
    for part in parts(keys):
        rows = visible(Person, mine, "people.read").filter(pk__in=part)
        found |= dict(rows.values_list("pk", "name"))
    return {number: found[key] for number, key in people.items() if key in found}


def _before(book: Daybook) -> tuple[Mapping[str, Mapping[str, str]], dict[str, str]]:
    """Return what the returns of this workbook have said so far, and whom they have entered."""
    said: dict[str, Mapping[str, str]] = {}
    entered: dict[str, str] = {}
    for row in BookReturn.objects.filter(book=book).exclude(settled_at=None).order_by("settled_at"):
        told = json.loads(reveal(row, "told") or "{}")
        said |= told.get("rows", {})
        entered |= told.get("entered", {})
    return said, entered


def _meet_report(run: Run) -> None:
    """Show that a version of the report was sent since the workbook was given out."""
    told = reports.standing(run.hand, run.unit, run.book.day)
    report = told.report
    if report is None or report.submitted_at <= run.book.as_of:
        return
    label = gettext("version %(n)d") % {"n": report.version}
    run.met.append(
        Met(
            Sort.REPORT,
            "report",
            gettext("Daily report"),
            "",
            run.told.filled_at,
            label,
            report.submitted_at,
            report.submitted_by_name,
        )
    )


def _outcome(run: Run) -> Outcome:
    told = reports.standing(run.hand, run.unit, run.book.day)
    page = report_page(run.hand, told)
    complete = page.open and not page.blocking
    return Outcome(
        sheets=run.sheets(),
        wrongs=run.wrongs(),
        met=tuple(run.met),
        contradictions=[wrong.sentence for wrong in page.wrongs],
        filled_by=run.told.filled_by,
        filled_at=run.told.filled_at,
        differs=tuple(run.differs),
        again=bool(run.before),
        complete=complete and Signing.PRINCIPAL in told.signed,
        taken=dict(run.counts),
        may_send=any(may(run.actor, each, run.unit) for each in SENDING),
    )


def _sent(run: Run, outcome: Outcome) -> Outcome:
    """Send the report in the same step; whoever may not, or what is not complete, stops it all."""
    if not outcome.may_send:
        raise Conflict(MAY_NOT_SEND)
    sender = hand(run.actor, run.book, sends=True)
    item = inside(sender, [submit.on(run.unit, run.book.day)])[0]
    if item.refused is not None:
        why = gettext(item.refused.sentence) % item.refused.values
        raise Conflict(NOT_COMPLETE, why=why)
    return outcome.with_version(item.result.version if item.result else 0)


def _keep(back: BookReturn, run: Run, outcome: Outcome) -> None:
    back.settled_at = clock.now()
    back.filled_by, back.filled_at = outcome.filled_by, outcome.filled_at
    for part in ("rows", "taken", "unchanged", "rejected", "blank"):
        setattr(back, part, outcome.count(part))
    back.version = outcome.version
    told = json.dumps({"rows": run.kept, "entered": run.entered}, ensure_ascii=False)
    back.told = seal(back, "told", told)
    back.save(
        update_fields=[
            *("settled_at", "filled_by", "filled_at", "version", "told"),
            *("rows", "taken", "unchanged", "rejected", "blank"),
        ]
    )


def _choice(run: Run, back: BookReturn, met: Met) -> BookChoice:
    return BookChoice(
        unit=run.unit,
        back=back,
        about=met.about,
        in_book=met.in_book,
        here=met.here,
        here_at=met.here_at,
        here_by=met.here_by,
        chosen=run.chosen(met.about),
        by=run.actor.who,
        recorded_at=clock.now(),
    )
