"""The list of people: looked for, narrowed, taken out of the house."""

import hashlib
import re

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.access import fresh, needs
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import Actor
from lianfang.kernel.refusals import BadInput
from lianfang.kernel.spreadsheets import writing
from lianfang.kernel.texts import msgid
from lianfang.people.register import queries, seams, services
from lianfang.people.register.forms import ExportForm, PeopleFilter
from lianfang.people.register.forms.choosing import CSV, PAPER, XLSX
from lianfang.people.register.forms.filters import SPECIALS
from lianfang.people.register.queries import chosen, joining, listing
from lianfang.people.register.rules.listing import Wanted

A_PAGE = 50
NUMBER = re.compile(r"\+?[0-9A-Za-z]*[0-9]{7}[0-9A-Za-z]*")
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
NO_UNIT = msgid("Nobody may take this list out of the house.")


@needs("people.read")
@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Show the people of a population, a page at a time."""
    form = PeopleFilter(request.actor, request.GET)
    wanted = form.wanted()
    return _found(request, form, wanted) if _is_number(wanted) else _shown(request, form, wanted)


@require_POST
def find(request: ActorRequest) -> HttpResponse:
    """Look for people by what must not stand in an address; a number is looked up exactly."""
    form = PeopleFilter(request.actor, request.POST)
    wanted = form.wanted()
    asked = f"{reverse('register:people')}?{_asked(request)}"
    if not _is_number(wanted):
        if not request.htmx:
            return redirect(asked)
        answer = _shown(request, form, wanted)
        answer["HX-Replace-Url"] = asked
        return answer
    return _found(request, form, wanted)


@fresh
@require_POST
def export(request: ActorRequest) -> HttpResponse:
    """Hand out a list, masked as on the screen; hash and count are entered at every top unit."""
    form, sort = PeopleFilter(request.actor, request.POST), ExportForm(request.POST)
    tops = orgs.tops(request.actor, "people.export")
    if not tops or not sort.is_valid():
        raise BadInput(NO_UNIT)
    cards = chosen.listed(request.actor, form.wanted())
    kind, told = sort.cleaned_data["kind"], {"cards": cards, "tops": tops, "form": form}
    made = render(request, "register/print.html", told).content if kind == PAPER else b""
    headings, rows = chosen.headings(), chosen.lines(cards)
    if kind == XLSX:
        made = writing.workbook(headings, rows, _("People"))
    elif kind == CSV:
        made = writing.delimited(headings, rows)
    digest = hashlib.sha256(made).hexdigest()
    for unit, keys in chosen.shares(cards, tops):
        people = services.Listing(keys)
        services.export(request.actor, unit, people, len(keys), digest, kind)
    return _handed_out(made, kind)


def _handed_out(made: bytes, kind: str) -> HttpResponse:
    if kind == PAPER:
        return HttpResponse(made)
    answer = HttpResponse(made, content_type=TYPES[kind])
    name = f"{_('People')}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _shown(request: ActorRequest, form: PeopleFilter, wanted: Wanted) -> HttpResponse:
    policy = form.policy
    rows = listing.with_facts(listing.found(request.actor, wanted, policy), policy)
    data = request.GET if request.method == "GET" else request.POST
    page = Paginator(rows, A_PAGE).get_page(data.get("page"))
    cards = listing.cards(page.object_list, policy)
    return _answer(request, form, wanted, {"page": page, "cards": cards})


def _found(request: ActorRequest, form: PeopleFilter, wanted: Wanted) -> HttpResponse:
    """Show who has exactly this number: document, telephone or staff number."""
    rows = queries.told_by_number(request.actor, wanted.words).order_by("sort_key", "id")
    cards = listing.cards(listing.with_facts(rows, form.policy)[:A_PAGE], form.policy)
    if len(cards) == 1 and not request.htmx:
        return redirect("register:person", cards[0].id)
    answer = _answer(request, form, wanted, {"cards": cards, "exact": True})
    answer["HX-Replace-Url"] = reverse("register:people")
    return answer


def _is_number(wanted: Wanted) -> bool:
    """Tell whether what is looked for is a document or a telephone, not a name."""
    return bool(NUMBER.fullmatch(wanted.words.replace(" ", "")))


def _answer(
    request: ActorRequest, form: PeopleFilter, wanted: Wanted, told: dict[str, object]
) -> HttpResponse:
    told |= {"form": form, "wanted": wanted, "may": _may(request.actor)}
    counts = listing.counts(request.actor, wanted, form.policy)
    told |= {
        "links": bool(seams.link_page()),
        "waiting": 0 if request.htmx else joining.waiting_number(request.actor),
        "chips": [(code, words, counts[code]) for code, words in SPECIALS],
    }
    page = "register/_people.html" if request.htmx else "register/people.html"
    return render(request, page, told)


def _may(actor: Actor) -> frozenset[str]:
    """Return what of this screen the reader may do somewhere."""
    acts = ("people.enter", "people.import", "people.export", "movements.record", "links.make")
    return frozenset(act for act in acts if actor.reaches(act))


def _asked(request: ActorRequest) -> str:
    """Return the address part of what was asked for, without what is empty and the token."""
    data = request.POST.copy()
    for name in list(data):
        if name not in PeopleFilter.base_fields or not data.get(name):
            del data[name]
    return data.urlencode()
