"""Every address, asked by every post, about what is its own and about a foreign subtree (T05)."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from lianfang.ground.orgs import queries as orgs
from lianfang.ground.orgs.models import User
from lianfang.ground.orgs.rules import ROLES, Role, acts_of
from lianfang.ground.orgs.rules.posts import AT_THE_TOP
from lianfang.kernel.actor import Assigned
from tests.architecture.addresses import ADDRESSES, GET, OWN_ACCOUNT, PUBLIC, Address
from tests.architecture.world import CANARY, World

ELSEWHERE = frozenset({302, 403, 404})


def addresses(found: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Walk the resolver: the name of each address, or its route where it has none."""
    for pattern in found.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else route, route


NAMES = dict(addresses(get_resolver()))
API = {name for name in NAMES if name.startswith("api:")}
CLOSED = {name for name, route in NAMES.items() if route.startswith("account/")} - PUBLIC


def test_every_address_is_in_the_matrix() -> None:
    unknown = set(NAMES) - set(ADDRESSES) - PUBLIC - API - CLOSED
    assert not unknown, f"say in tests/architecture/addresses.py which act these need: {unknown}"


def test_the_matrix_names_no_address_that_is_gone() -> None:
    assert not set(ADDRESSES) - set(NAMES)


def ask(client: Client, name: str, address: Address, things: Mapping[str, object]) -> HttpResponse:
    told = {word: things[thing] for word, thing in address.about.items()}
    try:
        url = reverse(name, kwargs=told)
    except NoReverseMatch as broken:
        pytest.fail(f"{name}: {broken}")
    answer: HttpResponse = client.get(url) if address.method == GET else client.post(url)  # type: ignore[assignment]
    return answer


def text_of(answer: HttpResponse) -> bytes:
    parts = getattr(answer, "streaming_content", None)
    return b"".join(parts) if parts is not None else answer.content


#: The posts of the group reach everything: nothing in it is foreign to them.
BELOW = tuple(role for role in ROLES if role not in AT_THE_TOP)


@pytest.mark.parametrize("role", BELOW)
def test_a_post_reaches_its_own_and_nothing_foreign(role: Role, world: World) -> None:
    client = Client()
    client.force_login(world.user_with(role))
    wrong = []
    for name, address in sorted(ADDRESSES.items()):
        answer = ask(client, name, address, world.foreign)
        if CANARY.encode() in text_of(answer):
            wrong.append(f"{name}: shows what is foreign")
        if address.about and world.is_about_something(address):
            if answer.status_code not in ELSEWHERE:
                wrong.append(f"{name}: {answer.status_code} for what is foreign")
            nothing = ask(client, name, address, world.nothing)
            if nothing.status_code != answer.status_code:
                wrong.append(f"{name}: what is foreign looks other than what is not there")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_a_post_may_do_what_its_acts_say_and_no_more(role: Role, world: World) -> None:
    user = world.user_with(role)
    client = Client()
    client.force_login(user)
    wrong = []
    for name, address in sorted(ADDRESSES.items()):
        if address.method != GET:
            continue
        reaches = world.actor(user).reaches(address.act)
        answer = ask(client, name, address, world.own)
        whole = any(not isinstance(reach, Assigned) for reach in reaches)
        if whole and answer.status_code not in address.ok:
            wrong.append(f"{name}: {answer.status_code} though {role} holds {address.act}")
        if not reaches and answer.status_code == 200:
            wrong.append(f"{name}: 200 though {role} does not hold {address.act}")
    assert not wrong, "\n".join(wrong)


def test_whoever_has_not_signed_in_is_sent_to_the_door(world: World) -> None:
    for name in sorted(set(ADDRESSES) | OWN_ACCOUNT):
        answer = ask(Client(), name, ADDRESSES.get(name, Address()), world.own)
        assert answer.status_code in {302, 404}, name
        assert CANARY.encode() not in text_of(answer), name


def test_an_api_address_without_a_token_answers_with_a_problem(db: None) -> None:
    for name in sorted(API - PUBLIC):
        parts = NAMES[name].split("/")
        path = "/" + "/".join("x" if part.startswith("<") else part for part in parts)
        for answer in (Client().get(path), Client().post(path)):
            assert answer.status_code in {401, 404, 405}, name
            if answer.status_code == 401:
                assert answer["Content-Type"] == "application/problem+json", name


#: What the API is asked for with GET: the act that it needs, and the address.
CALLS = {
    "/api/v1/loops": "loops.read",
    "/api/v1/loops/{loop}": "loops.read",
    "/api/v1/figures?day={day}&unit={code}": "figures.read",
    "/api/v1/figures/{figure}/rows?day={day}&unit={code}": "figures.read",
    "/api/v1/reports/{day}/{code}": "reports.read",
    "/api/v1/people/N1/status": "screening.read",
    "/api/v1/checkins?day={day}&unit={code}": "checkins.read",
}


@pytest.mark.parametrize("role", ROLES)
def test_a_token_reads_by_its_post_and_nothing_foreign(role: Role, world: World) -> None:
    client = Client(headers={"Authorization": f"Bearer {world.token_with(role)}"})
    wrong = []
    for address, act in CALLS.items():
        own, foreign = (client.get(address.format(**t)) for t in (world.own, world.foreign))
        if role in BELOW and CANARY.encode() in foreign.content + own.content:
            wrong.append(f"{address}: shows what is foreign")
        if role in BELOW and "{" in address and foreign.status_code == 200:
            wrong.append(f"{address}: 200 for what is foreign")
        if act not in acts_of(role) and b"Mill" in own.content:
            wrong.append(f"{address}: shows what {role} does not hold {act} for")
    assert not wrong, "\n".join(wrong)


def test_a_token_without_a_human_behind_it_reads_no_more_than_its_post(world: World) -> None:
    actor = orgs.bearer(world.token_with(Role.EMPLOYEE))
    assert actor is not None
    assert not [reach for reach in actor.reaches("loops.read") if not isinstance(reach, Assigned)]


def test_a_user_who_is_switched_off_is_out_at_the_next_request(world: World) -> None:
    user = world.user_with(Role.CLERK)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("orgs:units")).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("orgs:units")).status_code in {302, 404}


def test_pages_of_somebody_are_kept_by_no_cache(world: World) -> None:
    client = Client()
    client.force_login(world.user_with(Role.CLERK))
    answer = client.get(reverse("orgs:units"))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert answer["X-Request-ID"] != str(uuid4())
