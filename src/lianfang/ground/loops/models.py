"""Loops with the times of their course, every step taken, every call made, and the last tick."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import ALL, Wall, everybody
from lianfang.ground.files.models import StoredFile
from lianfang.ground.loops.rules import NOTE_LENGTH, Course, Mark, Side, Step
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.response.models import Response
from lianfang.kernel import clock, ids
from lianfang.kernel.actor import Reach

STEPS = ("assigned", "acknowledged", "done", "verified", "returned", "waived")


@dataclass(frozen=True, slots=True)
class TwoSided(Wall):
    """Rows that are seen from the unit that owes and from the unit that verifies."""

    verifier_path: str = ""
    verifier_unit: str = ""

    def within(self, reach: Reach) -> Q:
        """Return the rows of which either side lies within a reach."""
        own = Wall(path=self.path, user=self.user, unit=self.unit).within(reach)
        if own == ALL:
            return ALL
        return own | Wall(path=self.verifier_path, unit=self.verifier_unit).within(reach)


def two_sided(prefix: str = "") -> TwoSided:
    """Return the wall of a loop, or of rows that belong to one."""
    return TwoSided(
        path=f"{prefix}unit__path",
        unit=f"{prefix}unit_id",
        user=f"{prefix}owner_id",
        verifier_path=f"{prefix}verifier_unit__path",
        verifier_unit=f"{prefix}verifier_unit_id",
    )


class Loop(Placed):
    """Something that a unit owes by a time and that somebody else must see done."""

    wall: ClassVar[Wall] = two_sided()
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    msgid = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    words = models.CharField(max_length=900, blank=True)
    subject = models.UUIDField(null=True)
    lines = models.JSONField(default=list)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=20, blank=True)
    verifier_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    verifier_role = models.CharField(max_length=20)
    due = models.DateTimeField(null=True)
    reached = models.IntegerField(null=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=80)
    assigned_by_name = models.CharField(max_length=50, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    acknowledged_by_name = models.CharField(max_length=50, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)
    done_by_name = models.CharField(max_length=50, blank=True)
    came_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=80, blank=True)
    verified_by_name = models.CharField(max_length=50, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=80, blank=True)
    returned_by_name = models.CharField(max_length=50, blank=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.CharField(max_length=80, blank=True)
    waived_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = (F("due").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=("kind", "key"), name="loop_opened_once"),
            models.CheckConstraint(
                condition=Q(owner=None) & ~Q(owner_role="") | Q(owner__isnull=False, owner_role=""),
                name="loop_has_one_owner",
            ),
            models.CheckConstraint(condition=~Q(verifier_role=""), name="loop_has_a_verifier"),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(done_at__isnull=False, returned_at=None),
                name="loop_verified_when_done",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | ~Q(verified_by=F("done_by")),
                name="loop_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | Q(waived_at=None), name="loop_closed_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(done_at__isnull=False),
                name="loop_returned_when_done",
            ),
        )
        indexes = (
            models.Index(
                fields=("due",),
                condition=Q(verified_at=None, waived_at=None),
                name="loops_open_by_due",
            ),
            models.Index(fields=("unit", "owner_role", "done_at"), name="loops_of_an_owner"),
            models.Index(fields=("verifier_unit", "done_at"), name="loops_of_a_verifier"),
            models.Index(fields=("subject",), name="loops_of_a_subject"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def title(self) -> Sentence:
        """Return what is owed."""
        return Sentence.read(self.msgid, self.params)

    @property
    def course(self) -> Course:
        """Return what has happened to the loop."""
        marks = {step: self._mark(step) for step in STEPS}
        course = Course(Mark(self.assigned_at, ""), came=self.came_at)
        return replace(course, **marks)  # type: ignore[arg-type]

    def follow(self, course: Course) -> list[str]:
        """Take the times of a course over and return the columns that changed."""
        changed = []
        if self.came_at != course.came:
            self.came_at = course.came
            changed.append("came_at")
        for step in STEPS:
            mark: Mark | None = getattr(course, step)
            if mark == self._mark(step):
                continue
            setattr(self, f"{step}_at", mark.at if mark else None)
            setattr(self, f"{step}_by", mark.who if mark else "")
            setattr(self, f"{step}_by_name", mark.name if mark else "")
            changed += [f"{step}_at", f"{step}_by", f"{step}_by_name"]
        return changed

    @property
    def owning(self) -> Side:
        """Return the side that owes."""
        return Side(self.unit_id, self.unit.path, self.owner_role, self.owner_id)

    @property
    def verifying(self) -> Side:
        """Return the side that has to see it done."""
        return Side(self.verifier_unit_id, self.verifier_unit.path, self.verifier_role)

    def _mark(self, step: str) -> Mark | None:
        at = getattr(self, f"{step}_at")
        if at is None:
            return None
        return Mark(at, getattr(self, f"{step}_by"), getattr(self, f"{step}_by_name"))


class LoopStep(models.Model):
    """A step of a loop as it was taken: never changed, never deleted."""

    wall: ClassVar[Wall] = two_sided("loop__")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    via = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    met = models.JSONField(default=list)
    due = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in Step]), name="loop_step_known"
            ),
            models.CheckConstraint(
                condition=Q(note__length__lte=NOTE_LENGTH), name="loop_step_note_length"
            ),
        )
        indexes = (models.Index(fields=("loop", "at"), name="steps_of_a_loop"),)

    def __str__(self) -> str:
        return f"{self.step} {self.loop_id}"


class Evidence(models.Model):
    """A file that came with a step."""

    wall: ClassVar[Wall] = two_sided("step__loop__")
    step = models.ForeignKey(LoopStep, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("step", "file"), name="evidence_once_a_step"),
        )

    def __str__(self) -> str:
        return str(self.file)


class Escalation(models.Model):
    """A call that was made about a loop, once: whom, when it fell due and when it was made."""

    wall: ClassVar[Wall] = two_sided("loop__")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    call = models.CharField(max_length=20)
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    to_role = models.CharField(max_length=20, blank=True)
    to_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("loop", "step"), name="escalation_once_a_step"),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.loop_id}"


class Pulse(models.Model):
    """The last tick of the clock, by both times, and the jobs that failed in it."""

    wall: ClassVar[Wall] = everybody("times and names of jobs; nothing of what was done")
    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
    machine_at = models.DateTimeField()
    failed = models.JSONField(default=list)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="pulse_only_one"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
