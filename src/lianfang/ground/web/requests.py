"""The request whose sender is known, answers that come once, refusals as problem documents."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django_htmx.middleware import HtmxDetails
from pydantic import BaseModel

from lianfang.ground.doors.act import Pending
from lianfang.ground.doors.once import Replay, answered
from lianfang.kernel.actor import Actor, Once
from lianfang.kernel.refusals import NoKey, Refused
from lianfang.kernel.texts import msgid

R = TypeVar("R")
JSON = "application/json"
PROBLEM = "application/problem+json"
SEND_A_KEY = msgid("Send an Idempotency-Key of at most 255 characters with every POST.")
KEY_LENGTH = 255


class ActorRequest(HttpRequest):
    """A request whose sender is known."""

    actor: Actor
    request_id: str
    htmx: HtmxDetails


def answer(
    request: ActorRequest,
    status: int,
    asked: Callable[[], Pending[R]],
    render: Callable[[R], BaseModel],
) -> HttpResponse:
    """Do an act once for this request and write its answer, or the first answer again.

    `asked` finds what it is about: a request that was answered before is answered so again also
    when that is found no more.
    """
    return answer_with(request, status, lambda actor: asked().run(actor), render)


def answer_with(
    request: ActorRequest,
    status: int,
    run: Callable[[Actor], R],
    render: Callable[[R], BaseModel],
) -> HttpResponse:
    """Run something under the request's idempotency key and write or replay its answer."""
    made: list[str] = []

    def write(result: object) -> tuple[int, str]:
        made.append(render(cast("R", result)).model_dump_json())
        return status, made[0]

    once = Once(_key(request), f"{request.method} {request.path}", _digest(request), write)
    actor = replace(request.actor, once=once)
    try:
        run(actor)
    except Replay as first:
        return _again(first)
    except Refused:
        if (before := answered(actor)) is not None:
            return _again(before)
        raise
    return HttpResponse(made[0], content_type=JSON, status=status)


def _again(first: Replay) -> HttpResponse:
    return HttpResponse(first.text, content_type=JSON, status=first.status)


def problem(
    status: int, title: str, detail: str = "", field: str = "", **more: object
) -> HttpResponse:
    """Write an RFC 9457 problem document."""
    told: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        told["detail"] = detail
    if field:
        told["field"] = field
    text = json.dumps(told | more, ensure_ascii=False)
    return HttpResponse(text, content_type=PROBLEM, status=status)


def sentence(refused: Refused) -> str:
    """Return a refusal as one sentence in the reader's language."""
    text = gettext(refused.sentence)
    return text % refused.values if refused.values else text


def refusal(refused: Refused) -> HttpResponse:
    """Write a refusal as a problem document."""
    return problem(refused.status, sentence(refused), field=refused.field)


def _key(request: ActorRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > KEY_LENGTH:
        raise NoKey(SEND_A_KEY)
    return key


def _digest(request: ActorRequest) -> str:
    return hashlib.sha256(request.body).hexdigest()
