"""The script that keeps one's own pass on the phone (frontend/keeper.ts), under the pages it keeps.

A service worker reaches only what lies below its own address, so it is served from there.
"""

import json
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SCRIPT = "keeper.ts"


@login_not_required
@require_safe
@cache_control(no_cache=True)
def script(request: HttpRequest) -> HttpResponse:
    """Serve the script; it holds nothing about anybody."""
    return HttpResponse(_built(), content_type="text/javascript; charset=utf-8")


@cache
def _built() -> bytes:
    made = json.loads((settings.DIST / "manifest.json").read_text(encoding="utf-8"))
    found: bytes = (settings.DIST / made[SCRIPT]["file"]).read_bytes()
    return found
