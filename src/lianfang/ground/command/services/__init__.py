"""Changing the command structure: seats, lines of work, letters, papers, weak points."""

from lianfang.ground.command.models import Letter
from lianfang.ground.command.services.appointing import (
    AppointmentLine,
    appoint,
    end,
    name_liaison,
    replace,
)
from lianfang.ground.command.services.asking import ask
from lianfang.ground.command.services.calling import Number, phone
from lianfang.ground.command.services.charging import ChargeLine, charge, discharge
from lianfang.ground.command.services.issuing import issue_paper
from lianfang.ground.command.services.letters import SignedLine, issue_letter, sign_letter

__all__ = [
    "AppointmentLine",
    "ChargeLine",
    "Letter",
    "Number",
    "SignedLine",
    "appoint",
    "ask",
    "charge",
    "discharge",
    "end",
    "issue_letter",
    "issue_paper",
    "name_liaison",
    "phone",
    "replace",
    "sign_letter",
]
