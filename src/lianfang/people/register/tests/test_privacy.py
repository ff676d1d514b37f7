"""Canary numbers: no screen, no file and no entry of the register shows one without a look."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from conftest import user_with
from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register import services
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Told, Whereabouts
from lianfang.people.register.tests.conftest import SIGN_IN, TODAY, identity, mobile
from lianfang.people.register.urls import urlpatterns

CANARY = {
    "document": identity(77),
    "phone": mobile(77),
    "address": "金丝雀巷七十七号",
    "remark": "金丝雀夜里不睡",
}
#: Screens that take more than a person, and those that change something.
OTHERS = {"reveal", "withdraw", "join", "merge"}
READERS = (Role.GROUP_OFFICE, Role.CLERK, Role.PRINCIPAL, Role.LIAISON_LEADER, Role.DUTY)


@pytest.fixture
def canary(mill: Unit, response: object) -> Person:
    """Somebody whose every sealed value would be recognised."""
    line = PersonLine(
        "金丝雀",
        person_no="C77",
        document=CANARY["document"],
        phone=CANARY["phone"],
        address=CANARY["address"],
        remark=CANARY["remark"],
    )
    person = services.enter(OPERATOR, mill, line, Whereabouts(in_town=True))
    services.record_exposure(OPERATOR, person, Told("hubei_travel", TODAY))
    return person


def addresses(person: Person) -> Iterator[tuple[str, str]]:
    """Give every screen of the register, by its name."""
    for pattern in urlpatterns:
        name = str(pattern.name)
        if name in OTHERS:
            continue
        takes_person = "uuid" in str(pattern.pattern)
        yield name, reverse(f"register:{name}", args=(person.pk,) if takes_person else ())
    for column in CANARY:
        yield f"reveal {column}", reverse("register:reveal", args=(person.pk, column))


@pytest.mark.parametrize("role", READERS)
def test_no_screen_shows_a_sealed_value_without_a_look(
    role: Role, group: Unit, mill: Unit, canary: Person
) -> None:
    unit = group if role is Role.GROUP_OFFICE else mill
    client = Client()
    client.force_login(user_with(role, unit, "the-reader"), SIGN_IN)
    for name, url in addresses(canary):
        for answer in (
            client.get(url),
            client.get(url, {"special": "history"}),
            client.get(url, headers={"HX-Request": "true"}),
        ):
            told = answer.content.decode()
            assert not any(value in told for value in CANARY.values()), name


@pytest.mark.parametrize("kind", ["xlsx", "csv", "print"])
def test_no_file_shows_a_sealed_value(kind: str, group: Unit, canary: Person) -> None:
    client = Client()
    client.force_login(user_with(Role.GROUP_OFFICE, group, "the-reader"), SIGN_IN)
    answer = client.post(reverse("register:export"), {"kind": kind, "population": "staff"})
    assert answer.status_code == 200
    for value in CANARY.values():
        assert value.encode() not in answer.content


def test_no_address_and_no_entry_keeps_a_sealed_value(group: Unit, canary: Person) -> None:
    client = Client()
    client.force_login(user_with(Role.GROUP_OFFICE, group, "the-reader"), SIGN_IN)
    for value in (CANARY["document"], CANARY["phone"]):
        answer = client.post(reverse("register:find"), {"q": value})
        assert value not in answer.headers.get("Location", "")
    services.change(OPERATOR, canary, PersonLine("金丝雀", remark=CANARY["remark"] + "了"))
    kept = str(list(Entry.objects.values_list("arguments", flat=True)))
    assert not any(value in kept for value in CANARY.values())


def test_the_database_holds_no_sealed_value_in_the_clear(canary: Person) -> None:
    row = Person.objects.filter(pk=canary.pk).values_list()[0]
    whole = b"".join(bytes(each) if isinstance(each, bytes) else str(each).encode() for each in row)
    for value in CANARY.values():
        assert value.encode() not in whole
