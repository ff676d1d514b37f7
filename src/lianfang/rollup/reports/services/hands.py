"""What a signature brings about in a daily situation: its columns, its number, its freezing."""

from datetime import datetime

from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response.models import Response
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing import services as signatures
from lianfang.ground.signing.models import Decision, Sheet
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.signed import bulletin_facts
from lianfang.rollup.reports.rules.days import situation_key
from lianfang.rollup.reports.rules.states import DAILY_SITUATION, Situation

TITLE = msgid("Daily situation of %(day)s")


def situation_sheet(actor: Actor, unit: Unit, response: Response, told: Bulletin) -> Sheet:
    """Return the sheet that travels with a daily situation, held until the end of the act."""
    title = Sentence(TITLE, {"day": told.day})
    key = situation_key(told.day, told.version)
    return signatures.open_sheet(actor, unit, DAILY_SITUATION, key, title, response)


def situation_signed(sheet: Sheet, decision: Decision, actor: Actor, _now: datetime) -> None:
    """Let the columns of a daily situation follow its signatures; the last one issues it."""
    if decision.step != Situation.RELEASED:
        follow_signatures(actor, sheet)
        return
    _hold_numbers(sheet)
    row, told = _row(sheet), _standing(actor, sheet)
    columns = _marked(row, told)
    row.number, row.again = queries.number_of(actor, row.response_id, row.day)
    row.content["number"] = row.number
    row.content["signatures"] = [hand.plain() for hand in signing.hands(told)]
    row.save(update_fields=[*columns, "number", "again", "content"])


def situation_changed(sheet: Sheet, _decision: Decision, actor: Actor, _now: datetime) -> None:
    """Let the columns follow what stands after a return, or after a word was taken back."""
    follow_signatures(actor, sheet)


def follow_signatures(actor: Actor, sheet: Sheet) -> None:
    """Write into a daily situation which signatures stand under its text as it is."""
    row = _row(sheet)
    row.save(update_fields=_marked(row, _standing(actor, sheet)))


def _standing(actor: Actor, sheet: Sheet) -> signing.Standing:
    return signing.standing(actor, sheet, bulletin_facts(actor, sheet))


def _marked(row: Bulletin, told: signing.Standing) -> list[str]:
    """Set the columns of every step; who drafted a text that was returned stays its drafter."""
    columns = []
    for step in Situation:
        held = told.decision(step)
        if held is not None:
            columns += _mark(row, step, held.at, held.by, held.by_name)
        elif step is not Situation.DRAFTED:
            columns += _mark(row, step, None, "", "")
    return columns


def _hold_numbers(sheet: Sheet) -> None:
    """Let nobody else number a paper of this response until the act ends."""
    if sheet.response is not None:
        Response.objects.select_for_update().get(pk=sheet.response.pk)


def _row(sheet: Sheet) -> Bulletin:
    day, version = sheet.key.split(":")
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(unit=sheet.unit_id, day=day, version=int(version))


def _mark(row: Bulletin, step: str, at: datetime | None, who: str, name: str) -> list[str]:
    told = {f"{step}_at": at, f"{step}_by": who, f"{step}_by_name": name}
    for column, value in told.items():
        setattr(row, column, value)
    return list(told)
