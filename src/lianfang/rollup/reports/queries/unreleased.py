"""Days whose daily situation was never issued, so that no day is forgotten overnight."""

from collections.abc import Sequence
from datetime import date, timedelta

from lianfang.ground.doors.visible import visible
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.models import Bulletin, DailyReport

#: Whoever looks at the board a week later has other cares.
LOOK_BACK = timedelta(days=7)


def unreleased(actor: Actor, day: date) -> Sequence[date]:
    """Return the days of the week before with reports and no issued bulletin, the newest first."""
    released = visible(Bulletin, actor, "bulletins.read").filter(released_at__isnull=False)
    sent = visible(DailyReport, actor, "reports.read").filter(
        day__lt=day, day__gte=day - LOOK_BACK, returned_at=None
    )
    open_days = sent.exclude(day__in=released.values("day")).order_by("-day")
    return list(open_days.values_list("day", flat=True).distinct())
