"""What the spreadsheets of staff and of stalls may look like."""

from lianfang.ground.orgs.rules.units import StallState
from lianfang.kernel import masks
from lianfang.kernel.identities import Document
from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.tables import Column, Table
from lianfang.people.register.rules.words import Employment, Gender, Transport

GENDERS = kinds.choice({Gender.MALE: "男|m", Gender.FEMALE: "女|f"})
EMPLOYMENTS = kinds.choice(
    {
        Employment.REGULAR: "正式",
        Employment.TEMPORARY: "临时",
        Employment.DISPATCHED: "派遣",
        Employment.OUTSOURCED: "外包",
        Employment.INTERN: "实习",
        Employment.TENANT: "租户",
    }
)
TRANSPORTS = kinds.choice(
    {
        Transport.RAIL: "铁路|火车|高铁|动车|train",
        Transport.PLANE: "飞机",
        Transport.COACH: "客运|大巴",
        Transport.CAR: "自驾",
        Transport.FERRY: "轮渡",
        Transport.OTHER: "其他",
    }
)
STALL_STATES = kinds.choice(
    {StallState.OPEN: "营业", StallState.CLOSED: "停业", StallState.NOT_RETURNED: "未返"}
)

PEOPLE = Table(
    (
        Column("工号", kinds.text, ("人员编号", "员工编号"), compulsory=True, max_length=40),
        Column("姓名", kinds.text, compulsory=True, max_length=50, mask=masks.name),
        Column("性别", GENDERS),
        Column("证件类型", kinds.DOCUMENT, default=Document.IDENTITY_CARD),
        Column(
            "证件号码",
            kinds.DocumentNumber("证件类型"),
            ("身份证号", "身份证号码"),
            compulsory=True,
            mask=masks.document,
        ),
        Column("手机号", kinds.mobile, ("手机", "联系电话"), compulsory=True, mask=masks.phone),
        Column(
            "单位编码",
            kinds.text,
            ("所在单位编码", "单位"),
            compulsory=True,
            max_length=40,
            refers="unknown_unit",
        ),
        Column("部门", kinds.text, max_length=60),
        Column("岗位", kinds.text, max_length=60),
        Column("用工性质", EMPLOYMENTS, compulsory=True),
        Column("是否党员", kinds.boolean, ("党员",)),
        Column("户籍地区划代码", kinds.region),
        Column("现居住地区划代码", kinds.region),
        Column("现住址", kinds.text, max_length=200, mask=masks.text),
        Column("是否在温", kinds.boolean, ("是否在本地",)),
        Column("当前所在地区划代码", kinds.region),
        Column("离开日期", kinds.day),
        Column("计划返回日期", kinds.day),
        Column("返回日期", kinds.day),
        Column("交通工具", TRANSPORTS),
        Column("车次航班", kinds.text, ("车次/航班",), max_length=30),
        Column("14天内重点地区旅居史", kinds.boolean),
        Column("14天内接触史", kinds.boolean),
        Column("备注", kinds.text, max_length=500, mask=masks.text),
    ),
    keys=(("工号",), ("证件类型", "证件号码")),
)

STALLS = Table(
    (
        Column("场所编码", kinds.text, compulsory=True, max_length=40, refers="unknown_site"),
        Column("摊位号", kinds.text, ("摊位",), compulsory=True, max_length=40),
        Column("经营户", kinds.text, ("店主", "姓名"), max_length=50, mask=masks.name),
        Column("手机", kinds.mobile, ("电话",), mask=masks.phone),
        Column("证件号码", kinds.DocumentNumber(), mask=masks.document),
        Column("户籍地区划代码", kinds.region_or_words, ("籍贯",), max_length=60),
        Column("从业人数", kinds.Count(in_words=True, below=10**4), ("帮工", "帮工人数")),
        Column("营业状态", STALL_STATES),
        Column("备注", kinds.text, max_length=200, mask=masks.text),
    ),
    keys=(("场所编码", "摊位号"),),
)
