"""`lianfang worker`: the clock of the house, which ticks every twenty seconds."""

import argparse
import logging
import signal
import threading
import time
from types import FrameType

from django.db import close_old_connections, connections
from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE
from lianfang.ground.loops.services.ticking import tick
from lianfang.ground.web.requests import sentence
from lianfang.kernel import clock
from lianfang.kernel.refusals import Refused

LOG = logging.getLogger(__name__)
EVERY_SECONDS = 20.0


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("worker", help=_("Do what time brings about, again and again."))
    made.set_defaults(run=run)


def run(_told: argparse.Namespace) -> int:
    """Tick until somebody says stop; what is being done then is finished first."""
    stop = threading.Event()

    def stopped(_signum: int, _frame: FrameType | None) -> None:
        stop.set()

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, stopped)
    go_on(stop)
    connections.close_all()
    return DONE


def go_on(stop: threading.Event, every: float = EVERY_SECONDS) -> None:
    """Tick at every interval of the machine's time; one long tick makes no crowd of short ones."""
    while not stop.is_set():
        began = time.monotonic()
        once()
        close_old_connections()
        stop.wait(max(every - (time.monotonic() - began), 0.1))


def once() -> bool:
    """Tick; what goes wrong is logged, and the next tick tries again."""
    try:
        done = tick(clock.now())
    except Refused as refused:
        LOG.error("no tick: %s", sentence(refused))  # noqa: TRY400 - a refusal has no traceback
    except Exception:
        LOG.exception("the tick broke off; the next one tries again")
    else:
        return not done.failed
    return False
