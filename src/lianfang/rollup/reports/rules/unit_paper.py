"""A unit's daily report as a paper and as text for a chat group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from lianfang.ground.figures.rules import Kind, Number, Source, Value
from lianfang.ground.papers.sheet import Paragraph, Sheet, Table
from lianfang.ground.signing.rules import Hand, hands_text
from lianfang.rollup.reports.rules.speech import Wording, fill, signed, spoken, wording

SHIPPED = Path(__file__).parents[1] / "papers" / "unit_report.yaml"
BLANK = "　　　"
NOTHING = "—"
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the report: today, as it was yesterday, and how it differs."""

    code: str
    label: str
    measure: str
    kind: Kind
    value: Value
    yesterday: Number | None
    change: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a unit's report says."""

    unit: str
    day: date
    as_of: datetime
    version: int
    state: str
    moved: bool
    zero: bool
    rows: Sequence[Row]
    new_issues: str
    help_needed: str
    hands: Sequence[Hand]
    filler: str


def words_of(language: str, folder: Path | None = None) -> Wording:
    """Return the words of a unit's report: the installation's own over those shipped."""
    tongue = "zh" if language.startswith("zh") else "en"
    shipped = wording(SHIPPED)[tongue]
    own = folder / SHIPPED.name if folder else SHIPPED
    if own == SHIPPED or not own.exists():
        return shipped
    return {**shipped, **wording(own).get(tongue, {})}


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a report is said: its words, the clock's zone, how labels are translated."""

    words: Wording
    zone: tzinfo
    say: Say
    chinese: bool
    lacking: str = ""


def sheet(told: Told, tongue: Tongue) -> Sheet:
    """Return a unit's report ready to be set or written."""
    words = tongue.words
    issue = fill(words["version"], version=told.version) if told.version else ""
    return Sheet(
        title=fill(words["title"], unit=told.unit),
        issue=issue + _state(told, words),
        issuer=told.unit,
        date=_dated(told.day, chinese=tongue.chinese),
        body=[
            Paragraph(fill(words["as_of"], time=_clock(told, tongue)) + _zero(told, words)),
            Paragraph(words["issues"], 1),
            *_texts(told.new_issues, words["no_issues"]),
            Paragraph(words["help"], 1),
            *_texts(told.help_needed, words["no_help"]),
        ],
        table=table(told, tongue),
        signed=signatures(told, tongue),
        sent=words["foot"],
        chinese=tongue.chinese,
        lacking=tongue.lacking,
    )


def table(told: Told, tongue: Tongue) -> Table:
    """Return every figure with yesterday, change, and what was corrected or typed."""
    words = tongue.words
    rows = [
        [
            tongue.say(row.label),
            tongue.say(row.measure) if row.measure else "",
            row.value.text or spoken(row.value.value),
            spoken(row.yesterday) if row.kind is not Kind.TEXT else NOTHING,
            _change(row, words),
            _note(row, words),
        ]
        for row in told.rows
    ]
    return Table(words["table"], words["heads"], rows, sums=False, fresh=False)


def signatures(told: Told, tongue: Tongue) -> Sequence[str]:
    """Say who filled in, reviewed and answers for the report; whose name is missing has a blank."""
    names = _names(told, tongue)
    return [f"{word}{names.get(part) or BLANK}" for part, word in tongue.words["signed"].items()]


def _names(told: Told, tongue: Tongue) -> Mapping[str, str]:
    def show(at: datetime) -> str:
        return f"{at.astimezone(tongue.zone):%H:%M}"

    return {"filler": told.filler, **hands_text(told.hands, show, tongue.words["hands"])}


def chat(told: Told, tongue: Tongue, lines: Sequence[Sequence[Sequence[str]]]) -> str:
    """Return a unit's report as text for a chat group; `lines` are those of the daily situation."""
    words = tongue.words
    known = {row.code: row.value.value for row in told.rows if row.value.value is not None}
    head = fill(
        words["chat_title"],
        unit=told.unit,
        day=_dated(told.day, chinese=tongue.chinese),
        time=_clock(told, tongue),
        state=_state(told, words),
    )
    said = [
        words["join"].join(
            fill(phrase, n=spoken(known[code])) for code, phrase in clauses if code in known
        )
        for clauses in lines
    ]
    texts = [
        fill(words[key], said=" ".join(text.split()))
        for key, text in (("chat_issues", told.new_issues), ("chat_help", told.help_needed))
        if text.strip()
    ]
    zero = [_zero(told, words)] if told.zero else []
    names = _names(told, tongue)
    signed_by = words["signed_join"].join(
        f"{word}{names[part]}" for part, word in words["signed"].items() if names.get(part)
    )
    return "\n".join(line for line in [head, *said, *texts, *zero, signed_by] if line)


def _state(told: Told, words: Wording) -> str:
    return str(words["moved"] if told.moved else words["states"][told.state])


def _zero(told: Told, words: Wording) -> str:
    return str(words["zero"]) if told.zero else ""


def _texts(text: str, empty: str) -> Sequence[Paragraph]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()] or [Paragraph(empty)]


def _change(row: Row, words: Wording) -> str:
    if row.change is None:
        return NOTHING
    return signed(row.change) if row.change else str(words["level"])


def _note(row: Row, words: Wording) -> str:
    told = row.value.override
    if told is not None:
        counted = spoken(row.value.derived)
        return fill(words["corrected"], counted=counted, reason=told.reason, by=told.by)
    return str(words["typed"]) if row.value.source is Source.TYPED else ""


def _clock(told: Told, tongue: Tongue) -> str:
    return f"{told.as_of.astimezone(tongue.zone):%H:%M}"


def _dated(day: date, *, chinese: bool) -> str:
    if chinese:
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {day:%B} {day.year}"
