from datetime import date
from io import BytesIO
from uuid import uuid4

import openpyxl
from django.test import Client
from django.urls import reverse

from conftest import user_with
from lianfang.ground.doors.models import Entry, Subject
from lianfang.ground.orgs.models import Site, Unit, User
from lianfang.ground.orgs.rules import Role
from lianfang.ground.orgs.services import give_post
from lianfang.kernel.actor import OPERATOR
from lianfang.people.register import seams, services
from lianfang.people.register.models import Exposure, Movement, Person, PersonalLink
from lianfang.people.register.tests.conftest import SIGN_IN, identity, mobile, page

PEOPLE = "/people/"


def test_somebody_is_entered_and_what_is_wrong_is_said_at_its_field(
    mills_clerk: Client, chen: Person, zhou: Person
) -> None:
    url = reverse("register:enter")
    told = {"unit": "M", "name": "孙亮", "employment": "regular", "document_kind": "identity_card"}
    told |= {"document": identity(3), "in_town": "no", "region": "湖北武汉"}
    refused = mills_clerk.post(url, told)
    assert "Already registered elsewhere" in page(refused)
    assert "孙亮" in page(refused)
    assert "No region is called so" in page(mills_clerk.post(url, told | {"region": "无此地"}))
    wrong = page(mills_clerk.post(url, told | {"document": "123", "region": "鼓楼"}))
    assert "18 characters" in wrong
    assert "320106" in wrong
    answer = mills_clerk.post(url, told | {"document": identity(9).lower(), "phone": mobile(9)})
    person = Person.objects.get(name="孙亮")
    assert answer.headers["Location"] == reverse("register:person", args=(person.pk,))
    movement = Movement.objects.get(person=person)
    assert (movement.region, movement.in_town, movement.how) == ("420100", False, "in_person")


def test_somebody_on_site_is_entered_at_his_site(mills_clerk: Client, market: Site) -> None:
    url = reverse("register:enter") + "?population=on_site"
    assert "S1" in page(mills_clerk.get(url))
    told = {"unit": "M", "site": "S1", "name": "郑阿土", "employment": "stall_worker"}
    mills_clerk.post(url, told | {"document_kind": "identity_card"})
    assert Person.objects.get(name="郑阿土").site == market


def test_a_person_is_changed_and_what_is_sealed_stays_when_left_empty(
    mills_clerk: Client, chen: Person
) -> None:
    url = reverse("register:change", args=(chen.pk,))
    form = page(mills_clerk.get(url))
    assert "装卸一组" in form
    assert identity(1) not in form
    told = {"name": "陈小满", "employment": "intern", "document_kind": "identity_card"}
    mills_clerk.post(url, told | {"person_no": "N0001", "job": "司机", "home_region": "苍南"})
    chen.refresh_from_db()
    assert (chen.job, chen.home_region, chen.employment) == ("司机", "330327", "intern")
    assert chen.document_mask.endswith(identity(1)[-4:])


def test_the_office_moves_somebody_to_another_unit(
    office: Client, chen: Person, port: Unit
) -> None:
    url = reverse("register:move", args=(chen.pk,))
    assert "already" in page(office.post(url, {"to": "M"}))
    office.post(url, {"to": "P"})
    chen.refresh_from_db()
    assert chen.unit == port


def test_somebody_leaves_and_the_page_says_so(mills_clerk: Client, chen: Person) -> None:
    mills_clerk.post(reverse("register:leave", args=(chen.pk,)))
    shown = page(mills_clerk.get(reverse("register:person", args=(chen.pk,))))
    assert "counts no more" in shown
    assert "Take back" in shown
    movement = reverse("register:movement", args=(chen.pk,))
    assert mills_clerk.get(movement).status_code == 200
    told = {"in_town": "yes", "how": "by_phone"}
    assert "nothing is recorded" in page(mills_clerk.post(movement, told))


def test_a_movement_is_recorded_from_what_is_known(mills_clerk: Client, lin: Person) -> None:
    url = reverse("register:movement", args=(lin.pk,))
    assert "安徽省合肥市" in page(mills_clerk.get(url))
    told = {"in_town": "yes", "from_region": "合肥", "returned_on": "2020-01-31", "how": "by_phone"}
    assert "lies ahead" in page(mills_clerk.post(url, told | {"returned_on": "2020-02-20"}))
    mills_clerk.post(url, told | {"transport": "rail"})
    now = Movement.objects.get(person=lin, valid_to=None)
    assert now.movement_class == "returned_public_transport_other_province"


def test_many_are_recorded_at_once_or_none(
    mills_clerk: Client, chen: Person, lin: Person, zhou: Person
) -> None:
    url = reverse("register:movements")
    chosen = {"person": [str(chen.pk), str(lin.pk), str(zhou.pk), "nonsense"]}
    asked = page(mills_clerk.post(url, chosen))
    assert "2 people" in asked
    assert "周帆" not in asked
    told = {"in_town": "no", "region": "340102", "how": "by_phone"}
    wrong = page(mills_clerk.post(url, chosen | told | {"left_on": "2020-02-20"}))
    assert "lies in the future" in wrong
    assert Movement.objects.filter(valid_to=None, in_town=True).count() == 2
    mills_clerk.post(url, chosen | told)
    assert Movement.objects.filter(valid_to=None, region="340102").count() == 2
    everybody = {"everybody": "1", "special": "not_back", "population": "staff"}
    mills_clerk.post(url, everybody | {"in_town": "yes", "how": "by_phone"})
    assert Movement.objects.filter(valid_to=None, in_town=True).count() == 3
    assert "Nobody is chosen" in page(mills_clerk.post(url))


def test_history_is_recorded_and_withdrawn(mills_clerk: Client, chen: Person) -> None:
    url = reverse("register:exposure", args=(chen.pk,))
    assert "Travelled in Hubei" in page(mills_clerk.get(url))
    told = {"kind": "hubei_travel", "how": "by_phone"}
    assert "future" in page(mills_clerk.post(url, told | {"last_day": "2020-02-20"}))
    mills_clerk.post(url, told)
    row = Exposure.objects.get()
    assert (row.last_day, row.last_day_known) == (date(2020, 1, 31), False)
    mills_clerk.post(reverse("register:withdraw", args=(row.pk,)))
    shown = page(mills_clerk.get(reverse("register:person", args=(chen.pk,))))
    assert "<s>Travelled in Hubei</s>" in shown


def test_a_look_is_asked_for_and_entered(mills_clerk: Client, chen: Person) -> None:
    url = reverse("register:reveal", args=(chen.pk, "phone"))
    asked = page(mills_clerk.get(url))
    assert mobile(1) not in asked
    assert "few words" in page(mills_clerk.post(url, {"purpose": "other"}))
    assert mobile(1) in page(mills_clerk.post(url, {"purpose": "reach"}))
    part = mills_clerk.post(url, {"purpose": "reach"}, headers={"HX-Request": "true"})
    assert "<html" not in page(part)
    assert Entry.objects.filter(act="people.reveal", refused="").count() == 2
    assert mills_clerk.get(reverse("register:reveal", args=(chen.pk, "soul"))).status_code == 404


def test_a_list_leaves_the_house_masked_and_entered(
    mills_clerk: Client, chen: Person, lin: Person
) -> None:
    url = reverse("register:export")
    book = mills_clerk.post(url, {"kind": "xlsx", "population": "staff"})
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["陈小满", "林海"]
    table = page(mills_clerk.post(url, {"kind": "csv", "special": "not_back"}))
    paper = page(mills_clerk.post(url, {"kind": "print"}))
    assert "林海" in table
    assert "陈小满" not in table
    assert "陈小满" in paper
    for text in (table, paper, str(rows)):
        assert not any(
            number in text for number in (identity(1), mobile(1), identity(2), mobile(2))
        )
    counts = Entry.objects.filter(act="people.export").values_list("arguments__count", flat=True)
    assert list(counts) == [2, 1, 2]
    assert mills_clerk.post(url, {"kind": "docx"}).status_code == 422


def test_a_list_out_of_two_companies_is_entered_at_each_with_its_own_people(
    mill: Unit, port: Unit, mills_clerk: Client, chen: Person, zhou: Person
) -> None:
    clerk = User.objects.get(username="the-clerk")
    give_post(OPERATOR, port, clerk, Role.CLERK)
    table = page(mills_clerk.post(reverse("register:export"), {"kind": "csv"}))
    assert "陈小满" in table
    assert "周帆" in table
    entries = Entry.objects.filter(act="people.export").order_by("place")
    of = Subject.objects.values_list("subject", flat=True)
    assert [(each.place, each.arguments["count"]) for each in entries] == [
        (mill.path, 1),
        (port.path, 1),
    ]
    assert [list(of.filter(entry=each)) for each in entries] == [[chen.pk], [zhou.pk]]


def test_links_are_made_for_many_and_shown_once(
    mills_clerk: Client, chen: Person, lin: Person, link_page: object
) -> None:
    url = reverse("register:links")
    chosen = {"person": [str(chen.pk), str(lin.pk)]}
    assert "Make 2 links" in page(mills_clerk.post(url, chosen))
    key = {"key": str(uuid4())}
    sheet = page(mills_clerk.post(url, chosen | {"days": 30, "kind": "sheet"} | key))
    assert sheet.count("<svg") >= 2
    assert "/imports/" in sheet
    key = {"key": str(uuid4())}
    table = page(mills_clerk.post(url, chosen | {"days": 30, "kind": "csv"} | key))
    assert table.count("/imports/") == 2
    assert PersonalLink.objects.filter(revoked_at=None).count() == 2
    shown = page(mills_clerk.get(reverse("register:person", args=(chen.pk,))))
    assert "good until" in shown
    mills_clerk.post(reverse("register:revoke_link", args=(chen.pk,)))
    assert PersonalLink.objects.filter(revoked_at=None).count() == 1
    assert "Nobody is chosen" in page(mills_clerk.post(url))


def test_links_sent_for_twice_are_made_once_and_those_handed_out_go_on_working(
    mills_clerk: Client, chen: Person, lin: Person, link_page: object
) -> None:
    url = reverse("register:links")
    told = {"person": [str(chen.pk), str(lin.pk)], "days": 30, "kind": "sheet"}
    told |= {"key": str(uuid4())}
    mills_clerk.post(url, told)
    before = set(PersonalLink.objects.values_list("digest", "revoked_at"))
    again = page(mills_clerk.post(url, told))
    assert "These 2 links were made at" in again
    assert '<svg class="lf-qr' not in again
    assert set(PersonalLink.objects.values_list("digest", "revoked_at")) == before
    other = page(mills_clerk.post(url, told | {"kind": "csv"}))
    assert "These 2 links were made at" in other
    assert str(told["key"]) not in other
    assert mills_clerk.get(url).headers["Location"] == PEOPLE


def test_it_is_said_whose_links_end_and_that_a_local_address_opens_nowhere_else(
    mills_clerk: Client, chen: Person, lin: Person, link_page: object, settings: object
) -> None:
    services.make_link(OPERATOR, chen, "his-own-secret")
    chosen = {"person": [str(chen.pk), str(lin.pk)]}
    settings.PUBLIC_URL = "http://127.0.0.1:8000"  # type: ignore[attr-defined]
    asked = page(mills_clerk.post(reverse("register:links"), chosen))
    assert "1 of them has a link already" in asked
    assert "this machine only" in asked
    settings.PUBLIC_URL = "https://lianfang.example"  # type: ignore[attr-defined]
    assert "this machine only" not in page(mills_clerk.post(reverse("register:links"), chosen))


def test_without_a_page_there_are_no_links(mills_clerk: Client, chen: Person) -> None:
    before = seams.link_page()
    seams.lead_links_to("")
    try:
        url = reverse("register:links")
        assert mills_clerk.post(url, {"person": str(chen.pk)}).status_code == 404
        assert "personal link" not in page(mills_clerk.get(PEOPLE)).lower()
    finally:
        seams.lead_links_to(before)


def test_an_app_above_adds_a_part_to_the_page(mills_clerk: Client, chen: Person) -> None:
    part = seams.Part("test", "Seen by the test", "web/_empty.html", lambda _actor, row: row)
    hidden = seams.Part("none", "Hidden from all", "web/_empty.html", lambda _actor, _row: None)
    for each in (part, hidden):
        seams.declare_part(each)
    try:
        shown = page(mills_clerk.get(reverse("register:person", args=(chen.pk,))))
    finally:
        for each in (part, hidden):
            del seams._Known.parts[each.code]  # noqa: SLF001 (leave the house as it was)
    assert "Seen by the test" in shown
    assert "Hidden from all" not in shown


def test_who_only_reads_gets_no_buttons(group: Unit, chen: Person, response: object) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user_with(Role.LEADING_GROUP, group, "the-leader"), SIGN_IN)
    shown = page(client.get(PEOPLE))
    assert "陈小满" in shown
    assert 'name="person"' not in shown
    whole = page(client.get(reverse("register:person", args=(chen.pk,))))
    for words in ("Has left", "Record whereabouts", 'aria-label="Show:'):
        assert words not in whole
    assert client.get(reverse("register:change", args=(chen.pk,))).status_code == 404
