"""A spreadsheet that somebody brought, from its preview to what became of it."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall


class Upload(Placed):
    """A file to import; `unit` is how far it may reach, its content lies sealed for a day."""

    wall: ClassVar[Wall] = Wall(path="unit__path", user="user")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    user = models.UUIDField(null=True)
    by = models.CharField(max_length=80)
    brought_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True)
    partial = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-brought_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("created")
                    + models.F("updated")
                    + models.F("unchanged")
                    + models.F("rejected")
                    + models.F("blank")
                ),
                name="upload_rows_add_up",
            ),
        )

    def __str__(self) -> str:
        return self.name
