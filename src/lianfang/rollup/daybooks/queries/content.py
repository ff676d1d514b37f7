"""What goes into the workbook of a unit and day: people, stalls, figures, texts so far."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext, pgettext

from lianfang.ground.doors.visible import visible
from lianfang.ground.figures.rules import Kind, Value
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import Site, Stall, Unit
from lianfang.ground.orgs.rules import Role, SiteKind, StallState, operating_day
from lianfang.ground.response import queries as response
from lianfang.kernel import clock, tree
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.texts import msgid
from lianfang.people.checkins.rules import Earlier, Policy, last, since
from lianfang.people.checkins.standing import earlier, policy_in
from lianfang.people.register.models import Person, StallTenure
from lianfang.people.register.rules.wording import EMPLOYMENT, POPULATION, WORDS
from lianfang.rollup.daybooks.rules.content import Asked, Content, Trader, Who
from lianfang.rollup.daybooks.rules.stamp import Stamp
from lianfang.rollup.daybooks.rules.words import STATES
from lianfang.rollup.reports import queries as reports
from lianfang.rollup.reports.queries.pages import holders
from lianfang.rollup.reports.queries.standing import Entry

GIVE = "daybooks.give"
AHEAD = timedelta(days=1)
TOO_FAR = msgid("A workbook is given out for tomorrow at the latest.")


def give_out_day(actor: Actor, unit: Unit, day: date) -> date:
    """Return a day for which a workbook is given out: within the response, until tomorrow."""
    today = operating_day(clock.now(), get_default_timezone(), unit.day_starts)
    if day > today + AHEAD:
        raise BadInput(TOO_FAR, field="day")
    if day <= today:
        response.countable(actor, unit, day)
    return day


def people(actor: Actor, unit: Unit) -> list[Person]:
    """Return who is asked: the people of a unit and below it, staff first, by name."""
    found = visible(Person, actor, GIVE).filter(
        left_at=None, unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path)
    )
    return list(
        found.select_related("unit", "site", "stall")
        .defer("document", "phone", "address", "remark")
        .order_by("-population", "unit__path", "sort_key", "pk")
    )


def content(actor: Actor, unit: Unit, stamp: Stamp, language: str) -> Content:
    """Return all that is filled into a workbook, in the language that is active."""
    now, told = clock.now(), reports.standing(actor, unit, stamp.day)
    policy = policy_in(response.pack_at(actor, now, unit))
    staff, group = people(actor, unit), orgs.group(actor)
    held = holders(actor, [unit])
    stalls = _traders(actor, _markets(actor, unit), language)
    principal = held.get((unit.pk, Role.PRINCIPAL), "") or unit.principal
    return Content(
        stamp=stamp,
        language=language,
        unit=unit.name,
        group=str(group or ""),
        due=localtime(told.due),
        as_of=localtime(stamp.as_of),
        call=_call(actor, group),
        people=_who(staff, policy, now, language),
        stalls=stalls,
        numbers=[_asked(entry) for entry in told.entries if not entry.counted],
        new_issues=told.new_issues,
        help_needed=told.help_needed,
        zero=told.zero,
        signers={"filler": held.get((unit.pk, Role.CLERK), ""), "principal": principal},
        policy=policy,
        has_market=bool(stalls),
    )


def _call(actor: Actor, group: Unit | None) -> Sequence[str]:
    """Return whom to call: the group's telephone, or whoever gives the workbook out."""
    if group is not None and group.phone:
        return (f"{group} {group.phone}",)
    return tuple(filter(None, (orgs.name_of(actor),)))


def _who(staff: Sequence[Person], policy: Policy, now: datetime, language: str) -> list[Who]:
    """Return people by number, with what was told last and where it was measured."""
    told = earlier([person.pk for person in staff], since(now, policy))
    methods = {each.code: each.words.say(language) for each in policy.methods}
    return [
        _one(number, person, last(told[person.pk]), methods)
        for number, person in enumerate(staff, 1)
    ]


def _one(number: int, person: Person, before: Earlier | None, methods: Mapping[str, str]) -> Who:
    place = f"{person.site} {person.stall or ''}".strip() if person.site else person.department
    known = before.method if before and before.method else next(iter(methods))
    return Who(
        person=person.pk,
        number=str(number),
        name=person.name,
        staff_no=person.person_no,
        population=pgettext(POPULATION, WORDS[POPULATION][person.population]),
        kind=pgettext(EMPLOYMENT, WORDS[EMPLOYMENT][person.employment]),
        place=place,
        document=person.document_mask,
        phone=person.phone_mask,
        last=_last(before, methods),
        method=methods.get(known, ""),
    )


def _last(before: Earlier | None, methods: Mapping[str, str]) -> str:
    """Return in one cell what was told last: when, how warm, where."""
    if before is None:
        return ""
    at = localtime(before.taken_at)
    warm = "" if before.temperature is None else f"{before.temperature}"
    warm += f" {methods.get(before.method, '')}" if warm else ""
    town = {True: gettext("in town"), False: gettext("out of town"), None: ""}[before.in_town]
    parts = (f"{at.month}-{at.day} {at:%H:%M}", warm.strip(), town)
    return " · ".join(part for part in parts if part)


def _markets(actor: Actor, unit: Unit) -> list[Site]:
    found = visible(Site, actor, GIVE).filter(
        kind=SiteKind.MARKET, unit__path__gte=unit.path, unit__path__lt=tree.after(unit.path)
    )
    return list(found.order_by("code"))


def _traders(actor: Actor, markets: Sequence[Site], language: str) -> list[Trader]:
    stalls = list(
        visible(Stall, actor, GIVE)
        .filter(site__in=markets)
        .select_related("site")
        .order_by("site__code", "sort_key", "number")
    )
    tenures = visible(StallTenure, actor, GIVE).filter(stall__in=stalls, valid_to=None)
    names: dict[UUID, str] = dict(tenures.values_list("stall_id", "person__name"))
    return [_trader(stall, names.get(stall.pk, ""), language) for stall in stalls]


def _trader(stall: Stall, holder: str, language: str) -> Trader:
    state = STATES[StallState(stall.state)].say(language)
    helpers = "" if stall.helpers_declared is None else str(stall.helpers_declared)
    known = gettext("%(state)s, helpers %(n)s") % {"state": state, "n": helpers or "—"}
    return Trader(stall.site.code, stall.site.name, stall.number, holder, known)


def _asked(entry: Entry) -> Asked:
    figure = entry.figure
    return Asked(
        code=figure.code,
        label=gettext(figure.label),
        definition=gettext(figure.definition),
        measure=gettext(figure.unit_of_measure),
        section=figure.section,
        yesterday=_plain(entry.yesterday),
        today=_plain(entry.value),
        is_text=figure.kind is Kind.TEXT,
        is_whole=figure.kind is Kind.WHOLE,
    )


def _plain(value: Value | None) -> str:
    if value is None:
        return ""
    if value.value is None:
        return value.text
    return f"{Decimal(value.value).normalize():f}"
