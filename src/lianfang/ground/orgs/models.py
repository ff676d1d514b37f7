"""Units with their names and parents, sites with gates and stalls, users, posts and tokens."""

from datetime import time
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from lianfang.ground.doors.fields import PathField
from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall, addressed, placed
from lianfang.ground.orgs.rules import Role, Sector, SiteKind, StallState, UnitKind
from lianfang.kernel import clock, ids
from lianfang.kernel.codes import BREAKING


def _one_of(field: str, words: type[UnitKind | Sector | SiteKind | StallState | Role]) -> models.Q:
    return models.Q((f"{field}__in", [word.value for word in words]))


def _safe_in_an_address() -> models.Q:
    """Return the condition that keeps a code from breaking the addresses made of it."""
    breaks = models.Q(code="") | models.Q(code__startswith=".")
    for mark in BREAKING:
        breaks |= models.Q(code__contains=mark)
    return ~breaks


class Unit(models.Model):
    """A node of the organisation tree."""

    wall: ClassVar[Wall] = placed("path")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    second_plate = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)
    sector = models.CharField(max_length=20, default=Sector.OTHER)
    credit_code = models.CharField(max_length=18, blank=True)
    registered_capital = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    principal = models.CharField(max_length=50, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    post_code = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=200, blank=True)
    day_starts = models.TimeField(default=time.min)
    path = PathField(max_length=60, unique=True)
    sort_key = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("path",)
        constraints = (
            models.CheckConstraint(condition=_one_of("kind", UnitKind), name="unit_kind_known"),
            models.CheckConstraint(condition=_one_of("sector", Sector), name="unit_sector_known"),
            models.CheckConstraint(condition=_safe_in_an_address(), name="unit_code_in_address"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name


class UnitName(Placed):
    """A name that a unit had for a time; papers print the one valid on their date (R101)."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return self.name


class Parentage(Placed):
    """Under which unit a unit stood, from when to when."""

    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit",),
                condition=models.Q(valid_to=None),
                name="parentage_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("serial",),
                condition=models.Q(parent=None, valid_to=None),
                name="parentage_one_group",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} < {self.parent}"


class Site(Placed):
    """A place that a unit runs: market, building, factory, shop, dormitory."""

    wall: ClassVar[Wall] = placed(site="id")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=6, blank=True)
    subdistrict = models.CharField(max_length=60, blank=True)
    area_m2 = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    capacity = models.PositiveIntegerField(null=True)
    day_starts = models.TimeField(default=time.min)
    sort_key = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=_one_of("kind", SiteKind), name="site_kind_known"),
            models.CheckConstraint(condition=_safe_in_an_address(), name="site_code_in_address"),
        )

    def __str__(self) -> str:
        return self.name


class Gate(Placed):
    """A way into a site."""

    wall: ClassVar[Wall] = placed(site="site_id")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("site", "name"), name="gate_name_a_site"),)

    def __str__(self) -> str:
        return self.name


class Stall(Placed):
    """A place of business in a market; who holds it stands in the register of people."""

    wall: ClassVar[Wall] = placed(site="site_id")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default=StallState.OPEN)
    helpers_declared = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("sort_key", "number")
        constraints = (
            models.UniqueConstraint(fields=("site", "number"), name="stall_number_a_site"),
            models.CheckConstraint(
                condition=_one_of("state", StallState), name="stall_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.number


class User(AbstractBaseUser):
    """Somebody who signs in; `person` is his row in the register of people."""

    wall: ClassVar[Wall] = Wall(path="home__path", user="id")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=50)
    email = models.EmailField(blank=True)
    home = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    person = models.UUIDField(null=True, unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.machine)
    password_by_another = models.BooleanField(default=False)
    second_step_asked_at = models.DateTimeField(null=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.UniqueConstraint(Lower("username"), name="user_name_in_any_case"),)

    def __str__(self) -> str:
        return self.name or self.username


class Post(Placed):
    """A role that a user holds at a unit, or at one site of it, for a period."""

    wall: ClassVar[Wall] = Wall(path="unit__path", user="user_id")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("valid_from",)
        indexes = (models.Index(fields=("user", "valid_to"), name="posts_of_a_user"),)
        constraints = (
            models.CheckConstraint(condition=_one_of("role", Role), name="post_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.unit}"


class HandOver(Placed):
    """A post lent to a deputy for a time (AB 角): he acts in the holder's stead until it ends."""

    wall: ClassVar[Wall] = Wall(path="unit__path", user="post__user_id")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    reason = models.CharField(max_length=120)
    given_by = models.CharField(max_length=80)
    given_by_name = models.CharField(max_length=50, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("valid_from",)
        indexes = (models.Index(fields=("deputy", "valid_to"), name="hand_overs_to_a_deputy"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")),
                name="hand_over_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post} → {self.deputy}"


class Token(Placed):
    """A bearer token, bound to a unit and a post; only its digest is kept."""

    wall: ClassVar[Wall] = addressed(user="user_id", path="unit__path")
    label = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.machine)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.unit}"


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in; its owner and his administrator may end it."""

    wall: ClassVar[Wall] = Wall(path="user__home__path", user="user_id")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField(null=True, db_index=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.user} {self.agent}"
