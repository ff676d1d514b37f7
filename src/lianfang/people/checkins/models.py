"""Check-ins, and the attempts to reach those who have not checked in."""

from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, personal
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.people.checkins.rules import Channel, NextStep, Outcome, Verdict
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import HowTold, Population

LOWEST, HIGHEST = Decimal(30), Decimal(45)


def _one_of(field: str, words: type[StrEnum]) -> Q:
    return Q((f"{field}__in", [word.value for word in words]))


class CheckIn(Placed):
    """What a person told or was measured, once: never changed, only followed by another one.

    No symptoms may also mean that nobody asked: `symptoms_known` is false then, and empty for what
    was recorded before there were such. `counts` says whether it became, when it came in, the
    reading that stands for its day; the latest of those does.
    """

    wall: ClassVar[Wall] = personal("person_id")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    day = models.DateField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    method = models.CharField(max_length=20, blank=True)
    symptoms = models.JSONField()
    symptoms_known = models.BooleanField(null=True)
    in_town = models.BooleanField(null=True)
    region = models.CharField(max_length=6, blank=True)
    household_symptoms = models.BooleanField(null=True)
    contact_risk_area = models.BooleanField(null=True)
    contact_case = models.BooleanField(null=True)
    verdict = models.CharField(max_length=10)
    counts = models.BooleanField()
    same_as_yesterday = models.BooleanField()
    how = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    device = models.BinaryField(max_length=16, null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_at", "-id")
        indexes = (
            models.Index(fields=("unit", "day", "population"), name="checkins_of_a_unit_day"),
            models.Index(fields=("person", "day"), name="checkins_of_a_person"),
            models.Index(fields=("day", "verdict"), name="checkins_by_verdict"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(temperature=None)
                | Q(temperature__gte=LOWEST, temperature__lte=HIGHEST),
                name="checkin_temperature_possible",
            ),
            models.CheckConstraint(
                condition=_one_of("verdict", Verdict), name="checkin_verdict_known"
            ),
            models.CheckConstraint(
                condition=_one_of("population", Population), name="checkin_population_known"
            ),
            models.CheckConstraint(condition=_one_of("how", HowTold), name="checkin_how_known"),
            models.CheckConstraint(
                condition=Q(method__length__lte=20, region__length__lte=6)
                & Q(by__length__lte=80, via__length__lte=60),
                name="checkin_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Attempt(Placed):
    """An attempt to reach somebody who has not checked in (未联系上), and what is done next."""

    wall: ClassVar[Wall] = personal("person_id")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    day = models.DateField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    next_step = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_at", "-id")
        indexes = (
            models.Index(fields=("unit", "day", "population"), name="attempts_of_a_unit_day"),
            models.Index(fields=("person", "day"), name="attempts_of_a_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=_one_of("channel", Channel), name="attempt_channel_known"
            ),
            models.CheckConstraint(
                condition=_one_of("outcome", Outcome), name="attempt_outcome_known"
            ),
            models.CheckConstraint(
                condition=_one_of("next_step", NextStep), name="attempt_next_step_known"
            ),
            models.CheckConstraint(
                condition=_one_of("population", Population), name="attempt_population_known"
            ),
            models.CheckConstraint(
                condition=Q(by__length__lte=80, via__length__lte=60),
                name="attempt_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class ChatName(Placed):
    """What somebody is called in the chat group of a unit, as a clerk settled it once."""

    wall: ClassVar[Wall] = personal("person_id")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=40)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)

    class Meta:
        ordering = ("said", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "said"), condition=Q(valid_to=None), name="chat_name_one_now"
            ),
            models.CheckConstraint(
                condition=Q(said__length__lte=40, by__length__lte=80, via__length__lte=60),
                name="chat_name_texts_within_length",
            ),
        )
        indexes = (models.Index(fields=("person", "valid_to"), name="chat_names_of_a_person"),)

    def __str__(self) -> str:
        return self.said
