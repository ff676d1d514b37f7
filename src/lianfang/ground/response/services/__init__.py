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
from lianfang.ground.response.services.drafts import (
    Change,
    begin_draft,
    discard_draft,
    effects,
    looked_at,
    put_in_force,
    save_draft,
)
from lianfang.ground.response.services.packs import (
    AmendmentLine,
    adopt_pack,
    amend,
    lift,
    proposed,
    supplement,
    tightened_for,
)

__all__ = [
    "AmendmentLine",
    "Beginning",
    "CasesLine",
    "Change",
    "adopt_pack",
    "amend",
    "begin",
    "begin_draft",
    "begin_with_pack",
    "discard_draft",
    "effects",
    "end",
    "enter_phase",
    "lift",
    "looked_at",
    "mark_key_period",
    "proposed",
    "put_in_force",
    "save_draft",
    "set_level",
    "start_campaign",
    "supplement",
    "tightened_for",
    "type_cases",
]
