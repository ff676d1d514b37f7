"""Where the pages of the reports lead to the workbooks of the day."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.ground.doors.act import may
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.rollup.daybooks import queries
from lianfang.rollup.reports.links import Link, declare

READ = "daybooks.read"


def _lead(actor: Actor, day: date, unit: Unit | None) -> Link | None:
    if unit is None:
        if not actor.reaches(READ):
            return None
        url, count = reverse("daybooks:day", args=[day]), queries.out_of(actor, day)
        return Link(url, _("Cut-off workbooks"), "file-spreadsheet", count)
    if not may(actor, READ, unit):
        return None
    url = reverse("daybooks:unit", args=[day, unit.code])
    return Link(url, _("Cut-off workbook"), "file-spreadsheet")


declare(_lead)
