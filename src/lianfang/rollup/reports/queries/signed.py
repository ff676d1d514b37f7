"""What is signed of a report and of a daily situation, and how a phone shows it."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.registry import FIGURES
from lianfang.ground.figures.rules import State
from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import queries as response
from lianfang.ground.signing.models import Sheet
from lianfang.ground.signing.registry import Text
from lianfang.ground.signing.rules import Fact, Facts
from lianfang.kernel import clock
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries.bulletins import bulletin_content, draft_paper, the_group
from lianfang.rollup.reports.queries.occasions import owing_units
from lianfang.rollup.reports.queries.pages import WAITED_FOR, facts_of, shown, wrong_in_words
from lianfang.rollup.reports.queries.standing import Standing, standing
from lianfang.rollup.reports.rules.bulletin import Content, Line
from lianfang.rollup.reports.rules.days import day_in_key

NEW, HELP = msgid("New situations"), msgid("To be settled by the superior")
SIGNS = "report.signs"
REMARK = msgid("Remarks of the office")
MISSING = msgid("Missing: %(names)s")
WORDS = {"new_issues": NEW, "help_needed": HELP, "remark": REMARK}


def label(code: str) -> str:
    """Return how a value of a paper is called."""
    if code in FIGURES:
        return gettext(FIGURES[code].label)
    return gettext(WORDS.get(code, code))


def report_facts(actor: Actor, sheet: Sheet) -> Facts:
    """Return what is signed of the report that a sheet travels with."""
    return facts_of(_report(actor, sheet))


def report_text(actor: Actor, sheet: Sheet) -> Text:
    """Return a unit's report as a phone shows it."""
    told = _report(actor, sheet)
    rows = [
        f"{gettext(e.figure.label)} {shown(e.value)}"
        for e in told.entries
        if e.value.state is State.NUMBER and e.value.value
    ]
    parts = [
        (gettext(NEW), _lines(told.new_issues) or [gettext("Zero report: nothing happened today")]),
        (gettext(HELP), _lines(told.help_needed)),
        (gettext("Figures"), [gettext(", ").join(rows)]),
    ]
    return Text(
        facts=report_changes(actor, told),
        warnings=list(_report_warnings(told)),
        parts=[part for part in parts if part[1]],
    )


def report_changes(actor: Actor, told: Standing) -> Sequence[Fact]:
    """Return today's numbers of a report beside yesterday's."""
    marked = _marked(actor)
    return [
        Fact(
            gettext(e.figure.label),
            shown(e.value),
            shown(e.yesterday),
            int(e.figure.code in marked),
        )
        for e in told.entries
        if e.yesterday is not None and not e.value.text
    ]


def report_page(sheet: Sheet) -> str:
    """Return the page of the report that a sheet travels with."""
    return reverse("reports:page", args=[day_in_key(sheet.key), sheet.unit.code])


def asked_on_report(_actor: Actor, sheet: Sheet) -> Sequence[Unit]:
    """Return whom somebody may ask on a unit's report: the unit."""
    return [sheet.unit]


def bulletin_facts(actor: Actor, sheet: Sheet) -> Facts:
    """Return what is signed of the daily situation that a sheet travels with."""
    row = _bulletin(actor, sheet)
    content = bulletin_content(actor, row)
    values = {line.figure.code: shown(line.today) for line in content.lines}
    texts = {"remark": row.remark, "new_issues": _issues(content)}
    known = {code: text for code, text in {**values, **texts}.items() if text}
    return Facts(row.digest, known, over=row.released_at is not None)


def bulletin_text(actor: Actor, sheet: Sheet) -> Text:
    """Return a daily situation as a phone shows it."""
    row = _bulletin(actor, sheet)
    content = bulletin_content(actor, row)
    paper = draft_paper(content, get_language() or "zh-hans")
    parts = [("", paper.opening), *((each.heading, each.paragraphs) for each in paper.sections)]
    return Text(
        facts=changes_of_lines(actor, content.lines),
        warnings=list(missing_in_words(content)),
        parts=parts,
        picture=reverse("reports:bulletin_png", args=[row.day]),
    )


def changes_of_lines(actor: Actor, lines: Sequence[Line]) -> Sequence[Fact]:
    """Return those of some figures that differ from yesterday."""
    marked = _marked(actor)
    return [
        Fact(
            gettext(line.figure.label),
            shown(line.today),
            shown(line.yesterday),
            int(line.figure.code in marked),
        )
        for line in lines
        if line.change
    ]


def _marked(actor: Actor) -> frozenset[str]:
    """Return the figures that the pack marks: a leader hears of them first."""
    pack = response.pack_or_none(actor, clock.now())
    if pack is None or not pack.has(SIGNS):
        return frozenset()
    return frozenset(str(each["code"]) for each in pack.entries(SIGNS))


def missing_in_words(content: Content) -> Iterable[str]:
    """Say which units are missing."""
    names = [unit.name for unit in content.units if unit.missing]
    if names:
        yield gettext(MISSING) % {"names": gettext(", ").join(names)}


def situation_page(sheet: Sheet) -> str:
    """Return the page of the daily situation that a sheet travels with."""
    return reverse("reports:bulletin", args=[day_in_key(sheet.key)])


def asked_on_situation(actor: Actor, _sheet: Sheet) -> Sequence[Unit]:
    """Return whom a leader may ask on a daily situation: the units that report, and the office."""
    return [the_group(actor), *owing_units(actor, clock.now())]


def _report(actor: Actor, sheet: Sheet) -> Standing:
    return standing(actor, sheet.unit, day_in_key(sheet.key))


def _bulletin(actor: Actor, sheet: Sheet) -> Bulletin:
    day, version = sheet.key.split(":")
    rows = visible(Bulletin, actor, "bulletins.read").select_related("unit", "response")
    return rows.get(unit=sheet.unit_id, day=day, version=int(version))


def _report_warnings(told: Standing) -> Iterable[str]:
    yield from (wrong_in_words(each).sentence for each in told.contradictions)
    for entry in told.entries:
        if entry.figure.code in WAITED_FOR and entry.value.value:
            yield f"{gettext(entry.figure.label)} {shown(entry.value)}"
    unknown = sum(1 for entry in told.entries if entry.value.state is State.UNKNOWN)
    if unknown:
        text = ngettext("%(n)d figure is not known", "%(n)d figures are not known", unknown)
        yield text % {"n": unknown}


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _issues(content: Content) -> str:
    return " ".join(f"{unit.name} {unit.new_issues}" for unit in content.units if unit.new_issues)
