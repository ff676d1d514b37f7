"""The response in force and its course, its policy pack in versions, and the local case series."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, everybody
from lianfang.ground.response.rules import Level, Stage
from lianfang.ground.response.rules.drafting import DraftKind
from lianfang.kernel import ids

PUBLIC = "what is in force binds everybody, who has to be able to read it"


class Response(Placed):
    """The group's answer to one epidemic, from its beginning to the destruction of its data."""

    wall: ClassVar[Wall] = everybody(PUBLIC)
    code = models.CharField(max_length=40, unique=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    disease = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("unit",), condition=Q(ended_at=None), name="response_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
                name="response_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(code__length__lte=40, title_zh__length__lte=120)
                & Q(title_en__length__lte=120, disease__length__lte=120),
                name="response_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return self.title_zh


class OfResponse(models.Model):
    """A dated row of a response: never changed, only followed by another one."""

    wall: ClassVar[Wall] = everybody(PUBLIC)
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        abstract = True


class ResponseLevel(OfResponse):
    """From when on which response level is declared, and by which document."""

    level = models.CharField(max_length=4)
    valid_from = models.DateTimeField()
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("valid_from", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="level_known"
            ),
            models.CheckConstraint(
                condition=Q(document__length__lte=200), name="level_document_within_length"
            ),
        )

    def __str__(self) -> str:
        return self.level


class Phase(OfResponse):
    """From when on the response is in which phase, with the summary of the one before (R100)."""

    stage = models.CharField(max_length=20)
    valid_from = models.DateTimeField()
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("valid_from", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="phase_stage_known"
            ),
        )

    def __str__(self) -> str:
        return self.stage


class Campaign(OfResponse):
    """A campaign of so many days with a target (R59)."""

    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("starts_on", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=366), name="campaign_days_within_range"
            ),
            models.CheckConstraint(
                condition=Q(name__length__lte=60, target__length__lte=200),
                name="campaign_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return self.name


class KeyPeriod(OfResponse):
    """A stretch of days in which more is at stake (R60)."""

    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="key_period_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(name__length__lte=60), name="key_period_name_within_length"
            ),
        )

    def __str__(self) -> str:
        return self.name


class PackVersion(OfResponse):
    """The policy pack of a response in one version, as it was activated."""

    pack_id = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    activated_at = models.DateTimeField()

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(
                fields=("response", "version"), name="pack_version_one_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(pack_id__length__lte=60, sha256__length=64, reason__length__lte=200),
                name="pack_version_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pack_id} {self.version}"


class Draft(OfResponse):
    """A change of the pack that is being written; it becomes a version, or is laid aside."""

    kind = models.CharField(max_length=12)
    base = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    made = models.ForeignKey(PackVersion, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DraftKind]), name="draft_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(made=None) | Q(settled_at__isnull=False),
                name="draft_made_only_when_settled",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class DraftText(models.Model):
    """What a draft said at one saving; every saving is kept."""

    wall: ClassVar[Wall] = everybody(PUBLIC)
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    saved_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("draft", "number"), name="draft_text_one_of_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class Supplement(Placed):
    """A stricter value of one unit and all below it; an empty one lifts the former (R64)."""

    wall: ClassVar[Wall] = everybody(PUBLIC)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    reason = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("valid_from", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(path__length__lte=120, reason__length__lte=200),
                name="supplement_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} {self.unit}"


class LocalCases(OfResponse):
    """New confirmed cases of a region on a day, as an authority published them (R18)."""

    day = models.DateField()
    region = models.CharField(max_length=40)
    new_confirmed = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    via = models.CharField(max_length=60, blank=True)
    happened_at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("day", "recorded_at", "id")
        indexes = (models.Index(fields=("response", "region", "day"), name="cases_of_a_region"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(new_confirmed__lte=1_000_000), name="cases_within_range"
            ),
            models.CheckConstraint(
                condition=Q(region__length__lte=40, source__length__lte=200),
                name="cases_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.day} {self.new_confirmed}"
