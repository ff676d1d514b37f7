"""Recording check-ins, attempts to reach who has not checked in, and letting readings run out."""

from lianfang.people.checkins.services.attempts import attempt
from lianfang.people.checkins.services.chat import ChatKept, Settlement, record_chat
from lianfang.people.checkins.services.chat_names import Nickname, forget_name, remember_name
from lianfang.people.checkins.services.lapsing import let_run_out, look_for_run_out
from lianfang.people.checkins.services.recording import Recorded, record

__all__ = [
    "ChatKept",
    "Nickname",
    "Recorded",
    "Settlement",
    "attempt",
    "forget_name",
    "let_run_out",
    "look_for_run_out",
    "record",
    "record_chat",
    "remember_name",
]
