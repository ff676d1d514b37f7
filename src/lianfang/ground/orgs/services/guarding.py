"""How often a name, or the second step of one, was tried in vain."""

from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.db.models import Sum
from django.http import HttpRequest

from lianfang.ground.orgs.models import User

#: A name with a blank in it: no user has one.
STEP = "second step of "


def failures_of(name: str, since: datetime) -> int:
    """Count the wrong passwords for a name since a moment of the machine's time."""
    found = AccessAttempt.objects.filter(username=name, attempt_time__gt=since)
    return int(found.aggregate(all=Sum("failures_since_start"))["all"] or 0)


def may_try_step(request: HttpRequest, user: User) -> bool:
    """Tell whether another code may be tried: so many wrong ones lock the step for a while."""
    return bool(AxesProxyHandler.is_allowed(request, _as_step(user)))


def step_failed(request: HttpRequest, user: User) -> None:
    """Count a wrong code."""
    AxesProxyHandler.user_login_failed(type(user), _as_step(user), request)


def forgive_step(user: User) -> None:
    """Forget wrong codes after a right one."""
    AccessAttempt.objects.filter(username=name_of_step(user)).delete()


def name_of_step(user: User) -> str:
    """Return under which name wrong codes are counted: one that no user can have."""
    return f"{STEP}{user.username}".upper().casefold()


def _as_step(user: User) -> dict[str, str]:
    return {"username": name_of_step(user)}
