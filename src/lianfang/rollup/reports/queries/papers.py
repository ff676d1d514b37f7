"""What the bulletin's pages show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import quote

from django.conf import settings

from lianfang.ground.doors.act import may
from lianfang.ground.orgs.models import Unit
from lianfang.ground.papers.lacking import Lack
from lianfang.ground.papers.sheet import Table
from lianfang.ground.signing import queries as signing
from lianfang.ground.signing.queries import Standing, Strip
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.rollup.reports.models import Bulletin
from lianfang.rollup.reports.queries import frozen
from lianfang.rollup.reports.queries.bulletins import (
    bulletin_content,
    bulletin_of,
    bulletins,
    chat,
    live_content,
    released_of,
    the_group,
)
from lianfang.rollup.reports.queries.hours import today
from lianfang.rollup.reports.queries.printing import printed_of
from lianfang.rollup.reports.queries.signed import bulletin_facts
from lianfang.rollup.reports.queries.unreported import Known, known_unreported
from lianfang.rollup.reports.rules.bulletin import Content, Erratum, errata
from lianfang.rollup.reports.rules.days import situation_key
from lianfang.rollup.reports.rules.speech import words_of
from lianfang.rollup.reports.rules.states import DAILY_SITUATION, counts, report_state
from lianfang.rollup.reports.rules.table import grid
from lianfang.rollup.reports.rules.wording import Paper

NO_BULLETIN = msgid("There is no daily situation of this day yet; draft it first.")
LISTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage:
    """The bulletin of a day as a document, with what this actor may do to it."""

    day: date
    bulletin: Bulletin | None
    content: Content
    paper: Paper
    mark: str
    grid: Table
    lacks: Sequence[Lack]
    signed: Sequence[str]
    chat: str
    remark: str
    moved_on: bool
    known: Sequence[Known]
    again: bool
    corrections: Sequence[Erratum]
    strip: Strip | None
    own_step: str
    may_draft: bool

    @property
    def before(self) -> date:
        """Return the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return the day after."""
        return self.day + timedelta(days=1)


def bulletin_page(actor: Actor, day: date, language: str, *, again: bool = False) -> BulletinPage:
    """Return the page of a bulletin: as it was frozen, or as it would be now.

    Asked once more, it says which figures of the issued version a new one would correct.
    """
    group, found = the_group(actor), bulletin_of(actor, day)
    content = bulletin_content(actor, found) if found else live_content(actor, day)
    words = words_of(language, settings.DATA / "papers")
    settled = found is not None and found.released_at is not None
    may_draft = day <= today() and may(actor, "bulletins.draft", group)
    anew = may_draft and (again or not settled)
    told = _on_its_way(actor, found)
    printed = printed_of(actor, content, found, language)
    return BulletinPage(
        day=day,
        bulletin=found,
        content=content,
        paper=printed.paper,
        mark="" if settled else words["draft"],
        grid=grid(content, words),
        lacks=printed.lacks,
        signed=printed.sheet.signed,
        chat=chat(content, language),
        remark=found.remark if found else "",
        moved_on=found is not None and not settled and _came_since(actor, found, day),
        known=() if settled else known_unreported(actor, content, words),
        strip=signing.strip(actor, told) if told else None,
        own_step=signing.own_step(actor, told) if told else "",
        again=anew and settled,
        corrections=_corrections(actor, found, content) if anew and found else (),
        may_draft=may_draft,
    )


def _on_its_way(actor: Actor, found: Bulletin | None) -> Standing | None:
    """Return where a daily situation stands on its route, if it has begun it."""
    if found is None:
        return None
    key = situation_key(found.day, found.version)
    sheet = signing.of_paper(actor, DAILY_SITUATION, key)
    return signing.standing(actor, sheet, bulletin_facts(actor, sheet)) if sheet else None


def listed(actor: Actor) -> Sequence[Bulletin]:
    """Return the newest versions of the bulletins, the newest day first."""
    newest = {row.day: row for row in bulletins(actor).defer("content").order_by("day", "version")}
    return sorted(newest.values(), key=lambda row: row.day, reverse=True)[:LISTED]


def group_for(actor: Actor, act: str) -> Unit:
    """Return the group, for somebody who may do this to it."""
    group = the_group(actor)
    if not may(actor, act, group):
        raise NotAllowed(NO_BULLETIN)
    return group


def newest_for(actor: Actor, day: date, act: str) -> Bulletin:
    """Return the newest bulletin of a day on which the actor may do this."""
    found = bulletin_of(actor, day, act)
    if found is None:
        raise NotAllowed(NO_BULLETIN)
    return found


def attachment(name: str) -> str:
    """Write a file's name as a header carries it."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _corrections(actor: Actor, found: Bulletin, drafted: Content) -> Sequence[Erratum]:
    """Return what a new version would correct of the issued one, with the reasons given so far."""
    first = found.version == 1 and found.released_at is None
    released = None if first else released_of(actor, found.day)
    if released is None:
        return ()
    issued = bulletin_content(actor, released)
    before = {each.number for each in issued.errata}
    given = {each.code: each.reason for each in drafted.errata if each.number not in before}
    moved = errata(issued, live_content(actor, found.day))
    return [replace(each, reason=given.get(each.code, "")) for each in moved]


def _came_since(actor: Actor, found: Bulletin, day: date) -> bool:
    """Tell whether reports have come in, or were given back, since the draft was made."""
    units = bulletin_content(actor, found).units
    then = {unit.code: (unit.version, counts(unit.state)) for unit in units if unit.owes}
    now = {
        report.unit.code: (report.version, counts(report_state(frozen.times_of(report))))
        for report in frozen.newest(actor, day).values()
    }
    return any(now.get(code, (0, False)) != told for code, told in then.items())
