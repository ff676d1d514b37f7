"""The daily situation as a paper: the same value for Word, print and picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.ground.papers.sheet import Paragraph, Sheet, Table
from lianfang.rollup.reports.rules.wording import Paper

LEVEL_ONE = 1


@dataclass(frozen=True, slots=True)
class Head:
    """What a paper says besides its text: who signed, that it is a draft, in which language."""

    signatures: Sequence[str]
    state: str
    language: str
    lacking: str


def sheet(paper: Paper, table: Table, head: Head) -> Sheet:
    """Return a daily situation ready to be set or written."""
    body = [Paragraph(text) for text in paper.opening]
    for part in paper.sections:
        body.append(Paragraph(part.heading, LEVEL_ONE))
        body += [Paragraph(text) for text in part.paragraphs]
    return Sheet(
        title=paper.title,
        issue=paper.issue + head.state,
        issuer=paper.office,
        date=paper.date,
        body=body,
        table=table,
        signed=head.signatures,
        sent=paper.feet,
        chinese=head.language.startswith("zh"),
        lacking=head.lacking,
    )
