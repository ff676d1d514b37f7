"""Writing notices, reading them, and sending notes to posts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.act import NOTHING_HERE, Pending, act
from lianfang.ground.notices.models import NOTE_LENGTH, Message, Notice, Outbox
from lianfang.ground.notices.rules import Channel, NoticeKind, Sentence, is_meant
from lianfang.ground.orgs.models import HandOver, Unit, User
from lianfang.ground.orgs.queries import name_of
from lianfang.ground.orgs.watchers import (
    when_a_password_is_set,
    when_a_post_is_lent,
    when_factors_are_taken,
)
from lianfang.kernel import clock, ids, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.parts import parts
from lianfang.kernel.refusals import BadInput, NotAllowed
from lianfang.kernel.texts import msgid

NOTHING_SAID = msgid("Write what you want to say.")
TOO_LONG = msgid("Say it in at most %(most)d characters.")
NOBODY = msgid("Choose to whom the note goes.")
NOTE = msgid("%(by)s: %(text)s")
NEW_PASSWORD = msgid(
    "%(by)s gave you a new password at %(at)s; if you do not know why, ask the administrator."
)
FACTORS_TAKEN = msgid(
    "%(by)s took your second step away at %(at)s; set up a new one at your next sign-in. If you did"
    " not ask for it, tell the administrator at once."
)
POST_LENT = msgid(
    "%(by)s lent your post at %(unit)s to %(deputy)s, from %(since)s until %(until)s; you can take"
    " it back under “My posts and sign-ins”."
)


@dataclass(frozen=True, slots=True)
class To:
    """An addressee: a user, or a post at a unit; without a role, everybody with a post there."""

    user: User | None = None
    unit: Unit | None = None
    role: str = ""

    @property
    def key(self) -> str:
        """Return what tells this addressee from every other."""
        return f"user:{self.user.pk}" if self.user else f"{self.unit and self.unit.pk}:{self.role}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A notice to be written; the same key is written once, whoever writes it again."""

    to: To
    sentence: Sentence
    kind: NoticeKind
    key: str
    url: str = ""
    message: Message | None = None


def post(
    to: To, sentence: Sentence, *, kind: NoticeKind, key: str, now: datetime, url: str = ""
) -> bool:
    """Write one notice inside the act of another service; tell whether it is a new one."""
    return post_all([Posting(to=to, sentence=sentence, kind=kind, key=key, url=url)], now) == 1


def post_all(postings: Sequence[Posting], now: datetime) -> int:
    """Write many notices inside the act of another service; return how many were new."""
    return sum(_post_chunk(part, now) for part in parts(postings))


def _post_chunk(postings: Sequence[Posting], now: datetime) -> int:
    rows = [_notice(posting, now) for posting in postings]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    new = set(Notice.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    Outbox.objects.bulk_create([_delivered(row, now) for row in rows if row.pk in new])
    return len(new)


def _notice(posting: Posting, now: datetime) -> Notice:
    to, sentence = posting.to, posting.sentence
    return Notice(
        pk=ids.new(),
        key=posting.key,
        kind=posting.kind,
        msgid=sentence.msgid,
        params=sentence.plain(),
        url=posting.url,
        user=to.user,
        unit=to.unit,
        role=to.role,
        message=posting.message,
        happened_at=now,
    )


def _delivered(notice: Notice, now: datetime) -> Outbox:
    """Deliver a notice in the app: by being written, in the same transaction."""
    return Outbox(
        notice=notice,
        channel=Channel.IN_APP,
        provider_key=f"{notice.pk}:{Channel.IN_APP}",
        due_at=now,
        sent_at=now,
        tries=1,
    )


@act("notices.mark_read")
def mark_read(actor: Actor, notice: Notice) -> Notice:
    """Say that the addressee has read a notice; the first reading counts."""
    return _read(actor, [notice])[0]


@mark_read.together
def _read_together(actor: Actor, items: Sequence[Pending[Notice]]) -> Sequence[Notice]:
    return _read(actor, [item.where for item in items if isinstance(item.where, Notice)])


def _read(actor: Actor, notices: Sequence[Notice]) -> Sequence[Notice]:
    for notice in notices:
        if not is_meant(actor, user=notice.user_id, unit=notice.unit_id, role=notice.role):
            raise NotAllowed(NOTHING_HERE)
    now, name = clock.now(), name_of(actor)
    unread = Notice.objects.filter(pk__in=[notice.pk for notice in notices], read_at=None)
    unread.update(read_at=now, read_by=actor.who, read_by_name=name)
    return notices


@act("notices.send")
def send(actor: Actor, unit: Unit, text: str, to: Collection[To], key: UUID) -> Message:
    """Send a note in the name of a unit to its own posts and those below, or to users there."""
    said = text.strip()
    if not said:
        raise BadInput(NOTHING_SAID, field="text")
    if len(said) > NOTE_LENGTH:
        raise BadInput(TOO_LONG, field="text", most=NOTE_LENGTH)
    if not to:
        raise BadInput(NOBODY, field="to")
    if not all(_within(unit, each) for each in to):
        raise NotAllowed(NOTHING_HERE)
    sent = Message.objects.filter(pk=key).first()
    return sent or write(actor, unit, said, to, key, clock.now())


def write(
    actor: Actor, unit: Unit, text: str, to: Collection[To], key: UUID, now: datetime
) -> Message:
    """Write a note and its notices inside the act of another service, so that it has receipts."""
    name = name_of(actor)
    message = Message.objects.create(
        pk=key, unit=unit, text=text, by=actor.who, by_name=name, via=actor.via, sent_at=now
    )
    sentence = Sentence(NOTE, {"by": name or str(unit), "text": text})
    post_all([_posting(message, each, sentence) for each in to], now)
    return message


def _posting(message: Message, to: To, sentence: Sentence) -> Posting:
    key = f"note:{message.pk}:{to.key}"
    return Posting(to=to, sentence=sentence, kind=NoticeKind.NOTE, key=key, message=message)


def _tell_of_password(actor: Actor, user: User, now: datetime) -> None:
    """Tell a user that somebody else set his password."""
    sentence = Sentence(NEW_PASSWORD, {"by": name_of(actor), "at": now})
    key = f"password:{ids.new()}"
    post(To(user=user), sentence, kind=NoticeKind.RESULT, key=key, now=now)


def _tell_of_factors(actor: Actor, user: User, now: datetime) -> None:
    """Tell a user that somebody else took his second step away."""
    sentence = Sentence(FACTORS_TAKEN, {"by": name_of(actor), "at": now})
    post(To(user=user), sentence, kind=NoticeKind.RESULT, key=f"factors:{ids.new()}", now=now)


def _tell_of_lending(actor: Actor, lent: HandOver, now: datetime) -> None:
    """Tell the holder of a post that somebody else lent it."""
    told = {"by": name_of(actor), "unit": str(lent.unit), "deputy": str(lent.deputy)}
    sentence = Sentence(POST_LENT, {**told, "since": lent.valid_from, "until": lent.valid_to})
    key = f"lent:{lent.pk}"
    post(To(user=lent.post.user), sentence, kind=NoticeKind.RESULT, key=key, now=now)


when_a_post_is_lent(_tell_of_lending)
when_a_password_is_set(_tell_of_password)
when_factors_are_taken(_tell_of_factors)


def _within(unit: Unit, to: To) -> bool:
    place = to.unit or (to.user.home if to.user else None)
    return place is not None and tree.within(place.path, unit.path)
