"""Logging calls and visits, opening what was said, and reminding of units out of touch."""

from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.services.keeping import ContactLine, complete, log
from lianfang.work.liaison.services.looking import Exported, Listing, Note, export, open_note
from lianfang.work.liaison.services.reminding import overdue, remind
from lianfang.work.liaison.services.tasks import asked_for, give_task

__all__ = [
    "Contact",
    "ContactLine",
    "Exported",
    "Listing",
    "Note",
    "asked_for",
    "complete",
    "export",
    "give_task",
    "log",
    "open_note",
    "overdue",
    "remind",
]
