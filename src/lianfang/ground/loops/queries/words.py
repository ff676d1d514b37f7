"""How the sides of a loop, its steps and its calls are called."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import KINDS
from lianfang.ground.loops.rules import AT_THE_TOP, Call, State, Step
from lianfang.ground.notices.queries import say
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules.words import POST, WORDS
from lianfang.ground.web.words import clocktime, stamp
from lianfang.kernel.texts import msgid, msgid_in

SEAT = msgid("%(unit)s %(post)s")
#: The contexts under which the catalogue keeps these short words.
STATE, STEP, CALL = "loop state", "loop step", "loop call"
STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.ASSIGNED: msgid_in("loop state", "Not acknowledged"),
        State.ACKNOWLEDGED: msgid_in("loop state", "Acknowledged"),
        State.DONE: msgid_in("loop state", "Reported done"),
        State.VERIFIED: msgid_in("loop state", "Verified"),
        State.RETURNED: msgid_in("loop state", "Returned"),
        State.WAIVED: msgid_in("loop state", "Waived"),
    }
)
STEP_WORDS: Mapping[Step, str] = MappingProxyType(
    {
        Step.ASSIGN: msgid_in("loop step", "assigned it"),
        Step.ACKNOWLEDGE: msgid_in("loop step", "acknowledged it"),
        Step.DONE: msgid_in("loop step", "reported it done"),
        Step.VERIFY: msgid_in("loop step", "verified it"),
        Step.RETURN: msgid_in("loop step", "returned it"),
        Step.WAIVE: msgid_in("loop step", "waived it"),
        Step.UNDO: msgid_in("loop step", "took the last word back"),
        Step.NOTE: msgid_in("loop step", "noted"),
        Step.REOPEN: msgid_in("loop step", "opened it again"),
    }
)
CALL_WORDS: Mapping[Call, str] = MappingProxyType(
    {
        Call.REMIND: msgid_in("loop call", "Reminder to"),
        Call.CHASE: msgid_in("loop call", "Overdue, chased:"),
        Call.ESCALATE: msgid_in("loop call", "Overdue, escalated to"),
        Call.ACKNOWLEDGE: msgid_in("loop call", "Not acknowledged, chased:"),
        Call.VERIFY: msgid_in("loop call", "Waits to be verified, reminded:"),
    }
)
MACHINES = ("clock:", "operator:")


def seat(role: str, unit: Unit) -> Sentence:
    """Return a post at a unit in words; the posts at the head of the group need no unit."""
    post = Sentence(WORDS[POST][role], context=POST)
    return post if role in AT_THE_TOP else Sentence(SEAT, {"unit": str(unit), "post": post})


def office(loop: Loop) -> str:
    """Return in whose name a loop is asked for and verified."""
    return say(seat(loop.verifier_role, loop.verifier_unit))


def owner(loop: Loop) -> str:
    """Return who owes: by name where one is named, else the post."""
    return str(loop.owner) if loop.owner else say(seat(loop.owner_role, loop.unit))


def doer(loop: Loop) -> str:
    """Return the unit that owes with whoever took it on there, else with the post."""
    name = loop.done_by_name or loop.acknowledged_by_name or str(loop.owner or "")
    return f"{loop.unit} {name}" if name else owner(loop)


def kind_word(code: str) -> str:
    """Return how a kind of loop is called; a kind of an app that is gone goes by its code."""
    kind = KINDS.get(code)
    return gettext(kind.title) if kind else code


def state_word(state: State) -> str:
    """Return how a state is called."""
    return pgettext(STATE, STATE_WORDS[state])


def step_word(step: str) -> str:
    """Return what somebody did in a step."""
    return pgettext(STEP, STEP_WORDS[Step(step)])


def call_word(call: str) -> str:
    """Return what kind of call was made."""
    return pgettext(CALL, CALL_WORDS[Call(call)])


def who(by: str, name: str) -> str:
    """Return who took a step: by name, or the clock, or a program."""
    if name:
        return name
    return gettext("The system") if by.startswith(MACHINES) else gettext("A program")


def moment(at: datetime | None, now: datetime) -> str:
    """Return a time as a list shows it: the hour of today, else day and hour."""
    if at is None:
        return ""
    return clocktime(at) if localtime(at).date() == localtime(now).date() else stamp(at)
