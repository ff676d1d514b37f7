"""The two ways to one's own check-in: a personal link, which opens nothing else, or signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.web.requests import ActorRequest
from lianfang.kernel.actor import Actor, Self
from lianfang.kernel.refusals import NotAllowed
from lianfang.kernel.texts import msgid
from lianfang.people.checkins import queries

COOKIE, SALT, PATH = "lf-own", "checkins.own", "/c/"
MINUTES = 30
NO_LINK = msgid("This link opens nothing any more; ask your clerk for a new one.")
OPEN_AGAIN = msgid("Open your own check-in link again; it was not used for a while.")
NO_PERSON = msgid("Nobody in the register belongs to your account; ask your clerk.")


@dataclass(frozen=True, slots=True)
class Way:
    """Who answers for himself, and the names of the pages on his way."""

    actor: Actor
    person: UUID
    name: str

    @property
    def fill(self) -> str:
        """Return the name of the page with the questions."""
        return f"checkins:{self.name}_fill"

    @property
    def shown(self) -> str:
        """Return the name of the page with the pass."""
        return f"checkins:{self.name}_pass"

    @property
    def keeper(self) -> str:
        """Return the name of the script that keeps the pass on the phone."""
        return f"checkins:{self.name}_keeper"


View = Callable[[ActorRequest, Way], HttpResponse]
Handler = Callable[[HttpRequest], HttpResponse]


@login_not_required
def link(request: ActorRequest, secret: str) -> HttpResponse:
    """Exchange a personal link for a short while of one's own pages; no later address has it."""
    digest = orgs.digest(secret)
    if queries.link_holder(digest) is None:
        raise NotAllowed(NO_LINK)
    response = redirect("checkins:own")
    response.set_signed_cookie(
        COOKIE,
        digest,
        salt=SALT,
        max_age=MINUTES * 60,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def by_link(view: View) -> Handler:
    """Let who came by his personal link see this page of his own."""

    @login_not_required
    @wraps(view)
    def handle(request: HttpRequest) -> HttpResponse:
        digest = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MINUTES * 60)
        person = queries.link_holder(digest) if digest else None
        if person is None:
            raise NotAllowed(OPEN_AGAIN)
        asked = cast("ActorRequest", request)
        actor = orgs.by_link(person.pk, asked.request_id)
        return view(asked, Way(actor, person.pk, "own"))

    return handle


def signed_in(view: View) -> Handler:
    """Let a signed-in user see this page of the person that he is."""

    @wraps(view)
    def handle(request: HttpRequest) -> HttpResponse:
        asked = cast("ActorRequest", request)
        return view(asked, Way(asked.actor, _self(asked.actor), "me"))

    return handle


def _self(actor: Actor) -> UUID:
    """Return the person that somebody signed in is."""
    for reach in actor.reaches("checkins.record"):
        if isinstance(reach, Self):
            return reach.person
    raise NotAllowed(NO_PERSON)
