"""A paper on its way from hand to hand, and every word said on it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.files.models import StoredFile
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import User
from lianfang.ground.response.models import Response
from lianfang.ground.signing.rules import NOTE_LENGTH, Heard, Said, Verdict
from lianfang.kernel import clock, ids


class Sheet(Placed):
    """What travels with a paper (审签单): which route it takes and which paper it is."""

    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    msgid = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=80)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("opened_at", "id")
        constraints = (models.UniqueConstraint(fields=("route", "key"), name="sheet_one_a_paper"),)

    def __str__(self) -> str:
        return f"{self.route} {self.key}"

    @property
    def title(self) -> Sentence:
        """Return which paper it is."""
        return Sentence.read(self.msgid, self.params)


class Decision(models.Model):
    """A word on a paper: never changed, never deleted; a later one may answer it.

    `by` decided, in the stead of `stead_name` if he is a deputy; `recorder` wrote it down where
    he did not do so himself (代录). `shown` is what stood in the paper then.
    """

    wall: ClassVar[Wall] = Wall(path="sheet__unit__path")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    shown = models.JSONField(default=dict)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    by_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    stead_name = models.CharField(max_length=50, blank=True)
    recorder = models.CharField(max_length=80, blank=True)
    recorder_name = models.CharField(max_length=50, blank=True)
    heard = models.CharField(max_length=10, blank=True)
    evidence = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)
    via = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("recorded_at", "id")
        indexes = (models.Index(fields=("sheet", "recorded_at"), name="decisions_of_a_sheet"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict__in=[verdict.value for verdict in Verdict]),
                name="decision_known",
            ),
            models.CheckConstraint(
                condition=Q(heard="", recorder="")
                | Q(heard__in=[heard.value for heard in Heard]) & ~Q(recorder=""),
                name="decision_recorded_as_heard",
            ),
            models.CheckConstraint(
                condition=~Q(recorder=models.F("by")), name="decision_recorded_by_another"
            ),
            models.UniqueConstraint(fields=("answers",), name="decision_answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.verdict} {self.step}"

    @property
    def said(self) -> Said:
        """Return it as the order of signatures sees it."""
        return Said(
            id=self.pk,
            step=self.step,
            verdict=Verdict(self.verdict),
            digest=self.digest,
            who=self.by,
            at=self.at,
            recorder=self.recorder,
            answers=self.answers_id,
        )
