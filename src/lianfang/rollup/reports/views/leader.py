"""The day on one screen of a phone."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from lianfang.ground.web.access import needs
from lianfang.ground.web.requests import ActorRequest
from lianfang.rollup.reports.queries.leader import leader_page


@needs("reports.read")
@require_safe
def leader(request: ActorRequest) -> HttpResponse:
    """Show what changed most, who is late, and what waits for the reader's signature."""
    return TemplateResponse(request, "reports/leader.html", {"page": leader_page(request.actor)})
