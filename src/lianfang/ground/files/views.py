"""Handing a file out: to be saved; a photo that was drawn here can also be looked at."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from lianfang.ground.files import queries, rules, services
from lianfang.ground.web.requests import ActorRequest


@require_GET
def download(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a file to whoever may open it: always to be saved, never to be shown in the page."""
    opened = services.read(request.actor, queries.file(request.actor, pk))
    response = _harmless(opened.content, opened.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=opened.name
    )
    return response


@require_GET
def picture(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a photo in the page; only what was drawn here is shown so."""
    file = queries.photo(request.actor, pk)
    return _harmless(services.read(request.actor, file).content, rules.PHOTO)


@require_GET
def small(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the small copy of a photo."""
    return _harmless(services.small(queries.photo(request.actor, pk)) or b"", rules.PHOTO)


def _harmless(content: bytes, media_type: str) -> HttpResponse:
    """Answer with a content in which nothing runs, whatever it is."""
    response = HttpResponse(content, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
