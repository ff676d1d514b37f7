"""Where somebody's day begins: the board, his own report, the check-in."""

from dataclasses import dataclass
from enum import StrEnum


class Start(StrEnum):
    """The first screen of a reader."""

    BOARD = "board"
    REPORT = "report"
    REPORTS = "reports"
    CHECK_IN = "check_in"
    LEADER = "leader"
    RAIL = "rail"


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides where a reader begins."""

    sees_board: bool
    own_reports: int
    is_person: bool
    leads_by_phone: bool = False


def start(reader: Reader) -> Start:
    """Return where a reader begins: with the widest view that he has work in."""
    if reader.leads_by_phone and reader.own_reports:
        return Start.LEADER
    if reader.sees_board:
        return Start.BOARD
    if reader.own_reports:
        return Start.REPORT if reader.own_reports == 1 else Start.REPORTS
    return Start.CHECK_IN if reader.is_person else Start.RAIL
