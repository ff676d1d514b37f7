"""How units, sites, stalls and posts are called on screens; each list has its own context."""

from collections.abc import Mapping
from types import MappingProxyType

from lianfang.ground.orgs.rules.posts import Role
from lianfang.ground.orgs.rules.units import Sector, SiteKind, StallState, UnitKind
from lianfang.kernel.texts import msgid_in

#: The contexts under which the catalogue keeps these short words.
UNIT_KIND, SECTOR, SITE_KIND = "unit kind", "sector", "site kind"
STALL_STATE, POST = "stall state", "post"

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        UNIT_KIND: {
            UnitKind.GROUP: msgid_in("unit kind", "Group"),
            UnitKind.DEPARTMENT: msgid_in("unit kind", "Department"),
            UnitKind.SUBSIDIARY: msgid_in("unit kind", "Subsidiary"),
            UnitKind.BRANCH: msgid_in("unit kind", "Branch"),
            UnitKind.PROJECT: msgid_in("unit kind", "Project office"),
        },
        SECTOR: {
            Sector.FOOD: msgid_in("sector", "Food"),
            Sector.PHARMACY_RETAIL: msgid_in("sector", "Pharmacy retail"),
            Sector.MARKET: msgid_in("sector", "Markets"),
            Sector.PROPERTY: msgid_in("sector", "Property"),
            Sector.ENERGY: msgid_in("sector", "Energy"),
            Sector.MANUFACTURING: msgid_in("sector", "Manufacturing"),
            Sector.LOGISTICS: msgid_in("sector", "Logistics"),
            Sector.FINANCE: msgid_in("sector", "Finance"),
            Sector.CONSTRUCTION: msgid_in("sector", "Construction"),
            Sector.OTHER: msgid_in("sector", "Other"),
        },
        SITE_KIND: {
            SiteKind.MARKET: msgid_in("site kind", "Market"),
            SiteKind.BUILDING: msgid_in("site kind", "Building"),
            SiteKind.FACTORY: msgid_in("site kind", "Factory"),
            SiteKind.SHOP: msgid_in("site kind", "Shop"),
            SiteKind.WAREHOUSE: msgid_in("site kind", "Warehouse"),
            SiteKind.DORMITORY: msgid_in("site kind", "Dormitory"),
            SiteKind.CANTEEN: msgid_in("site kind", "Canteen"),
            SiteKind.OFFICE: msgid_in("site kind", "Office"),
            SiteKind.CONSTRUCTION_SITE: msgid_in("site kind", "Construction site"),
        },
        STALL_STATE: {
            StallState.OPEN: msgid_in("stall state", "Trading"),
            StallState.CLOSED: msgid_in("stall state", "Closed"),
            StallState.NOT_RETURNED: msgid_in("stall state", "Not returned"),
        },
        POST: {
            Role.ADMINISTRATOR: msgid_in("post", "Administrator"),
            Role.GROUP_OFFICE: msgid_in("post", "Group office"),
            Role.LEADING_GROUP: msgid_in("post", "Leading group"),
            Role.LIAISON_LEADER: msgid_in("post", "Liaison leader"),
            Role.PRINCIPAL: msgid_in("post", "Principal"),
            Role.CLERK: msgid_in("post", "Clerk"),
            Role.GATEKEEPER: msgid_in("post", "Gatekeeper"),
            Role.STOREKEEPER: msgid_in("post", "Storekeeper"),
            Role.DUTY: msgid_in("post", "Duty staff"),
            Role.INSPECTOR: msgid_in("post", "Inspector"),
            Role.PETITION_OFFICER: msgid_in("post", "Petition officer"),
            Role.EMPLOYEE: msgid_in("post", "Employee"),
            Role.AUDITOR: msgid_in("post", "Auditor"),
        },
    }
)
