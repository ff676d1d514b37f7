"""The lists of the inbox: their rows, their headings, how many stand in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    When,
)
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, pgettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.models import Escalation, Evidence, Loop
from lianfang.ground.loops.queries import words
from lianfang.ground.loops.queries.loops import Filter, Tab, in_tab, narrowed
from lianfang.ground.loops.queries.standing import VERIFY_WITHIN, WAITING
from lianfang.ground.loops.rules import (
    HEADING,
    HEADINGS,
    Call,
    Heading,
    State,
    heading,
    is_late,
    may_verify,
    state,
)
from lianfang.ground.notices.queries import say
from lianfang.ground.notices.rules import account, seats
from lianfang.ground.response import queries as responses
from lianfang.ground.web.words import left, stamp
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, Actor
from lianfang.kernel.texts import msgid_in

PAGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A loop as one line of a list."""

    id: UUID
    state: str
    late: bool
    heading: str
    title: str
    kind: str
    who: str
    main: str
    pressing: bool
    at: str
    files: int
    escalated: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The rows under one heading."""

    code: str
    word: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TabCount:
    """A list of the inbox and how many loops stand in it."""

    code: str
    word: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of loop and how many of it stand in the list."""

    code: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """A list of the inbox as the screen prints it."""

    tabs: tuple[TabCount, ...]
    kinds: tuple[KindCount, ...]
    groups: tuple[Group, ...]
    page: "Page[Loop]"
    first: UUID | None


#: The context under which the catalogue keeps the names of the lists.
INBOX = "inbox"
TAB_WORDS = {
    Tab.MINE: msgid_in("inbox", "For me to do"),
    Tab.VERIFY: msgid_in("inbox", "For me to verify"),
    Tab.ISSUED: msgid_in("inbox", "Asked by us"),
    Tab.CLOSED: msgid_in("inbox", "Closed"),
    Tab.ALL: msgid_in("inbox", "All open"),
}


def inbox(actor: Actor, tab: Tab, told: Filter, page: str = "1") -> Inbox:
    """Return one list with its headings, the kinds in it and the numbers of all lists."""
    now = clock.now()
    rows = _ordered(narrowed(in_tab(actor, tab), told, now), tab, now)
    shown = Paginator(rows, PAGE).get_page(page)
    found = list(shown.object_list)
    lines = list(_rows(actor, found, tab, now))
    return Inbox(
        tabs=tuple(_tabs(actor, tab)),
        kinds=tuple(_kinds(in_tab(actor, tab), now, told)),
        groups=tuple(_groups(lines, closed=tab is Tab.CLOSED)),
        page=shown,
        first=found[0].pk if found else None,
    )


def paper(actor: Actor, tab: Tab, told: Filter) -> list[Row]:
    """Return a whole list for print, in the order of the screen."""
    now = clock.now()
    rows = _ordered(narrowed(in_tab(actor, tab), told, now), tab, now)
    return list(_rows(actor, list(rows), tab, now))


def landing(actor: Actor) -> Tab:
    """Return the list that somebody is shown first: what waits for him, else what he sees."""
    waits = (tab for tab in (Tab.VERIFY, Tab.MINE) if in_tab(actor, tab).exists())
    found = next(waits, None)
    if found is None and in_tab(actor, Tab.ISSUED).exists():
        return Tab.ISSUED
    return found or (Tab.ALL if in_tab(actor, Tab.ALL).exists() else Tab.MINE)


def next_after(actor: Actor, tab: Tab, told: Filter, current: UUID) -> UUID | None:
    """Return the loop that follows one in its list, or the one before where it is the last."""
    now = clock.now()
    rows = _ordered(narrowed(in_tab(actor, tab), told, now), tab, now)
    keys = list(rows.values_list("pk", flat=True)[:PAGE])
    if current not in keys:
        return keys[0] if keys else None
    at = keys.index(current)
    rest = [*keys[at + 1 :], *reversed(keys[:at])]
    return rest[0] if rest else None


def _ordered(rows: QuerySet[Loop], tab: Tab, now: datetime) -> QuerySet[Loop]:
    """Order the loops by when somebody has to act: by the due time, or by when it is verified."""
    if tab is Tab.CLOSED:
        return rows
    pack = responses.pack_or_none(CLOCK, now)
    span = pack.span(VERIFY_WITHIN) if pack and pack.has(VERIFY_WITHIN) else timedelta(0)
    seen = ExpressionWrapper(F("done_at") + span, output_field=DateTimeField())
    wanted = Case(When(WAITING, then=seen), default=F("due"), output_field=DateTimeField())
    return rows.annotate(wanted=wanted).order_by(F("wanted").asc(nulls_last=True), "pk")


def _tabs(actor: Actor, current: Tab) -> Iterator[TabCount]:
    for tab in Tab:
        word = pgettext(INBOX, TAB_WORDS[tab])
        yield TabCount(tab, word, in_tab(actor, tab).order_by().count(), tab is current)


def _kinds(rows: QuerySet[Loop], now: datetime, told: Filter) -> list[KindCount]:
    rest = Filter(unit=told.unit, words=told.words, late=told.late)
    found = narrowed(rows, rest, now).order_by().values_list("kind").annotate(n=Count("pk"))
    counts = [KindCount(code, words.kind_word(code), count) for code, count in found]
    return sorted(counts, key=lambda each: (-each.count, each.code))


def _groups(rows: Sequence[Row], *, closed: bool) -> Iterator[Group]:
    if closed:
        if rows:
            yield Group("closed", gettext("Latest first"), tuple(rows))
        return
    for code, members in groupby(rows, key=lambda row: row.heading):
        yield Group(code, pgettext(HEADING, HEADINGS[Heading(code)]), tuple(members))


def _rows(actor: Actor, found: Sequence[Loop], tab: Tab, now: datetime) -> Iterator[Row]:
    keys = [row.pk for row in found]
    files = _files(actor, keys)
    risen = _risen(actor, keys)
    for row in found:
        stands = state(row.course)
        main, at, pressing = _due(actor, row, stands, now)
        yield Row(
            id=row.pk,
            state=stands,
            late=is_late(row.course, row.due, now),
            heading=heading(getattr(row, "wanted", row.due), now, get_default_timezone()),
            title=say(row.title),
            kind=words.kind_word(row.kind),
            who=words.office(row) if tab is Tab.MINE else words.doer(row),
            main=main,
            pressing=pressing,
            at=at,
            files=files.get(row.pk, 0),
            escalated=row.pk in risen,
        )


def _due(actor: Actor, row: Loop, stands: State, now: datetime) -> tuple[str, str, bool]:
    """Return what a row says at its right: who has to act or how long is left, and by when."""
    if stands in {State.VERIFIED, State.WAIVED}:
        closed = row.verified_at or row.waived_at
        return words.state_word(stands), stamp(closed) if closed else "", False
    at = words.moment(row.due, now)
    if stands is State.DONE:
        at = words.moment(getattr(row, "wanted", row.due), now)
        if may_verify(actor, row.verifying):
            return gettext("Waits for you to verify"), at, False
        return gettext("Waits to be verified"), at, False
    if row.due is None or (stands is not State.ACKNOWLEDGED and row.due > now):
        return words.state_word(stands), at, stands is State.RETURNED
    return left(row.due, now), at, row.due < now


def _files(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, int]:
    found = visible(Evidence, actor, "loops.read").filter(step__loop__in=keys).order_by()
    return dict(found.values_list("step__loop_id").annotate(n=Count("pk")))


def _risen(actor: Actor, keys: Sequence[UUID]) -> set[UUID]:
    """Return the loops that were escalated to one of the actor's posts, or to him."""
    meant = Q(to_user=account(actor)) if account(actor) else Q(pk__in=())
    for unit, role in seats(actor):
        meant |= Q(to_unit=unit, to_role=role)
    found = visible(Escalation, actor, "loops.read").filter(meant, call=Call.ESCALATE)
    return set(found.filter(loop__in=keys).values_list("loop_id", flat=True))
