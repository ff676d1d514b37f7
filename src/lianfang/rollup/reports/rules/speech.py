"""How papers say numbers, days and what is known; the wording files of both languages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    """Return the wording in a language: the installation's own over the one that is shipped."""
    tongue = "zh" if language.startswith("zh") else "en"
    shipped = wording(SHIPPED)[tongue]
    own = folder / SHIPPED.name if folder else SHIPPED
    if own == SHIPPED or not own.exists():
        return shipped
    told = wording(own).get(tongue, {})
    return {**shipped, **told, "chat": {**shipped["chat"], **told.get("chat", {})}}


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


def usual_gap(lines: Iterable[Line]) -> int:
    """Return of how many units most numbers are without; the paper says it once, not each time."""
    gaps = Counter(line.today.missing for line in lines)
    gap, times = gaps.most_common(1)[0] if gaps else (0, 0)
    return gap if times > 1 else 0


def partial(line: Line, words: Wording, usual: int = 0) -> str:
    """Say how many units are not in a number, if it is another count than the usual one."""
    if line.today.missing == usual:
        return ""
    return fill(words["partial"], n=line.today.missing) if line.today.missing else words["from_all"]


def parts(line: Line, words: Wording, most: int) -> Sequence[str]:
    """Return which units moved a figure, with signs; what is not named is added up as the rest."""
    said = [fill(words["moved"], name=move.name, by=signed(move.by)) for move in line.moved[:most]]
    rest = line.moved[most:]
    by = sum((move.by for move in rest), 0)
    return [*said, fill(words["rest"], n=len(rest), by=signed(by))] if by else said


def listed(names: Sequence[str], words: Wording, most: int) -> str:
    """Name some of several units, and how many there are in all."""
    told = str(words["moved_join"]).join(names[:most])
    return fill(words["more"], names=told, n=len(names)) if len(names) > most else told


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
