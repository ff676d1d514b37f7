"""Kinds of units and sites, and the day to which a place counts its facts."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache


class UnitKind(StrEnum):
    """What a node of the organisation tree is."""

    GROUP = "group"
    DEPARTMENT = "department"
    SUBSIDIARY = "subsidiary"
    BRANCH = "branch"
    PROJECT = "project"


class Sector(StrEnum):
    """The line of business, which chooses the set of measures (R19)."""

    FOOD = "food"
    PHARMACY_RETAIL = "pharmacy_retail"
    MARKET = "market"
    PROPERTY = "property"
    ENERGY = "energy"
    MANUFACTURING = "manufacturing"
    LOGISTICS = "logistics"
    FINANCE = "finance"
    CONSTRUCTION = "construction"
    OTHER = "other"


class SiteKind(StrEnum):
    """What a place is."""

    MARKET = "market"
    BUILDING = "building"
    FACTORY = "factory"
    SHOP = "shop"
    WAREHOUSE = "warehouse"
    DORMITORY = "dormitory"
    CANTEEN = "canteen"
    OFFICE = "office"
    CONSTRUCTION_SITE = "construction_site"


class StallState(StrEnum):
    """Whether a stall trades."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_RETURNED = "not_returned"


@lru_cache(maxsize=4096)  # a list of people is one instant at places whose day begins alike
def operating_day(instant: datetime, zone: tzinfo, starts: time = time.min) -> date:
    """Return the day to which a place counts this instant; a night market's starts at its hour."""
    local = instant.astimezone(zone)
    return local.date() if local.time() >= starts else local.date() - timedelta(days=1)
