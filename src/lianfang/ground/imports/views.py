"""Upload, preview, confirmation and result of an import."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.imports import queries, services
from lianfang.ground.imports.forms import BringForm
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.imports import kinds_for
from lianfang.ground.web.requests import ActorRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("units.import", "sites.import", "stalls.import", "people.import")
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Show what can be imported, and what was brought last."""
    actor = request.actor
    told = {"kinds": kinds_for(actor), "last": queries.last(actor)}
    return render(request, "imports/index.html", told)


def bring(request: ActorRequest, code: str) -> HttpResponse:
    """Take a spreadsheet and go on to its preview."""
    kind = queries.kind(request.actor, code)
    form = BringForm(request.actor, kind, request.POST or None, request.FILES or None)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            form,
            lambda: services.take_in(request.actor, told["unit"], code, told["file"]),
        )
        if made:
            return redirect("imports:upload", made.pk)
    return render(request, "imports/bring.html", {"form": form, "kind": kind})


@require_safe
def upload(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show what a file would do, or what it did."""
    brought = queries.upload(request.actor, key)
    if brought.carried_out_at is not None:
        kind = queries.kind(request.actor, brought.kind)
        return render(request, "imports/result.html", {"upload": brought, "kind": kind})
    preview = queries.preview(request.actor, brought)
    return render(request, "imports/preview.html", {"preview": preview, "upload": brought})


@require_POST
def carry_out(request: ActorRequest, key: UUID) -> HttpResponse:
    """Import a file whole, or the rows of it that are right."""
    brought = queries.upload(request.actor, key)
    partial = "partial" in request.POST
    outcome = services.carry_out(request.actor, brought, partial=partial)
    if outcome.rejected and not partial:
        messages.error(request, _("Nothing was imported: something has changed since the preview."))
    else:
        news = outcome.created + outcome.updated
        told = ngettext("%(n)d row was imported.", "%(n)d rows were imported.", news)
        messages.success(request, told % {"n": news})
    return redirect("imports:upload", key)


@require_safe
def rejected(request: ActorRequest, key: UUID) -> HttpResponse:
    """Hand out the rows that were not taken, each with what is wrong."""
    brought = queries.upload(request.actor, key)
    name = _("Not imported") + f" {brought.name.rsplit('.', 1)[0]}.xlsx"
    return _workbook(queries.rejected(request.actor, brought), name)


@require_safe
def template(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out an empty workbook with the columns."""
    kind = queries.kind(request.actor, code)
    return _workbook(queries.template(request.actor, code), f"{kind.label}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORKBOOK)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
