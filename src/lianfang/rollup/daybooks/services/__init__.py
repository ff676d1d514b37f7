"""Giving workbooks of a day out, taking them back, and settling what they bring."""

from lianfang.rollup.daybooks.services.bringing import Expected, bring, take, take_in
from lianfang.rollup.daybooks.services.giving import HandedOut, give, hand_out, hand_out_all
from lianfang.rollup.daybooks.services.remarks import open_remarks
from lianfang.rollup.daybooks.services.settling import Settled, Wish, look, settle

__all__ = [
    "Expected",
    "HandedOut",
    "Settled",
    "Wish",
    "bring",
    "give",
    "hand_out",
    "hand_out_all",
    "look",
    "open_remarks",
    "settle",
    "take",
    "take_in",
]
