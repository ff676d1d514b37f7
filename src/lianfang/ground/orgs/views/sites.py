"""The list of sites, one site with its gates and stalls."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianfang.ground.orgs import queries, services
from lianfang.ground.orgs.forms import SiteForm, SitesFilter
from lianfang.ground.orgs.queries.site_pages import (
    found_sites,
    found_stalls,
    known_of,
    site_lines,
    site_page,
    stall_lines,
)
from lianfang.ground.web.access import needs
from lianfang.ground.web.forms import attempt, done
from lianfang.ground.web.requests import ActorRequest

A_PAGE = 50


@needs("sites.read")
def sites(request: ActorRequest) -> HttpResponse:
    """Show the sites, a page at a time."""
    form = SitesFilter(request.actor, request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = found_sites(request.actor, asked.get("q", ""), asked.get("kind", ""), asked.get("unit"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = site_lines(request.actor, list(page.object_list))
    part = "orgs/_sites.html" if request.htmx else "orgs/sites.html"
    may = bool(request.actor.reaches("sites.import"))
    told = {"form": form, "page": page, "lines": lines, "may_import": may}
    return render(request, part, told)


def site(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show one site with its gates and a page of its stalls."""
    found = queries.site(request.actor, key)
    query = request.GET.get("q", "").strip()[:60]
    page = Paginator(found_stalls(request.actor, found, query), A_PAGE).get_page(
        request.GET.get("page")
    )
    told = {"page": page, "stalls": stall_lines(list(page.object_list)), "q": query, "key": key}
    if request.htmx:
        return render(request, "orgs/_stalls.html", told)
    told["here"] = site_page(request.actor, found)
    return render(request, "orgs/site.html", told)


@needs("stalls.read")
def stalls_print(request: ActorRequest, key: UUID) -> HttpResponse:
    """Show all stalls of a site for paper."""
    found = queries.site(request.actor, key)
    stalls = stall_lines(list(found_stalls(request.actor, found)))
    here = site_page(request.actor, found)
    return render(request, "orgs/stalls_print.html", {"here": here, "stalls": stalls})


def site_enter(request: ActorRequest, key: UUID) -> HttpResponse:
    """Enter a site of a unit."""
    unit = queries.unit(request.actor, key, "sites.enter")
    form = SiteForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: services.enter_site(request.actor, unit, form.told()))
        if made:
            messages.success(request, _("%(site)s is entered.") % {"site": made})
            return redirect("orgs:site", made.pk)
    return render(request, "orgs/site_form.html", {"form": form, "unit": unit})


def site_change(request: ActorRequest, key: UUID) -> HttpResponse:
    """Change what is known of a site."""
    site = queries.site(request.actor, key, "sites.change")
    form = SiteForm(request.POST or None, initial=known_of(request.actor, site))
    if form.is_valid() and done(
        form, lambda: services.change_site(request.actor, site, form.told())
    ):
        messages.success(request, _("%(site)s is changed.") % {"site": site})
        return redirect("orgs:site", key)
    return render(request, "orgs/site_form.html", {"form": form, "site": site, "unit": site.unit})
