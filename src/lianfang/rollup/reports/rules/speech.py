"""How papers say numbers, days and what is known; the wording files of both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from lianfang.ground.figures.rules import Number, State
from lianfang.rollup.reports.rules.bulletin import Content, Line

SHIPPED = Path(__file__).parents[1] / "papers" / "daily_situation.yaml"
Wording = Mapping[str, Any]


@cache
def wording(file: Path) -> Mapping[str, Wording]:
    """Read a wording file; it is read once a process."""
    told: Mapping[str, Wording] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return told


def words_of(language: str, folder: Path | None = None) -> Wording:
    """Return the wording in a language: the installation's own, or the one that is shipped."""
    own = folder / SHIPPED.name if folder else SHIPPED
    told = wording(own if own.exists() else SHIPPED)
    return told["zh" if language.startswith("zh") else "en"]


def spoken(value: Number | None) -> str:
    """Write a number as papers do: thousands apart, no empty decimals."""
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"


def size(value: Number) -> Number:
    """Return how large a difference is, whichever way it goes."""
    return value if value >= 0 else -value


def signed(value: Number) -> str:
    """Write a difference with its sign."""
    return f"+{spoken(value)}" if value > 0 else f"-{spoken(-value)}"


def fill(text: str, **values: object) -> str:
    """Put values into a text; a place that is not named stays as it is."""
    return Template(text).safe_substitute({key: str(value) for key, value in values.items()})


def known(line: Line) -> bool:
    """Tell whether there is a number to say."""
    return line.today.state is State.NUMBER and line.today.value is not None


def partial(line: Line, words: Wording) -> str:
    """Say how many units are not in a number: a sum is never silently partial."""
    return fill(words["partial"], n=line.today.missing) if line.today.missing else ""


def counts(content: Content) -> Mapping[str, int]:
    """Count who owes a report and who has sent it."""
    owing = [unit for unit in content.units if unit.owes]
    return {"owing": len(owing), "reported": len(owing) - len(content.missing)}


def dated(content: Content, chinese: bool) -> str:  # noqa: FBT001
    """Write the day as a paper does."""
    day = content.day
    return (
        f"{day.year} 年 {day.month} 月 {day.day} 日"
        if chinese
        else f"{day.day} {day:%B} {day.year}"
    )
