"""`lianfang report` and `lianfang bulletin`: what was derived, on paper or as JSON."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.papers.lacking import Lack
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR
from lianfang.rollup.reports import queries
from lianfang.rollup.reports.queries.contract import bulletin_out, report_out
from lianfang.rollup.reports.queries.hours import today
from lianfang.rollup.reports.queries.standing import Standing
from lianfang.rollup.reports.rules.speech import spoken

JSON = "json"
WRONG = 2


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer both commands."""
    report = words.add_parser("report", help=_("Show the daily reports of a day."))
    report.add_argument("--day", type=_day, default=None, metavar="YYYY-MM-DD")
    report.add_argument("--unit", default="", metavar="CODE")
    report.add_argument("--json", action="store_true")
    report.set_defaults(run=run_report)
    bulletin = words.add_parser("bulletin", help=_("Write the daily situation of a day."))
    bulletin.add_argument("--day", type=_day, default=None, metavar="YYYY-MM-DD")
    bulletin.add_argument("--format", choices=[JSON, *queries.KINDS], default=JSON)
    bulletin.add_argument("--out", type=Path, default=None, metavar="FILE")
    bulletin.set_defaults(run=run_bulletin)


def run_report(told: argparse.Namespace) -> int:
    """Print one unit's report, or the state of all."""
    day = told.day or today()
    if told.unit:
        unit = orgs.unit_by_code(OPERATOR, told.unit)
        if unit is None:
            return wrong(_("There is no unit with the code %(code)s.") % {"code": told.unit})
        units = [unit]
    else:
        units = list(queries.owing_units(OPERATOR, clock.now()))
    standings = [queries.standing(OPERATOR, unit, day) for unit in units]
    if told.json:
        reports = [report_out(standing).model_dump_json() for standing in standings]
        sys.stdout.write((reports[0] if told.unit else f"[{','.join(reports)}]") + "\n")
    else:
        sys.stdout.write("\n".join(_lines(standings, whole=bool(told.unit))) + "\n")
    return 0


def run_bulletin(told: argparse.Namespace) -> int:
    """Write the bulletin of a day in one format, whole or not at all."""
    day = told.day or today()
    if told.format != JSON and told.out is None:
        return wrong(_("Say with --out into which file the document goes."))
    if orgs.group(OPERATOR) is None:
        return wrong(_("There is no group yet; import the units first."))
    if told.format == JSON:
        body = bulletin_out(OPERATOR, day).model_dump_json(indent=1).encode() + b"\n"
    else:
        paper = queries.printed(OPERATOR, day, settings.LANGUAGE_CODE)
        body = paper.made(told.format)
        _say_lacking(paper.lacks)
    if told.out is None:
        sys.stdout.write(body.decode())
        return 0
    return _write(told.out, body)


def _say_lacking(found: Sequence[Lack]) -> None:
    """Name on the standard error each character that no face can draw, with its word."""
    for each in found:
        told = {"letter": each.letter, "code": each.code, "word": each.word}
        sentence = _("No typeface here has %(letter)s (%(code)s) in “%(word)s”.") % told
        sys.stderr.write(f"lianfang: {sentence}\n")


def wrong(sentence: str) -> int:
    """Say what is wrong on the standard error."""
    sys.stderr.write(f"lianfang: {sentence}\n")
    return WRONG


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("%(text)s is no day; write it as 2020-01-31.") % {"text": text}
        raise argparse.ArgumentTypeError(sentence) from None


def _write(out: Path, body: bytes) -> int:
    fresh = out.with_name(f".{out.name}.new")
    try:
        fresh.write_bytes(body)
        fresh.replace(out)
    except OSError as broken:
        fresh.unlink(missing_ok=True)
        told = {"file": out, "reason": broken.strerror}
        return wrong(_("%(file)s cannot be written (%(reason)s); choose another place.") % told)
    return 0


def _lines(standings: Sequence[Standing], *, whole: bool) -> Sequence[str]:
    if not whole:
        return [
            f"{s.unit.code}\t{s.unit}\t{s.state.value}\t{_('late') if s.late else ''}"
            for s in standings
        ]
    return [
        f"{_(entry.figure.label)}\t{spoken(entry.value.value)}\t{entry.value.state.value}"
        for standing in standings
        for entry in standing.entries
    ]
