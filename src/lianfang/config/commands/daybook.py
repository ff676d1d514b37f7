"""`lianfang daybook`: a cut-off unit's day as a workbook, given out and taken back."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lianfang.config.commands.imports import table
from lianfang.config.commands.output import DONE, FAILED, WRONG, note, say, tell, wrong
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.kernel.actor import OPERATOR
from lianfang.kernel.refusals import Conflict, Refused
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.rollup.daybooks import queries, services
from lianfang.rollup.daybooks.models import BookReturn
from lianfang.rollup.daybooks.rules.settling import Chosen, Outcome
from lianfang.rollup.daybooks.rules.words import Reason
from lianfang.rollup.daybooks.services import HandedOut, Wish
from lianfang.rollup.reports.queries.hours import today

PARTS = ("rows", "taken", "unchanged", "rejected", "blank")


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer both ways."""
    made = words.add_parser("daybook", help=_("A cut-off unit's day as one workbook."))
    ways = made.add_subparsers(metavar="out|in", required=True)
    out = ways.add_parser("out", help=_("Give workbooks out, filled with what is known."))
    out.add_argument("--unit", default="", metavar="CODE")
    out.add_argument("--all", action="store_true", help=_("of every unit that owes a report"))
    out.add_argument("--day", type=_day, default=None, metavar="YYYY-MM-DD")
    out.add_argument("--out", type=Path, default=None, metavar="FILE")
    out.add_argument("--out-dir", type=Path, default=None, metavar="FOLDER")
    out.add_argument("--reason", choices=[each.value for each in Reason], default=Reason.NO_NETWORK)
    languages = [code for code, _name in settings.LANGUAGES]
    out.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)
    out.set_defaults(run=run_out)
    back = ways.add_parser("in", help=_("Take a workbook back, whole or not at all."))
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--dry-run", action="store_true", help=_("look only, change nothing"))
    back.add_argument("--partial", action="store_true", help=_("take the rows that are right"))
    back.add_argument("--prefer", choices=["book", "here"], help=_("which of two values counts"))
    back.add_argument("--send", action="store_true", help=_("send the report as well"))
    back.add_argument("--json", action="store_true", help=_("answer as JSON"))
    back.set_defaults(run=run_in)


def run_out(told: argparse.Namespace) -> int:
    """Give out the workbook of one unit into a file, or those of all into a folder."""
    if bool(told.unit) == bool(told.all) or (told.out_dir if told.unit else told.out):
        return wrong(_("Say --unit CODE --out FILE for one, or --all --out-dir FOLDER for all."))
    day, reason = told.day or today(), Reason(told.reason)
    units = queries.units_given(OPERATOR) if told.all else _one(told.unit)
    if not units:
        return wrong(_("There is no unit with the code %(code)s.") % {"code": told.unit or "*"})
    made = services.hand_out_all(OPERATOR, units, day, reason, told.language)
    folder = told.out_dir or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for book in made:
            _write(told.out or folder / book.name, book)
    except OSError as broken:
        return wrong(
            _("%(file)s cannot be written (%(reason)s); choose another place.")
            % {"file": broken.filename, "reason": broken.strerror}
        )
    return DONE


def _one(code: str) -> list[Unit]:
    found = orgs.unit_by_code(OPERATOR, code)
    return [found] if found else []


def _write(place: Path, book: HandedOut) -> None:
    place.write_bytes(book.content)
    told = {"file": place, "n": len(book.book.people), "kb": round(len(book.content) / 1024)}
    say(_("%(file)s: %(n)d people, %(kb)d kB") % told)


def run_in(told: argparse.Namespace) -> int:
    """Take a workbook back: 0 when all of it was taken, 1 when rows were not, 2 when the file."""
    try:
        content = told.file.read_bytes()
    except OSError as broken:
        return _refuse(told, FileRefused("no_file", str(broken.strerror)))
    try:
        back = services.take(OPERATOR, told.file.name, content)
        outcome = services.look(OPERATOR, back)
        done = _settled(told, back, outcome)
    except FileRefused as refused:
        return _refuse(told, refused)
    except Conflict as refused:
        note(f"lianfang: {_(refused.sentence) % refused.values}")
        return FAILED
    except Refused as refused:
        return _refuse(told, FileRefused("refused", refused.sentence, **refused.values))
    _show(told, back, done or outcome)
    return FAILED if (done or outcome).rejected else DONE


def _settled(told: argparse.Namespace, back: BookReturn, seen: Outcome) -> Outcome | None:
    """Take the workbook in unless it was only to be looked at, or rows of it are wrong."""
    if told.dry_run or (seen.rejected and not told.partial):
        return None
    chosen = {each.about: Chosen(told.prefer) for each in seen.asks} if told.prefer else {}
    wish = Wish(choices=chosen, partial=told.partial, send=told.send)
    return services.settle(OPERATOR, back, wish).outcome


def _show(told: argparse.Namespace, back: BookReturn, outcome: Outcome) -> None:
    if told.json:
        book = {"unit": back.unit.code, "day": str(back.book.day), "book": str(back.book_id)}
        tell({"file": told.file.name, **book, **outcome.as_json(_)})
        return
    say(f"{back.unit} · {back.book.day}")
    heads = [_("Sheet"), _("Rows read"), _("Taken"), _("Known"), _("Wrong"), _("Not filled in")]
    rows = [[s.sheet, *(str(getattr(s, part)) for part in PARTS)] for s in outcome.sheets]
    _print([heads, *rows])
    if outcome.wrongs:
        say("")
        places = [_("Sheet"), _("Row"), _("Column"), _("Value"), _("Problem")]
        _print(
            [
                places,
                *(
                    [w.sheet, str(p.row), p.header, p.value, p.sentence(_)]
                    for w in outcome.wrongs
                    for p in [w.problem]
                ),
            ]
        )
    for met in outcome.met:
        note(f"{met.label}: {met.in_book} / {met.here} ({met.here_at:%m-%d %H:%M} {met.here_by})")
    if told.dry_run or (outcome.rejected and not told.partial):
        note(_("Nothing was taken in."))


def _print(rows: Sequence[Sequence[str]]) -> None:
    for line in table(rows):
        say(line)


def _refuse(told: argparse.Namespace, refused: FileRefused) -> int:
    if told.json:
        tell(refused.as_json(told.file.name, _))
        return WRONG
    return wrong(f"{told.file.name}: {_(refused.sentence) % refused.values}", WRONG)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("%(text)s is no day; write it as 2020-01-31.") % {"text": text}
        raise argparse.ArgumentTypeError(sentence) from None
