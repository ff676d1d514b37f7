"""Opening loops, their steps, the calls about them, and the tick of the clock."""

from lianfang.ground.loops.services.acts import (
    TASK,
    Task,
    acknowledge,
    assign,
    comment,
    done,
    give_back,
    undo,
    verify,
    waive,
)
from lianfang.ground.loops.services.opening import Opening, begin, begin_all
from lianfang.ground.loops.services.reminding import remind
from lianfang.ground.loops.services.stepping import (
    Told,
    confirm,
    finish,
    finish_anew,
    send_back,
    set_aside,
    settle,
)
from lianfang.ground.loops.services.ticking import Ticked, tick

__all__ = [
    "TASK",
    "Opening",
    "Task",
    "Ticked",
    "Told",
    "acknowledge",
    "assign",
    "begin",
    "begin_all",
    "comment",
    "confirm",
    "done",
    "finish",
    "finish_anew",
    "give_back",
    "remind",
    "send_back",
    "set_aside",
    "settle",
    "tick",
    "undo",
    "verify",
    "waive",
]
