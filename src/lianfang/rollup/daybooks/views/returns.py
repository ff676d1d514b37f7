"""A workbook that came back: brought, looked at beside what came meanwhile, settled once."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.doors.once import Replay
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.kernel.refusals import Conflict
from lianfang.kernel.spreadsheets.problems import FileRefused
from lianfang.rollup.daybooks import queries, services
from lianfang.rollup.daybooks.forms import BringForm, choices_of, offered
from lianfang.rollup.daybooks.rules.settling import Wrong
from lianfang.rollup.daybooks.services import Expected

SHOWN = 200


@needs("daybooks.bring")
def bring(request: ActorRequest) -> HttpResponse:
    """Take a workbook that came back, of whatever unit and day it says to be."""
    form = BringForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        made = attempt(form, lambda: services.take_in(request.actor, file))
        if made:
            return redirect("daybooks:returned", made.pk)
    status = 422 if form.errors else 200
    return render(request, "daybooks/bring.html", {"bring": form}, status=status)


@require_POST
def bring_here(request: ActorRequest, day: date, code: str) -> HttpResponse:
    """Take the workbook of this unit and day; another one is said to be another one."""
    unit = queries.unit_here(request.actor, code, "daybooks.bring")
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        file, expected = form.cleaned_data["file"], Expected(unit.pk, day)
        made = attempt(form, lambda: services.take_in(request.actor, file, expected))
        if made:
            return redirect("daybooks:returned", made.pk)
    return render(
        request, "daybooks/bring.html", {"bring": form, "unit": unit, "day": day}, status=422
    )


@require_safe
def returned(request: ActorRequest, back: UUID) -> HttpResponse:
    """Show what a workbook would bring, or what it brought."""
    return _returned(request, back)


@require_POST
def settle(request: ActorRequest, back: UUID) -> HttpResponse:
    """Take a workbook in, whole or the rows of it that are right."""
    row = queries.back_to_settle(request.actor, back, "daybooks.settle")
    wish = services.Wish(
        choices=choices_of(request.POST.dict()),
        partial="partial" in request.POST,
        send="send" in request.POST,
    )
    key = f"daybook:{row.pk}:{request.POST.get('key', '')}"[:100]
    actor = replace(request.actor, once=once(request, key, _settled_at))
    try:
        done = services.settle(actor, row, wish)
    except Replay:
        return redirect("daybooks:returned", back)
    except (Conflict, FileRefused) as refused:
        return _returned(request, back, sentence(refused))
    news = done.outcome.news
    told = ngettext("%(n)d row was taken in.", "%(n)d rows were taken in.", news) % {"n": news}
    if done.outcome.version:
        told += " " + _("The report was sent as version %(n)d.") % {"n": done.outcome.version}
    messages.success(request, told)
    return redirect("daybooks:returned", back)


@require_POST
def remarks(request: ActorRequest, back: UUID) -> HttpResponse:
    """Open the remarks on people; it is entered who looked."""
    row = queries.back_to_settle(request.actor, back, "daybooks.remarks")
    opened = services.open_remarks(request.actor, row)
    told = {"back": queries.back_page(request.actor, back), "remarks": opened.remarks}
    return render(request, "daybooks/result.html", told)


def _shown(wrong: Wrong) -> tuple[str, int, str, str, str]:
    """Return what is wrong with a cell in the language of the reader."""
    found = wrong.problem
    return wrong.sheet, found.row, found.header, found.value, found.sentence(_)


def _settled_at(result: object) -> datetime:
    if not isinstance(result, services.Settled) or result.back.settled_at is None:
        raise TypeError(result)
    return result.back.settled_at


def _returned(request: ActorRequest, key: UUID, refused: str = "") -> HttpResponse:
    back = queries.back_page(request.actor, key)
    if back.row.settled_at is not None:
        return render(request, "daybooks/result.html", {"back": back, "remarks": None})
    told: dict[str, object] = {"back": back, "refused": refused}
    if back.may_settle:
        row = queries.back_to_settle(request.actor, key, "daybooks.settle")
        try:
            outcome = services.look(request.actor, row)
        except (Conflict, FileRefused) as wrong:
            told["refused"] = sentence(wrong)
        else:
            chosen = choices_of(request.POST.dict())
            told |= {"outcome": outcome, "asks": offered(outcome.met, chosen)}
            told["wrongs"] = [_shown(wrong) for wrong in outcome.wrongs[:SHOWN]]
    return render(request, "daybooks/preview.html", told, status=409 if refused else 200)
