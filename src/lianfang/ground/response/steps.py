"""What somebody may enter of the whole response: for each its form, its words and its service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.ground.orgs.models import Unit
from lianfang.ground.response import forms, services
from lianfang.ground.response.rules import files
from lianfang.ground.response.rules.drafting import Drafted, DraftKind
from lianfang.kernel.actor import Actor

Told = Mapping[str, Any]
Do = Callable[[Actor, Unit, Told], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be entered."""

    code: str
    act: str
    title: Promise
    button: Promise
    after: Promise
    form: type[django_forms.Form]
    do: Do
    to: str = "response:situation"

    @property
    def asks_pack(self) -> bool:
        """Tell whether a pack is chosen with it."""
        return self.code in {"begin", "adopt"}


def _begin(actor: Actor, group: Unit, told: Told) -> object:
    local = timezone.localtime(told["started_at"])
    beginning = services.Beginning(
        code=f"{told['pack_id']}-{local:%Y%m%d}",
        title_zh=told["title"],
        pack_id=told["pack_id"],
        started_at=told["started_at"],
        level=told["level"],
        document=told["document"],
        said=forms.said_of(told),
    )
    return services.begin(actor, group, beginning)


def _cases(actor: Actor, group: Unit, told: Told) -> object:
    return services.type_cases(actor, group, services.CasesLine(**told))


def _another(told: Told) -> Drafted:
    """Return the draft of another pack: a second person puts it in force, like any change."""
    pack = services.completed(services.chosen(told["pack_id"]), forms.said_of(told))
    return Drafted(title=told["reason"], file=files.export(pack))


STEPS: Mapping[str, Step] = {
    step.code: step
    for step in (
        Step(
            "begin",
            "response.begin",
            _("Begin a response"),
            _("Begin the response"),
            _("The response has begun; its policy pack is in force."),
            forms.BeginForm,
            _begin,
        ),
        Step(
            "cases",
            "response.cases",
            _("Local cases"),
            _("Enter the cases"),
            _("The cases are entered."),
            forms.CasesForm,
            _cases,
        ),
        Step(
            "level",
            "response.level",
            _("Response level"),
            _("Enter the level"),
            _("The response level is entered."),
            forms.LevelForm,
            lambda actor, group, told: services.set_level(actor, group, **told),
        ),
        Step(
            "phase",
            "response.phase",
            _("Next phase"),
            _("Enter the phase"),
            _("The phase is entered."),
            forms.PhaseForm,
            lambda actor, group, told: services.enter_phase(actor, group, **told),
        ),
        Step(
            "campaign",
            "response.campaign",
            _("Campaign"),
            _("Start the campaign"),
            _("The campaign is started."),
            forms.CampaignForm,
            lambda actor, group, told: services.start_campaign(actor, group, **told),
        ),
        Step(
            "period",
            "response.key_period",
            _("Key period"),
            _("Mark the days"),
            _("The key period is marked."),
            forms.PeriodForm,
            lambda actor, group, told: services.mark_key_period(actor, group, **told),
        ),
        Step(
            "end",
            "response.end",
            _("End of the response"),
            _("End the response"),
            _("The response has ended."),
            forms.EndForm,
            lambda actor, group, told: services.end(actor, group, **told),
        ),
        Step(
            "adopt",
            "response.draft",
            _("Another policy pack"),
            _("Write it as a draft"),
            _("The pack stands as a draft: look at what would change, then it is put in force."),
            forms.AdoptForm,
            lambda actor, group, told: services.begin_draft(
                actor, group, DraftKind.FILE, _another(told)
            ),
            "response:drafts",
        ),
    )
}
