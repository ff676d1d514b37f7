"""`lianfang doctor`: what is set up, what is missing, and what to do about it."""

import argparse
from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianfang.config.commands import examining
from lianfang.config.commands.findings import Finding, State
from lianfang.config.commands.output import DONE, FAILED, say, tell

SIGNS = {State.GOOD: "✓", State.WARN: "!", State.BAD: "✗"}


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("doctor", help=_("Say what is set up, what is missing, what to do."))
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Look at everything; the status is 1 when something keeps Lianfang from working."""
    found = examining.examine()
    well = not any(finding.state is State.BAD for finding in found)
    if told.json:
        checks = [
            {"code": f.code, "state": f.state.value, "found": f.found, "do": f.todo} for f in found
        ]
        tell({"well": well, "checks": checks})
    else:
        _say(found, well=well)
    return DONE if well else FAILED


def _say(found: Sequence[Finding], *, well: bool) -> None:
    for finding in found:
        say(f"{SIGNS[finding.state]} {finding.found}")
        if finding.todo:
            say(f"  → {finding.todo}")
    say(_("All that is needed is there.") if well else _("Something is missing; see ✗ above."))
