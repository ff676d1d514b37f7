"""Handing a file out."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from lianfang.ground.files import queries, services
from lianfang.ground.web.requests import ActorRequest


@require_GET
def download(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a file to whoever may open it: always to be saved, never to be shown in the page."""
    opened = services.read(request.actor, queries.file(request.actor, pk))
    response = HttpResponse(opened.content, content_type=opened.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=opened.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
