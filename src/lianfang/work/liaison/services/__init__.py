"""Logging calls and visits, opening what was said, and reminding of units out of touch."""

from lianfang.work.liaison.services.keeping import ContactLine, complete, log
from lianfang.work.liaison.services.looking import Exported, Listing, Note, export, open_note
from lianfang.work.liaison.services.reminding import overdue, remind
from lianfang.work.liaison.services.tasks import give_task

__all__ = [
    "ContactLine",
    "Exported",
    "Listing",
    "Note",
    "complete",
    "export",
    "give_task",
    "log",
    "open_note",
    "overdue",
    "remind",
]
