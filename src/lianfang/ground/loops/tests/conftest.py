"""A response in force, a moment that stands still, and loops opened by some app above."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from lianfang.ground.loops.models import Loop
from lianfang.ground.loops.registry import JOBS, KINDS, Job, Kind, declare, declare_job
from lianfang.ground.loops.services import Opening, begin
from lianfang.ground.notices.rules import Sentence
from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.response.models import Response
from lianfang.ground.response.services import begin_with_pack
from lianfang.kernel import clock
from lianfang.kernel.actor import CLOCK, OPERATOR, Actor

NOW = datetime.fromisoformat("2020-01-31T09:46:00+08:00")
Open = Callable[..., Loop]


class Heard(list[str]):
    """What the hooks of the kind under test were called for."""


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """Friday 31 January 2020, 09:46; it stands still until it is moved."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def response(moment: time_machine.Traveller, group: Unit) -> Response:
    """The response in force, with the pack of that time."""
    return begin_with_pack(OPERATOR, "covid19-2020-01", NOW - timedelta(days=1))


@pytest.fixture
def heard() -> Heard:
    """What the hooks were called for."""
    return Heard()


@pytest.fixture
def kind(heard: Heard) -> Iterator[Kind]:
    """A kind that some app above declares, with hooks."""

    def hook(word: str) -> Callable[[Loop, Actor, datetime], None]:
        return lambda loop, _actor, _now: heard.append(f"{word} {loop.key}")

    declare(
        Kind(
            code="rectification",
            title="Rectification",
            owner_role=Role.PRINCIPAL,
            verifier_role=Role.GROUP_OFFICE,
            on_done=hook("done"),
            on_verified=hook("verified"),
            on_returned=hook("returned"),
        )
    )
    yield KINDS["rectification"]
    del KINDS["rectification"]


@pytest.fixture
def opened(kind: Kind, mill: Unit) -> Open:
    """Open a loop as an app above does inside its act."""

    def make(key: str = "南门", **more: object) -> Loop:
        told: dict[str, object] = {
            "kind": kind,
            "unit": mill,
            "key": key,
            "title": Sentence("Recheck point at the %(gate)s", {"gate": key}),
            "due": clock.now() + timedelta(hours=6),
        }
        with transaction.atomic():
            return begin(CLOCK, Opening(**(told | more)), clock.now())  # type: ignore[arg-type]

    return make


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """The jobs that apps above declare do not run here."""
    before = dict(JOBS)
    for code in before:
        if code != "files.sweep":
            del JOBS[code]
    yield
    JOBS.clear()
    JOBS.update(before)


@pytest.fixture
def job(alone: None) -> Callable[[Job], None]:
    """Declare a job for one test."""
    return declare_job


@pytest.fixture
def screen(client: Client) -> Callable[[Actor], Client]:
    """Open the screens as somebody."""

    def of(actor: Actor) -> Client:
        user = User.objects.get(pk=actor.id)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return of
