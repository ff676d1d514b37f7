"""A pasted 接龙 is recorded once, whatever is pressed twice; nothing of it is lost in silence."""

import re
from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel.actor import Actor
from lianfang.people.checkins import queries
from lianfang.people.checkins.models import ChatName, CheckIn
from lianfang.people.register.models import Person

Enter = Callable[..., Person]
URL = "/checkins/chat"


@pytest.fixture
def desk(client: Client, morning: object, clerk: Actor) -> Client:
    """The desk of the mill's clerk."""
    client.force_login(User.objects.get(pk=clerk.id))
    return client


def key_of(actor: Actor, unit: Unit, text: str, place: int = 0) -> str:
    return queries.look(actor, unit, text, {}).lines[place].entry.key


def test_a_line_that_replaced_is_recorded_once(
    desk: Client, clerk: Actor, mill: Unit, chen: Person, morning: time_machine.Traveller
) -> None:
    desk.post(URL, {"text": "陈小满 36.5", "do": "record"})
    morning.shift(600)
    text = "陈小满 36.9\n李四 36.4"
    sent = {"text": text, "do": "record", f"again-{key_of(clerk, mill, text)}": "replace"}
    for _time in range(2):
        assert desk.post(URL, sent).status_code == 200
    assert CheckIn.objects.filter(person=chen).count() == 2
    assert CheckIn.objects.latest("happened_at").temperature == Decimal("36.9")


def test_a_new_namesake_is_entered_once_and_stands_as_recorded(
    desk: Client, clerk: Actor, mill: Unit, lin: Person
) -> None:
    text = "林海 13900007777 36.5\n李四 36.4"
    key = key_of(clerk, mill, text)
    other = Person.objects.create(unit=mill, name="林海", sort_key="lin hai")
    sent = {"text": text, "do": "record", f"who-{key}": "new:staff"}
    page = desk.post(URL, sent).content.decode()
    assert Person.objects.filter(name="林海").count() == 3
    new = Person.objects.filter(name="林海").exclude(pk__in=[lin.pk, other.pk]).get()
    found = re.search(f'name="who-{key}" value="person:{new.pk}" (checked)?', page)
    assert found
    assert found[1] == "checked"
    desk.post(URL, {"text": text, "do": "record", f"who-{key}": f"person:{new.pk}"})
    assert CheckIn.objects.get().person == new


def test_the_same_form_sent_twice_is_recorded_once(
    desk: Client, clerk: Actor, mill: Unit, lin: Person, enter: Enter
) -> None:
    enter(mill, "林海", "0300")
    text = "林海 36.5\n李四 36.4"
    sent = {"text": text, "do": "record", f"who-{key_of(clerk, mill, text)}": "new:staff"}
    sent["key"] = str(uuid4())
    assert desk.post(URL, sent).status_code == 200
    assert desk.post(URL, sent).status_code == 302
    assert desk.post(URL, sent | {"remember": "on"}).status_code == 422
    assert Person.objects.filter(name="林海").count() == 3
    assert CheckIn.objects.count() == 1


def test_recording_is_one_act_of_the_trail_with_what_it_carries(
    desk: Client, clerk: Actor, mill: Unit, chen: Person
) -> None:
    text = "小满 36.5\n李四 36.4"
    sent = {"text": text, "do": "record", "remember": "on"}
    sent[f"who-{key_of(clerk, mill, text)}"] = f"person:{chen.pk}"
    sent[f"who-{key_of(clerk, mill, text, 1)}"] = "new:staff"
    assert desk.post(URL, sent).status_code == 302
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"checkins.record_chat", "checkins.record", "people.enter"} <= acts
    assert ChatName.objects.get().person == chen
    assert CheckIn.objects.count() == 2


def test_a_paste_with_too_many_or_too_long_lines_is_refused_and_not_cut(
    desk: Client, chen: Person
) -> None:
    many = "\n".join(["陈小满 36.5"] * 1001)
    long = "陈小满 36.5\n陈小满 36.5 " + "好" * 400 + "发热"
    for text, number in ((many, "1000"), (long, "400")):
        page = desk.post(URL, {"text": text, "do": "record"})
        assert page.status_code == 422
        assert number in page.content.decode()
    assert not CheckIn.objects.exists()


def test_remembering_is_ticked_at_first_and_never_again_against_the_clerks_will(
    desk: Client, chen: Person
) -> None:
    ticked = re.compile(r'name="remember"\s+value="on"\s+checked')
    page = desk.post(URL, {"text": "小满 36.5", "do": "match"}).content.decode()
    assert ticked.search(page)
    sent = {"text": "小满 36.5", "do": "match", "shown": "1"}
    assert not ticked.search(desk.post(URL, sent).content.decode())
    assert ticked.search(desk.post(URL, sent | {"remember": "on"}).content.decode())
