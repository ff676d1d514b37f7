"""Beginning a response, running its course, and changing what its policy pack says."""

from lianfang.ground.response.services.course import (
    Beginning,
    CasesLine,
    begin,
    begin_with_pack,
    end,
    enter_phase,
    mark_key_period,
    set_level,
    start_campaign,
    type_cases,
)
from lianfang.ground.response.services.packs import (
    AmendmentLine,
    adopt_pack,
    amend,
    lift,
    preview,
    proposed,
    supplement,
)

__all__ = [
    "AmendmentLine",
    "Beginning",
    "CasesLine",
    "adopt_pack",
    "amend",
    "begin",
    "begin_with_pack",
    "end",
    "enter_phase",
    "lift",
    "mark_key_period",
    "preview",
    "proposed",
    "set_level",
    "start_campaign",
    "supplement",
    "type_cases",
]
