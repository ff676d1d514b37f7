"""How the board is asked for in its address; what is not understood is left out."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict

from lianfang.rollup.board.queries import Asked
from lianfang.rollup.board.queries.cells import WALL
from lianfang.rollup.board.queries.table import By
from lianfang.rollup.board.rules.columns import Population

Word = TypeVar("Word", bound=StrEnum)


def asked(query: QueryDict, day: date) -> Asked:
    """Read the order, whom the table counts, and whether it is shown on a wall."""
    return Asked(
        day,
        _word(query.get("by", ""), By.SECTOR),
        _word(query.get("of", ""), Population.STAFF),
        on_wall(query),
    )


def on_wall(query: QueryDict) -> bool:
    """Tell whether the board is shown on a wall, where nobody is named."""
    return WALL in query


def _word(text: str, plain: Word) -> Word:
    words = type(plain)
    return words(text) if text in set(words) else plain
