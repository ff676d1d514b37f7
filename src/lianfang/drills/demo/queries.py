"""Who can be played in the demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404

from lianfang.drills.demo.rules.personas import PERSONAS
from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import User
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody whose post the visitor may take."""

    login: str
    name: str
    post: str
    does: str
    unit: str


def only_in_a_demo() -> None:
    """Let nothing of the demo be found in an installation that is none."""
    if not settings.DEMO:
        raise Http404


def players() -> Sequence[Player]:
    """Return who can be played, in the order of the story."""
    users = {
        user.username: user
        for user in orgs.users(OPERATOR, "users.use").filter(
            username__in=[persona.login for persona in PERSONAS]
        )
    }
    return [
        Player(
            persona.login,
            users[persona.login].name,
            persona.post,
            persona.does,
            str(users[persona.login].home or ""),
        )
        for persona in PERSONAS
        if persona.login in users
    ]


def player(login: str) -> User:
    """Return the user behind a post of the demo."""
    found = orgs.users(OPERATOR, "users.use").filter(username=login).first()
    if found is None or login not in {persona.login for persona in PERSONAS}:
        raise Http404
    return found


def now() -> datetime:
    """Return the time of the demo."""
    return clock.now()
