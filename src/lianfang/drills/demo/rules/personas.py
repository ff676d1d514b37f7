"""The posts that a visitor of the demo may take, in the order of the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from lianfang.kernel.texts import msgid


@dataclass(frozen=True, slots=True)
class Persona:
    """A post to take: whose, what it is called, and what there is to do."""

    login: str
    post: str
    does: str


PERSONAS: Sequence[Persona] = (
    Persona(
        "zhoulan",
        msgid("Group office"),
        msgid(
            "Sees the board, reminds three late companies, drafts and issues the daily situation."
        ),
    ),
    Persona(
        "clerk02",
        msgid("Clerk of a company that is late"),
        msgid("Types what is still open, has it signed and sends the report."),
    ),
    Persona(
        "principal02",
        msgid("Principal of that company"),
        msgid("Signs the numbers, on the phone too."),
    ),
    Persona(
        "zhengyizhou",
        msgid("Liaison leader"),
        msgid("Looks after four companies and sees who is late."),
    ),
    Persona(
        "employee",
        msgid("Employee"),
        msgid("Checks in on the phone in ten seconds."),
    ),
    Persona(
        "zhengyizhou-lead",
        msgid("Leading group"),
        msgid("Reads and issues the daily situation."),
    ),
    Persona(
        "fanghaitao-lead",
        msgid("Leading group, on the phone"),
        msgid("Endorses the daily situation, returns it or instructs, with one tap."),
    ),
    Persona(
        "chenyue",
        msgid("Group office, second desk"),
        msgid("Checks the daily situation that the first desk has drafted."),
    ),
    Persona("admin", msgid("Administrator"), msgid("Units, sites, users, posts, imports.")),
    Persona("shenji", msgid("Auditor"), msgid("Reads the sealed trail.")),
)

#: How far the visitor may move the clock at a time, by the word on the button.
STEPS = {
    "10m": timedelta(minutes=10),
    "40m": timedelta(minutes=40),
    "4h": timedelta(hours=4),
    "16h": timedelta(hours=16),
}
