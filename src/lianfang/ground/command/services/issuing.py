"""Issuing a notice of appointment: numbered by the office, its values frozen."""

import hashlib
import json
from dataclasses import replace

from lianfang.ground.command.models import HEADING_LENGTH, NUMBER_LENGTH, AppointmentPaper
from lianfang.ground.command.rules.notice import Content, checked
from lianfang.ground.command.services.dated import entered, hold, short
from lianfang.ground.doors.act import act
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid

NUMBER_TAKEN = msgid("The number %(number)s was given to another paper.")
OTHERS_LENGTH = 300


@act("command.issue", tells=("number",))
def issue_paper(actor: Actor, unit: Unit, content: Content, number: str) -> AppointmentPaper:
    """Issue a notice of appointment under a number; what it says is never changed again."""
    by = entered(actor)
    hold(unit)
    told = checked(
        replace(
            content,
            number=short(number, NUMBER_LENGTH, "number"),
            heading=short(content.heading, HEADING_LENGTH, "heading"),
            addressees=short(content.addressees, OTHERS_LENGTH, "addressees"),
            copies=short(content.copies, OTHERS_LENGTH, "copies"),
        )
    )
    if AppointmentPaper.objects.filter(unit=unit, number=told.number).exists():
        raise BadInput(NUMBER_TAKEN, field="number", number=told.number)
    plain = told.plain()
    frozen = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return AppointmentPaper.objects.create(
        unit=unit,
        number=told.number,
        heading=told.heading,
        dated_on=told.dated_on,
        content=plain,
        sha256=hashlib.sha256(frozen.encode()).hexdigest(),
        **by.columns,
    )
