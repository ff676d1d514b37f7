"""Persons, their memberships, movements, exposures and personal links."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.fields import SealedField
from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, personal
from lianfang.ground.orgs.models import Site, Stall
from lianfang.ground.response.models import Response
from lianfang.kernel import clock
from lianfang.people.register.rules.words import DocumentKind, Employment, HowTold, Population

#: Who has a staff number; a query by number says so too, or the index of numbers is no use to it.
NUMBERED = ~models.Q(person_no="")


class Person(Placed):
    """Somebody of the staff, or somebody on site; his unit is where he counts today."""

    wall: ClassVar[Wall] = Wall(path="unit__path", person="id", site="site_id")
    person_no = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=50)
    sort_key = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    population = models.CharField(max_length=10, default=Population.STAFF.value)
    employment = models.CharField(max_length=20, default=Employment.REGULAR.value)
    gender = models.CharField(max_length=10, blank=True)
    document_kind = models.CharField(max_length=20, default=DocumentKind.IDENTITY_CARD.value)
    document = SealedField(null=True)
    document_index = models.BinaryField(max_length=16, null=True)
    document_mask = models.CharField(max_length=40, blank=True)
    phone = SealedField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    phone_mask = models.CharField(max_length=40, blank=True)
    address = SealedField(null=True)
    remark = SealedField(null=True)
    home_region = models.CharField(max_length=6, blank=True)
    home_said = models.CharField(max_length=60, blank=True)
    live_region = models.CharField(max_length=6, blank=True)
    department = models.CharField(max_length=60, blank=True)
    job = models.CharField(max_length=60, blank=True)
    party_member = models.BooleanField(null=True)
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sort_key", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person_no",),
                condition=NUMBERED,
                name="person_no_in_the_group",
            ),
            models.UniqueConstraint(
                fields=("document_kind", "document_index"), name="person_document_once"
            ),
        )
        indexes = (
            models.Index(fields=("unit", "sort_key", "id"), name="people_of_a_unit"),
            models.Index(fields=("phone_index",), name="person_by_phone"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(Placed):
    """In which unit and in what way somebody counted, from when to when."""

    wall: ClassVar[Wall] = personal("person_id")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    employment = models.CharField(max_length=20)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(valid_to=None), name="membership_one_now"
            ),
        )
        indexes = (
            models.Index(
                fields=("unit", "valid_from", "valid_to", "population", "employment"),
                name="headcount_of_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.unit}"


class Movement(Placed):
    """Where somebody was, from when to when: his movement class as the pack names it."""

    wall: ClassVar[Wall] = personal("person_id")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    movement_class = models.CharField(max_length=40, blank=True)
    in_town = models.BooleanField(null=True)
    region = models.CharField(max_length=6, blank=True)
    from_region = models.CharField(max_length=6, blank=True)
    left_on = models.DateField(null=True)
    planned_return = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    transport = models.CharField(max_length=10, blank=True)
    transport_no = models.CharField(max_length=30, blank=True)
    seat_no = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=20, default=HowTold.SELF.value)
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(valid_to=None), name="movement_one_now"
            ),
        )
        indexes = (
            models.Index(
                fields=("unit", "valid_from", "valid_to", "population", "in_town"),
                name="whereabouts_of_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.movement_class}"


class Exposure(Placed):
    """A piece of epidemiological history as it was told; it goes with the person who moves."""

    wall: ClassVar[Wall] = personal("person_id", "person__unit__path")
    response = models.ForeignKey(Response, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    population = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=6, blank=True)
    last_day = models.DateField()
    last_day_known = models.BooleanField(default=True)
    how = models.CharField(max_length=20, default=HowTold.SELF.value)
    by = models.CharField(max_length=80)
    via = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-last_day",)
        indexes = (
            models.Index(fields=("unit", "last_day", "population"), name="exposures_of_a_day"),
            models.Index(fields=("person", "last_day"), name="exposures_of_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"


class StallTenure(Placed):
    """Who held a stall, from when to when; one person may hold several."""

    wall: ClassVar[Wall] = Wall(path="unit__path", person="person_id", site="stall__site_id")
    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=("stall",), condition=models.Q(valid_to=None), name="stall_one_holder_now"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stall} {self.person}"


class PersonalLink(Placed):
    """A link by which one person, and nobody else, answers for himself; only its digest is kept."""

    wall: ClassVar[Wall] = personal("person_id", "person__unit__path")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.machine)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(revoked_at=None), name="link_one_a_person"
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class Poster(Placed):
    """A code on a poster by which people ask to be taken into the register of a unit or site."""

    wall: ClassVar[Wall] = Wall(path="unit__path", site="site_id")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField(default=clock.machine)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return str(self.site or self.unit)


class Joining(Placed):
    """Somebody who asked by a poster to be taken in; of his secret only the digest is kept."""

    wall: ClassVar[Wall] = Wall(path="unit__path", site="poster__site_id")
    poster = models.ForeignKey(Poster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    phone = SealedField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    phone_mask = models.CharField(max_length=40, blank=True)
    employment = models.CharField(max_length=20)
    stall_said = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index(fields=("unit", "outcome", "asked_at"), name="joinings_to_settle"),)

    def __str__(self) -> str:
        return self.name
