"""`lianfang import`: take a spreadsheet in, whole or not at all."""

import argparse
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from lianfang.config.commands.output import DONE, FAILED, note, say, tell, wrong
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.web.imports import ImportKind, kind_of
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.spreadsheets import writing
from lianfang.kernel.spreadsheets.outcome import Outcome
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.kernel.texts import msgid

KINDS = ("units", "sites", "stalls", "people")
REFUSED = 2
NOT_HERE = msgid("This installation does not take such files; nothing was imported.")
NO_UNIT = msgid("There is no unit with the code %(unit)s; nothing was imported.")
NO_FILE = msgid("there is no such file in %(file)s; look at the path.")


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer the command."""
    made = words.add_parser("import", help=_("Take a spreadsheet in, whole or not at all."))
    made.add_argument("kind", choices=KINDS)
    made.add_argument("file", type=Path, metavar="FILE", help=_("a workbook (.xlsx) or CSV"))
    made.add_argument("--unit", default="", metavar="CODE", help=_("rows of this unit only"))
    made.add_argument("--dry-run", action="store_true", help=_("look only, change nothing"))
    made.add_argument("--partial", action="store_true", help=_("take the rows that are right"))
    made.add_argument("--json", action="store_true", help=_("answer as JSON"))
    made.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Import a file; 0 when every row was accepted, 1 when some were not, 2 when the file was."""
    try:
        outcome = _import(told)
    except FileRefused as refused:
        return _refuse(told, refused)
    if told.json:
        tell(outcome.as_json(_))
    else:
        _show(outcome)
    _say_what_next(told, outcome)
    return FAILED if outcome.rejected else DONE


def _import(told: argparse.Namespace) -> Outcome:
    kind = _kind(told.kind)
    unit = _unit(told.unit, kind)
    if not told.file.is_file():
        raise FileRefused("no_file", NO_FILE, file=told.file.parent.resolve())
    return kind.run(OPERATOR, told.file, unit=unit, dry_run=told.dry_run, partial=told.partial)


def _kind(code: str) -> ImportKind:
    kind = kind_of(code)
    if kind is None:
        raise FileRefused("not_available", NOT_HERE)
    return kind


def _unit(code: str, kind: ImportKind) -> Unit | None:
    unit = orgs.unit_by_code(OPERATOR, code, kind.act) if code else None
    if code and unit is None:
        raise FileRefused("unknown_unit", NO_UNIT, unit=code)
    return unit


def _refuse(told: argparse.Namespace, refused: FileRefused) -> int:
    if told.json:
        tell(refused.as_json(told.file.name, _))
        return REFUSED
    return wrong(f"{told.file.name}: {_(refused.sentence) % refused.values}", REFUSED)


def _show(outcome: Outcome) -> None:
    """Print the numbers, and each problem by file, row, column, value and problem."""
    counted = _(
        "%(rows)d rows = %(created)d new + %(updated)d changed + %(unchanged)d unchanged"
        " + %(rejected)d rejected + %(blank)d blank"
    )
    say(f"{outcome.file} · {outcome.sheet}")
    say(counted % outcome.as_json())
    if outcome.ignored_columns:
        columns = "、".join(outcome.ignored_columns)
        say(_("Columns that are ignored: %(columns)s") % {"columns": columns})
    if outcome.problems:
        head = [_("File"), _("Row"), _("Column"), _("Value"), _("Problem")]
        rows = [
            [outcome.file, str(p.row), p.header, p.value, p.sentence(_)] for p in outcome.problems
        ]
        say("")
        for line in table([head, *rows]):
            say(line)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Set rows of text in columns; a Chinese character is as wide as two letters."""
    flat = [[" ".join(text.split()) for text in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*flat, strict=True)]
    return [
        "  ".join(
            text + " " * (wide - width(text)) for text, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in flat
    ]


def width(text: str) -> int:
    """Return how many places a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _say_what_next(told: argparse.Namespace, outcome: Outcome) -> None:
    """Say beside the result what became of it, on the standard error."""
    if not outcome.rejected:
        if told.dry_run:
            note(_("Nothing was changed: this was a dry run."))
        return
    if told.dry_run or not told.partial:
        note(_("Nothing was imported; correct the rows, or take the right ones with --partial."))
        return
    back = told.file.with_name(f"{told.file.stem}.rejected.xlsx")
    try:
        back.write_bytes(writing.rejected(told.file, outcome, _))
    except OSError as broken:
        note(
            _("The rejected rows cannot be written to %(file)s (%(reason)s).")
            % {"file": back, "reason": broken.strerror}
        )
    else:
        note(_("The rejected rows are in %(file)s.") % {"file": back})
