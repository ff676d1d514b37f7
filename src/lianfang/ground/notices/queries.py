"""What somebody has to read, what he sent, and who has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, pgettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.doors.walls import NONE
from lianfang.ground.notices.models import Message, Notice
from lianfang.ground.notices.rules import KIND, KIND_WORDS, NoticeKind, Sentence, account, seats
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules.words import POST, WORDS
from lianfang.ground.web.words import short_day, stamp
from lianfang.kernel.actor import OPERATOR, Actor

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as its reader sees it."""

    id: UUID
    kind: str
    kind_word: str
    text: str
    url: str
    happened_at: datetime
    read_at: datetime | None
    read_by_name: str
    read_by_me: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many notices of a kind wait."""

    code: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A note that was sent, and how many of its addressees have read it."""

    id: UUID
    text: str
    by_name: str
    unit_name: str
    sent_at: datetime
    of: int
    read: int

    @property
    def unread(self) -> int:
        """Return how many have not read it."""
        return self.of - self.read


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whether an addressee has read a note, and who read it there."""

    to: str
    read_at: datetime | None
    read_by_name: str
    vacant: bool


def say(sentence: Sentence) -> str:
    """Return a stored sentence in the reader's language."""
    return sentence.say(_translate, _show)


def post_word(role: str) -> str:
    """Return how a post is called; no role is everybody with a post at the unit."""
    return pgettext(POST, WORDS[POST][role]) if role else gettext("Everybody with a post")


def notices(actor: Actor, act: str = "notices.read") -> QuerySet[Notice]:
    """Return the notices that are meant for the actor, newest first."""
    meant = [Q(unit_id=unit, role__in=["", role], user=None) for unit, role in seats(actor)]
    user = account(actor)
    if user is not None:
        meant.append(Q(user_id=user))
    return visible(Notice, actor, act).filter(reduce(or_, meant, NONE))


def notice(actor: Actor, key: UUID) -> Notice:
    """Return one notice to be marked as read, or say that there is none."""
    return get_object_or_404(notices(actor, "notices.mark_read"), pk=key)


def unread(actor: Actor, act: str = "notices.mark_read", kind: str = "") -> QuerySet[Notice]:
    """Return the notices that nobody has read yet."""
    found = notices(actor, act).filter(read_at=None)
    return found.filter(kind=kind) if kind else found


def unread_count(actor: Actor) -> int:
    """Return the number at the bell."""
    return unread(actor, "notices.read").count()


def kinds(actor: Actor) -> list[KindCount]:
    """Return the kinds of notices with how many of each are unread."""
    told = unread(actor, "notices.read").order_by().values_list("kind").annotate(n=Count("pk"))
    counts = dict(told)
    return [
        KindCount(kind, pgettext(KIND, word), counts.get(kind, 0))
        for kind, word in KIND_WORDS.items()
    ]


def lines(actor: Actor, *, kind: str = "", everything: bool = False) -> list[Line]:
    """Return what the list shows: the unread ones, or all, of one kind or of all kinds."""
    found = notices(actor) if everything else unread(actor, "notices.read")
    if kind:
        found = found.filter(kind=kind)
    return [_line(actor, row) for row in found[:PAGE]]


def senders(actor: Actor) -> QuerySet[Unit]:
    """Return the units in whose name the actor may send a note: those at which he has a post."""
    own = [unit for unit, _role in seats(actor)]
    return orgs.units(actor, "notices.send").filter(pk__in=own)


def recipients(actor: Actor) -> QuerySet[Unit]:
    """Return the units to whose posts the actor may write."""
    return orgs.units(actor, "notices.send")


def messages(actor: Actor) -> QuerySet[Message]:
    """Return the notes that were sent in the name of the units that the actor sends for."""
    return visible(Message, actor, "notices.send").select_related("unit")


def message(actor: Actor, key: UUID) -> Message:
    """Return one note that was sent, or say that there is none."""
    return get_object_or_404(messages(actor), pk=key)


def sent(actor: Actor) -> list[Sent]:
    """Return the notes that were sent, newest first, with how many have read each."""
    found = list(messages(actor)[:PAGE])
    read = dict(_counts(actor, found, Q(read_at__isnull=False)))
    of = dict(_counts(actor, found, Q()))
    return [_sent(row, of.get(row.pk, 0), read.get(row.pk, 0)) for row in found]


def one_sent(actor: Actor, row: Message) -> Sent:
    """Return one note with how many have read it."""
    found = receipts(actor, row)
    return _sent(row, len(found), sum(1 for each in found if each.read_at))


def receipts(actor: Actor, row: Message) -> list[Receipt]:
    """Return who has read a note and who has not; those who have not come first (R86)."""
    found = visible(Notice, actor, "notices.send").filter(message=row)
    ordered = found.select_related("unit", "user").order_by("read_at", "unit__path", "role")
    unread_first = sorted(ordered, key=lambda each: each.read_at is not None)
    held = set(orgs.posts(OPERATOR).values_list("unit_id", "role"))
    return [
        Receipt(
            to=_to(each),
            read_at=each.read_at,
            read_by_name=each.read_by_name,
            vacant=bool(each.role) and (each.unit_id, each.role) not in held,
        )
        for each in unread_first
    ]


def _counts(actor: Actor, rows: Sequence[Message], which: Q) -> QuerySet[Notice, tuple[UUID, int]]:
    found = visible(Notice, actor, "notices.send").filter(which, message__in=rows).order_by()
    return found.values_list("message_id").annotate(n=Count("pk"))


def _sent(row: Message, of: int, read: int) -> Sent:
    return Sent(row.pk, row.text, row.by_name, str(row.unit), row.sent_at, of, read)


def _line(actor: Actor, row: Notice) -> Line:
    return Line(
        id=row.pk,
        kind=row.kind,
        kind_word=pgettext(KIND, KIND_WORDS[NoticeKind(row.kind)]),
        text=say(row.sentence),
        url=row.url,
        happened_at=row.happened_at,
        read_at=row.read_at,
        read_by_name=row.read_by_name,
        read_by_me=row.read_by == actor.who,
    )


def _to(row: Notice) -> str:
    return str(row.user) if row.user else f"{row.unit} {post_word(row.role)}"


def _translate(context: str, text: str) -> str:
    return pgettext(context, text) if context else gettext(text)


def _show(moment: datetime | date) -> str:
    return stamp(moment) if isinstance(moment, datetime) else short_day(moment)
