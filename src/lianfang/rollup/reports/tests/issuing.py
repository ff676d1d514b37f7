"""The daily situation of a day drafted, checked and issued by three of the group."""

from collections.abc import Mapping
from datetime import date

from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports import services
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.tests.conftest import DAY


def issue(
    drafter: Actor,
    checker: Actor,
    leader: Actor,
    group: Unit,
    *,
    day: date = DAY,
    why: Mapping[str, str] | None = None,
) -> Bulletin:
    """Issue a day's situation; after a release `why` says what the corrections are for."""
    row = services.draft_bulletin(drafter, group, day, "", why or {})
    services.check_bulletin(checker, row, row.digest)
    services.release_bulletin(leader, row, row.digest)
    row.refresh_from_db()
    return row
