"""The phone page of a paper to be signed, and the list of those that wait."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.doors.once import Replay
from lianfang.ground.files.intake import receive
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.signing import queries, services
from lianfang.ground.signing.forms import InstructForm, RecordForm, WordForm
from lianfang.ground.signing.queries.sheets import decision
from lianfang.ground.signing.rules import Heard
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.once import once
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid

NO_UNIT = msgid("There is no such unit to be asked.")
Form = WordForm | InstructForm | RecordForm


@needs("signing.read")
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """List what waits for the reader's signature."""
    return render(request, "signing/waiting.html", {"papers": queries.waiting(request.actor)})


@require_safe
def sheet(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show a paper to be signed."""
    return _page(request, key)


@require_POST
def agree(request: ActorRequest, key: UUID) -> HttpResponse:
    """Put one's name under the text that was read; two taps are one."""
    found, form = queries.sheet(request.actor, key, "signing.agree"), WordForm(request.POST)

    def run(actor: Actor) -> object:
        told = form.cleaned_data
        return services.agree(actor, found, told["step"], told["digest"])

    return _said(request, key, form, run)


@require_POST
def give_back(request: ActorRequest, key: UUID) -> HttpResponse:
    """Send a paper back with what has to be changed."""
    found, form = queries.sheet(request.actor, key, "signing.return"), WordForm(request.POST)

    def run(actor: Actor) -> object:
        told = form.cleaned_data
        return services.give_back(actor, found, told["step"], told["digest"], told["text"])

    return _said(request, key, form, run)


@require_POST
def instruct(request: ActorRequest, key: UUID) -> HttpResponse:
    """Ask for something on a paper."""
    found = queries.sheet(request.actor, key, "signing.instruct")
    form = InstructForm(request.POST, request.FILES)

    def run(actor: Actor) -> object:
        told = form.cleaned_data
        code, _, role = told["whom"].rpartition(":")
        unit = orgs.unit_by_code(actor, code, "signing.instruct")
        if unit is None:
            raise NotAllowed(NO_UNIT)
        photo = receive(told["photo"], found.response) if told["photo"] else None
        asked = services.Instruction(text=told["text"], role=role, due=told["due"], photo=photo)
        return services.instruct(actor, found, unit, asked)

    return _said(request, key, form, run)


@require_POST
def record(request: ActorRequest, key: UUID) -> HttpResponse:
    """Write down what somebody else has decided."""
    found = queries.sheet(request.actor, key, "signing.record")
    form = RecordForm(request.POST, request.FILES)

    def run(actor: Actor) -> object:
        told = form.cleaned_data
        photo = receive(told["photo"], found.response) if told["photo"] else None
        recorded = services.Recorded(told["recorded_for"], Heard(told["heard"]), photo)
        return services.record(actor, found, told["step"], told["digest"], recorded)

    return _said(request, key, form, run)


@require_POST
def undo(request: ActorRequest, key: UUID) -> HttpResponse:
    """Take one's last word back within a few seconds."""
    row = decision(request.actor, key, "signing.undo")
    services.undo(request.actor, row)
    return redirect("signing:sheet", row.sheet_id)


@require_POST
def object_to(request: ActorRequest, key: UUID) -> HttpResponse:
    """Say that a decision recorded in one's name was not given."""
    row = decision(request.actor, key, "signing.object")
    services.object_to(request.actor, row)
    return redirect("signing:sheet", row.sheet_id)


def _said(
    request: ActorRequest, key: UUID, form: Form, run: Callable[[Actor], object]
) -> HttpResponse:
    """Say a word once, and show the paper again; what was refused keeps what was typed."""
    if form.is_valid():
        actor = replace(request.actor, once=once(request, _key(form), _said_at))

        def do() -> None:
            with suppress(Replay):
                run(actor)

        attempt(form, do)
    if form.errors and "next" not in request.POST:
        return _page(request, key, form)
    for error in form.errors.values():
        messages.error(request, " ".join(map(str, error)))
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back) if here else redirect("signing:sheet", key)


def _key(form: Form) -> UUID:
    return form.cleaned_data.get("key") or ids.new()


def _said_at(result: object) -> datetime:
    at = getattr(result, "at", None)
    if not isinstance(at, datetime):
        raise TypeError(result)
    return at


def _page(request: ActorRequest, key: UUID, form: Form | None = None) -> HttpResponse:
    told = {"page": queries.page_of(request.actor, key), "form": form, "key": ids.new()}
    return render(request, "signing/sheet.html", told, status=422 if form else 200)
