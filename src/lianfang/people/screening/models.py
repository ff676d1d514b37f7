"""Decisions: what the rules of a pack said of a person at an instant, and from which facts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.response.models import Response
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import Population
from lianfang.people.screening.rules import Status


class Decision(Placed):
    """A person's status from an instant on; it goes with the person who moves."""

    wall: ClassVar[Wall] = Wall(
        path="person__unit__path", person="person_id", site="person__site_id"
    )
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    status = models.CharField(max_length=12)
    reasons = models.JSONField()
    rule = models.CharField(max_length=60, blank=True)
    pack_id = models.CharField(max_length=60)
    pack_version = models.PositiveIntegerField()
    facts = models.JSONField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("person", "-at", "-id"), name="decision_in_force"),
            models.Index(fields=("unit", "at"), name="decisions_of_a_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="decision_status_known",
            ),
            models.CheckConstraint(
                condition=Q(population__in=[word.value for word in Population]),
                name="decision_population_known",
            ),
            models.CheckConstraint(
                condition=Q(rule__length__lte=60, pack_id__length__lte=60)
                & Q(by__length__lte=80, via__length__lte=60),
                name="decision_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.status}"
