"""What a report page shows: rows with their source, and what is left to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.ground.doors.act import may
from lianfang.ground.doors.visible import allowed
from lianfang.ground.figures import queries as figures
from lianfang.ground.figures.form_f01 import SECTIONS
from lianfang.ground.figures.models import Typed
from lianfang.ground.figures.registry import FAMILIES, FIGURES
from lianfang.ground.figures.rules import State, Value
from lianfang.ground.figures.services import Line
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing.queries import Strip
from lianfang.ground.signing.rules import Facts
from lianfang.kernel.actor import Actor
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.queries.names import names_of
from lianfang.rollup.reports.queries.standing import Entry, Standing
from lianfang.rollup.reports.rules.checks import Contradiction
from lianfang.rollup.reports.rules.days import loop_key
from lianfang.rollup.reports.rules.states import DAILY_REPORT, ReportState, Signed, Signing, counts

FROM_APP = {
    "register": msgid("from the register of people"),
    "checkins": msgid("from the check-ins"),
    "screening": msgid("from the status of people"),
}
AS_YESTERDAY = msgid("the same as yesterday")
#: Figures of people who are still to be heard of: shown as what is left to do, never blocking.
WAITED_FOR = ("not_checked_in", "unreached", "onsite_not_checked_in", "onsite_unreached")


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of the report page."""

    entry: Entry
    source: str
    typed: Typed | None
    typed_by: str
    typable: bool
    rows_url: str

    @property
    def changed(self) -> bool:
        """Tell whether the number differs from yesterday's."""
        return bool(self.entry.change)


@dataclass(frozen=True, slots=True)
class PageSection:
    """Rows under one heading."""

    title: str
    rows: Sequence[PageRow]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A contradiction as the page says it, and where to look first."""

    sentence: str
    figure: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name under the numbers."""

    part: str
    who: str
    at: datetime
    recorded: bool
    recorder: str
    valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The clerk's page."""

    told: Standing
    sections: Sequence[PageSection]
    waited_for: Sequence[PageRow]
    untyped: Sequence[PageRow]
    wrongs: Sequence[Wrong]
    names: Sequence[Name]
    principal: str
    clerk: str
    may_write: bool
    may_type: bool
    may_correct: bool
    may_sign: bool
    may_submit: bool
    may_accept: bool
    versions: Sequence[DailyReport]
    strip: Strip | None
    signers: Sequence[str]

    @property
    def rows(self) -> Sequence[PageRow]:
        """Return all rows."""
        return [row for section in self.sections for row in section.rows]

    @property
    def changed(self) -> int:
        """Count the rows that differ from yesterday."""
        return sum(1 for row in self.rows if row.changed)

    @property
    def to_type(self) -> int:
        """Count the rows that are typed."""
        return sum(1 for row in self.rows if row.typable)

    @property
    def blocking(self) -> int:
        """Count what has to be done before the report can go."""
        return len(self.wrongs) + (0 if self.signed else 1) + (not self.told.says_something)

    @property
    def signed(self) -> bool:
        """Tell whether the principal's name stands under the numbers as they are now."""
        return Signing.PRINCIPAL in self.told.signed

    @property
    def sent_round(self) -> bool:
        """Tell whether the clerk has sent the numbers as they are now round for signatures."""
        return Signing.FILLER in self.told.signed

    @property
    def saved_at(self) -> datetime | None:
        """Return when the texts were last kept."""
        return self.told.saved_at

    @property
    def filler(self) -> str:
        """Return who sent the newest version."""
        return self.told.report.submitted_by_name if self.told.report else ""

    @property
    def open(self) -> bool:
        """Tell whether a report can be sent: none is in, it came back, or numbers moved since."""
        waiting = self.told.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}
        return self.told.owes and (not waiting or self.told.changed)

    @property
    def moved_on(self) -> bool:
        """Tell whether a version is in and the numbers have moved since."""
        return self.open and self.told.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.told.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.told.day + timedelta(days=1)


def report_page(actor: Actor, told: Standing) -> ReportPage:
    """Return what the page of a unit's report shows and lets this actor do."""
    unit = told.unit
    typed = figures.last_typed(actor, unit, told.day)
    who = names_of({row.by for row in typed.values()})
    rows = [_row(told, entry, typed.get(entry.figure.code), who) for entry in told.entries]
    held = holders(actor, [unit])
    acts = allowed(actor, unit, ACTS)
    return ReportPage(
        told=told,
        sections=_sections(rows),
        waited_for=[r for r in rows if r.entry.figure.code in WAITED_FOR and r.entry.value.value],
        untyped=[r for r in rows if r.typable and r.entry.value.state is State.UNKNOWN],
        wrongs=[wrong_in_words(each) for each in told.contradictions],
        names=_names(told),
        principal=held.get((unit.pk, Role.PRINCIPAL), "") or unit.principal,
        clerk=held.get((unit.pk, Role.CLERK), ""),
        may_write="reports.write" in acts,
        may_type="figures.type" in acts,
        may_correct=told.owes and "reports.override" in acts,
        may_sign="reports.sign" in acts,
        may_submit="reports.submit" in acts,
        may_accept=told.report is not None
        and told.report.submitted_by != actor.who
        and may(actor, "reports.accept", told.report),
        versions=told.versions,
        strip=signing.strip_of(actor, DAILY_REPORT, loop_key(unit.pk, told.day), facts_of(told)),
        signers=[each.name for each in orgs.able(unit.path, [Role.PRINCIPAL])],
    )


def facts_of(told: Standing) -> Facts:
    """Return what is signed of a unit's report as it stands."""
    values = {entry.figure.code: shown(entry.value) for entry in told.entries}
    texts = {"new_issues": told.new_issues, "help_needed": told.help_needed}
    known = {code: text for code, text in {**values, **texts}.items() if text}
    return Facts(told.digest, known, over=counts(told.state) and not told.changed)


def shown(value: Value | None) -> str:
    """Return a value as a signed paper keeps it; nothing where there is no number."""
    if value is None or value.state is not State.NUMBER:
        return ""
    return value.text or ("" if value.value is None else str(value.value))


ACTS = ("reports.write", "figures.type", "reports.override", "reports.sign", "reports.submit")


def holders(actor: Actor, units: Sequence[Unit]) -> Mapping[tuple[object, str], str]:
    """Return who holds the posts of clerk and principal at units, by unit and post."""
    posts = orgs.posts(actor, "units.read").filter(
        unit__in=units, role__in=[Role.CLERK, Role.PRINCIPAL]
    )
    return {(post.unit_id, post.role): post.user.name for post in posts}


PARTS = {
    Signing.FILLER: msgid("Filled in by"),
    Signing.REVIEWER: msgid("Reviewer"),
    Signing.PRINCIPAL: msgid("Principal"),
}


def wrong_in_words(found: Contradiction) -> Wrong:
    """Say a contradiction in the reader's language."""
    told = {key: _said(value) for key, value in found.values.items()}
    return Wrong(gettext(found.sentence) % told, found.figures[0] if found.figures else "")


def _said(value: object) -> object:
    """Return a value in words: a figure by its label, several of them one after another."""
    if isinstance(value, tuple):
        return gettext(", ").join(str(_said(each)) for each in value)
    return gettext(FIGURES[value].label) if isinstance(value, str) and value in FIGURES else value


def _names(told: Standing) -> Sequence[Name]:
    """Return the last name in each part; one that numbers have made void gives way to a new one."""
    last = {signature.part: signature for signature in told.signatures}
    return [_name(signature) for signature in last.values()]


def _name(signature: Signed) -> Name:
    return Name(
        gettext(PARTS[Signing(signature.part)]),
        signature.name,
        signature.at,
        bool(signature.recorder),
        signature.recorder,
        signature.valid,
    )


def _row(told: Standing, entry: Entry, typed: Typed | None, who: Mapping[str, str]) -> PageRow:
    code = entry.figure.code
    family = FAMILIES.get(entry.figure.family or "")
    url = reverse("reports:rows", args=[told.day, told.unit.code, code])
    return PageRow(
        entry,
        FROM_APP.get(family.app, "") if entry.counted and family is not None else "",
        typed,
        who.get(typed.by, "") if typed else "",
        typable=not entry.counted,
        rows_url=url if entry.value.state is State.NUMBER and not entry.value.text else "",
    )


def _sections(rows: Sequence[PageRow]) -> Sequence[PageSection]:
    return [
        PageSection(SECTIONS.get(section, section), list(found))
        for section, found in groupby(rows, key=lambda row: row.entry.figure.section)
    ]


def line(code: str, value: str, source: str = "") -> Line:
    """Return what was typed for a figure."""
    return Line(code, value, State.NUMBER, source)


def lines_of_yesterday(actor: Actor, told: Standing) -> Sequence[Line]:
    """Return yesterday's numbers of whatever is typed and still open today, offered to be kept."""
    page = report_page(actor, told)
    return [
        line(row.entry.figure.code, str(before.value), AS_YESTERDAY)
        for row in page.untyped
        if (before := row.entry.yesterday) is not None and before.value is not None
    ]
