"""The log of calls and visits: one row for each, never changed; a fuller one takes its place."""

from django.db import models
from django.db.models import Q

from lianfang.ground.doors.fields import SealedField
from lianfang.ground.doors.models import Placed
from lianfang.ground.orgs.models import User
from lianfang.ground.response.models import Response
from lianfang.work.liaison.rules.contacts import NAME_LENGTH, PLACE_LENGTH, How, Sort


class Contact(Placed):
    """Somebody of the group was in touch with a unit; what was said is sealed."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    leader_name = models.CharField(max_length=NAME_LENGTH)
    happened_at = models.DateTimeField()
    day = models.DateField()
    how = models.CharField(max_length=10)
    sort = models.CharField(max_length=12, default=Sort.CALL.value)
    with_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    with_post = models.CharField(max_length=PLACE_LENGTH, blank=True)
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    said = SealedField(null=True)
    measure = SealedField(null=True)
    told = SealedField(null=True)
    next_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50, blank=True)
    via = models.CharField(max_length=60, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(how__in=[how.value for how in How]), name="contact_way_known"
            ),
            models.CheckConstraint(
                condition=Q(sort__in=[sort.value for sort in Sort]), name="contact_sort_known"
            ),
            models.CheckConstraint(
                condition=~Q(leader_name="")
                & Q(leader_name__length__lte=NAME_LENGTH, with_name__length__lte=NAME_LENGTH)
                & Q(with_post__length__lte=PLACE_LENGTH, place__length__lte=PLACE_LENGTH),
                name="contact_texts_within_length",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "happened_at"), name="contacts_of_a_unit"),
            models.Index(fields=("response", "day"), name="contacts_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.leader_name} {self.unit_id} {self.happened_at:%Y-%m-%d %H:%M}"
