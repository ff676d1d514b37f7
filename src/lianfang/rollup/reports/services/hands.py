"""What a signature brings about in a daily situation: its columns, its number, its freezing."""

from collections.abc import Iterable
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
AFTER_DRAFT = (Situation.CHECKED, Situation.ENDORSED)


def situation_sheet(actor: Actor, unit: Unit, response: Response, told: Bulletin) -> Sheet:
    """Return the sheet that travels with a daily situation, held until the end of the act."""
    title = Sentence(TITLE, {"day": told.day})
    key = situation_key(told.day, told.version)
    return signatures.open_sheet(actor, unit, DAILY_SITUATION, key, title, response)


def situation_signed(sheet: Sheet, decision: Decision, actor: Actor, now: datetime) -> None:
    """Let the columns of a daily situation follow its signatures; the last one issues it."""
    if decision.step == Situation.DRAFTED:
        return
    if decision.step == Situation.RELEASED:
        _hold_numbers(sheet)
    row = _row(sheet)
    columns = _mark(row, decision.step, now, decision.by, decision.by_name)
    if decision.step == Situation.RELEASED:
        row.number, row.again = queries.number_of(actor, row.response_id, row.day)
        row.content["number"] = row.number
        hands = signing.hands(signing.standing(actor, sheet, bulletin_facts(actor, sheet)))
        row.content["signatures"] = [hand.plain() for hand in hands]
        columns += ["number", "again", "content"]
    row.save(update_fields=columns)


def situation_returned(sheet: Sheet, _decision: Decision, _actor: Actor, _now: datetime) -> None:
    """Take the signatures off a daily situation that was returned."""
    _clear(sheet, AFTER_DRAFT)


def situation_undone(sheet: Sheet, decision: Decision, _actor: Actor, _now: datetime) -> None:
    """Take one signature off a daily situation."""
    if decision.step in AFTER_DRAFT:
        _clear(sheet, (decision.step,))


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


def _clear(sheet: Sheet, steps: Iterable[str]) -> None:
    row = _row(sheet)
    columns = [column for step in steps for column in _mark(row, step, None, "", "")]
    row.save(update_fields=columns)
