"""What happens on each of the five days: who comes back, what is typed, when reports are sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from lianfang.drills.demo.rules.group import COMPANIES, Company

FIRST, LAST = date(2020, 1, 27), date(2020, 1, 31)
DAYS: Sequence[date] = tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
STOPS_AT = time(16, 20)
BEGINS = datetime(2020, 1, 26, 20, 0)  # noqa: DTZ001 - the zone is added where it is used
RESPONSE_SINCE = datetime(2020, 1, 23, 18, 0)  # noqa: DTZ001
CAMPAIGN, CAMPAIGN_FROM, CAMPAIGN_DAYS = "奋战十天", date(2020, 1, 29), 10
KEY_PERIOD, KEY_PERIOD_TO = "正月十五前关键时段", date(2020, 2, 8)
#: The day that one leader was away, and who stood in; the day that another one was told by phone.
BY_DEPUTY, DEPUTY, AWAY = date(2020, 1, 29), "yemingyuan", "赴省里开会"
TOLD_BY_PHONE = date(2020, 1, 30)
INSTRUCTION = "请澄溪水产摸清装卸工返岗情况，明日中午前报集团防控办。"
#: The company whose principal signs by phone, through his clerk.
TOLD_TO_CLERK = 7
#: Invented new cases of an invented city, day by day from 20 January.
CASES_FROM = date(2020, 1, 20)
CITY_CASES = (2, 2, 3, 6, 9, 14, 26, 33, 41, 52, 61)
CITY = "瓯江市"


@dataclass(frozen=True, slots=True)
class Watch:
    """How observation at a company goes on one day; today balances with yesterday."""

    current: int
    new: int
    released: int
    so_far: int


def watches(number: int, company: Company) -> Mapping[date, Watch]:
    """Return the course of observation of a company, ending at what the demo day shows."""
    random = Random(f"watch {number}")  # noqa: S311 - a scenario, no secret
    found: dict[date, Watch] = {}
    current, so_far = company.observed, company.observed + company.released + 2
    for day in reversed(DAYS):
        new = min(random.choice((0, 0, 1, 1, 2)), current)
        released = random.choice((0, 0, 1))
        found[day] = Watch(current, new, released, so_far)
        current, so_far = current - new + released, so_far - new
    return found


def contacts(company: Company, day: date) -> int:
    """Return the close contacts, as the authority decided them, known on a day."""
    fresh = company.short in {"禾丰冷链", "康渡大药房"}
    if fresh:
        return company.contacts if day == LAST else 0
    return company.contacts if day >= date(2020, 1, 28) else 0


def typed_numbers(number: int, company: Company, day: date) -> Mapping[str, str]:
    """Return what a clerk types on a day because no app counts it yet."""
    random = Random(f"typed {number} {day}")  # noqa: S311
    watch, left = watches(number, company)[day], (LAST - day).days
    due = 6 + number % 5
    told: dict[str, int | Decimal | str] = {
        "home_isolation": watch.current,
        "central_isolation": 0,
        "home_rest": max(company.returned - watch.current, 0),
        "isolation_new": watch.new,
        "isolation_released": watch.released,
        "isolation_total": watch.so_far,
        "suspected": 0,
        "confirmed": 0,
        "close_contacts": contacts(company, day),
        "recovered": 0,
        "on_duty": 4 + number % 6,
        "remote_work": company.staff // 20,
        "visitors": max(company.visitors + random.randrange(-20, 20), 0),
        "entries_refused": max(company.refused + random.randrange(-2, 3), 0),
        "disinfect_due": due,
        "disinfect_done": due if random.random() < 0.9 else due - 1,  # noqa: PLR2004
        "petitions_new": 1 if random.random() < 0.1 else 0,  # noqa: PLR2004
        "petitions_closed": 0,
        "petitions_open": number % 2,
        "masks_balance": company.masks + company.masks_a_day * left,
        "masks_used": company.masks_a_day,
        "disinfectant_balance": company.litres + 12 * left,
        "thermometers": 2 + number % 5,
        "duty_leader": "",
        "duty_staff": "",
    }
    return {code: str(value) for code, value in told.items() if value != ""}


def returns(number: int, company: Company, day: date) -> int:
    """Return how many people of a company come back to town on a day."""
    return (number + day.day) % 3 if company.away > 2 else 0  # noqa: PLR2004


def sent_at(company: Company, day: date, zone: ZoneInfo) -> datetime | None:
    """Return when a company's report comes in; three are late on the demo day."""
    if not company.sent and day == LAST:
        return None
    clock = time.fromisoformat(company.sent or "15:40")
    shift = 0 if day == LAST else (day.day * 7) % 13 - 6
    return datetime.combine(day, clock, zone) + timedelta(minutes=min(shift, 2))


def quiet(number: int, company: Company, day: date) -> bool:
    """Tell whether a company sends a zero report: nothing is new, in words or in numbers."""
    told = typed_numbers(number, company, day)
    new = ("isolation_new", "close_contacts", "suspected", "confirmed")
    return not news(company, day) and not any(Decimal(told.get(code, "0")) for code in new)


def news(company: Company, day: date) -> str:
    """Return the new situations of a company on a day."""
    return NEWS.get((company.short, day.day), "")


NEWS: Mapping[tuple[str, int], str] = {
    ("鹭洲农批", 31): "水果市场北门 1 名外来送货司机自述从外省返回，未入场，已报所在街道。",
    (
        "澄溪水产",
        31,
    ): (
        "15:51 南门 1 名搬运工体温 37.8℃，已转定点门诊，同班 4 人原地等待结果。"
        "口罩只够 1 天多，请集团今日调拨。"
    ),
    (
        "禾丰冷链",
        31,
    ): "15:20 接社区电话，1 名驾驶员经疾控认定为密切接触者，已居家医学观察，冷藏车已封存消毒。",
    (
        "康渡大药房",
        31,
    ): "10:12 同柜台同事的家属确诊，1 名店员经属地认定为密切接触者，门店已停业消毒。",
    ("启衡物业", 31): "6 号楼租户要求提前开门，属地街道已到场，租户同意按规定时间复工。",
    ("泓源印染", 30): "口罩供货商延期到 2 月 3 日交货，库存够 2 天多。",
    ("岚浦服装城", 30): "1 名经营户从湖北返回，已居家医学观察，摊位停业。",
    ("汇川油品", 29): "城北油站 1 名加油员被列为密切接触者，油站已消毒，排班已调整。",
    ("鹭洲农批", 28): "1 名经营户被属地列为密切接触者，已居家医学观察。",
    ("岚浦服装城", 28): "1 名导购被列为密切接触者，已居家医学观察。",
}


def companies() -> Sequence[tuple[int, Company]]:
    """Return the companies with their numbers."""
    return tuple(enumerate(COMPANIES, 1))
