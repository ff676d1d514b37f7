"""Drafting, checking and releasing the group's daily situation: no text that nobody else read."""

from dataclasses import replace
from datetime import date

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.response.queries import countable
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict, NotYourself
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.bulletin import errata
from lianfang.rollup.reports.rules.contract import digest_of, freeze
from lianfang.rollup.reports.services.drafts import refuse_numbers

RELEASED = msgid("This daily situation was issued; a correction is a new version.")
NOT_CHECKED = msgid("Check the daily situation before it is issued.")
OTHER_VERSION = msgid("A newer version was drafted meanwhile; look at that one.")
OTHER_TEXT = msgid("The text has changed since you opened it; read it again first.")
OWN_DRAFT = msgid("You drafted this daily situation; somebody else has to check it.")


@act("bulletins.draft")
def draft_bulletin(actor: Actor, unit: Unit, day: date, remark: str = "") -> Bulletin:
    """Draft the bulletin of a day from the reports as they are; not released ones are replaced."""
    countable(actor, unit, day)
    refuse_numbers(remark, "remark")
    fresh = queries.live_content(actor, day)
    rows = Bulletin.objects.select_for_update(of=("self",)).filter(unit=unit, day=day)
    known = list(rows.order_by("version"))
    last = known[-1] if known else None
    released = next((row for row in reversed(known) if row.released_at), None)
    if released is not None:
        fresh = replace(fresh, errata=errata(queries.bulletin_content(actor, released), fresh))
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
        return Bulletin.objects.create(
            unit=unit, day=day, response=response, version=version, **told
        )
    for name, value in told.items():
        setattr(last, name, value)
    last.checked_at, last.checked_by, last.checked_by_name = None, "", ""
    last.save(update_fields=[*told, "checked_at", "checked_by", "checked_by_name"])
    return last


@act("bulletins.check")
def check_bulletin(actor: Actor, bulletin: Bulletin, digest: str) -> Bulletin:
    """Say that the text with this digest was read and is right; refused to whoever drafted it."""
    row = _as_seen(bulletin, digest)
    if row.drafted_by == actor.who:
        raise NotYourself(OWN_DRAFT)
    row.checked_at = clock.now()
    row.checked_by, row.checked_by_name = actor.who, orgs.name_of(actor)
    row.save(update_fields=["checked_at", "checked_by", "checked_by_name"])
    return row


@act("bulletins.release")
def release_bulletin(actor: Actor, bulletin: Bulletin, digest: str) -> Bulletin:
    """Release the text with this digest, checked and numbered; it is frozen from now on."""
    Response.objects.select_for_update().get(pk=bulletin.response_id)
    row = _as_seen(bulletin, digest)
    if row.checked_at is None:
        raise Conflict(NOT_CHECKED)
    row.number, row.again = queries.number_of(actor, row.response_id, row.day)
    row.content["number"] = row.number
    row.released_at = clock.now()
    row.released_by, row.released_by_name = actor.who, orgs.name_of(actor)
    columns = ["number", "again", "content", "released_at", "released_by", "released_by_name"]
    row.save(update_fields=columns)
    return row


def _as_seen(bulletin: Bulletin, digest: str) -> Bulletin:
    """Return a bulletin as it is now, held until the end of the act, if it is what was read."""
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.get(pk=bulletin.pk)
    if row.released_at is not None:
        raise Conflict(RELEASED)
    newest = Bulletin.objects.filter(unit=row.unit, day=row.day).last()
    if newest != row:
        raise Conflict(OTHER_VERSION)
    if row.digest != digest:
        raise Conflict(OTHER_TEXT)
    return row
