"""Signing in through the door that everybody uses."""

import re
from datetime import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from conftest import PASSWORD
from lianfang.ground.doors.models import Entry
from lianfang.kernel import clock

LOGIN, HOME = "/account/login/", "/audit/own/"
APP, STEP = "/account/second-step/app/", "/account/second-step/"
WRONG = "Not-the-word-9"


def sign_in(client: Client, name: str, password: str = PASSWORD) -> HttpResponse:
    """Send the form of the sign-in page."""
    told = {"login": name, "password": password}
    return client.post(LOGIN, told)  # type: ignore[return-value]


def inside(client: Client) -> bool:
    """Tell whether this browser is signed in."""
    return client.get(HOME).status_code == 200


def entries(act: str) -> list[Entry]:
    """Return what the trail tells of an act."""
    return list(Entry.objects.filter(act=act))


def code_at(secret: str, moment: datetime) -> str:
    """Return what an authenticator app shows at a moment."""
    return str(format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30)))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app in this browser, and return its key."""
    page = client.get(APP).content.decode()
    secret = str(re.search(r'id="key">([A-Z2-7]+)<', page)[1])  # type: ignore[index]
    client.post(APP, {"code": code_at(secret, clock.machine())})
    return secret


def second_step(client: Client, code: str) -> HttpResponse:
    """Send the form of the second step."""
    return client.post(STEP, {"code": code})  # type: ignore[return-value]
