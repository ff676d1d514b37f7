"""Which numbers the board shows of each company; staff and people on site are never one count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from lianfang.ground.orgs.rules import Sector
from lianfang.ground.response.rules import Words
from lianfang.ground.response.rules.words import NO_WORDS, words
from lianfang.kernel.texts import msgid_in

#: The context under which the catalogue keeps the short heads of columns.
HEADS = "board column"
COVER = "masks_cover"
STOCK, USED = "masks_balance", "masks_used"


class Population(StrEnum):
    """Whom the table counts."""

    STAFF = "staff"
    ON_SITE = "onsite"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; a rare one stands only on days on which it has something to say."""

    code: str
    head: str
    group: str
    tinted: bool = False
    rare: bool = False
    words: Words = NO_WORDS


ROSTER = msgid_in("board column", "Roster")
MOVES = msgid_in("board column", "Whereabouts")
RISK = msgid_in("board column", "Risk")
CONTROL = msgid_in("board column", "Control")
SUPPLIES = msgid_in("board column", "Cover, d")
TRADE = msgid_in("board column", "Stalls")

STAFF: Sequence[Column] = (
    Column("headcount_total", msgid_in("board column", "Staff"), ROSTER),
    Column("not_checked_in", msgid_in("board column", "No check-in"), ROSTER),
    Column("unreached", msgid_in("board column", "Not reached"), ROSTER, rare=True),
    Column("returned_today", msgid_in("board column", "Back today"), MOVES, tinted=True),
    Column("not_returned", msgid_in("board column", "Away"), MOVES, tinted=True),
    Column("whereabouts_unknown", msgid_in("board column", "Unknown"), MOVES, rare=True),
    Column("epi_history_14d", msgid_in("board column", "History"), RISK),
    Column("close_contacts", msgid_in("board column", "Contact"), RISK),
    Column("symptomatic", msgid_in("board column", "Sympt."), RISK),
    Column("suspected", msgid_in("board column", "Suspected"), RISK, rare=True),
    Column("confirmed", msgid_in("board column", "Confirmed"), RISK, rare=True),
    Column("home_isolation", msgid_in("board column", "At home"), CONTROL),
    Column("central_isolation", msgid_in("board column", "Set place"), CONTROL, rare=True),
    Column("home_rest", msgid_in("board column", "Resting"), CONTROL),
    Column(COVER, msgid_in("board column", "Masks"), SUPPLIES),
)
ON_SITE: Sequence[Column] = (
    Column("onsite_total", msgid_in("board column", "On site"), ROSTER),
    Column("onsite_not_checked_in", msgid_in("board column", "No check-in"), ROSTER),
    Column("onsite_unreached", msgid_in("board column", "Not reached"), ROSTER, rare=True),
    Column("onsite_to_complete", msgid_in("board column", "Incomplete"), ROSTER),
    Column("onsite_returned_today", msgid_in("board column", "Back today"), MOVES, tinted=True),
    Column("onsite_not_returned", msgid_in("board column", "Away"), MOVES, tinted=True),
    Column("onsite_whereabouts_unknown", msgid_in("board column", "Unknown"), MOVES, rare=True),
    Column("onsite_epi_history_14d", msgid_in("board column", "History"), RISK),
    Column("stalls_total", msgid_in("board column", "All stalls"), TRADE, rare=True),
    Column("stalls_trading", msgid_in("board column", "Trading"), TRADE, rare=True),
    Column("stalls_not_returned", msgid_in("board column", "Shut, away"), TRADE, rare=True),
)
COLUMNS: Mapping[Population, Sequence[Column]] = {
    Population.STAFF: STAFF,
    Population.ON_SITE: ON_SITE,
}
#: Of which headcount a column's tint is a share.
WHOLE: Mapping[Population, str] = {
    Population.STAFF: "headcount_total",
    Population.ON_SITE: "onsite_total",
}

#: Where staff are: these add up to everybody.
PARTS = ("in_town", "not_returned", "whereabouts_unknown")
#: Risk and control: these overlap each other. The rare ones stand only when they are not zero.
OVERLAPPING = (
    *("returned_today", "in_hubei", "epi_history_14d", "close_contacts", "symptomatic"),
    *("suspected", "confirmed", "home_isolation", "central_isolation", "home_rest"),
    *("isolation_released", "not_checked_in", "unreached"),
)
RARE = frozenset({"in_hubei", "suspected", "confirmed", "central_isolation", "unreached"})
#: Numbers that shrink as the day goes on: against the end of yesterday they say nothing.
COMING_IN = frozenset({"not_checked_in", "unreached"})
ON_SITE_ROWS = ("onsite_total", "onsite_not_returned", "onsite_epi_history_14d")

#: The context under which the catalogue keeps sectors short enough to stand beside one row.
SECTORS = "board sector"
SECTOR_WORDS: Mapping[str, str] = {
    Sector.MARKET: msgid_in("board sector", "Mkts"),
    Sector.PROPERTY: msgid_in("board sector", "Bldg"),
    Sector.PHARMACY_RETAIL: msgid_in("board sector", "Med"),
    Sector.FOOD: msgid_in("board sector", "Food"),
    Sector.ENERGY: msgid_in("board sector", "Engy"),
    Sector.MANUFACTURING: msgid_in("board sector", "Mfg"),
    Sector.LOGISTICS: msgid_in("board sector", "Log"),
    Sector.FINANCE: msgid_in("board sector", "Fin"),
    Sector.CONSTRUCTION: msgid_in("board sector", "Con"),
    Sector.OTHER: msgid_in("board sector", "Oth"),
}

#: Every figure that the board counts with.
CODES = tuple(
    dict.fromkeys(
        [
            *(column.code for column in (*STAFF, *ON_SITE) if column.code != COVER),
            *(STOCK, USED, *PARTS, *OVERLAPPING, "isolation_new", *ON_SITE_ROWS),
        ]
    )
)


def listed(population: Population, told: Iterable[Mapping[str, object]] | None) -> Sequence[Column]:
    """Return the columns that the policy pack lists, in its order; all of them without a list."""
    if told is None:
        return COLUMNS[population]
    known = {column.code: column for column in COLUMNS[population]}
    return [
        replace(
            known[code],
            tinted=each.get("tinted") is True,
            rare=each.get("rare") is True,
            words=words(each),
        )
        for each in told
        if (code := str(each.get("code"))) in known
    ]


def shown(
    columns: Sequence[Column], known: Collection[str], telling: Collection[str]
) -> Sequence[Column]:
    """Return the columns of which anything is known, in their order."""
    return [
        column
        for column in columns
        if column.code in known and (not column.rare or column.code in telling)
    ]


def groups(columns: Sequence[Column]) -> Sequence[tuple[str, int]]:
    """Return the heads over the columns and how many columns each covers."""
    return [(head, len(list(found))) for head, found in groupby(columns, key=lambda c: c.group)]
