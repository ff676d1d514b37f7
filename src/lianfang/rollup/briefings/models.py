"""Briefings: drafted, checked by another, issued under a number of their own."""

from django.db import models

from lianfang.ground.doors.models import Placed
from lianfang.ground.response.models import Response
from lianfang.kernel import clock, ids


class Briefing(Placed):
    """One version of a briefing of the group office.

    All versions of one briefing share `paper`; the number is given when the first one is issued,
    once in a response, and a later version keeps it (`again`). `quoted` holds the figures that the
    text names, frozen with their source. `digest` names the text that was read;
    `hands` are all who wrote this version, none of whom checks it.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    paper = models.UUIDField(default=ids.new)
    version = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField(null=True)
    again = models.BooleanField(default=False)
    day = models.DateField()
    title = models.CharField(max_length=60)
    body = models.TextField(max_length=20000)
    report_to = models.CharField(max_length=120, blank=True)
    send_to = models.CharField(max_length=120, blank=True)
    issue_to = models.CharField(max_length=120, blank=True)
    copies = models.PositiveSmallIntegerField(null=True)
    quoted = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    drafted_at = models.DateTimeField(default=clock.now)
    drafted_by = models.CharField(max_length=80)
    drafted_by_name = models.CharField(max_length=50)
    hands = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    checked_by_name = models.CharField(max_length=50, blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True)
    released_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ("-day", "-drafted_at", "-version")
        constraints = (
            models.UniqueConstraint(fields=("paper", "version"), name="briefing_one_version"),
            models.UniqueConstraint(
                fields=("response", "number"),
                condition=models.Q(again=False),
                name="briefing_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at=None) | ~models.Q(checked_by=models.F("drafted_by")),
                name="briefing_checked_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None)
                | models.Q(checked_at__isnull=False, number__isnull=False),
                name="briefing_checked_and_numbered",
            ),
        )

    def __str__(self) -> str:
        return self.title
