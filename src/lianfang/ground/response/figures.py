"""What figures need to know of the response: whose facts they are, and who owes a report."""

from collections.abc import Collection
from datetime import datetime

from lianfang.ground.figures.registry import Ground, stand_on
from lianfang.ground.response import queries
from lianfang.kernel.actor import Actor

OWING = "report.owing_unit_kinds"


def owing(actor: Actor, at: datetime) -> Collection[str]:
    """Return the kinds of units that owe a daily report at an instant; none without a pack."""
    pack = queries.pack_or_none(actor, at)
    return pack.texts(OWING) if pack is not None and pack.has(OWING) else ()


stand_on(Ground(queries.current, owing))
