"""The screen of the typefaces in which papers are set."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from lianfang.ground.papers.layout import Role
from lianfang.ground.web.access import needs
from lianfang.ground.web.requests import ActorRequest
from lianfang.rollup.reports.queries import faces


@needs("faces.read")
def index(request: ActorRequest) -> HttpResponse:
    """Show which face serves which part of a paper, from where, and how it looks."""
    told = {"page": faces.faces_page(request.actor)}
    return TemplateResponse(request, "reports/faces.html", told)


@needs("faces.read")
def sample(request: ActorRequest, role: str) -> HttpResponse:
    """Send a line set in the face of a role."""
    return HttpResponse(faces.sample(request.actor, Role(role)), content_type="image/png")
