"""What somebody types or sends never stands in a log, a number or the trail (V23)."""

import io
import json
import logging
import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lianfang.config import logs
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.rules import Role
from tests.architecture.addresses import ADDRESSES
from tests.architecture.world import World

DOCUMENT, PHONE = "330302199001019966", "13800138123"
PASSWORD, TOKEN = "Canary-Pass-77!", "canarytoken-0123456789abcdefghijklmnop"
LINK = "canarylink_0123456789abcdef"
SECRETS = (DOCUMENT, PHONE, PASSWORD, TOKEN, LINK)
PASSWORDS = ("password", "password1", "password2", "oldpassword")
NAMES = (
    "q",
    "name",
    "login",
    "text",
    "note",
    "reason",
    "remark",
    "title",
    "code",
    "find",
    "secret",
)
FIELD = re.compile(rb'name="(\w+)"')
API = ("checkins", "checkins/batch", "reports/2020-01-31/MILL", f"loops/{DOCUMENT}/done")
READ = (f"people/{DOCUMENT}/status", f"figures?day={PHONE}&unit={DOCUMENT}", f"loops?unit={PHONE}")
BROKEN = 500


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, at the lowest weight and in both shapes."""
    paper, root = io.StringIO(), logging.getLogger()
    handlers = []
    for shape in (logs.Words(), logs.Json()):
        handler = logging.StreamHandler(paper)
        handler.setFormatter(shape)
        handlers.append(handler)
        root.addHandler(handler)
    kept, level = root.handlers, root.level
    root.setLevel(logging.DEBUG)
    yield paper
    root.setLevel(level)
    for handler in handlers:
        kept.remove(handler)


def typed(answer: HttpResponse) -> dict[str, str]:
    """Fill every field of a page, and some that it has not, with what nobody may find again."""
    names = {name.decode() for name in FIELD.findall(getattr(answer, "content", b""))}
    everything = f"{DOCUMENT} {PHONE}"
    told = dict.fromkeys(names | set(NAMES), everything)
    return told | dict.fromkeys(PASSWORDS, PASSWORD) | {"document": DOCUMENT, "phone": PHONE}


def asked(client: Client, world: World, space: str) -> Iterator[HttpResponse]:
    """Ask for every screen and send every form whose name begins so."""
    for name, address in sorted(ADDRESSES.items()):
        if not name.startswith(space):
            continue
        url = reverse(name, kwargs={word: world.own[it] for word, it in address.about.items()})
        read = client.get(url, {"q": f"{PHONE} {DOCUMENT}", "secret": LINK})
        yield read  # type: ignore[misc]
        yield client.post(url, typed(read))  # type: ignore[arg-type,misc]


def told(token: str) -> Iterator[HttpResponse]:
    """Ask for the addresses of programs as the bearer of a token."""
    client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)
    body = json.dumps({"person_no": DOCUMENT, "unit": PHONE, "temperature": PASSWORD})
    for address in READ:
        yield client.get(f"/api/v1/{address}")  # type: ignore[misc]
    for address, key in product(API, (TOKEN, "")):
        head = {"Idempotency-Key": key} if key else {}
        url = f"/api/v1/{address}"
        yield client.post(url, body, content_type="application/json", headers=head)  # type: ignore[misc]


def test_what_was_typed_stands_in_no_log_number_or_entry(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = []
    for role, space in ((Role.GROUP_OFFICE, ""), (Role.ADMINISTRATOR, "orgs:")):
        client = Client(raise_request_exception=False)
        client.force_login(world.user_with(role))
        broken += [answer for answer in asked(client, world, space) if answer.status_code >= BROKEN]
    stranger = Client(raise_request_exception=False)
    for address in (f"/c/{LINK}", f"/c/{LINK}/fill", f"/people/{DOCUMENT}", f"/people/join/{LINK}"):
        stranger.get(address)
        stranger.post(address, {"phone": PHONE, "name": "x"})
    stranger.post("/account/login/", {"login": PHONE, "password": PASSWORD})
    broken += [answer for answer in told(TOKEN) if answer.status_code >= BROKEN]
    assert not broken, [answer.request["PATH_INFO"] for answer in broken]  # type: ignore[attr-defined]

    def breaks(_secret: str, _number: str) -> None:
        raise RuntimeError(f"nobody is {DOCUMENT}, call {PHONE}, see /c/{LINK}")

    monkeypatch.setattr("lianfang.api.mount.orgs.bearer", breaks)
    for answer in told(TOKEN):
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]
    said = written.getvalue()
    assert said.count("RuntimeError")
    assert not {secret: said.index(secret) for secret in SECRETS if secret in said}
    numbers = Client(REMOTE_ADDR="127.0.0.1").get("/metrics").content.decode()
    assert not [secret for secret in SECRETS if secret in numbers]
    entries = [(entry.act, str(vars(entry))) for entry in Entry.objects.all()]
    held = {act for act, text in entries if any(secret in text for secret in SECRETS)}
    assert not held
