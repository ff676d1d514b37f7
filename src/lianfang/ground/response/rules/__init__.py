"""What a policy pack says, at any instant and for any unit; how a response runs its course."""

from lianfang.ground.response.rules.changes import (
    Change,
    Turn,
    difference,
    timeline,
)
from lianfang.ground.response.rules.course import (
    LEVEL_WORDS,
    STAGE_WORDS,
    Countdown,
    Level,
    Stage,
    countdown,
    day_number,
)
from lianfang.ground.response.rules.leaf import Leaf, Mark, Stricter
from lianfang.ground.response.rules.pack import Amendment, Pack
from lianfang.ground.response.rules.reading import amended, as_known, parse, write
from lianfang.ground.response.rules.tightening import (
    Laxer,
    Supplement,
    check,
    may_tighten,
    tighten,
    tightened,
)
from lianfang.ground.response.rules.turning import Method, TurningPoint, Verdict, turning_point
from lianfang.ground.response.rules.words import BadPack, NotInPack, Words

__all__ = [
    "LEVEL_WORDS",
    "STAGE_WORDS",
    "Amendment",
    "BadPack",
    "Change",
    "Countdown",
    "Laxer",
    "Leaf",
    "Level",
    "Mark",
    "Method",
    "NotInPack",
    "Pack",
    "Stage",
    "Stricter",
    "Supplement",
    "Turn",
    "TurningPoint",
    "Verdict",
    "Words",
    "amended",
    "as_known",
    "check",
    "countdown",
    "day_number",
    "difference",
    "may_tighten",
    "parse",
    "tighten",
    "tightened",
    "timeline",
    "turning_point",
    "write",
]
