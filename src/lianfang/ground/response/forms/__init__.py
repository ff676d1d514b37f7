"""What is asked when a response begins, runs its course, or its policy pack changes."""

from lianfang.ground.response.forms.beginning import AdoptForm, BeginForm, said_of
from lianfang.ground.response.forms.course import (
    CampaignForm,
    CasesForm,
    EndForm,
    LevelForm,
    PeriodForm,
    PhaseForm,
)
from lianfang.ground.response.forms.drafting import (
    BeginDraftForm,
    HeadForm,
    ImportForm,
    LineForm,
    saving_read,
)
from lianfang.ground.response.forms.packs import AskForm, LiftForm, TightenForm, page_of

__all__ = [
    "AdoptForm",
    "AskForm",
    "BeginDraftForm",
    "BeginForm",
    "CampaignForm",
    "CasesForm",
    "EndForm",
    "HeadForm",
    "ImportForm",
    "LevelForm",
    "LiftForm",
    "LineForm",
    "PeriodForm",
    "PhaseForm",
    "TightenForm",
    "page_of",
    "said_of",
    "saving_read",
]
