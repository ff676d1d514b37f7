from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from lianfang.ground.doors.models import Entry
from lianfang.ground.orgs.models import Unit, User
from lianfang.kernel.actor import OPERATOR, Actor
from lianfang.people.checkins import queries
from lianfang.people.checkins.models import ChatName, CheckIn
from lianfang.people.register import services as register
from lianfang.people.register.models import Person
from lianfang.people.register.rules.lines import PersonLine, Whereabouts

Enter = Callable[..., Person]
URL = "/checkins/chat"


@pytest.fixture
def desk(client: Client, morning: object, clerk: Actor) -> Client:
    """The desk of the mill's clerk."""
    client.force_login(User.objects.get(pk=clerk.id))
    return client


def key_of(actor: Actor, unit: Unit, text: str, place: int = 0) -> str:
    return queries.look(actor, unit, text, {}).lines[place].entry.key


def test_a_list_is_shown_first_and_recorded_by_one_more_tap(
    desk: Client, chen: Person, lin: Person
) -> None:
    text = "#接龙\n1月31日\n1. 陈小满 36.5 在温 无症状\n2. 林海 37.6 咳嗽"
    page = desk.post(URL, {"text": text, "do": "match"})
    assert page.status_code == 200
    assert not CheckIn.objects.exists()
    assert "陈小满 36.5 在温" in page.content.decode()
    assert desk.post(URL, {"text": text, "do": "record"}).status_code == 302
    one = CheckIn.objects.get(person=chen)
    assert (one.temperature, one.how, one.in_town) == (Decimal("36.5"), "from_chat", True)
    assert (one.symptoms, one.symptoms_known, one.household_symptoms) == ([], True, None)
    assert one.method == ""
    two = CheckIn.objects.get(person=lin)
    assert (two.verdict, two.symptoms) == ("fever", ["cough"])


def test_what_was_not_said_is_not_known_and_is_asked_the_next_time(
    desk: Client, clerk: Actor, chen: Person
) -> None:
    desk.post(URL, {"text": "陈小满 36.5", "do": "record"})
    found = CheckIn.objects.get()
    assert (found.symptoms_known, found.in_town, found.contact_case) == (False, None, None)
    asked = queries.ask_page(OPERATOR, chen.pk)
    assert {row.code for row in asked.rows if row.anew} >= {"symptoms", "contact_case"}


def test_two_of_one_name_are_told_apart_by_a_tap_and_never_remembered(
    desk: Client, clerk: Actor, mill: Unit, lin: Person, enter: Enter
) -> None:
    other = enter(mill, "林海", "0300")
    text = "林海 36.5"
    page = desk.post(URL, {"text": text, "do": "record"})
    assert page.status_code == 200
    assert not CheckIn.objects.exists()
    assert text in page.content.decode()
    tap = {f"who-{key_of(clerk, mill, text)}": f"person:{other.pk}", "remember": "on"}
    assert desk.post(URL, {"text": text, "do": "record", **tap}).status_code == 302
    assert CheckIn.objects.get().person == other
    assert not ChatName.objects.exists()


def test_a_settled_nickname_is_remembered_and_can_be_forgotten(
    desk: Client, clerk: Actor, mill: Unit, chen: Person, stranger: Actor
) -> None:
    text = "小满 36.5"
    tap = {f"who-{key_of(clerk, mill, text)}": f"person:{chen.pk}"}
    desk.post(URL, {"text": text, "do": "record", "remember": "on", **tap})
    name = ChatName.objects.get()
    assert (name.said, name.person, name.valid_to) == ("小满", chen, None)
    assert "小满" in desk.get(URL).content.decode()
    assert queries.look(clerk, mill, "小满 36.6", {}).lines[0].person is not None
    foreign = Client()
    foreign.force_login(User.objects.get(pk=stranger.id))
    assert foreign.post(f"{URL}/names/{name.pk}/forget").status_code == 404
    assert desk.post(f"{URL}/names/{name.pk}/forget").status_code == 302
    assert queries.look(clerk, mill, "小满 36.6", {}).lines[0].person is None
    name.refresh_from_db()
    assert name.valid_to is not None


def test_somebody_new_is_entered_by_his_name_and_recorded(
    desk: Client, clerk: Actor, mill: Unit, chen: Person
) -> None:
    text = "李四 36.5"
    tap = {f"who-{key_of(clerk, mill, text)}": "new:on_site"}
    assert desk.post(URL, {"text": text, "do": "record", **tap}).status_code == 302
    person = Person.objects.get(name="李四")
    assert (person.population, person.unit) == ("on_site", mill)
    assert CheckIn.objects.get().person == person
    desk.post(URL, {"text": text, "do": "record", **tap})
    assert Person.objects.filter(name="李四").count() == CheckIn.objects.count() == 1


def test_who_belongs_to_another_unit_is_recorded_for_nobody(
    desk: Client, clerk: Actor, mill: Unit, chen: Person, zhou: Person
) -> None:
    page = queries.look(clerk, mill, "周帆 36.5", {})
    assert page.lines[0].match.sort == "nobody"
    tap = {f"who-{page.lines[0].entry.key}": f"person:{zhou.pk}"}
    desk.post(URL, {"text": "周帆 36.5", "do": "record", **tap})
    assert not CheckIn.objects.exists()


def test_the_telephone_number_of_somebody_else_is_asked_about(
    clerk: Actor, mill: Unit, response: object
) -> None:
    for name, phone in (("张三", "13800001111"), ("李小满", "13800002222")):
        told = PersonLine(name=name, phone=phone)
        register.enter(OPERATOR, mill, told, Whereabouts(in_town=True))
    own, other = queries.look(clerk, mill, "张三 13800001111 36.5\n张三 13800002222 36.5", {}).lines
    assert own.match.sort == "sure"
    assert (other.state, other.foreign_phone) == ("open", True)
    assert [each.name for each in other.match.people] == ["张三", "李小满"]


def test_a_later_list_replaces_only_what_is_tapped(
    desk: Client, clerk: Actor, mill: Unit, chen: Person, morning: time_machine.Traveller
) -> None:
    desk.post(URL, {"text": "陈小满 36.5", "do": "record"})
    morning.shift(600)
    page = desk.post(URL, {"text": "陈小满 36.9", "do": "record"})
    assert page.status_code == 200
    assert CheckIn.objects.count() == 1
    tap = {f"again-{key_of(clerk, mill, '陈小满 36.9')}": "replace"}
    assert desk.post(URL, {"text": "陈小满 36.9", "do": "record", **tap}).status_code == 302
    assert CheckIn.objects.filter(counts=True).latest("happened_at").temperature == Decimal("36.9")


def test_the_same_list_a_second_time_records_nothing_more(desk: Client, chen: Person) -> None:
    text = "1. 陈小满 36.5 在温"
    assert desk.post(URL, {"text": text, "do": "record"}).status_code == 302
    assert desk.post(URL, {"text": text, "do": "record"}).status_code == 302
    assert CheckIn.objects.count() == 1


def test_the_list_of_another_day_is_recorded_only_if_somebody_says_it_is_todays(
    desk: Client, chen: Person
) -> None:
    text = "#接龙 1月30日\n1. 陈小满 36.5"
    page = desk.post(URL, {"text": text, "do": "record"})
    assert page.status_code == 422
    assert "陈小满 36.5" in page.content.decode()
    assert not CheckIn.objects.exists()
    assert desk.post(URL, {"text": text, "do": "record", "today": "on"}).status_code == 302
    assert CheckIn.objects.count() == 1


def test_an_empty_paste_and_one_without_answers_say_so(desk: Client, chen: Person) -> None:
    assert desk.post(URL, {"text": "  ", "do": "match"}).status_code == 422
    page = desk.post(URL, {"text": "大家好\n收到", "do": "match"})
    assert "lf-empty" in page.content.decode()
    assert "大家好" in page.content.decode()


def test_the_group_is_asked_by_the_packs_questions_and_who_lacks_is_copied_out(
    desk: Client, chen: Person, lin: Person
) -> None:
    page = desk.get(URL).content.decode()
    assert "#接龙" in page
    assert "是否在温州" in page
    assert "陈小满、林海" in page
    desk.post(URL, {"text": "陈小满 36.5", "do": "record"})
    assert "陈小满、林海" not in desk.get(URL).content.decode()
    picture = desk.get(f"{URL}/absent.png")
    assert picture.content.startswith(b"\x89PNG")


def test_nothing_pasted_is_repeated_in_the_trail(desk: Client, chen: Person) -> None:
    desk.post(URL, {"text": "陈小满 36.5 咳嗽", "do": "record"})
    assert "36.5" not in str(list(Entry.objects.values_list("arguments", flat=True)))


def test_a_text_with_a_script_stays_text(desk: Client, chen: Person) -> None:
    text = "1. <script>window.__xss=1</script> 36.5"
    page = desk.post(URL, {"text": text, "do": "match"}).content.decode()
    assert "<script>window.__xss" not in page
