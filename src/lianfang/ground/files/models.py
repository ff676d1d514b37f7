"""What is known of a file that was kept; its content lies sealed in the data directory."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.files.rules import NAME_LENGTH
from lianfang.kernel import clock

models.CharField.register_lookup(Length)


class StoredFile(Placed):
    """A paper or photo; `person` is whom it is about, `user` who kept it.

    `small` is the fingerprint of a photo's small copy.
    """

    wall: ClassVar[Wall] = Wall(path="unit__path", person="person", user="user")
    response = models.ForeignKey(
        "response.Response", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.UUIDField(null=True)
    user = models.UUIDField(null=True)
    name = models.CharField(max_length=NAME_LENGTH)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    small = models.CharField(max_length=64, null=True)  # noqa: DJ001 (none of what is no photo)
    kept_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("kept_at", "id")
        indexes = (models.Index(fields=("fingerprint",), name="file_of_a_content"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(name__length__lte=NAME_LENGTH), name="file_name_within_length"
            ),
        )

    def __str__(self) -> str:
        return self.name
