"""`lianfang tick`: do now what time has brought about."""

import argparse
from datetime import datetime

from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, FAILED, say, tell, wrong
from lianfang.ground.loops.queries.pulse import last_tick
from lianfang.ground.loops.rules import guard
from lianfang.ground.loops.services.ticking import Ticked, tick
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("tick", help=_("Do now what time has brought about."))
    made.add_argument("--at", type=_instant, default=None, metavar="ISO")
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Tick once; `--at` moves the time of a rehearsal, and of nothing else."""
    if told.at is not None:
        if not clock.movable():
            return wrong(
                _("The time of this installation cannot be moved; --at is for rehearsals.")
            )
        last = last_tick(CLOCK)
        guard(last.at if last else None, told.at)
        clock.move(told.at)
    done = tick(clock.now())
    if told.json:
        tell(_as_json(done))
    else:
        at = f"{localtime(done.at):%Y-%m-%d %H:%M:%S}"
        words = _("Ticked at %(at)s: %(reminded)d reminders, %(seals)d seals.")
        say(words % {"at": at, "reminded": done.reminded, "seals": done.seals})
    if done.failed:
        failed = _("These jobs failed and are tried again at the next tick: %(jobs)s")
        return wrong(failed % {"jobs": ", ".join(done.failed)}, FAILED)
    return DONE


def _as_json(done: Ticked) -> dict[str, object]:
    return {
        "at": localtime(done.at).isoformat(timespec="seconds"),
        "reminded": done.reminded,
        "seals": done.seals,
        "done": list(done.done),
        "failed": list(done.failed),
    }


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        sentence = _("%(text)s is no time; write it as 2020-01-31T16:00+08:00") % {"text": text}
        raise argparse.ArgumentTypeError(sentence) from None
    return found if found.tzinfo else found.replace(tzinfo=get_default_timezone())
