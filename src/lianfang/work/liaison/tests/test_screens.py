import re
from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.ground.command.models import Appointment
from lianfang.ground.doors.models import Entry
from lianfang.ground.loops.models import Loop
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor
from lianfang.work.liaison.models import Contact
from lianfang.work.liaison.services import ContactLine, log
from lianfang.work.liaison.tests.conftest import Browse

TOLD = {
    "sort": "call",
    "how": "phone",
    "happened_at": "2020-01-31T09:40",
    "with_name": "顾长青",
    "with_post": "总经理",
    "place": "",
    "said": "门岗缺人",
    "measure": "今晚北门补一人",
    "told": "",
    "next_on": "2020-02-01",
}


def at(name: str, *args: object) -> str:
    return reverse(f"liaison:{name}", args=args)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == HTTPStatus.OK, url
    return str(answer.content.decode())


def test_one_tap_logs_and_the_rest_may_follow(
    looked_after: Appointment, mill: Unit, browse: Browse
) -> None:
    leader = browse(Role.LIAISON_LEADER, mill)
    answer = leader.post(at("log", "M"), {"how": "visit"})
    made = Contact.objects.get()
    assert answer.headers["Location"] == at("call", made.pk)
    assert made.how == "visit"
    assert "It is logged" in text(leader, at("call", made.pk))
    assert leader.post(at("complete", made.pk), TOLD | {"task": "1"}).status_code == 302
    assert Loop.objects.get().title.params == {"text": "今晚北门补一人"}
    fuller = Contact.objects.get(replaces=made)
    page = text(leader, at("call", fuller.pk))
    assert "门岗缺人" not in page
    opened = leader.post(at("open", fuller.pk))
    assert "门岗缺人" in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert Entry.objects.filter(act="contacts.open").count() == 1


def test_two_taps_are_one_call_and_show_it(
    looked_after: Appointment, mill: Unit, browse: Browse
) -> None:
    leader = browse(Role.LIAISON_LEADER, mill)
    board = text(leader, reverse("board:liaison"))
    (key, *more) = re.findall(r'name="key" value="([^"]+)"', board)
    assert set(more) == {key}
    answers = [leader.post(at("log", "M"), {"key": key}) for _ in range(2)]
    made = Contact.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {at("call", made.pk)}
    leader.post(at("log", "M"), {"key": key, "how": "visit"})
    leader.post(at("log", "M"), {"key": str(ids.new())})
    assert Contact.objects.count() == 3


def test_a_task_without_a_word_leaves_the_call_as_it_was(
    looked_after: Appointment, mill: Unit, browse: Browse
) -> None:
    leader = browse(Role.LIAISON_LEADER, mill)
    leader.post(at("log", "M"))
    made = Contact.objects.get()
    told = TOLD | {"measure": " ", "task": "1"}
    answer = leader.post(at("complete", made.pk), told)
    assert answer.status_code == 422
    assert "Say what is to be done" in answer.content.decode()
    assert Contact.objects.get() == made
    told["measure"] = "今晚北门补一人"
    assert leader.post(at("complete", made.pk), told).status_code == 302
    assert Loop.objects.count() == 1


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(
    looked_after: Appointment, mill: Unit, browse: Browse
) -> None:
    leader = browse(Role.LIAISON_LEADER, mill)
    leader.post(at("log", "M"))
    made = Contact.objects.get()
    told = TOLD | {"happened_at": "2020-02-03T09:40"}
    answer = leader.post(at("complete", made.pk), told)
    assert answer.status_code == 422
    assert "This is in the future" in answer.content.decode()
    assert "门岗缺人" in answer.content.decode()
    assert Contact.objects.count() == 1


def test_another_reader_opens_the_note_and_changes_nothing(
    looked_after: Appointment, group: Unit, mill: Unit, liaison: Actor, browse: Browse
) -> None:
    made = log(liaison, mill, ContactLine(said="门岗缺人", with_name="顾长青"))
    office = browse(Role.GROUP_OFFICE, group)
    page = text(office, at("call", made.pk))
    assert "顾长青" in page
    assert "门岗缺人" not in page
    page = office.post(at("open", made.pk)).content.decode()
    assert "门岗缺人" in page
    assert "Keep it" not in page
    assert office.post(at("complete", made.pk), TOLD).status_code == 422


def test_the_office_sees_who_covers_whom_and_records_for_a_leader(
    looked_after: Appointment, group: Unit, mill: Unit, port: Unit, browse: Browse
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    page = text(office, at("coverage"))
    assert looked_after.name in page
    assert "Without a liaison leader" in page
    office.post(at("log", "M"), {"instead": "1"})
    assert Contact.objects.get().leader_name == looked_after.name
    assert "recorded by" in text(office, at("calls"))


def test_the_log_is_narrowed_printed_and_taken_away_on_record(
    looked_after: Appointment, group: Unit, mill: Unit, liaison: Actor, browse: Browse
) -> None:
    log(liaison, mill, ContactLine(with_name="=1+1", said="门岗缺人"))
    office = browse(Role.GROUP_OFFICE, group)
    assert "=1+1" in text(office, at("calls"))
    assert "No call is found" in text(office, f"{at('calls')}?q=港务")
    assert "=1+1" in text(office, f"{at('calls')}?paper&q=面粉")
    part = office.get(at("calls"), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    made = office.post(at("export"), {"q": ""})
    assert made.content.startswith(b"PK")
    assert Entry.objects.filter(act="contacts.export", refused="").count() == 1
    leader = browse(Role.LIAISON_LEADER, mill, "other-leader")
    assert leader.post(at("export")).status_code == HTTPStatus.NOT_FOUND


def test_the_lists_cost_the_same_however_long_they_are(
    looked_after: Appointment,
    group: Unit,
    mill: Unit,
    port: Unit,
    liaison: Actor,
    browse: Browse,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = browse(Role.GROUP_OFFICE, group)
    log.many(liaison, [log.on(mill, ContactLine()) for _ in range(9)])
    for url in (at("coverage"), at("calls")):
        office.get(url)
        with django_assert_max_num_queries(24):
            office.get(url)


def test_a_clerk_and_a_stranger_find_no_log(
    looked_after: Appointment, mill: Unit, port: Unit, liaison: Actor, browse: Browse
) -> None:
    made = log(liaison, mill, ContactLine())
    clerk, stranger = browse(Role.CLERK, mill), browse(Role.LIAISON_LEADER, port)
    assert clerk.get(at("calls")).status_code == HTTPStatus.NOT_FOUND
    assert stranger.get(at("call", made.pk)).status_code == HTTPStatus.NOT_FOUND
    assert stranger.post(at("log", "M")).status_code == HTTPStatus.NOT_FOUND
    assert Contact.objects.count() == 1
