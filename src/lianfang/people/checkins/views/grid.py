"""The clerk's grid: those without a phone, row by row or all at once; nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianfang.ground.doors.once import Replay
from lianfang.ground.response.rules.features import Feature
from lianfang.ground.response.switches import needs_feature
from lianfang.ground.web.forms import attempt, refuse
from lianfang.ground.web.once import once, received_at
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins import queries, services
from lianfang.people.checkins.forms import RowForm, rows
from lianfang.people.checkins.queries import Sought, Tab
from lianfang.people.checkins.rules import (
    CHANNEL_WORDS,
    NEXT_WORDS,
    OUTCOME_WORDS,
    Sheet,
)
from lianfang.people.register.rules.words import HowTold, Population

A_PAGE = 40
NO_UNIT = msgid("There is nobody here for whom you may record a reading.")
#: The fields whose cells say what is wrong with them.
IN_CELLS = frozenset({"temperature", "base", "region", "channel"})
TOLD_BY = tuple(each for each in HowTold if each is not HowTold.FROM_FILE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the grid: what is typed, what is wrong, and what was just recorded."""

    form: RowForm
    notes: Sequence[str] = ()
    done: services.Recorded | None = None

    @property
    def is_wrong(self) -> bool:
        """Tell whether something in the row has to be looked at."""
        return bool(self.form.errors or self.notes)

    @property
    def others(self) -> Sequence[str]:
        """Return what is wrong with no cell of its own."""
        left = {name: told for name, told in self.form.errors.items() if name not in IN_CELLS}
        return (*(str(error) for told in left.values() for error in told), *self.notes)


@needs_feature(Feature.CHECK_IN)
def grid(request: ActorRequest) -> HttpResponse:
    """Show who has not checked in, and take what is typed for them."""
    if request.method == "POST":
        return _sent(request)
    return _page(request, {})


def _page(request: ActorRequest, typed: dict[UUID, Shown], status: int = 200) -> HttpResponse:
    """Print the grid; what was typed and not recorded stands in its rows again."""
    unit = queries.unit_for(request.actor, request.GET.get("unit", ""))
    sought = _sought(request)
    found = Paginator(queries.roll(request.actor, unit, sought), A_PAGE).get_page(
        request.GET.get("page")
    )
    fresh = queries.grid_rows(request.actor, list(found.object_list))
    shown = [typed.get(row.person.pk) or Shown(RowForm(row)) for row in fresh]
    told = {
        "unit": unit,
        "units": queries.units(request.actor),
        "sought": sought,
        "tabs": list(Tab),
        "populations": list(Population),
        "counts": queries.counts(request.actor, unit),
        "page": found,
        "rows": shown,
        **_words(),
    }
    return render(request, "checkins/grid.html", told, status=status)


def _sent(request: ActorRequest) -> HttpResponse:
    """Record one row, keep one attempt, or record all rows in which something is typed."""
    one = request.POST.get("only") or request.POST.get("tried")
    people = queries.people(request.actor, _keys(request.POST.getlist("person")))
    forms = rows(queries.grid_rows(request.actor, people), request.POST)
    chosen = [form for form in forms if not one or form.prefix == one]
    if one and not chosen:
        raise NotAllowed(NO_UNIT)
    shown = _done(request, chosen, single=bool(one))
    if request.htmx and one:
        told = {"shown": shown[chosen[0].row.person.pk], **_words()}
        return render(request, "checkins/_grid_row.html", told)
    return _after(request, shown, forms)


def _done(request: ActorRequest, forms: Sequence[RowForm], *, single: bool) -> dict[UUID, Shown]:
    if "tried" in request.POST:
        return {form.row.person.pk: _tried(request, form) for form in forms}
    if single:
        return {form.row.person.pk: _one(request, form) for form in forms}
    return _all(request, [form for form in forms if form.is_typed])


def _after(
    request: ActorRequest, shown: dict[UUID, Shown], forms: Sequence[RowForm]
) -> HttpResponse:
    done = sum(1 for each in shown.values() if each.done)
    if done:
        told = ngettext("%(n)d check-in recorded.", "%(n)d check-ins recorded.", done)
        messages.success(request, told % {"n": done})
    left = {
        form.row.person.pk: shown.get(form.row.person.pk) or Shown(form)
        for form in forms
        if form.is_typed
    }
    left = {key: each for key, each in left.items() if each.done is None}
    if not left:
        return redirect(request.get_full_path())
    wrong = any(each.is_wrong for each in left.values())
    return _page(request, left, status=422 if wrong else 200)


def _one(request: ActorRequest, form: RowForm) -> Shown:
    if not form.wants_reading():
        return Shown(form)
    actor = request.actor
    if form.cleaned_data["key"]:
        actor = replace(actor, once=once(request, form.cleaned_data["key"], _recorded_at))
    try:
        done = attempt(form, lambda: services.record(actor, form.row.person, Sheet(form.reading())))
    except Replay as first:
        at = localtime(received_at(first.text))
        return Shown(form, (_("Received already at %(time)s.") % {"time": f"{at:%H:%M:%S}"},))
    return Shown(form, (), done)


def _all(request: ActorRequest, forms: Sequence[RowForm]) -> dict[UUID, Shown]:
    ready = [form for form in forms if form.wants_reading()]
    items = [services.record.on(form.row.person, Sheet(form.reading())) for form in ready]
    done = services.record.many(request.actor, items)
    shown = {form.row.person.pk: Shown(form) for form in forms}
    for form, item in zip(ready, done, strict=True):
        if item.refused:
            refuse(form, item.refused)
        shown[form.row.person.pk] = Shown(form, (), item.result)
    return shown


def _tried(request: ActorRequest, form: RowForm) -> Shown:
    tried = form.tried()
    if tried is None:
        return Shown(form)
    services.attempt(request.actor, form.row.person, tried)
    again = queries.grid_rows(request.actor, [form.row.person])[0]
    return Shown(RowForm(again, form.untried()))


def _recorded_at(result: object) -> datetime:
    if not isinstance(result, services.Recorded):
        raise TypeError(result)
    return result.checkin.recorded_at


def _sought(request: ActorRequest) -> Sought:
    tab, population = request.GET.get("tab", ""), request.GET.get("population", "")
    return Sought(
        Tab(tab) if tab in set(Tab) else Tab.MISSING,
        population if population in set(Population) else "",
        request.GET.get("q", "").strip()[:40],
    )


def _keys(told: Sequence[str]) -> list[UUID]:
    try:
        return [UUID(each) for each in told]
    except ValueError:
        raise NotAllowed(NO_UNIT) from None


def _words() -> dict[str, object]:
    return {
        "hows": TOLD_BY,
        "channels": list(CHANNEL_WORDS),
        "outcomes": list(OUTCOME_WORDS),
        "next_steps": list(NEXT_WORDS),
    }
