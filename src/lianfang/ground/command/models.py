"""Who commands: appointments, responsible departments, letters of responsibility, papers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lianfang.ground.command.rules.seats import (
    DUTY_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    SINGLE,
    TITLE_LENGTH,
    Seat,
    Span,
)
from lianfang.ground.doors.fields import SealedField
from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, everybody
from lianfang.ground.files.models import StoredFile
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.response.models import Response
from lianfang.kernel import clock, ids

LINE_LENGTH, NUMBER_LENGTH, HEADING_LENGTH = 40, 60, 120


class Dated(Placed):
    """A dated row of the command structure; `valid_to` is the first day on which it is over."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    recorded_at = models.DateTimeField()
    end_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_by_name = models.CharField(max_length=50, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        """Return the days on which it holds."""
        return Span(self.valid_from, self.valid_to)


class Appointment(Dated):
    """Somebody in a seat of a unit's command: a user, or a named person without an account."""

    seat = models.CharField(max_length=20)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    duty = models.CharField(max_length=DUTY_LENGTH, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    phone = SealedField(null=True)
    phone_mask = models.CharField(max_length=40, blank=True)
    sort_key = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("place", "valid_from", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "unit", "seat"),
                condition=Q(valid_to=None, seat__in=sorted(seat.value for seat in SINGLE)),
                name="appointment_one_in_a_single_seat",
            ),
            models.UniqueConstraint(
                fields=("response", "unit", "seat", "name"),
                condition=Q(valid_to=None),
                name="appointment_once_in_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(seat__in=[seat.value for seat in Seat]), name="appointment_seat_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="")
                & Q(name__length__lte=NAME_LENGTH, title__length__lte=TITLE_LENGTH)
                & Q(duty__length__lte=DUTY_LENGTH, reason__length__lte=REASON_LENGTH)
                & Q(end_reason__length__lte=REASON_LENGTH),
                name="appointment_texts_within_length",
            ),
        )
        indexes = (
            models.Index(fields=("response", "unit", "seat"), name="appointments_of_a_unit"),
            models.Index(fields=("user", "seat"), name="appointments_of_a_user"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.seat} {self.unit_id}"


class Charge(Dated):
    """Which department answers for a line of work at a unit: one at a time (R43)."""

    line = models.CharField(max_length=LINE_LENGTH)
    department = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=TITLE_LENGTH)

    class Meta:
        ordering = ("valid_from", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "unit", "line"),
                condition=Q(valid_to=None),
                name="charge_one_department_a_line",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="charge_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(name="")
                & Q(line__length__lte=LINE_LENGTH, name__length__lte=TITLE_LENGTH)
                & Q(reason__length__lte=REASON_LENGTH, end_reason__length__lte=REASON_LENGTH),
                name="charge_texts_within_length",
            ),
        )
        indexes = (models.Index(fields=("response", "unit", "line"), name="charges_of_a_unit"),)

    def __str__(self) -> str:
        return f"{self.line} {self.name}"


class Letter(models.Model):
    """A version of the letter of responsibility that every company signs (R47)."""

    wall: ClassVar[Wall] = everybody("every company undertakes the same and has to read it")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    heading = models.CharField(max_length=HEADING_LENGTH)
    text = models.TextField()
    issued_on = models.DateField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(fields=("response", "version"), name="letter_of_a_version"),
            models.CheckConstraint(
                condition=~Q(heading="") & Q(heading__length__lte=HEADING_LENGTH) & ~Q(text=""),
                name="letter_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.heading} {self.version}"


class Undertaking(Placed):
    """A company's signature under a version of the letter; a correction names the one before."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    via = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("letter", "unit"),
                condition=Q(replaces=None),
                name="undertaking_once_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(name="")
                & Q(name__length__lte=NAME_LENGTH, title__length__lte=TITLE_LENGTH),
                name="undertaking_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.letter_id}"


class AppointmentPaper(Placed):
    """A notice of appointment as it was issued: numbered, its values frozen."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=NUMBER_LENGTH)
    heading = models.CharField(max_length=HEADING_LENGTH)
    dated_on = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-dated_on", "-recorded_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("unit", "number"), name="appointment_paper_number"),
            models.CheckConstraint(
                condition=~Q(number="")
                & Q(number__length__lte=NUMBER_LENGTH, heading__length__lte=HEADING_LENGTH),
                name="appointment_paper_within_length",
            ),
        )

    def __str__(self) -> str:
        return self.number
