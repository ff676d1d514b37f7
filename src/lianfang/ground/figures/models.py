"""Typed figures, and where which app is in use."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, everybody
from lianfang.ground.figures.rules import LARGEST, SOURCE_LENGTH, TEXT_LENGTH, State


class Typed(Placed):
    """What somebody typed for a figure that no app counts in that unit; never changed."""

    response = models.ForeignKey(
        "response.Response", null=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=60)
    day = models.DateField()
    state = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    source = models.CharField(max_length=SOURCE_LENGTH, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60, blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "id")
        indexes = (models.Index(fields=("day", "unit", "code"), name="typed_figures_of_a_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="typed_state_known"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lt=LARGEST, state=State.NUMBER),
                name="typed_value_within_range",
            ),
            models.CheckConstraint(
                condition=Q(code__length__lte=60, text__length__lte=TEXT_LENGTH)
                & Q(source__length__lte=SOURCE_LENGTH),
                name="typed_texts_within_length",
            ),
        )

    def __str__(self) -> str:
        return self.text or ("" if self.value is None else f"{self.value.normalize():f}")


class Adoption(Placed):
    """From a day on an app is in use at a unit and below it, or no longer; never changed."""

    wall: ClassVar[Wall] = everybody("decides for every unit below whether a number is counted")
    app = models.CharField(max_length=40)
    in_use = models.BooleanField()
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("valid_from", "recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(app__length__lte=40), name="adoption_app_within_length"
            ),
        )

    def __str__(self) -> str:
        return f"{self.app} {self.unit}"
