"""Correcting, describing, signing, sending and accepting reports; the bulletin."""

from lianfang.rollup.reports.models import DailyReport
from lianfang.rollup.reports.services.bulletins import (
    check_bulletin,
    draft_bulletin,
    endorse_bulletin,
    release_bulletin,
)
from lianfang.rollup.reports.services.daily import accept, give_back, submit
from lianfang.rollup.reports.services.drafts import override, sign, withdraw_override, write
from lianfang.rollup.reports.services.obligations import chase, open_day

__all__ = [
    "DailyReport",
    "accept",
    "chase",
    "check_bulletin",
    "draft_bulletin",
    "endorse_bulletin",
    "give_back",
    "open_day",
    "override",
    "release_bulletin",
    "sign",
    "submit",
    "withdraw_override",
    "write",
]
