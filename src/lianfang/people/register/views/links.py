"""Personal links: made for one or many, handed out once on paper or in a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lianfang.ground.doors.once import Replay
from lianfang.ground.web.once import received_at
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel import clock
from lianfang.kernel.actor import Once
from lianfang.kernel.spreadsheets import writing
from lianfang.people.register import queries, seams, services
from lianfang.people.register.forms import LinksForm, PeopleFilter, ticked
from lianfang.people.register.forms.choosing import TABLE
from lianfang.people.register.queries.chosen import Chosen, chosen

HERE_ONLY = frozenset({"127.0.0.1", "localhost", "::1"})
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Slip:
    """The link of one person as it is handed out."""

    name: str
    person_no: str
    unit: str
    url: str
    code: SafeString
    until: datetime


@require_http_methods(["GET", "POST"])
def links(request: ActorRequest) -> HttpResponse:
    """Give a link to everybody who was ticked or is on the list; each is shown this once."""
    if not seams.link_page():
        raise Http404
    if request.method != "POST":
        return redirect("register:people")
    asked = PeopleFilter(request.actor, request.POST).wanted()
    everybody = asked if "everybody" in request.POST else None
    people = chosen(request.actor, "links.make", ticked(request.POST), everybody)
    form = _form(request)
    if not people or not form.is_valid():
        return _asked(request, form, people)
    try:
        slips = _made(request, form, people)
    except Replay as first:
        return _asked(request, _form(request, fresh=True), people, received_at(first.text))
    if form.cleaned_data["kind"] == TABLE:
        return _table(slips)
    return render(request, "register/slips.html", {"slips": slips})


def _form(request: ActorRequest, *, fresh: bool = False) -> LinksForm:
    """Return the form, which offers as many days as the policy pack says."""
    days = queries.link_days(request.actor)
    sent = request.POST if "days" in request.POST and not fresh else None
    return LinksForm(sent, initial={"days": days} if days else None)


def _asked(
    request: ActorRequest, form: LinksForm, people: Chosen, made: datetime | None = None
) -> HttpResponse:
    """Show for whom links would be made, and what becomes of those that are out already."""
    told = {
        "form": form,
        "people": people,
        "made": made,
        "linked": queries.linked(request.actor, people),
        "here_only": urlsplit(_address(request, "")).hostname in HERE_ONLY,
    }
    return render(request, "register/links.html", told)


def _made(request: ActorRequest, form: LinksForm, people: Chosen) -> list[Slip]:
    """Make the links of one form, once: the same form a second time makes none."""
    told = form.cleaned_data
    secrets = [services.new_secret() for _row in people]
    pending = [
        services.make_link.on(row, secret, days=told["days"])
        for row, secret in zip(people, secrets, strict=True)
    ]
    key = Once(str(told["key"]), "links.make", "", lambda _: (200, clock.now().isoformat()))
    items = services.make_link.many(replace(request.actor, once=key), pending)
    return [
        _slip(request, row, secret, item.result.expires_at)
        for row, secret, item in zip(people, secrets, items, strict=True)
        if item.result is not None
    ]


@require_POST
def revoke(request: ActorRequest, key: UUID) -> HttpResponse:
    """Let somebody's link open nothing any more."""
    row = queries.person(request.actor, key, "links.revoke")
    link = queries.link(request.actor, row, "links.revoke")
    if link is not None:
        services.revoke_link(request.actor, link)
        messages.success(request, _("The link opens nothing any more."))
    return redirect("register:person", key)


def _address(request: ActorRequest, path: str) -> str:
    """Return an address as it is handed out."""
    base = settings.PUBLIC_URL.rstrip("/")
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def _slip(request: ActorRequest, row: object, secret: str, until: datetime) -> Slip:
    url = _address(request, reverse(seams.link_page(), args=(secret,)))
    drawn = segno.make(url, error="m", micro=False)
    code = drawn.svg_inline(scale=3, border=1, omitsize=True, svgclass="lf-qr", lineclass=None)
    return Slip(
        str(getattr(row, "name", "")),
        str(getattr(row, "person_no", "")),
        str(getattr(row, "unit", "")),
        url,
        mark_safe(code),  # noqa: S308 (drawn here from an address that was made here)
        until,
    )


def _table(slips: Sequence[Slip]) -> HttpResponse:
    headings = [_("Name"), _("Staff number"), _("Unit"), _("Personal link")]
    rows = [(slip.name, slip.person_no, slip.unit, slip.url) for slip in slips]
    answer = HttpResponse(writing.delimited(headings, rows), content_type=CSV)
    name = f"{_('Personal links')}.csv"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer
