"""The version of everything that the board shows: it moves when somebody did something."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Count, Max
from django.db.models.functions import Cast

from lianfang.ground.doors.models import Entry
from lianfang.ground.doors.visible import visible
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A version of the house: the minute, and how far the trail has come since the last but one."""

    minute: str
    acts: str

    def __str__(self) -> str:
        return f"{self.minute}-{self.acts}"


def stamp() -> Stamp:
    """Return a version that changes with every act in the house, and with every minute.

    Every change is an act and every act is entered, so the trail of the last two minutes tells by
    one short range of its key whether anything happened. Late commits change the count. A new
    minute is a new version because the line of now and what is late move with it.
    """
    minute = clock.machine().replace(second=0, microsecond=0)
    entries = visible(Entry, OPERATOR, "trail.read").filter(
        pk__gte=_first_key(minute - MINUTE), refused=""
    )
    # PostgreSQL before 18 knows no greatest UUID; written out they sort alike
    key = Cast("pk", CharField(max_length=36))
    told = entries.order_by().aggregate(n=Count("pk"), last=Max(key))
    last = str(told["last"] or "")[-12:]
    return Stamp(f"{minute:%H%M}{clock.now():%m%d%H%M}", f"{told['n']}.{last}")


def _first_key(at: datetime) -> UUID:
    """Return the lowest identifier that can be made at an instant."""
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62))
