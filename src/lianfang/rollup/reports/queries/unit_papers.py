"""A unit's daily report as a file and as text for a chat group."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from django.conf import settings
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, override

from lianfang.ground.papers import setting, word_sheets
from lianfang.ground.papers.lacking import Lack
from lianfang.ground.papers.sheet import Sheet
from lianfang.ground.signing.rules import Hand
from lianfang.kernel.actor import Actor
from lianfang.rollup.reports.queries.standing import Standing
from lianfang.rollup.reports.rules import speech, unit_paper
from lianfang.rollup.reports.rules.states import Signed


def unit_chat(_actor: Actor, told: Standing, language: str) -> str:
    """Return a unit's report, as it stands, as text for a chat group."""
    lines = speech.words_of(language, settings.DATA / "papers")["chat"]["lines"]
    with override(language):
        return unit_paper.chat(_told(told), _tongue(language), lines)


def unit_sheet(_actor: Actor, told: Standing, language: str) -> Sheet:
    """Return a unit's report, as it stands, ready to be set or written."""
    with override(language):
        return unit_paper.sheet(_told(told), _tongue(language))


def unit_file(actor: Actor, told: Standing, language: str, kind: str) -> bytes:
    """Return a unit's report, as it stands, as a file of a kind."""
    return UNIT_KINDS[kind](unit_sheet(actor, told, language), told)


def lacks(_actor: Actor, sheet: Sheet) -> Sequence[Lack]:
    """Return what no face can draw of a report."""
    return setting.of_sheet(sheet, settings.DATA / "fonts").missing


def _tongue(language: str) -> unit_paper.Tongue:
    return unit_paper.Tongue(
        words=unit_paper.words_of(language, settings.DATA / "papers"),
        zone=get_default_timezone(),
        say=gettext,
        chinese=language.startswith("zh"),
        lacking=gettext("Characters that no typeface here has (printed as 〓): "),
    )


def _told(told: Standing) -> unit_paper.Told:
    report = told.report
    return unit_paper.Told(
        unit=str(told.unit),
        day=told.day,
        as_of=report.as_of if report and not told.changed else told.as_of,
        version=told.version,
        state=told.state.value,
        moved=report is not None and told.changed,
        zero=told.zero,
        rows=[
            unit_paper.Row(
                entry.figure.code,
                entry.figure.label,
                entry.figure.unit_of_measure,
                entry.figure.kind,
                entry.value,
                entry.yesterday.value if entry.yesterday else None,
                entry.change,
            )
            for entry in told.entries
        ],
        new_issues=told.new_issues,
        help_needed=told.help_needed,
        hands=[_hand(each) for each in told.signatures if each.valid],
        filler=report.submitted_by_name if report else "",
    )


def _hand(told: Signed) -> Hand:
    return Hand(
        part=told.part,
        name=told.name,
        at=told.at,
        stead=told.stead,
        recorder=told.recorder,
        heard=told.heard,
    )


def _word(sheet: Sheet, _told: Standing) -> bytes:
    return word_sheets.sheet(sheet)


def _pdf(sheet: Sheet, told: Standing) -> bytes:
    return setting.pdf(setting.of_sheet(sheet, settings.DATA / "fonts"), told.as_of)


def _picture(sheet: Sheet, _told: Standing) -> bytes:
    return setting.picture(setting.of_sheet(sheet, settings.DATA / "fonts", picture=True))


#: By the ending of the file's name.
UNIT_KINDS: Mapping[str, Callable[[Sheet, Standing], bytes]] = MappingProxyType(
    {"docx": _word, "pdf": _pdf, "png": _picture}
)
