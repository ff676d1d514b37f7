"""Workbooks of a day as they were given out, as they came back, and what was decided between."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.fields import SealedField
from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.response.models import Response
from lianfang.rollup.daybooks.rules.settling import Chosen
from lianfang.rollup.daybooks.rules.words import Reason


class Daybook(Placed):
    """A unit's day as a workbook that was given out: who took it, why, and who is on it.

    `people` are the persons in the order of the rows, by whose numbers the sheet names them.
    """

    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    as_of = models.DateTimeField()
    due = models.DateTimeField()
    pack = models.CharField(max_length=80)
    reason = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    people = models.JSONField()
    has_market = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    given_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ("-given_at", "-id")
        indexes = (models.Index(fields=("day", "unit"), name="daybooks_of_a_day"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reason__in=[reason.value for reason in Reason]),
                name="daybook_reason_known",
            ),
            models.CheckConstraint(
                condition=models.Q(pack__length__lte=80, given_by_name__length__lte=50)
                & models.Q(given_by__length__lte=80, language__length__lte=10),
                name="daybook_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"


class BookReturn(Placed):
    """A workbook that came back: its file waits sealed for a day, what it told stays sealed.

    `told` is what was taken of it, row by row, so that the next return shows what differs.
    """

    wall: ClassVar[Wall] = Wall(path="unit__path", user="user")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey(Daybook, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    user = models.UUIDField(null=True)
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=80)
    brought_by_name = models.CharField(max_length=50, blank=True)
    settled_at = models.DateTimeField(null=True)
    filled_by = models.CharField(max_length=50, blank=True)
    filled_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=0)
    told = SealedField(null=True)

    class Meta:
        ordering = ("-brought_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("taken")
                    + models.F("unchanged")
                    + models.F("rejected")
                    + models.F("blank")
                ),
                name="book_return_rows_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(name__length__lte=120, filled_by__length__lte=50)
                & models.Q(brought_by__length__lte=80, brought_by_name__length__lte=50),
                name="book_return_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return self.name


class BookChoice(Placed):
    """Two values of one thing, the workbook's and one that had come meanwhile: which one counts.

    Both stay: the one that was not chosen is shown beside the one that was.
    """

    back = models.ForeignKey(BookReturn, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=60)
    in_book = models.TextField(blank=True)
    here = models.TextField(blank=True)
    here_at = models.DateTimeField()
    here_by = models.CharField(max_length=80)
    chosen = models.CharField(max_length=10)
    by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(chosen__in=[each.value for each in Chosen]),
                name="book_choice_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.about} {self.chosen}"
