"""Official papers (公文) in the layout of GB/T 9704-2012: one value in, Word or PDF out.

    paper = Official(
        mark="某某集团有限公司文件",            # the red head
        number="某某防控办〔2020〕5号",         # full year, 〔〕, no leading zero, no 第
        title="关于成立疫情防控工作领导小组的通知",
        to="各企业、集团各部门",                # without the colon
        body=["现将……通知如下。", "一、领导小组", "（一）综合协调组。负责……"],
        issuer="某某集团有限公司",
        date="2020年1月31日",
        copies="市国资委",
        printed_by="某某集团有限公司办公室",
        printed_on="2020年1月31日",
    )
    official.docx(paper)
    official.pdf(paper, settings.DATA / "fonts", clock.now())
    official.lacking(paper, settings.DATA / "fonts")   # what no face can draw: show it

Numbering in the body says its face: 一、 黑体, （一） 楷体. `approver` (签发人) is for papers that
go upwards. `table` (a `Table`) stands after the text. A number of one's own series comes from the
caller: nothing here counts. What somebody typed is data, never a program.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from lianfang.ground.papers import setting, word_sheets
from lianfang.ground.papers.lacking import Lack
from lianfang.ground.papers.sheet import Official, Table

__all__ = ["Official", "Table", "docx", "lacking", "pdf"]


def docx(paper: Official) -> bytes:
    """Write an official paper as a Word document."""
    return word_sheets.official(paper)


def pdf(paper: Official, fonts: Path, made_at: datetime) -> bytes:
    """Set an official paper as PDF/A; `fonts` is the folder of the installation's own faces."""
    return setting.pdf(setting.of_official(paper, fonts), made_at)


def lacking(paper: Official, fonts: Path) -> Sequence[Lack]:
    """Return the characters that no face can draw, each with its word, for the page to say so."""
    return setting.of_official(paper, fonts).missing
