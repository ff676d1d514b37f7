"""All that time brings about, at every tick: the jobs of the house, the calls, the seal."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db import transaction

from lianfang.ground.audit.jobs import seal_trail
from lianfang.ground.doors.turn import turn
from lianfang.ground.loops.models import Pulse
from lianfang.ground.loops.queries.pulse import last_tick
from lianfang.ground.loops.registry import JOBS, Job
from lianfang.ground.loops.rules import guard
from lianfang.ground.loops.services.reminding import remind, waiting
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK

LOG = logging.getLogger(__name__)
ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: the jobs that ran, those that failed, the loops called about, the seals."""

    at: datetime
    done: tuple[str, ...]
    failed: tuple[str, ...]
    reminded: int
    seals: int


def tick(now: datetime) -> Ticked:
    """Do all that time has brought about; idempotent, and two workers at once do nothing twice.

    A clock that went back is refused before anything is done. A job that fails does not keep the
    others from running: it is named in the pulse, and tried again at the next tick.
    """
    last = last_tick(CLOCK)
    bundled = guard(last.at if last else None, now)
    failed = [job.code for job in JOBS.values() if not _ran(job, now)]
    reminded = _reminded(now, bundled=bundled)
    seals = seal_trail()
    _beat(now, failed)
    done = tuple(code for code in JOBS if code not in failed)
    return Ticked(now, done, tuple(failed), reminded, seals)


def _ran(job: Job, now: datetime) -> bool:
    try:
        job.run(CLOCK, now)
    except Exception:
        LOG.exception("The job %s failed; it is tried again at the next tick.", job.code)
        return False
    return True


def _reminded(now: datetime, *, bundled: bool) -> int:
    rounds = takewhile(lambda _: waiting(CLOCK, now), range(ROUNDS))
    return sum(len(remind(CLOCK, None, now, bundled=bundled).subjects) for _ in rounds)


def _beat(now: datetime, failed: list[str]) -> None:
    """Keep when the clock last ticked; a slower worker does not set it back."""
    told = {"at": now, "machine_at": clock.machine(), "failed": failed}
    with turn(), transaction.atomic():
        Pulse.objects.bulk_create([Pulse(pk=1, **told)], ignore_conflicts=True)
        Pulse.objects.filter(pk=1, at__lte=now).update(**told)
