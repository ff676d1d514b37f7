"""Reports as they stand and as they were frozen; the bulletin."""

from lianfang.rollup.reports.queries.bulletins import (
    bulletin_content,
    bulletin_of,
    bulletins,
    chat,
    draft_paper,
    live_content,
    number_of,
    released_of,
    the_group,
)
from lianfang.rollup.reports.queries.frozen import (
    frozen_values,
    newest,
    overrides_of,
    report_by_id,
    reports_of,
)
from lianfang.rollup.reports.queries.hours import day_at, due_of, due_on, dues_on, today
from lianfang.rollup.reports.queries.names import signatures_of
from lianfang.rollup.reports.queries.occasions import asked_of, owing_units
from lianfang.rollup.reports.queries.printing import KINDS, bulletin_file, printed, printed_of
from lianfang.rollup.reports.queries.standing import (
    counted_ids,
    counted_value,
    is_in,
    my_units,
    owes,
    response_of,
    standing,
    unit_here,
)

__all__ = [
    "KINDS",
    "asked_of",
    "bulletin_content",
    "bulletin_file",
    "bulletin_of",
    "bulletins",
    "chat",
    "counted_ids",
    "counted_value",
    "day_at",
    "draft_paper",
    "due_of",
    "due_on",
    "dues_on",
    "frozen_values",
    "is_in",
    "live_content",
    "my_units",
    "newest",
    "number_of",
    "overrides_of",
    "owes",
    "owing_units",
    "printed",
    "printed_of",
    "released_of",
    "report_by_id",
    "reports_of",
    "response_of",
    "signatures_of",
    "standing",
    "the_group",
    "today",
    "unit_here",
]
