"""The clerk's side of the posters: who asked and waits, and the posters that hang."""

from datetime import datetime
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianfang.ground.papers import setting
from lianfang.ground.web.forms import attempt
from lianfang.ground.web.requests import ActorRequest, sentence
from lianfang.ground.web.words import long_day
from lianfang.kernel import clock
from lianfang.kernel.refusals import BadInput, NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.register import queries as people
from lianfang.people.register import services
from lianfang.people.register.forms import PosterForm
from lianfang.people.register.queries import joining as queries

NOT_YOURS = msgid("There is nothing here for you to confirm.")


@require_http_methods(["GET", "POST"])
def joining(request: ActorRequest) -> HttpResponse:
    """Show who waits to be taken in, and hang another poster."""
    if not request.actor.reaches(queries.TAKE_IN):
        raise NotAllowed(NOT_YOURS)
    form = PosterForm(request.actor, request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            form,
            lambda: services.hang(
                request.actor, told["unit"], services.new_code(), told["site"], told["days"]
            ),
        )
        if made is not None:
            return redirect("register:poster", made.pk)
    page = {
        "form": form,
        "waiting": queries.waiting(request.actor),
        "settled": queries.settled(request.actor),
        "posters": queries.posters(request.actor),
    }
    return render(request, "register/joining.html", page, status=422 if form.is_bound else 200)


@require_POST
def take_in(request: ActorRequest, key: UUID) -> HttpResponse:
    """Enter who asked as somebody new."""
    person = services.take_in(request.actor, queries.joining(request.actor, key, "joins.take_in"))
    messages.success(
        request, _("%(name)s is registered; his phone shows his link now.") % {"name": person.name}
    )
    return redirect("register:joining")


@require_POST
def merge(request: ActorRequest, key: UUID, person: UUID) -> HttpResponse:
    """Take who asked for somebody who is registered."""
    asked = queries.joining(request.actor, key, "joins.merge")
    known = people.person(request.actor, person, "joins.merge")
    try:
        services.merge(request.actor, asked, known, checked=request.POST.get("checked") == "on")
    except BadInput as why:
        messages.error(request, sentence(why))
    else:
        messages.success(
            request, _("%(name)s answers by his own link from now on.") % {"name": known.name}
        )
    return redirect("register:joining")


@require_POST
def refuse(request: ActorRequest, key: UUID) -> HttpResponse:
    """Say no to who asked."""
    asked = services.refuse(request.actor, queries.joining(request.actor, key, "joins.refuse"))
    messages.success(request, _("%(name)s is told to come to the office.") % {"name": asked.name})
    return redirect("register:joining")


@require_safe
def poster(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show a poster as it is printed."""
    found = queries.poster(request.actor, key, "posters.hang")
    url = _url(request, found.code)
    told = {"poster": found, "url": url, "code": _drawn(url)}
    return render(request, "register/poster.html", told)


@require_safe
def poster_pdf(request: ActorRequest, key: UUID) -> HttpResponse:
    """Set a poster as PDF, A4."""
    found = queries.poster(request.actor, key, "posters.hang")
    title = _("Register and check in by phone")
    told = setting.Setting(
        "poster",
        _told(_url(request, found.code), str(found), title, found.expires_at),
        settings.DATA / "fonts",
    )
    answer = HttpResponse(setting.pdf(told, clock.machine()), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{title} {found}.pdf"
    )
    return answer


@require_POST
def take_down(request: ActorRequest, key: UUID) -> HttpResponse:
    """Let a poster open nothing any more."""
    services.take_down(request.actor, queries.poster(request.actor, key, "posters.take_down"))
    messages.success(request, _("The poster opens nothing any more."))
    return redirect("register:joining")


def _url(request: ActorRequest, code: str) -> str:
    path = reverse("register:join", args=(code,))
    base = settings.PUBLIC_URL.rstrip("/")
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def _drawn(url: str) -> SafeString:
    """Draw an address that was made here as SVG."""
    drawn = segno.make(url, error="m", micro=False)
    return SafeString(
        drawn.svg_inline(scale=6, border=2, omitsize=True, svgclass="lf-qr", lineclass=None)
    )


def _told(url: str, place: str, title: str, until: datetime) -> dict[str, object]:
    chinese = (get_language() or "").startswith("zh")
    rows = ["".join(map(str, row)) for row in segno.make(url, error="m", micro=False).matrix]
    return {
        "form": "page",
        "lang": "zh" if chinese else "en",
        "region": "CN" if chinese else "GB",
        "title": title,
        "place": place,
        "steps": [
            _("Scan with WeChat; nothing is installed, there is no password."),
            _("Type your name and your own mobile number."),
            _("The clerk confirms; then your phone shows your own link for every day."),
        ],
        "code": rows,
        "until": _("Good until %(day)s") % {"day": long_day(until)},
        "body": [],
        "table": None,
    }
