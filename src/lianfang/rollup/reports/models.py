"""Daily reports with their frozen figures, overrides, signatures, new situations; bulletins."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.figures.rules import Source, State
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.rollup.reports.rules.states import Signing


class DailyReport(Placed):
    """A unit's report of a day in one version, frozen as it was sent.

    `came_at` is when the first version came since one was last given back: what is mended later
    of a report that came in time does not make it late.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    version = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()
    due = models.DateTimeField()
    zero = models.BooleanField(default=False)
    new_issues = models.TextField(blank=True)
    help_needed = models.TextField(blank=True)
    came_at = models.DateTimeField()
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=80)
    submitted_by_name = models.CharField(max_length=50)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=80, blank=True)
    accepted_by_name = models.CharField(max_length=50, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=80, blank=True)
    returned_by_name = models.CharField(max_length=50, blank=True)
    return_reason = models.CharField(max_length=200, blank=True)
    signatures = models.JSONField(default=list)

    class Meta:
        ordering = ("day", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "day", "version"), name="report_one_version_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(returned_at=None),
                name="report_accepted_or_returned",
            ),
        )
        indexes = (models.Index(fields=("day", "unit", "-version"), name="reports_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.day} v{self.version}"


class ReportFigure(models.Model):
    """A figure of a report as it was frozen, with the ids of the rows that it counted."""

    wall: ClassVar[Wall] = Wall(path="report__unit__path")
    report = models.ForeignKey(DailyReport, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    text = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20, default=State.NUMBER)
    source = models.CharField(max_length=10, default=Source.DERIVED)
    missing = models.PositiveIntegerField(default=0)
    derived = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    override_reason = models.CharField(max_length=200, blank=True)
    override_by = models.CharField(max_length=50, blank=True)
    override_at = models.DateTimeField(null=True)
    counted = models.BinaryField(default=bytes)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "code"), name="report_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Override(Placed):
    """A derived number that somebody corrected, with the reason; the newest one counts."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    derived = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    reason = models.CharField(max_length=200)
    withdrawn = models.BooleanField(default=False)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("day", "unit", "code"), name="overrides_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class Narrative(Placed):
    """New situations and what is asked of the superior, as they are written during the day."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    new_issues = models.TextField(blank=True)
    help_needed = models.TextField(blank=True)
    zero = models.BooleanField(default=False)
    saved_by = models.CharField(max_length=80)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "day"), name="narrative_one_a_day"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"


class Signature(Placed):
    """Somebody's name under the numbers as they stood, as version 0.1 kept it.

    Since then names stand on the sheet of `ground.signing`; these rows are only read.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    part = models.CharField(max_length=10, choices=[(part.value, part.name) for part in Signing])
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50)
    recorded_for = models.CharField(max_length=50, blank=True)
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("day", "unit"), name="signatures_of_a_day"),)

    def __str__(self) -> str:
        return f"{self.part} {self.by_name}"


class Bulletin(Placed):
    """The group's daily situation of a day: drafted, checked by another, released, then frozen.

    The number is given at release, once in a response; `again` marks a later version of a day,
    which keeps the number of the day. `digest` names the text that was drafted.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    version = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()
    number = models.PositiveIntegerField(null=True)
    again = models.BooleanField(default=False)
    content = models.JSONField()
    remark = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    drafted_at = models.DateTimeField(default=clock.now)
    drafted_by = models.CharField(max_length=80)
    drafted_by_name = models.CharField(max_length=50)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    checked_by_name = models.CharField(max_length=50, blank=True)
    endorsed_at = models.DateTimeField(null=True)
    endorsed_by = models.CharField(max_length=80, blank=True)
    endorsed_by_name = models.CharField(max_length=50, blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True)
    released_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ("day", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "day", "version"), name="bulletin_one_version_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(checked_at__isnull=False),
                name="bulletin_checked_before_release",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at=None) | ~models.Q(checked_by=models.F("drafted_by")),
                name="bulletin_checked_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(number__isnull=False),
                name="bulletin_numbered_when_released",
            ),
            models.UniqueConstraint(
                fields=("response", "number"),
                condition=models.Q(again=False),
                name="bulletin_number_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} v{self.version}"
