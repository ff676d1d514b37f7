"""Notes that somebody sent, notices to their addressees, and the outbox that delivers them."""

from typing import ClassVar

from django.db import models

from lianfang.ground.doors.models import Placed
from lianfang.ground.doors.walls import Wall
from lianfang.ground.notices.rules import Channel, NoticeKind, Sentence
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel import clock, ids

NOTE_LENGTH = 1000


class Message(Placed):
    """A note that somebody sent in the name of a unit to posts or users."""

    text = models.CharField(max_length=NOTE_LENGTH)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=50)
    via = models.CharField(max_length=60)
    sent_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)

    class Meta:
        ordering = ("-sent_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(text__length__lte=NOTE_LENGTH), name="message_text_length"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Notice(models.Model):
    """One sentence to one addressee: a user, or whoever holds a post at a unit."""

    wall: ClassVar[Wall] = Wall(path="message__unit__path", user="user_id", unit="unit_id")
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    msgid = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=clock.machine)
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=80, blank=True)
    read_by_name = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ("-happened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(user=None, unit__isnull=False)
                | models.Q(user__isnull=False, unit=None, role=""),
                name="notice_one_addressee",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in NoticeKind]),
                name="notice_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(read_at=None, read_by="")
                | models.Q(read_at__isnull=False) & ~models.Q(read_by=""),
                name="notice_read_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("user", "read_at"), name="notices_of_a_user"),
            models.Index(fields=("unit", "role", "read_at"), name="notices_of_a_post"),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def sentence(self) -> Sentence:
        """Return what the notice says."""
        return Sentence.read(self.msgid, self.params)


class Outbox(models.Model):
    """The delivery of a notice by one channel: waiting, leased to a worker, sent, or in trouble."""

    wall: ClassVar[Wall] = Wall(
        path="notice__message__unit__path", user="notice__user_id", unit="notice__unit_id"
    )
    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    provider_key = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="outbox_once_a_channel"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[channel.value for channel in Channel]),
                name="outbox_channel_known",
            ),
        )
        indexes = (models.Index(fields=("sent_at", "due_at"), name="outbox_waiting"),)

    def __str__(self) -> str:
        return self.provider_key
