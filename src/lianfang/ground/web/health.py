"""Whether the process lives, and whether it can serve."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse


@login_not_required
def alive(_request: HttpRequest) -> HttpResponse:
    """Say that the process lives."""
    return JsonResponse({"alive": True})


@login_not_required
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True})
