"""The trail and the idempotency records; what placed rows share."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length

from lianfang.ground.doors.fields import PathField
from lianfang.ground.doors.walls import Wall, everybody, placed
from lianfang.kernel import clock, ids

models.CharField.register_lookup(Length)


class Placed(models.Model):
    """A row that stands at a unit."""

    wall: ClassVar[Wall] = placed()
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Entry(models.Model):
    """One act, done or refused: never changed, never deleted."""

    wall: ClassVar[Wall] = Wall(path="place", whole=True)
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    act = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    who = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    place = PathField(max_length=60)
    arguments = models.JSONField()
    refused = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    request_id = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("place", "id"), name="trail_of_a_place"),
            models.Index(fields=("who", "id"), name="trail_of_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.place}"


class Subject(models.Model):
    """A row that an act was about."""

    wall: ClassVar[Wall] = Wall(path="entry__place", person="subject", user="subject", whole=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=("subject",), name="subject_who_did_what_to_it"),)

    def __str__(self) -> str:
        return str(self.subject)


class Answer(models.Model):
    """The first answer to a request that carried an idempotency key."""

    wall: ClassVar[Wall] = everybody("the door alone reads it, by the actor's own key")
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    route = models.CharField(max_length=200)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    text = models.TextField()
    recorded_at = models.DateTimeField(default=clock.machine)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("actor", "key"), name="answer_once"),)
        indexes = (models.Index(fields=("recorded_at",), name="answers_to_forget"),)

    def __str__(self) -> str:
        return self.key
