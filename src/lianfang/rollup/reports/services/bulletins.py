"""Drafting, checking and releasing the group's daily situation: no text that nobody else read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.queries import countable
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Sheet
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.naming import refuse_numbers
from lianfang.kernel.refusals import BadInput, Conflict
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.signed import bulletin_facts
from lianfang.rollup.reports.rules.bulletin import (
    Content,
    Correction,
    carried,
    errata,
    explained,
)
from lianfang.rollup.reports.rules.contract import digest_of, freeze
from lianfang.rollup.reports.rules.states import Situation
from lianfang.rollup.reports.services.hands import follow_signatures, situation_sheet

RELEASED = msgid("This daily situation was issued; a correction is a new version.")
OTHER_VERSION = msgid("A newer version was drafted meanwhile; look at that one.")
OTHER_TEXT = msgid("The text has changed since you opened it; read it again first.")
SAY_WHY = msgid("Figures of the issued version change; say why, for each or for all.")
AFTER_DRAFT = (Situation.CHECKED, Situation.ENDORSED)
NOTHING: Mapping[str, str] = MappingProxyType({})


@act("bulletins.draft")
def draft_bulletin(
    actor: Actor, unit: Unit, day: date, remark: str = "", why: Mapping[str, str] = NOTHING
) -> Bulletin:
    """Draft the bulletin of a day from the reports as they are; not released ones are replaced.

    After a release `why` says the reason for each figure that changes, or under "" for all.
    """
    countable(actor, unit, day)
    refuse_numbers(remark, "remark")
    fresh = queries.live_content(actor, day)
    known = list(Bulletin.objects.filter(unit=unit, day=day).order_by("version"))
    last = known[-1] if known else None
    released = next((row for row in reversed(known) if row.released_at), None)
    if released is not None:
        fresh = _corrected(actor, released, fresh, why)
    content, remark = freeze(fresh), remark.strip()
    told = {
        "as_of": clock.now(),
        "content": content,
        "remark": remark,
        "digest": digest_of(content, remark),
        "drafted_at": clock.now(),
        "drafted_by": actor.who,
        "drafted_by_name": orgs.name_of(actor),
    }
    if last is None or last.released_at is not None:
        version = (last.version if last else 0) + 1
        response = queries.response_of(actor)
        made = Bulletin.objects.create(
            unit=unit, day=day, response=response, version=version, **told
        )
        return _drafted(actor, made, situation_sheet(actor, unit, response, made))
    sheet = situation_sheet(actor, unit, last.response, last)
    row = Bulletin.objects.select_for_update(of=("self",)).get(pk=last.pk)
    if row.released_at is not None:
        raise Conflict(RELEASED)
    for step in AFTER_DRAFT:
        told |= {f"{step}_at": None, f"{step}_by": "", f"{step}_by_name": ""}
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=list(told))
    return _drafted(actor, row, sheet)


def _drafted(actor: Actor, row: Bulletin, sheet: Sheet) -> Bulletin:
    """Put the drafter's name under the text, which asks the next one for his."""
    facts = bulletin_facts(actor, sheet)
    stands = signing.standing(actor, sheet, facts)
    if Situation.DRAFTED not in stands.course.held:
        signatures.take(actor, sheet, Situation.DRAFTED, clock.now(), facts=facts)
    else:
        follow_signatures(actor, sheet)
    row.refresh_from_db()
    return row


def _corrected(actor: Actor, released: Bulletin, fresh: Content, why: Mapping[str, str]) -> Content:
    """Return a later version with its numbered corrections, each of which says why."""
    before = queries.bulletin_content(actor, released)
    told = Correction(why, why.get("", ""), orgs.name_of(actor), clock.now())
    found = explained(errata(before, fresh), told)
    if any(not each.reason for each in found):
        raise BadInput(SAY_WHY, field="why")
    return replace(fresh, errata=carried(before, found))


@act("bulletins.check")
def check_bulletin(actor: Actor, bulletin: Bulletin, digest: str) -> Bulletin:
    """Say that the text with this digest was read and is right; refused to whoever drafted it."""
    return _signed(actor, bulletin, digest, Situation.CHECKED)


@act("bulletins.endorse")
def endorse_bulletin(actor: Actor, bulletin: Bulletin, digest: str) -> Bulletin:
    """Put a leader's name under the text with this digest before it is issued (审签)."""
    return _signed(actor, bulletin, digest, Situation.ENDORSED)


@act("bulletins.release")
def release_bulletin(actor: Actor, bulletin: Bulletin, digest: str) -> Bulletin:
    """Release the text with this digest, signed and numbered; it is frozen from now on."""
    return _signed(actor, bulletin, digest, Situation.RELEASED)


def _signed(actor: Actor, bulletin: Bulletin, digest: str, step: Situation) -> Bulletin:
    sheet = situation_sheet(actor, bulletin.unit, bulletin.response, bulletin)
    _refuse_unseen(bulletin, digest)
    signatures.take(actor, sheet, step, clock.now(), facts=bulletin_facts(actor, sheet))
    bulletin.refresh_from_db()
    return bulletin


def _refuse_unseen(bulletin: Bulletin, digest: str) -> None:
    """Refuse what is not the newest text of its day, or not the one that was read."""
    newest = Bulletin.objects.filter(unit=bulletin.unit_id, day=bulletin.day).last()
    if newest is None or newest.pk != bulletin.pk:
        raise Conflict(OTHER_VERSION)
    if newest.released_at is not None:
        raise Conflict(RELEASED)
    if newest.digest != digest:
        raise Conflict(OTHER_TEXT)
