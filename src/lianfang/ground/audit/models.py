"""Seals of the trail, and which entries each of them covers."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.models import Entry
from lianfang.ground.doors.walls import Wall, everybody
from lianfang.kernel import ids


class Seal(models.Model):
    """A link of the chain: it holds the digest of its entries and the hash of the seal before."""

    wall: ClassVar[Wall] = everybody("hashes and counts; nothing of what was done")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    prev = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64, unique=True)
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.number)


class Sealing(models.Model):
    """The place of an entry in a seal; an entry is sealed once."""

    wall: ClassVar[Wall] = everybody("hashes and positions; nothing of what was done")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("seal", "position"), name="sealing_one_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.seal_id} {self.position}"
