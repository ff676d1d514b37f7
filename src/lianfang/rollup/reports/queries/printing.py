"""The bulletin of a day as a file: Word, PDF, workbook, long picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext

from lianfang.ground.papers import setting, word_sheets
from lianfang.ground.papers.lacking import Lack
from lianfang.ground.papers.sheet import Sheet
from lianfang.ground.signing.rules import hands_text
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.bulletins import (
    bulletin_content,
    bulletin_of,
    draft_paper,
    live_content,
)
from lianfang.rollup.reports.rules.bulletin import Content
from lianfang.rollup.reports.rules.printed import Head, sheet
from lianfang.rollup.reports.rules.speech import Wording, words_of
from lianfang.rollup.reports.rules.table import grid
from lianfang.rollup.reports.rules.wording import Paper, signatures
from lianfang.rollup.reports.rules.workbook import Heads, workbook

PARTS = ("drafted", "checked", "endorsed", "released")
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Printed:
    """A daily situation ready to be made into any kind of file."""

    content: Content
    paper: Paper
    sheet: Sheet
    language: str

    @property
    def lacks(self) -> Sequence[Lack]:
        """Return what no face can draw; whoever hands the paper out says so."""
        return setting.of_sheet(self.sheet, settings.DATA / "fonts").missing

    def made(self, kind: str) -> bytes:
        """Return the file of a kind."""
        with override(self.language):
            return KINDS[kind].make(self)


def printed(actor: Actor, day: date, language: str) -> Printed:
    """Return the bulletin of a day, as it was frozen or as it would be now, ready for print."""
    found = bulletin_of(actor, day)
    content = bulletin_content(actor, found) if found else live_content(actor, day)
    return printed_of(actor, content, found, language)


def printed_of(_actor: Actor, content: Content, found: Bulletin | None, language: str) -> Printed:
    """Return a bulletin that was read already, ready for print; marked unless it was released."""
    words = words_of(language, settings.DATA / "papers")
    with override(language):
        head = Head(
            signatures=signatures(words, _names(content, found, words)),
            state="" if found and found.released_at else words["draft"],
            language=language,
            lacking=gettext("Characters that no typeface here has (printed as 〓): "),
        )
    paper = draft_paper(content, language)
    return Printed(content, paper, sheet(paper, grid(content, words), head), language)


def bulletin_file(actor: Actor, day: date, language: str, kind: str) -> bytes:
    """Return the bulletin of a day as a file of a kind."""
    return printed(actor, day, language).made(kind)


def _names(content: Content, found: Bulletin | None, words: Wording) -> Mapping[str, str]:
    """Return the names under the paper; who signed for whom, and who wrote it down."""
    if found is None:
        return dict.fromkeys(PARTS, "")
    if content.signatures:
        said = hands_text(content.signatures, _clock, words["hands"])
        missing = () if found.released_at else PARTS
        return {**dict.fromkeys(missing, ""), **said}
    names = {
        "drafted": found.drafted_by_name,
        "checked": found.checked_by_name,
        "endorsed": found.endorsed_by_name,
        "released": found.released_by_name,
    }
    return {part: name for part, name in names.items() if name or not found.released_at}


def _clock(at: datetime) -> str:
    return f"{localtime(at):%H:%M}"


def _word(told: Printed) -> bytes:
    return word_sheets.sheet(told.sheet)


def _pdf(told: Printed) -> bytes:
    return setting.pdf(setting.of_sheet(told.sheet, settings.DATA / "fonts"), told.content.as_of)


def _picture(told: Printed) -> bytes:
    return setting.picture(setting.of_sheet(told.sheet, settings.DATA / "fonts", picture=True))


def _workbook(told: Printed) -> bytes:
    heads = Heads(
        text=gettext("Daily situation"),
        group=gettext("The group's figures"),
        units=gettext("The companies' figures"),
        figure=pgettext("workbook", "Figure"),
        measure=pgettext("workbook", "Measure"),
        today=gettext("Today"),
        yesterday=gettext("Yesterday"),
        change=pgettext("workbook", "Change"),
        unit=pgettext("workbook", "Company"),
        report=pgettext("workbook", "Report"),
        stale=gettext("not reported, yesterday's numbers"),
    )
    return workbook(told.content, told.paper, heads, gettext)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how it is made and what it is called."""

    make: Callable[[Printed], bytes]
    media: str


#: By the ending of the file's name.
KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "docx": FileKind(_word, f"{OFFICE}.wordprocessingml.document"),
        "pdf": FileKind(_pdf, "application/pdf"),
        "xlsx": FileKind(_workbook, f"{OFFICE}.spreadsheetml.sheet"),
        "png": FileKind(_picture, "image/png"),
    }
)
