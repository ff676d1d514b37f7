"""Writing a change of the pack, handing it to a second person, and putting it in force."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries, watchers
from lianfang.ground.response.models import Draft, DraftText, PackVersion
from lianfang.ground.response.rules import Pack
from lianfang.ground.response.rules.drafting import Drafted, DraftKind, Examined, dump
from lianfang.ground.response.rules.features import check_complete
from lianfang.ground.response.services.packs import activate, running
from lianfang.ground.response.watchers import Effect
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput, Conflict, NotYourself
from lianfang.kernel.texts import msgid

SETTLED = msgid("This draft is settled already; begin another one.")
SAVED_BETWEEN = msgid(
    "%(who)s saved this draft in the meantime: look at what it says now, then do it again. Nothing"
    " that you typed is lost."
)
FORMER = msgid("This draft was written for a response that has ended; begin another one.")
NOT_SOUND = msgid("This draft cannot be put in force yet: see what is wrong with it.")
MOVED_ON = msgid("The pack has a newer version than this draft was checked against; look again.")
SECOND_PERSON = msgid("You wrote this draft; somebody else of the group office puts it in force.")
TITLE_LONG = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a draft: what it says now, on top of which saving."""

    number: int
    drafted: Drafted


@act("response.draft", tells=("kind",))
def begin_draft(actor: Actor, group: Unit, kind: DraftKind, drafted: Drafted) -> Draft:
    """Begin to write a change of the pack in force."""
    response, now = running(group), clock.now()
    draft = Draft.objects.create(
        response=response,
        kind=kind,
        base=_newest(response.pk),
        recorded_at=now,
        by=actor.who,
    )
    _save(actor, draft, 1, drafted, now)
    return draft


@act("response.redraft")
def save_draft(actor: Actor, group: Unit, draft: Draft, change: Change) -> DraftText:
    """Keep what a draft says now; who wrote in between is never written over unseen."""
    row = _open(draft)
    last = _last(actor, row, change.number)
    return _save(actor, row, last.number + 1, change.drafted, clock.now())


@act("response.discard")
def discard_draft(actor: Actor, group: Unit, draft: Draft) -> Draft:
    """Lay a draft aside; it stays readable."""
    return _settle(actor, _open(draft), None)


@act("response.enact", tells=("alone",))
def put_in_force(
    actor: Actor,
    group: Unit,
    draft: Draft,
    seen: PackVersion,
    number: int,
    *,
    alone: bool = False,
) -> PackVersion:
    """Make a draft the next version of the pack: a second person does, where there is one.

    `seen` is the version against which its effects were looked at, `number` the saving that
    was read: what somebody saved after that is not put in force unread.
    """
    response, row = running(group), _open(draft)
    if row.response_id != response.pk:
        raise Conflict(FORMER)
    text = _last(actor, row, number)
    if queries.is_own(actor, row) and (not alone or queries.others(actor, row)):
        raise NotYourself(SECOND_PERSON)
    newest = _newest(response.pk)
    if newest.pk != seen.pk:
        raise Conflict(MOVED_ON)
    pack, title = _result(actor, row, text)
    version = activate(actor, response, pack, title[:TITLE_LONG])
    _settle(actor, row, version)
    return version


def looked_at(
    actor: Actor, draft: Draft, text: DraftText, drafted: Drafted | None = None
) -> Examined:
    """Say what a draft would make, rules included, or everything that keeps it from being made."""
    found = queries.examined(actor, draft, text, drafted)
    if found.pack is None:
        return found
    now = clock.now()
    try:
        watchers.check_rules(found.pack, now)
        check_complete(found.pack, now)
    except BadInput as wrong:
        return Examined(None, {}, wrong)
    return found


def effects(actor: Actor, draft: Draft, found: Examined) -> list[Effect]:
    """Return what a sound draft would do to people, figures and loops as they are now."""
    if found.pack is None:
        return []
    now = clock.now()
    before = queries.whole_of(actor, draft)
    at = queries.at_of(before, found.pack)
    return watchers.foreseen(actor, before.at(now), found.pack.at(at), now)


def _result(actor: Actor, draft: Draft, text: DraftText) -> tuple[Pack, str]:
    found = looked_at(actor, draft, text)
    if found.pack is None:
        raise found.whole or next(iter(found.wrong.values()), BadInput(NOT_SOUND))
    return found.pack, queries.drafted_of(text).title


def _newest(response: UUID) -> PackVersion:
    return PackVersion.objects.filter(response=response).order_by("version").reverse()[0]


def _open(draft: Draft) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.settled_at is not None:
        raise Conflict(SETTLED)
    return row


def _last(actor: Actor, row: Draft, number: int) -> DraftText:
    """Return what a draft says now, if that is the saving on which somebody acts."""
    last = DraftText.objects.filter(draft=row).order_by("-number")[0]
    if last.number != number:
        raise Conflict(SAVED_BETWEEN, who=queries.who_is(actor, last.by))
    return last


def _save(actor: Actor, draft: Draft, number: int, told: Drafted, now: datetime) -> DraftText:
    return DraftText.objects.create(
        draft=draft, number=number, text=dump(told), saved_at=now, by=actor.human or actor.who
    )


def _settle(actor: Actor, row: Draft, made: PackVersion | None) -> Draft:
    row.settled_at, row.settled_by, row.made = clock.now(), actor.who, made
    row.save(update_fields=["settled_at", "settled_by", "made"])
    return row
