"""What can be asked about briefings."""

from lianfang.rollup.briefings.queries.figures import current_source, quotable, quoted_from
from lianfang.rollup.briefings.queries.papers import (
    KINDS,
    briefing_by_id,
    briefing_file,
    latest,
    listed,
    may_draft,
    number_next,
    page,
    place_for,
)

__all__ = [
    "KINDS",
    "briefing_by_id",
    "briefing_file",
    "current_source",
    "latest",
    "listed",
    "may_draft",
    "number_next",
    "page",
    "place_for",
    "quotable",
    "quoted_from",
]
