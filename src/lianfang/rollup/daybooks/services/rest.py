"""The other sheets: stalls, typed figures, new situations, names; by the acts that do so singly."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext

from lianfang.ground.doors.inside import inside
from lianfang.ground.doors.visible import visible
from lianfang.ground.figures import queries as figures
from lianfang.ground.figures import rules as reading
from lianfang.ground.figures.models import Typed
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import State
from lianfang.ground.figures.services import Line, type_in
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Stall
from lianfang.kernel import tree
from lianfang.kernel.identities import BadValue
from lianfang.kernel.refusals import BadInput
from lianfang.people.register.rules.reading import StallTold
from lianfang.people.register.services.stalls import StallRow, news, take_stall
from lianfang.rollup.daybooks.rules import words
from lianfang.rollup.daybooks.rules.filled import NO_SUCH_STALL, News, Row, Sheet
from lianfang.rollup.daybooks.rules.settling import NEWS_ABOUT, Chosen, Met, Sort
from lianfang.rollup.daybooks.rules.words import Matter
from lianfang.rollup.daybooks.services.running import Run, key, refuse
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports.models import Narrative
from lianfang.rollup.reports.queries.names import names_of
from lianfang.rollup.reports.rules.states import Signed, Signing
from lianfang.rollup.reports.services import sign, write

FIGURE_AT = {"value": words.TODAY, "source": words.SOURCE, "code": words.CODE}
STALL_AT = {"state": words.STATE}
NAME_AT = {"recorded_for": words.SIGNER}


def take_stalls(run: Run) -> None:
    """Bring up to date what has changed of the stalls."""
    sheet = run.told.stalls
    if sheet is None:
        return
    here = _stalls(run)
    ready: list[tuple[Row, Stall, StallTold]] = []
    for row in run.fresh(sheet):
        stall = here.get(row.key)
        told = _stall_told(row)
        if stall is None:
            sheet.refuse(row.line, words.STALL_NO, BadValue("unknown_stall", NO_SUCH_STALL))
        elif news(stall, told):
            ready.append((row, stall, told))
        else:
            run.same(sheet, row)
    items = [take_stall.on(stall.site, StallRow(told)) for _, stall, told in ready]
    for (row, _, _), item in zip(ready, inside(run.hand, items), strict=True):
        if item.refused is not None:
            refuse(sheet, row, item.refused, STALL_AT)
        else:
            run.take(sheet, row)
            run.count("stalls")


def _stalls(run: Run) -> Mapping[str, Stall]:
    path = run.unit.path
    found = visible(Stall, run.hand, "stalls.import").filter(
        unit__path__gte=path, unit__path__lt=tree.after(path)
    )
    return {f"{stall.site.code}|{stall.number}": stall for stall in found.select_related("site")}


def _stall_told(row: Row) -> StallTold:
    helpers = row.value(words.HELPERS)
    return StallTold(
        number=row.text(words.STALL_NO),
        helpers_declared=helpers if isinstance(helpers, int) else None,
        state=row.text(words.STATE),
        remark=row.text(words.REMARK),
    )


def take_numbers(run: Run) -> None:
    """Type the figures; one that was typed here meanwhile asks which of the two counts."""
    sheet = run.told.numbers
    here = figures.last_typed(run.hand, run.unit, run.book.day)
    who = names_of({row.by for row in here.values()})
    ready: list[tuple[Row, Line]] = []
    for row in run.fresh(sheet):
        line = _figure(run, row)
        told = _read(sheet, row, line)
        found = here.get(row.key)
        if told is None:
            continue
        if found is not None and _is_same(found, told, line.source):
            run.same(sheet, row)
        elif found is not None and _counts_here(run, row, found, told, who):
            run.take(sheet, row)
        else:
            ready.append((row, line))
    items = [type_in.on(run.unit, run.book.day, line) for _, line in ready]
    for (row, _), item in zip(ready, inside(run.hand, items), strict=True):
        if item.refused is not None:
            refuse(sheet, row, item.refused, FIGURE_AT)
        else:
            run.take(sheet, row)
            run.count("figures")


def _figure(run: Run, row: Row) -> Line:
    why = row.text(words.NO_NUMBER)
    return Line(
        code=row.key,
        value=row.text(words.TODAY),
        state=State(why) if why else State.NUMBER,
        source=row.text(words.SOURCE),
        happened_at=run.told.filled_at,
    )


def _read(sheet: Sheet, row: Row, line: Line) -> reading.Told | None:
    try:
        return reading.read(FIGURES[line.code], line.value, line.state)
    except BadInput as wrong:
        refuse(sheet, row, wrong, FIGURE_AT)
        return None


def _is_same(found: Typed, told: reading.Told, source: str) -> bool:
    """Tell whether a figure is here as it is told; a source that is left out takes none away."""
    said = (found.state, found.value, found.text) == (told.state, told.value, told.text)
    return said and source in {"", found.source}


def _counts_here(
    run: Run, row: Row, found: Typed, told: reading.Told, who: Mapping[str, str]
) -> bool:
    """Note what was typed meanwhile; tell whether that was chosen to count."""
    if found.recorded_at <= run.book.as_of or found.via == run.hand.via:
        return False
    about = f"figure-{row.key}"
    run.met.append(
        Met(
            Sort.FIGURE,
            about,
            gettext(FIGURES[row.key].label),
            row.text(words.TODAY) or row.text(words.NO_NUMBER),
            run.told.filled_at,
            str(found) or found.state,
            found.recorded_at,
            who.get(found.by, ""),
            asks=True,
        )
    )
    return run.chosen(about) is Chosen.HERE


def take_news(run: Run) -> None:
    """Write the new situations; what was written here meanwhile asks which of them counts."""
    sheet, told = run.told.news, run.told.written
    if not told:
        _each(run, sheet, same=True)
        return
    run.kept[NEWS_ABOUT] = told.as_said()
    if run.before.get(NEWS_ABOUT) == told.as_said():
        _each(run, sheet, same=True)
        return
    here = (
        visible(Narrative, run.hand, "reports.read").filter(unit=run.unit, day=run.book.day).first()
    )
    said = News(here.new_issues, here.help_needed, here.zero) if here else News("", "", zero=False)
    if said == told:
        _each(run, sheet, same=True)
        return
    wanted = _chosen(run, here, said, told)
    if wanted != said:
        item = inside(
            run.hand,
            [write.on(run.unit, run.book.day, wanted.issues, wanted.help, zero=wanted.zero)],
        )[0]
        if item.refused is not None:
            _refuse_news(sheet, item.refused)
            return
        run.count("news")
    _each(run, sheet, same=False)


def _chosen(run: Run, here: Narrative | None, said: News, told: News) -> News:
    mine = run.before.get(NEWS_ABOUT) == said.as_said()
    if here is None or here.saved_at <= run.book.as_of or not said or mine:
        return told
    who = names_of({here.saved_by}).get(here.saved_by, "")
    run.met.append(
        Met(
            Sort.NEWS,
            NEWS_ABOUT,
            gettext("New situations"),
            _shown(told),
            run.told.filled_at,
            _shown(said),
            here.saved_at,
            who,
            asks=True,
        )
    )
    match run.chosen(NEWS_ABOUT):
        case Chosen.HERE:
            return said
        case Chosen.BOTH:
            return News(
                _joined(said.issues, told.issues),
                _joined(said.help, told.help),
                zero=said.zero and told.zero,
            )
    return told


def _shown(told: News) -> str:
    return told.text or gettext("Zero report")


def _joined(first: str, second: str) -> str:
    """Return two texts one below another; lines that both have stand once."""
    return "\n".join(dict.fromkeys([*first.splitlines(), *second.splitlines()]))


def _each(run: Run, sheet: Sheet, *, same: bool) -> None:
    for row in sheet.right:
        (run.same if same else run.take)(sheet, row)


def _refuse_news(sheet: Sheet, refused: BadInput | Exception) -> None:
    """Say at the lines of the matter which the rules refused why they did."""
    if not isinstance(refused, BadInput):
        raise refused
    matter = Matter.HELP if refused.field == "help_needed" else Matter.ISSUE
    rows = [row for row in sheet.right if row.text(words.MATTER) == matter] or list(sheet.right)
    for row in sheet.right:
        if row not in rows:
            rows.append(row)
    for row in rows:
        refuse(sheet, row, refused, {"": words.TEXT})


def take_names(run: Run) -> None:
    """Record the names, in the order in which a report is signed; each as recorded on behalf."""
    sheet = run.told.names
    last, mine = _signatures(run), orgs.name_of(run.actor)
    for row in sorted(run.fresh(sheet), key=lambda row: list(Signing).index(Signing(row.key))):
        _meet_name(run, sheet, row, last.get(row.key))
        name = row.text(words.SIGNER)
        # whoever brings it signs in his own name where that is the one on the sheet
        other = "" if name == mine else name
        items = [sign.on(run.unit, run.book.day, Signing(row.key), other)]
        item = inside(run.hand, items)[0]
        if item.refused is not None and row.key == Signing.PRINCIPAL:
            refuse(sheet, row, item.refused, NAME_AT)
            continue
        # another's name as filler or reviewer stays with the workbook; it holds up nothing
        run.take(sheet, row)
        run.count("names", int(item.refused is None))


def _signatures(run: Run) -> Mapping[str, Signed]:
    found = reports.signatures_of(run.hand, run.unit, run.book.day)
    return {each.part: each for each in found}


def _meet_name(run: Run, sheet: Sheet, row: Row, found: Signed | None) -> None:
    before = run.before.get(key(sheet, row), {}).get(words.SIGNER.zh)
    if found is None or found.at <= run.book.as_of or found.name == before:
        return
    label = words.PART_NAMES[row.key].say(run.book.language)
    told: datetime | None = run.told.filled_at
    met = Met(
        Sort.NAME,
        row.key,
        label,
        row.text(words.SIGNER),
        told,
        found.name,
        found.at,
        found.recorder or found.name,
    )
    run.met.append(met)
