"""The group, its sites, users and posts, its people, and the response in force."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.utils.timezone import get_default_timezone

from lianfang.drills.demo.rules import days, group
from lianfang.drills.demo.rules.group import COMPANIES, Company
from lianfang.drills.demo.rules.people import Invented, somebody, staff
from lianfang.drills.demo.services.commanding import lead
from lianfang.ground.orgs import services as orgs
from lianfang.ground.orgs.models import Site, Unit, User
from lianfang.ground.orgs.rules import Role, SiteKind, StallState, UnitKind
from lianfang.ground.response import services as response
from lianfang.ground.response.services import CasesLine
from lianfang.kernel import ids
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts
from lianfang.people.register.rules.reading import StallTold
from lianfang.people.register.rules.words import Employment, History
from lianfang.people.register.services import take, take_stall
from lianfang.people.register.services.stalls import StallRow
from lianfang.people.register.services.taking import Taken

Say = Callable[[str], None]
PACK = "covid19-2020-01"


@dataclass(frozen=True, slots=True)
class Staff:
    """The companies of the demo with their units, posts and people."""

    top: Unit
    units: Sequence[Unit]
    departments: Sequence[Unit]
    users: Mapping[str, User]


def found(say: Say) -> Staff:
    """Found the group, begin the response, and enter everybody."""
    say("单位和场所")
    top = _group()
    units = [_company(top, number, company) for number, company in days.companies()]
    departments = _departments(top)
    _sites(top, units)
    say("岗位和账号")
    users = _users(top, units)
    say("应急响应和策略包")
    _response(top)
    say("领导小组和联系领导")
    lead(top, units, departments, users)
    say("6,000 名职工和 268 个摊位")
    _people(units, departments)
    _employee(units)
    return Staff(top, units, departments, users)


def _group() -> Unit:
    told = orgs.UnitLine(
        group.GROUP,
        group.GROUP_NAME,
        UnitKind.GROUP,
        group.GROUP_SHORT,
        phone=group.PHONE,
        fax=group.FAX,
        post_code=group.POST_CODE,
        address=group.ADDRESS,
        former_name=group.FORMER_NAME,
    )
    return orgs.enter_unit(OPERATOR, None, told)


def _company(top: Unit, number: int, company: Company) -> Unit:
    code = f"{group.GROUP}{number:02}"
    told = orgs.UnitLine(
        code,
        f"瓯江{company.short}有限公司",
        UnitKind.SUBSIDIARY,
        company.short,
        company.sector,
        principal=group.PRINCIPALS[number - 1],
        address=f"瓯江市{company.short}路 {number} 号",
    )
    unit = orgs.enter_unit(OPERATOR, top, told)
    for at, name in enumerate(company.branches, 1):
        kind = UnitKind.PROJECT if name.endswith("项目部") else UnitKind.BRANCH
        line = orgs.UnitLine(f"{code}{at:02}", f"{company.short}{name}", kind, name, company.sector)
        orgs.enter_unit(OPERATOR, unit, line)
    return unit


def _departments(top: Unit) -> Sequence[Unit]:
    return [
        orgs.enter_unit(
            OPERATOR,
            top,
            orgs.UnitLine(f"{group.GROUP}D{number:02}", name, UnitKind.DEPARTMENT, name),
        )
        for number, name in enumerate(group.DEPARTMENTS, 1)
    ]


KINDS = {
    "market": SiteKind.MARKET,
    "building": SiteKind.BUILDING,
    "factory": SiteKind.FACTORY,
    "shop": SiteKind.SHOP,
    "warehouse": SiteKind.WAREHOUSE,
}
WORDS = {
    "market": "市场",
    "building": "大楼",
    "factory": "厂区",
    "shop": "门店",
    "warehouse": "仓库",
}


def _sites(top: Unit, units: Sequence[Unit]) -> None:
    items = [
        orgs.enter_site.on(top, orgs.SiteLine("S-HQ", "集团总部", SiteKind.OFFICE, gates=("大门",)))
    ]
    for unit, company in zip(units, COMPANIES, strict=True):
        sites = range(1, 4 + (company.staff > 150))  # noqa: PLR2004 - the larger ones have four
        items += [orgs.enter_site.on(unit, _site(unit, company, at)) for at in sites]
    orgs.enter_site.many(OPERATOR, items)


def _site(unit: Unit, company: Company, at: int) -> orgs.SiteLine:
    kind = company.site if at != 3 else "warehouse"  # noqa: PLR2004 - the third is a store
    if at == 1:
        name = f"{company.short}{WORDS[kind]}"
        gates: tuple[str, ...] = (
            ("南门", "北门", "货运门") if kind == "market" else ("大门", "侧门")
        )
    else:
        name = f"{company.short}{at} 号{WORDS[kind]}"
        gates = ("大门",)
    return orgs.SiteLine(
        f"S-{unit.code}-{at}",
        name,
        KINDS[kind],
        region="330302",
        subdistrict="江滨街道",
        gates=gates,
    )


def _users(top: Unit, units: Sequence[Unit]) -> Mapping[str, User]:
    users: dict[str, User] = {}

    def give(login: str, name: str, home: Unit, role: Role, *places: Unit) -> None:
        users[login] = orgs.create_user(OPERATOR, home, login, name, "")
        for place in places or (home,):
            orgs.give_post(OPERATOR, place, users[login], role)

    for login, name in group.OFFICE:
        give(login, name, top, Role.GROUP_OFFICE)
    for login, name in group.LEADING:
        give(login, name, top, Role.LEADING_GROUP)
    give("admin", "系统管理员", top, Role.ADMINISTRATOR)
    give("shenji", "审计员", top, Role.AUDITOR)
    for at, (login, name) in enumerate(group.LEADERS):
        give(login, name, top, Role.LIAISON_LEADER, *units[at * 4 : at * 4 + 4])
    for number, unit in enumerate(units, 1):
        give(f"clerk{number:02}", group.CLERKS[number - 1], unit, Role.CLERK)
        give(f"principal{number:02}", group.PRINCIPALS[number - 1], unit, Role.PRINCIPAL)
    return users


def _response(top: Unit) -> None:
    since = days.RESPONSE_SINCE.replace(tzinfo=get_default_timezone())
    known = datetime.combine(days.LAST, days.STOPS_AT, get_default_timezone())
    response.begin_with_pack(OPERATOR, PACK, since, known_until=known)
    response.start_campaign(OPERATOR, top, days.CAMPAIGN, days.CAMPAIGN_FROM, days.CAMPAIGN_DAYS)
    response.mark_key_period(OPERATOR, top, days.KEY_PERIOD, days.BEGINS.date(), days.KEY_PERIOD_TO)


def cases_of(top: Unit, day: date) -> None:
    """Type the invented city's new cases of a day, as they are published the morning after."""
    number = (day - days.CASES_FROM).days
    if 0 <= number < len(days.CITY_CASES):
        line = CasesLine(day, days.CITY, days.CITY_CASES[number], "瓯江市每日通报")
        response.type_cases(OPERATOR, top, line)


def _people(units: Sequence[Unit], departments: Sequence[Unit]) -> None:
    random, seen = Random("staff"), set[str]()  # noqa: S311 - a scenario, no secret
    items, number = [], 0
    head = len(departments) * group.DEPARTMENT_STAFF
    rest = group.STAFF_IN_ALL - head
    counts = [company.staff * rest // group.TODAY_STAFF_OF_MOCK for company in COMPANIES]
    counts[-1] += rest - sum(counts)
    for unit, company, count in zip(units, COMPANIES, counts, strict=True):
        for person in staff(random, company, count, seen):
            number += 1
            items.append(take.on(unit, _taken(person, number)))
    for unit in departments:
        for _ in range(group.DEPARTMENT_STAFF):
            number += 1
            told = somebody(random, seen, Employment.REGULAR)
            items.append(take.on(unit, _taken(told, number)))
    take.many(OPERATOR, items)
    _stalls(units[0], random, seen)


def _taken(person: Invented, number: int) -> Taken:
    line = PersonLine(
        name=person.name,
        employment=person.employment,
        person_no=f"OJ{number:05}",
        gender=person.gender,
        document=person.document,
        phone=person.phone,
        home_region=person.home_region,
        live_region="330302",
        department=person.department,
        job=person.job,
        party_member=person.party_member,
    )
    where = Whereabouts(
        in_town=not person.away,
        region=person.region if person.away else "330302",
        from_region=person.region if person.returned_on else "",
        left_on=person.left_on,
        returned_on=person.returned_on,
        planned_return=days.LAST + timedelta(days=9) if person.away else None,
        transport=person.transport,
        transport_no=person.transport_no,
    )
    return Taken(line, where=where, history=_history(person))


def _history(person: Invented) -> tuple[History, ...]:
    told = ((History.KEY_AREA, person.key_area), (History.PEOPLE_FROM_THERE, person.contact))
    return tuple(kind for kind, is_so in told if is_so)


def _stalls(market: Unit, random: Random, seen: set[str]) -> None:
    """Enter the stalls of the wholesale market and who holds them."""
    site = Site.objects.get(code=f"S-{market.code}-1")
    rows = []
    for number in range(1, group.STALLS + 1):
        holder = somebody(random, seen, Employment.STALL_HOLDER)
        away = number % 9 == 0
        told = StallTold(
            number=f"{'ABCD'[number * 4 // (group.STALLS + 1)]}{number:03}",
            helpers_declared=number % 4,
            state=StallState.NOT_RETURNED if away else StallState.OPEN,
            remark="",
        )
        line = PersonLine(
            name=holder.name,
            employment=Employment.STALL_HOLDER,
            phone=holder.phone,
            document=holder.document if number % 5 else "",
            home_region=holder.home_region,
        )
        rows.append((told, line))
    take_stall.many(
        OPERATOR, [take_stall.on(site, StallRow(told, line, ids.new())) for told, line in rows]
    )


def _employee(units: Sequence[Unit]) -> None:
    """Let one employee of the fish market sign in, besides his personal link."""
    person = Person.objects.filter(unit=units[1], left_at=None).order_by("id").last()
    if person is None:
        return
    orgs.create_user(OPERATOR, units[1], "employee", person.name, "", person.pk)
