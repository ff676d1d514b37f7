"""What is in force: the response, its policy pack at any instant, and how it stands."""

from lianfang.ground.response.queries.packs import (
    NoPack,
    adopted_version,
    counts_since,
    pack_at,
    pack_or_none,
    stored,
    stricter_units,
    supplements,
    versions,
)
from lianfang.ground.response.queries.pages import (
    Asked,
    ChangeRow,
    PackPage,
    change_rows,
    group_for,
    label_of,
    may,
    pack_page,
    unit_for,
)
from lianfang.ground.response.queries.situations import (
    cases,
    countable,
    current,
    former,
    head,
    situation,
)
from lianfang.ground.response.queries.standing import CasesDay, Situation

__all__ = [
    "Asked",
    "CasesDay",
    "ChangeRow",
    "NoPack",
    "PackPage",
    "Situation",
    "adopted_version",
    "cases",
    "change_rows",
    "countable",
    "counts_since",
    "current",
    "former",
    "group_for",
    "head",
    "label_of",
    "may",
    "pack_at",
    "pack_or_none",
    "pack_page",
    "situation",
    "stored",
    "stricter_units",
    "supplements",
    "unit_for",
    "versions",
]
