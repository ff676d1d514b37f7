"""The log of calls as a table for a workbook; what was said is not part of it."""

from collections.abc import Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from lianfang.work.liaison.queries.contacts import Line


def headings() -> Sequence[str]:
    """Return the heads of the columns."""
    return [
        pgettext("call", "When"),
        pgettext("call", "Unit"),
        gettext("Liaison leader"),
        gettext("What it was"),
        gettext("How"),
        gettext("With whom"),
        gettext("Place"),
        gettext("Next call on"),
        gettext("Recorded by"),
    ]


def row(line: Line) -> Sequence[object]:
    """Return a call as a row."""
    at = localtime(line.at).replace(tzinfo=None, microsecond=0)
    return [
        at,
        line.unit.name,
        line.leader,
        line.sort,
        line.how,
        line.with_whom,
        line.place,
        line.next_on or "",
        line.instead or line.leader,
    ]
