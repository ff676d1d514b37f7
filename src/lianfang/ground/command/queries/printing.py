"""The files of a notice of appointment: Word and print, made of its frozen values."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings

from lianfang.ground.command.models import AppointmentPaper
from lianfang.ground.command.queries.notices import content_of
from lianfang.ground.command.rules.notice import Content, chinese_day
from lianfang.ground.papers import official

PDF, DOCX = "pdf", "docx"
TYPES: Mapping[str, str] = MappingProxyType(
    {
        PDF: "application/pdf",
        DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def paper_file(paper: AppointmentPaper, kind: str) -> bytes:
    """Return a notice as a file; the same values make the same paper each time."""
    told = official_of(content_of(paper))
    if kind == DOCX:
        return official.docx(told)
    return official.pdf(told, settings.DATA / "fonts", paper.recorded_at)


def official_of(content: Content) -> official.Official:
    """Lay the frozen values out as an official paper."""
    day = chinese_day(content.dated_on)
    return official.Official(
        mark=f"{content.issuer}文件",
        number=content.number,
        title=content.heading,
        to=content.addressees,
        body=content.paragraphs,
        issuer=content.issuer,
        date=day,
        copies=content.copies,
        printed_by=content.issuer,
        printed_on=day,
    )
