"""What the spreadsheets of units and of sites may look like."""

from lianfang.ground.orgs.rules.units import Sector, SiteKind, UnitKind
from lianfang.kernel import masks
from lianfang.kernel.spreadsheets import kinds
from lianfang.kernel.spreadsheets.tables import Column, Table

UNIT_KINDS = kinds.choice(
    {
        UnitKind.GROUP: "集团",
        UnitKind.DEPARTMENT: "部室",
        UnitKind.SUBSIDIARY: "子公司",
        UnitKind.BRANCH: "分公司",
        UnitKind.PROJECT: "项目部|project office",
    }
)
SECTORS = kinds.choice(
    {
        Sector.FOOD: "食品生产供应",
        Sector.PHARMACY_RETAIL: "医药零售",
        Sector.MARKET: "市场",
        Sector.PROPERTY: "物业楼宇",
        Sector.ENERGY: "能源",
        Sector.MANUFACTURING: "制造",
        Sector.LOGISTICS: "物流",
        Sector.FINANCE: "金融",
        Sector.CONSTRUCTION: "建筑",
        Sector.OTHER: "其他",
    }
)
SITE_KINDS = kinds.choice(
    {
        SiteKind.MARKET: "市场",
        SiteKind.BUILDING: "楼宇",
        SiteKind.FACTORY: "厂房",
        SiteKind.SHOP: "门店",
        SiteKind.WAREHOUSE: "仓库",
        SiteKind.DORMITORY: "宿舍",
        SiteKind.CANTEEN: "食堂",
        SiteKind.OFFICE: "办公",
        SiteKind.CONSTRUCTION_SITE: "工地",
    }
)

UNITS = Table(
    (
        Column("单位编码", kinds.code, ("编码", "单位代码"), compulsory=True, max_length=40),
        Column("上级编码", kinds.text, ("上级单位编码", "上级"), max_length=40),
        Column("单位名称", kinds.text, ("名称",), compulsory=True, max_length=120),
        Column("简称", kinds.text, max_length=40),
        Column("单位类型", UNIT_KINDS, compulsory=True),
        Column("行业", SECTORS),
        Column("统一社会信用代码", kinds.credit_code),
        Column("主要负责人", kinds.text, max_length=50, mask=masks.name),
        Column("联系电话", kinds.phone, max_length=60, mask=masks.phone),
        Column("地址", kinds.text, max_length=200),
        Column("曾用名", kinds.text, max_length=120),
    ),
    keys=(("单位编码",),),
)

SITES = Table(
    (
        Column("场所编码", kinds.code, compulsory=True, max_length=40),
        Column("单位编码", kinds.text, compulsory=True, max_length=40, refers="unknown_unit"),
        Column("场所名称", kinds.text, ("名称",), compulsory=True, max_length=120),
        Column("场所类型", SITE_KINDS, compulsory=True),
        Column("地址", kinds.text, max_length=200),
        Column("区划代码", kinds.region),
        Column("所属街道", kinds.text, ("街道",), max_length=60),
        Column("出入口", kinds.Names(60), default=()),
        Column("面积㎡", kinds.Amount(2, 10**10), ("面积",)),
        Column("定员人数", kinds.Count()),
    ),
    keys=(("场所编码",),),
)
