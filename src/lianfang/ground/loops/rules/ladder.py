"""The ladder of reminders: who is told when, counted from the due time (R58)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lianfang.kernel.refusals import Conflict
from lianfang.kernel.texts import msgid

#: A clock that went back further than this is wrong; one that jumped further ahead stood still.
BACK = timedelta(minutes=5)
JUMP = timedelta(hours=1)
#: After so long without a tick the clock of the house is taken for dead.
DEAD = timedelta(minutes=3)
OWNER = "owner"

WENT_BACK = msgid("The clock went back by %(minutes)d min; set it right before anything is done.")


class Call(StrEnum):
    """In which tone somebody is told."""

    REMIND = "remind"
    CHASE = "chase"
    ESCALATE = "escalate"
    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"


class ClockWentBack(Conflict):
    """The time of the matter is earlier than it was at the last tick."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: so many minutes from the due time, somebody is told."""

    minutes: int
    call: Call
    to: str

    def at(self, due: datetime) -> datetime:
        """Return when this step is taken."""
        return due + timedelta(minutes=self.minutes)

    def code(self, due: datetime) -> str:
        """Return what tells this step from every other one of the same loop."""
        return f"{due:%Y%m%d%H%M}:{self.minutes}:{self.to}"


def rungs(entries: Iterable[Mapping[str, object]]) -> tuple[Rung, ...]:
    """Read a ladder as the pack states it, in the order of time."""
    found = [
        Rung(int(str(each["minutes"])), Call(str(each["step"])), str(each["to"]))
        for each in entries
    ]
    return tuple(sorted(found, key=lambda rung: rung.minutes))


def passed(
    ladder: Sequence[Rung], due: datetime, now: datetime, reached: int | None
) -> tuple[Rung, ...]:
    """Return the steps whose time has come since the last one that was reached."""
    return tuple(
        rung
        for rung in ladder
        if rung.at(due) <= now and (reached is None or rung.minutes > reached)
    )


def called_for(found: Sequence[Rung], due: datetime, since: datetime) -> tuple[Rung, ...]:
    """Return the steps that mean something: not those from before the loop was opened."""
    return tuple(rung for rung in found if rung.at(due) > since)


def guard(last: datetime | None, now: datetime) -> bool:
    """Refuse a clock that went back; tell whether it stood still so long that calls are bundled."""
    if last is None:
        return False
    if now < last - BACK:
        raise ClockWentBack(WENT_BACK, minutes=int((last - now).total_seconds() // 60))
    return now - last > JUMP


def is_dead(last: datetime | None, now: datetime) -> bool:
    """Tell whether the clock of the house stands still."""
    return last is None or now - last > DEAD
