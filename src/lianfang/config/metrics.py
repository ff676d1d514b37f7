"""`GET /metrics`: how the house is doing, in numbers without a name in them."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from hmac import compare_digest
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lianfang.ground.audit import queries as audit
from lianfang.ground.doors.visible import visible
from lianfang.ground.loops.queries.pulse import last_tick
from lianfang.ground.notices.models import Outbox
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR

Handler = Callable[[HttpRequest], HttpResponse]
Labels = tuple[tuple[str, str], ...]
TEXT = "text/plain; version=0.0.4; charset=utf-8"
HERE = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Via")
HOUR = timedelta(hours=1)
LOG = logging.getLogger(__name__)


class _Requests:
    """The requests that this process has answered."""

    lock = threading.Lock()
    answered: ClassVar[Counter[str]] = Counter()
    seconds = 0.0
    since = time.time()


def counted(get_response: Handler) -> Handler:
    """Count the requests of this process by the kind of their answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        took = time.perf_counter() - began
        with _Requests.lock:
            _Requests.answered[f"{response.status_code // 100}xx"] += 1
            _Requests.seconds += took
        _log(request, response, took)
        return response

    return handle


def _log(request: HttpRequest, response: HttpResponse, took: float) -> None:
    """Log a request by the pattern of its address, in which nobody's number stands."""
    match = request.resolver_match
    route = match.route if match else ""
    words = "%s /%s %d %.0f ms"
    LOG.info(words, request.method, route, response.status_code, took * 1000)


def _may_read(request: HttpRequest) -> bool:
    """Let in whoever bears the token; without a token, a program on this machine alone.

    What a proxy passes on comes from elsewhere, though its own address be that of this machine.
    """
    if settings.METRICS_TOKEN:
        told = request.headers.get("Authorization", "")
        return compare_digest(told.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(header in request.headers for header in FORWARDED):
        return False
    return request.META.get("REMOTE_ADDR", "") in HERE


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers in the text format of Prometheus."""
    if not _may_read(request):
        raise Http404
    lines = list(_process())
    try:
        lines += [_line("database_up", 1), *_database()]
    except DatabaseError:
        lines.append(_line("database_up", 0))
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


def _process() -> Iterator[str]:
    with _Requests.lock:
        answered, seconds = dict(_Requests.answered), _Requests.seconds
    yield _line("process_start_time_seconds", round(_Requests.since))
    yield from _all("requests_total", (((("code", code),), n) for code, n in answered.items()))
    yield _line("request_seconds_sum", round(seconds, 3))
    yield _line("request_seconds_count", sum(answered.values()))


def _database() -> Iterator[str]:
    now = clock.machine()
    last = last_tick(OPERATOR)
    if last is not None:
        age = (now - last.machine_at).total_seconds()
        yield _line("last_tick_age_seconds", round(age, 1))
        yield _line("last_tick_failed_jobs", len(last.failed))
    done, refused = audit.counts(OPERATOR, now - HOUR)
    yield from _all("acts_last_hour", (((("act", act),), n) for act, n in done.items()))
    yield from _all("refusals_last_hour", (((("act", act),), n) for act, n in refused.items()))
    yield _line("trail_unsealed", audit.unsealed(OPERATOR).count())
    waiting = visible(Outbox, OPERATOR, "notices.read").filter(sent_at=None)
    yield _line("outbox_waiting", waiting.count())
    yield _line("outbox_in_trouble", waiting.exclude(problem="").count())


def _all(name: str, values: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    return (_line(name, value, labels) for labels, value in sorted(values))


def _line(name: str, value: float, labels: Labels = ()) -> str:
    told = ",".join(f'{key}="{text}"' for key, text in labels)
    return f"lianfang_{name}{{{told}}} {value}" if told else f"lianfang_{name} {value}"
