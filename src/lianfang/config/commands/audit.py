"""`lianfang audit verify`: prove that nothing in the trail was changed."""

import argparse
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, FAILED, note, say, tell
from lianfang.ground.audit import queries
from lianfang.ground.audit.rules.chain import Broken, Finding, Verdict
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.texts import msgid

SENTENCES: Mapping[Broken, str] = MappingProxyType(
    {
        Broken.CHANGED: msgid("An entry was changed after it was sealed"),
        Broken.MISSING: msgid("An entry was taken out after it was sealed"),
        Broken.INSERTED: msgid("An entry was put in afterwards"),
        Broken.REORDERED: msgid("Entries were put into another order"),
        Broken.CHAIN: msgid("A seal was changed, taken out or put in"),
        Broken.FORGED: msgid("A seal was not made with this installation's key"),
        Broken.ANCHOR: msgid("The head that was noted elsewhere is not in the chain any more"),
    }
)


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("audit", help=_("Prove that nothing in the trail was changed."))
    verbs = made.add_subparsers(metavar="verify", required=True)
    verify = verbs.add_parser("verify", help=_("Read the whole trail and its seals."))
    verify.add_argument("--anchor", default="", metavar="HASH", help=_("a head noted elsewhere"))
    verify.add_argument("--json", action="store_true", help=_("answer as JSON"))
    verify.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Say whether the trail is whole; the status is 1 when it is not."""
    verdict = queries.verify(OPERATOR, told.anchor.strip().lower())
    if told.json:
        tell(as_json(verdict))
    elif verdict.finding is None:
        say(_("The trail is whole: %(entries)d entries under %(seals)d seals.") % _counts(verdict))
        say(_("%(unsealed)d entries are not sealed yet.") % _counts(verdict))
        say(_("Head: %(head)s") % _counts(verdict))
    else:
        note(f"lianfang: {sentence(verdict.finding)}")
    return DONE if verdict.whole else FAILED


def sentence(finding: Finding) -> str:
    """Return what is wrong and where."""
    told = _(SENTENCES[finding.broken])
    if finding.seal is not None:
        told += "; " + _("seal %(number)d") % {"number": finding.seal}
    if finding.entry is not None:
        told += "; " + _("entry %(entry)s") % {"entry": finding.entry}
    return told


def as_json(verdict: Verdict) -> Mapping[str, object]:
    """Return the verdict as programs read it."""
    finding = verdict.finding
    first = None
    if finding is not None:
        entry = str(finding.entry) if finding.entry else None
        first = {"kind": finding.broken.value, "seal": finding.seal, "entry": entry}
    return {"whole": verdict.whole, **_counts(verdict), "first": first}


def _counts(verdict: Verdict) -> dict[str, object]:
    return {
        "seals": verdict.seals,
        "entries": verdict.entries,
        "unsealed": verdict.unsealed,
        "head": verdict.head,
    }
