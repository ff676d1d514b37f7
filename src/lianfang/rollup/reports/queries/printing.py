"""The bulletin of a day as a file: Word, PDF, workbook, long picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from lianfang.ground.papers import setting
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.bulletins import (
    bulletin_content,
    bulletin_of,
    draft_paper,
    live_content,
)
from lianfang.rollup.reports.rules.bulletin import Content
from lianfang.rollup.reports.rules.document import document
from lianfang.rollup.reports.rules.printed import Head, printed
from lianfang.rollup.reports.rules.speech import words_of
from lianfang.rollup.reports.rules.table import Grid, grid
from lianfang.rollup.reports.rules.wording import Paper, signatures
from lianfang.rollup.reports.rules.workbook import Heads, workbook

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class _Told:
    """All that a file is made of."""

    content: Content
    paper: Paper
    grid: Grid
    head: Head


def bulletin_file(actor: Actor, day: date, language: str, kind: str) -> bytes:
    """Return the bulletin of a day as a file of a kind, marked unless it was released."""
    found = bulletin_of(actor, day)
    content = bulletin_content(actor, found) if found else live_content(actor, day)
    words = words_of(language, settings.DATA / "papers")
    with override(language):
        head = Head(
            signatures=signatures(words, _names(found)),
            state="" if found and found.released_at else words["draft"],
            language=language,
            missing_words=gettext("No face here can draw these characters: "),
        )
        told = _Told(content, draft_paper(content, language), grid(content, words), head)
        return KINDS[kind].make(told)


def _names(found: Bulletin | None) -> Mapping[str, str]:
    if found is None:
        return {}
    return {
        "drafted": found.drafted_by_name,
        "checked": found.checked_by_name,
        "released": found.released_by_name,
    }


def _word(told: _Told) -> bytes:
    return document(told.paper, told.grid, told.head.signatures, told.head.state)


def _pdf(told: _Told) -> bytes:
    page = printed(told.paper, told.grid, told.head, settings.DATA / "fonts")
    return setting.pdf(page, told.content.as_of)


def _picture(told: _Told) -> bytes:
    page = printed(told.paper, told.grid, told.head, settings.DATA / "fonts", picture=True)
    return setting.picture(page)


def _workbook(told: _Told) -> bytes:
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

    make: Callable[[_Told], bytes]
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
