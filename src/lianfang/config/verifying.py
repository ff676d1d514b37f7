"""`GET /MP_verify_….txt`: the files by which WeChat and WeCom ask whose the domain is.

Whoever administers the account is given such a file and lays it into `verify` of the data
directory.
"""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOLDER = "verify"
#: What the two of them name such a file; nothing else is ever given from the folder.
NAME = r"(?:MP|WW)_verify_[A-Za-z0-9]{8,64}\.txt"
LONGEST = 4_096


@login_not_required
@require_safe
def verification(_request: HttpRequest, name: str) -> HttpResponse:
    """Give one of the files, as it was laid there."""
    file = settings.DATA / FOLDER / name
    if not re.fullmatch(NAME, name) or not file.is_file() or file.is_symlink():
        raise Http404
    return HttpResponse(file.read_bytes()[:LONGEST], content_type="text/plain")
