"""Where apps above declare their kinds of loops and the jobs that the clock does for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from lianfang.ground.loops.models import Loop
from lianfang.ground.response.rules import Pack
from lianfang.kernel.actor import Actor

#: A plain function, never an act, that runs inside the act of the loop.
Hook = Callable[[Loop, Actor, datetime], None]
LADDER = "loops.reminder_ladder"


def own_page(loop: Loop) -> str:
    """Return the page of the loop itself, for kinds that have no other."""
    return reverse("loops:loop", args=[loop.pk])


def never(_pack: Pack, _day: date) -> datetime | None:
    """Name no due time: whoever opens the loop says when."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of loop: who owes, who verifies, when it is due, where its matter is, what follows.

    `title` is a msgid. A kind with `done_here` can be reported done in the inbox, with note and
    photos; for another one the inbox leads to its page. `acknowledged` kinds wait to be
    acknowledged. A `quiet` kind writes no notice when it opens or closes, only when it is
    returned or late. A verification whose hook cannot be taken back offers no undo.
    """

    code: str
    title: str
    owner_role: str
    verifier_role: str
    due: Callable[[Pack, date], datetime | None] = never
    ladder: str = LADDER
    url: Callable[[Loop], str] = own_page
    on_done: Hook | None = None
    on_verified: Hook | None = None
    on_returned: Hook | None = None
    on_undone: Hook | None = None
    done_here: bool = True
    acknowledged: bool = True
    quiet: bool = False

    @property
    def seen_here(self) -> bool:
        """Tell whether it is verified, returned and waived in the inbox: its app hears of it."""
        return self.done_here or self.on_verified is not None

    @property
    def can_undo(self) -> bool:
        """Tell whether a verification or a return can be taken back wholly."""
        hooked = self.on_verified is not None or self.on_returned is not None
        return self.seen_here and (self.on_undone is not None or not hooked)


@dataclass(frozen=True, slots=True)
class Job:
    """What an app does at every tick: idempotent, and safe when two workers do it at once."""

    code: str
    run: Callable[[Actor, datetime], object]


KINDS: dict[str, Kind] = {}
JOBS: dict[str, Job] = {}


def declare(kind: Kind) -> None:
    """Put a kind of loop on the register."""
    if kind.code in KINDS:
        raise ValueError(f"The kind of loop {kind.code} is declared twice.")
    KINDS[kind.code] = kind


def declare_job(job: Job) -> None:
    """Let the clock do a job at every tick; jobs run in the order in which they were declared."""
    if job.code in JOBS:
        raise ValueError(f"The job {job.code} is declared twice.")
    JOBS[job.code] = job
