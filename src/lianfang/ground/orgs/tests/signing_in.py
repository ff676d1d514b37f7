"""Signing in through the door that everybody uses."""

from django.http import HttpResponse
from django.test import Client

from conftest import PASSWORD
from lianfang.ground.doors.models import Entry

LOGIN, HOME = "/account/login/", "/audit/own/"
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
