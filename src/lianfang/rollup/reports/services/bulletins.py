"""Drafting, checking and releasing the group's daily situation."""

from dataclasses import replace
from datetime import date

from lianfang.ground.doors.act import act
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.rules.bulletin import errata
from lianfang.rollup.reports.rules.contract import freeze
from lianfang.rollup.reports.services.drafts import refuse_numbers

RELEASED = msgid("This bulletin was released; a correction is a new version.")
NOT_CHECKED = msgid("Check the bulletin before it is released.")
OTHER_VERSION = msgid("A newer version was drafted meanwhile; look at that one.")


@act("bulletins.draft")
def draft_bulletin(actor: Actor, unit: Unit, day: date, remark: str = "") -> Bulletin:
    """Draft the bulletin of a day from the reports as they are; not released ones are replaced."""
    refuse_numbers(remark, "remark")
    fresh = queries.live_content(actor, day)
    rows = Bulletin.objects.filter(unit=unit, day=day)
    last, released = rows.last(), rows.filter(released_at__isnull=False).last()
    if released is not None:
        fresh = replace(fresh, errata=errata(queries.bulletin_content(released), fresh))
    content = freeze(fresh)
    told = {
        "as_of": clock.now(),
        "content": content,
        "remark": remark.strip(),
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
def check_bulletin(actor: Actor, bulletin: Bulletin) -> Bulletin:
    """Say that the numbers and words of a draft were read and are right."""
    _refuse_settled(bulletin)
    bulletin.checked_at = clock.now()
    bulletin.checked_by, bulletin.checked_by_name = actor.who, orgs.name_of(actor)
    bulletin.save(update_fields=["checked_at", "checked_by", "checked_by_name"])
    return bulletin


@act("bulletins.release")
def release_bulletin(actor: Actor, bulletin: Bulletin) -> Bulletin:
    """Release a checked bulletin; it is frozen from now on."""
    _refuse_settled(bulletin)
    if bulletin.checked_at is None:
        raise Conflict(NOT_CHECKED)
    bulletin.released_at = clock.now()
    bulletin.released_by, bulletin.released_by_name = actor.who, orgs.name_of(actor)
    bulletin.save(update_fields=["released_at", "released_by", "released_by_name"])
    return bulletin


def _refuse_settled(bulletin: Bulletin) -> None:
    if bulletin.released_at is not None:
        raise Conflict(RELEASED)
    newest = Bulletin.objects.filter(unit=bulletin.unit, day=bulletin.day).last()
    if newest != bulletin:
        raise Conflict(OTHER_VERSION)
