"""Briefings as they are listed, read, and handed out as files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import visible
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.papers import setting, word_sheets
from lianfang.ground.papers.lacking import Lack
from lianfang.ground.papers.sheet import Sheet
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.briefings.models import Briefing
from lianfang.rollup.briefings.queries.figures import quoted_from
from lianfang.rollup.briefings.rules import paper
from lianfang.rollup.briefings.rules.quotes import Quote, differing, thaw
from lianfang.rollup.reports import queries as reports

NOT_HERE = msgid("Briefings are written by the group office.")
OFFICE = "application/vnd.openxmlformats-officedocument"
LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPage:
    """A briefing as it is read, and what this actor may do to it."""

    row: Briefing
    sheet: Sheet
    chat: str
    lacks: Sequence[Lack]
    moved: Sequence[Quote]
    versions: Sequence[Briefing]
    newest: bool
    may_write: bool
    may_check: bool
    may_release: bool
    own_draft: bool
    may_draft_again: bool


def listed(actor: Actor, text: str = "") -> Sequence[Briefing]:
    """Return the newest version of every briefing, those found by a word in it if one is asked."""
    rows = visible(Briefing, actor, "briefings.read")
    later = rows.filter(paper=OuterRef("paper"), version__gt=OuterRef("version"))
    rows = rows.filter(~Exists(later.order_by()))
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(body__icontains=text))
    return list(rows.defer("body")[:LISTED])


def briefing_by_id(actor: Actor, pk: UUID, act: str = "briefings.read") -> Briefing:
    """Return a version of a briefing, or nothing to be found."""
    rows = visible(Briefing, actor, act).select_related("unit", "response")
    return get_object_or_404(rows, pk=pk)


def latest(actor: Actor, row: Briefing) -> Briefing:
    """Return the newest version of the same briefing."""
    rows = visible(Briefing, actor, "briefings.read").filter(paper=row.paper)
    return rows.order_by("version").last() or row


def number_next(actor: Actor, row: Briefing) -> tuple[int, bool]:
    """Return the number of a briefing in its response, and whether it has it already."""
    given = visible(Briefing, actor, "briefings.read").filter(
        response=row.response_id, number__isnull=False
    )
    found = given.aggregate(own=Max("number", filter=Q(paper=row.paper)), last=Max("number"))
    if found["own"] is not None:
        return found["own"], True
    return (found["last"] or 0) + 1, False


def may_draft(actor: Actor) -> bool:
    """Tell whether this actor writes briefings."""
    group = orgs.group(actor)
    return group is not None and may(actor, "briefings.draft", group)


def place_for(actor: Actor, act: str) -> Unit:
    """Return the group, for somebody who may do this there."""
    group = orgs.group(actor)
    if group is None or not may(actor, act, group):
        raise NotAllowed(NOT_HERE)
    return group


def _told(row: Briefing) -> paper.Told:
    quotes, source = thaw(row.quoted)
    return paper.Told(
        group=str(row.unit),
        title=row.title,
        body=row.body,
        day=row.day,
        number=row.number,
        released=row.released_at is not None,
        names={
            "drafted": row.drafted_by_name,
            "checked": row.checked_by_name,
            "released": row.released_by_name,
        },
        feet={"report": row.report_to, "send": row.send_to, "issue_to": row.issue_to},
        copies=row.copies,
        quotes=quotes,
        source=source,
    )


def page(actor: Actor, row: Briefing) -> BriefingPage:
    """Return the page of a briefing."""
    made, last = _sheet(row), latest(actor, row)
    settled, newest = row.released_at is not None, last.pk == row.pk
    own = actor.who in row.hands
    open_here = newest and not settled
    return BriefingPage(
        row=row,
        sheet=made,
        chat=_chat(row),
        lacks=setting.of_sheet(made, settings.DATA / "fonts").missing,
        moved=_moved(actor, row),
        versions=list(
            visible(Briefing, actor, "briefings.read").filter(paper=row.paper).order_by("version")
        ),
        newest=newest,
        may_write=open_here and may(actor, "briefings.write", row),
        may_check=open_here
        and not own
        and row.checked_at is None
        and may(actor, "briefings.check", row),
        may_release=open_here
        and row.checked_at is not None
        and may(actor, "briefings.release", row),
        own_draft=open_here and own and row.checked_at is None,
        may_draft_again=newest and settled and may(actor, "briefings.again", row),
    )


def _chat(row: Briefing) -> str:
    said = _told(row)
    words = paper.words_of(chinese=said.chinese, folder=settings.DATA / "papers")
    return paper.chat(said, words, get_default_timezone())


def briefing_file(actor: Actor, pk: UUID, kind: str) -> tuple[Briefing, bytes]:
    """Return a briefing, and the file of a kind that is made of it."""
    row = briefing_by_id(actor, pk)
    return row, KINDS[kind].make(_sheet(row), row.released_at or row.drafted_at)


def _sheet(row: Briefing) -> Sheet:
    said = _told(row)
    words = paper.words_of(chinese=said.chinese, folder=settings.DATA / "papers")
    lacking = gettext("Characters that no typeface here has (printed as 〓): ")
    return paper.sheet(said, words, get_default_timezone(), lacking)


def _moved(actor: Actor, row: Briefing) -> Sequence[Quote]:
    """Return the quoted figures that a later version of their daily situation corrects."""
    quotes, source = thaw(row.quoted)
    if source is None or not quotes:
        return ()
    now = reports.released_of(actor, source.day)
    if now is None or now.version == source.version:
        return ()
    said = {quote.code: quote.said for quote in quoted_from(actor, now)[0]}
    return differing(quotes, lambda code: said.get(code, ""))


def _word(sheet: Sheet, _at: datetime) -> bytes:
    return word_sheets.sheet(sheet)


def _pdf(sheet: Sheet, at: datetime) -> bytes:
    return setting.pdf(setting.of_sheet(sheet, settings.DATA / "fonts"), at)


def _picture(sheet: Sheet, _at: datetime) -> bytes:
    return setting.picture(setting.of_sheet(sheet, settings.DATA / "fonts", picture=True))


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how it is made and what it is called."""

    make: Callable[[Sheet, datetime], bytes]
    media: str


KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "docx": FileKind(_word, f"{OFFICE}.wordprocessingml.document"),
        "pdf": FileKind(_pdf, "application/pdf"),
        "png": FileKind(_picture, "image/png"),
    }
)
