"""Thousands of invented people; their identity numbers belong to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from lianfang.drills.demo.rules.group import Company
from lianfang.people.register.rules.words import Employment

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文斌红梅鑫波宇浩凯秀珍健俊"
    "帆雪倩婷宁龙慧巧雅琴云莲真环亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭鹏泽"
    "晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘"
)
COUNTIES = (
    "330302",
    "330303",
    "330304",
    "330326",
    "330327",
    "330381",
    "330382",
    "360402",
    "341203",
    "522121",
    "411528",
)
KEY_AREAS = ("420102", "421002", "420922")
OTHER_PROVINCES = ("341203", "360402", "411528", "522121", "430602", "350102")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
#: Sequence numbers kept for centenarians (GB 11643-1999), so that no number is anybody's.
NOBODYS = (996, 997, 998, 999)
EMPLOYMENTS = (
    Employment.REGULAR,
    Employment.DISPATCHED,
    Employment.TEMPORARY,
    Employment.OUTSOURCED,
    Employment.INTERN,
)
SHARES = (68, 14, 11, 5, 2)
JOBS = (
    "管理员",
    "装卸工",
    "保安",
    "保洁",
    "营业员",
    "驾驶员",
    "操作工",
    "仓管员",
    "电工",
    "收银员",
    "质检员",
    "文员",
)
TEAMS = ("综合部", "一组", "二组", "三组", "运行部", "后勤部")


@dataclass(frozen=True, slots=True)
class Invented:
    """A person of the demo, and where he is on the last day before the demo begins."""

    name: str
    employment: Employment
    gender: str
    document: str
    phone: str
    home_region: str
    department: str
    job: str
    party_member: bool
    away: bool = False
    region: str = ""
    left_on: date | None = None
    returned_on: date | None = None
    transport: str = ""
    transport_no: str = ""
    key_area: bool = False
    contact: bool = False


def identity_number(random: Random, region: str) -> str:
    """Make an identity number with a right check character that belongs to nobody."""
    born = date(1960, 1, 1) + timedelta(days=random.randrange(14_600))
    body = f"{region}{born:%Y%m%d}{random.choice(NOBODYS)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK[total % 11]


def staff(random: Random, company: Company, count: int, seen: set[str]) -> Iterator[Invented]:
    """Invent the staff of a company: who is away, who came back when, who was where."""
    away = round(company.away * count / company.staff)
    returned = round(company.returned * count / company.staff)
    for number in range(count):
        person = somebody(random, seen)
        if number < away:
            yield _away(random, person, key_area=number < company.key_area)
        elif number < away + returned:
            key = number - away < company.key_area
            yield _returned(random, person, key_area=key, contact=number - away == returned - 1)
        else:
            yield person


def somebody(random: Random, seen: set[str], employment: Employment | None = None) -> Invented:
    """Invent somebody who never left town."""
    region = random.choice(COUNTIES)
    document = identity_number(random, region)
    while document in seen:
        document = identity_number(random, region)
    seen.add(document)
    return Invented(
        name=random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2, 2, 2)))),
        employment=employment or random.choices(EMPLOYMENTS, SHARES)[0],
        gender="male" if random.random() < 0.58 else "female",  # noqa: PLR2004 - a share
        document=document,
        phone=f"199{len(seen):08d}",
        home_region=region,
        department=random.choice(TEAMS),
        job=random.choice(JOBS),
        party_member=random.random() < 0.16,  # noqa: PLR2004 - a share
    )


def _away(random: Random, person: Invented, *, key_area: bool) -> Invented:
    region = random.choice(KEY_AREAS if key_area else OTHER_PROVINCES)
    left = date(2020, 1, random.randrange(12, 23))
    return replace(person, away=True, region=region, left_on=left, key_area=key_area)


def _returned(random: Random, person: Invented, *, key_area: bool, contact: bool) -> Invented:
    region = random.choice(KEY_AREAS if key_area else OTHER_PROVINCES)
    left = date(2020, 1, random.randrange(10, 20))
    back = date(2020, 1, random.randrange(21, 27))
    transport = random.choice(("rail", "rail", "coach", "car"))
    number = f"G{random.randrange(1000, 9999)}" if transport == "rail" else ""
    return replace(
        person,
        region=region,
        left_on=left,
        returned_on=back,
        transport=transport,
        transport_no=number,
        key_area=key_area,
        contact=contact and not key_area,
    )
