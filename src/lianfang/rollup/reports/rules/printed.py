"""The daily situation as it is set on paper or as a long picture."""

from dataclasses import asdict, dataclass
from pathlib import Path

from lianfang.ground.papers.setting import Setting
from lianfang.rollup.reports.rules.table import Grid, widths
from lianfang.rollup.reports.rules.wording import Paper

TEMPLATE = Path(__file__).parent.parent / "papers" / "daily_situation.typ"


@dataclass(frozen=True, slots=True)
class Head:
    """What a paper says besides its text: who signed, that it is a draft, in which language."""

    signatures: str
    state: str
    language: str
    missing_words: str


def printed(paper: Paper, grid: Grid, head: Head, own: Path, *, picture: bool = False) -> Setting:
    """Return a daily situation ready to be set; `own` is the folder of the installation's faces."""
    told = asdict(paper)
    told |= {
        "form": "picture" if picture else "page",
        "issue": paper.issue + head.state,
        "lang": "zh" if head.language.startswith("zh") else "en",
        "region": "CN" if head.language.startswith("zh") else "GB",
        "signatures": head.signatures,
        "missing_words": head.missing_words,
        "table": {
            "heading": grid.heading,
            "heads": list(grid.heads),
            "rows": [list(row) for row in grid.rows],
            "note": grid.note,
            "widths": list(widths(grid)),
        },
    }
    return Setting(TEMPLATE, told, own)
