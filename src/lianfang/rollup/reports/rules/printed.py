"""The daily situation as it is set on paper or as a long picture."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lianfang.ground.papers.setting import Setting
from lianfang.rollup.reports.rules.table import Grid
from lianfang.rollup.reports.rules.wording import Paper

TEMPLATE = Path(__file__).parent.parent / "papers" / "daily_situation.typ"
NAME_WEIGHT, LEAST_WEIGHT = 1.15, 4


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
            "widths": widths(grid),
        },
    }
    return Setting(TEMPLATE, told, own)


def widths(grid: Grid) -> Sequence[float]:
    """Return how wide each column is beside the others: as its longest text, a name a bit more."""
    columns = zip(*[grid.heads, *grid.rows], strict=True)
    found = [max(LEAST_WEIGHT, *(_halves(text) for text in column)) + 1.0 for column in columns]
    return [found[0] * NAME_WEIGHT, *found[1:]] if found else []


def _halves(text: str) -> int:
    """Return how wide a text is in half characters; a Chinese one is two."""
    return sum(1 if character.isascii() else 2 for character in text)
