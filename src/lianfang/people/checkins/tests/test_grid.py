from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from lianfang.ground.orgs.models import Site, Unit, User
from lianfang.kernel.actor import Actor
from lianfang.people.checkins.models import Attempt, CheckIn
from lianfang.people.register.models import Person
from lianfang.people.register.rules.words import Employment

Enter = Callable[..., Person]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client: Client, morning: object, clerk: Actor) -> Client:
    """The desk of the mill's clerk."""
    client.force_login(User.objects.get(pk=clerk.id))
    return client


def row(person: Person, **told: str) -> dict[str, object]:
    typed = {"temperature": "365", "method": "forehead", "base": "nothing", "how": "in_person"}
    return {f"{person.pk}-{name}": value for name, value in (typed | told).items()}


def sent(*rows: dict[str, object], people: tuple[Person, ...], **more: str) -> dict[str, object]:
    body: dict[str, object] = {"person": [str(person.pk) for person in people], **more}
    for each in rows:
        body |= each
    return body


def test_the_grid_lists_who_has_not_checked_in(desk: Client, chen: Person, lin: Person) -> None:
    desk.post("/checkins/", sent(row(chen), people=(chen, lin)))
    page = desk.get("/checkins/").content.decode()
    assert "林海" in page
    assert "陈小满" not in page


def test_one_row_is_recorded_and_comes_back_as_done(desk: Client, chen: Person) -> None:
    body = sent(row(chen, temperature="36，5"), people=(chen,), only=str(chen.pk))
    answer = desk.post("/checkins/", body, headers=HTMX)
    assert "lf-grid-done" in answer.content.decode()
    found = CheckIn.objects.get()
    assert (found.temperature, found.how, found.in_town) == (Decimal("36.5"), "in_person", True)


def test_all_typed_rows_are_recorded_and_a_wrong_one_keeps_what_was_typed(
    desk: Client, chen: Person, lin: Person, zhou: Person, enter: Enter, mill: Unit
) -> None:
    quiet = enter(mill, "孔明", "0300")
    body = sent(
        row(chen),
        row(lin, temperature="9o", how="by_phone"),
        row(quiet, temperature=""),
        row(zhou),
        people=(chen, lin, quiet, zhou),
    )
    answer = desk.post("/checkins/", body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="9o"' in page
    assert "lf-error" in page
    assert [each.person for each in CheckIn.objects.select_related("person")] == [chen]
    assert desk.post("/checkins/", sent(row(lin), people=(lin,))).status_code == 302


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"temperature": "Lo"}, {"temperature": None, "verdict": "invalid"}),
        (
            {"temperature": "\uff13\uff17.\uff16"},
            {"temperature": Decimal("37.6"), "verdict": "fever"},
        ),
        ({"symptoms": "cough"}, {"symptoms": ["cough"]}),
        ({"contact_case": "yes"}, {"contact_case": True}),
        ({"in_town": "no", "region": "420102"}, {"in_town": False, "region": "420102"}),
    ],
)
def test_what_is_different_is_typed_in_the_row(
    desk: Client, chen: Person, told: dict[str, str], kept: dict[str, object]
) -> None:
    desk.post("/checkins/", sent(row(chen, **told), people=(chen,)))
    found = CheckIn.objects.get()
    assert {name: getattr(found, name) for name in kept} == kept


@pytest.mark.parametrize(
    "told",
    [
        {"temperature": ""},
        {"temperature": "36.55"},
        {"temperature": "99"},
        {"base": ""},
        {"base": "same"},
        {"region": "1", "in_town": "no"},
    ],
)
def test_a_row_that_cannot_be_taken_says_why(
    desk: Client, chen: Person, told: dict[str, str]
) -> None:
    body = sent(row(chen, **told), people=(chen,), only=str(chen.pk))
    answer = desk.post("/checkins/", body, headers=HTMX)
    assert "lf-error" in answer.content.decode()
    assert not CheckIn.objects.exists()


def test_a_wrong_temperature_is_named_in_its_cell_whatever_else_is_missing(
    desk: Client, chen: Person
) -> None:
    body = sent(row(chen, temperature="999", base=""), people=(chen,), only=str(chen.pk))
    page = desk.post("/checkins/", body, headers=HTMX).content.decode()
    assert f'id="e-{chen.pk}"' in page
    assert "99.9 ℃ 不对" in page
    assert "已问：在本地，无异常" in page


def test_a_row_names_only_the_answers_that_can_be_chosen(
    desk: Client, clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    asked = sent(row(chen, base=""), people=(chen,), only=str(chen.pk))
    page = desk.post("/checkins/", asked, headers=HTMX).content.decode()
    assert "请选“已问：在本地，无异常”" in page
    assert "与昨日相同" not in page
    desk.post("/checkins/", sent(row(chen), people=(chen,)))
    morning.shift(timedelta(days=1))
    desk.force_login(User.objects.get(pk=clerk.id))
    page = desk.post("/checkins/", asked, headers=HTMX).content.decode()
    assert "请选“与昨日相同”或“已问：在本地，无异常”" in page


def test_a_clerk_says_where_somebody_out_of_town_is_by_its_name(desk: Client, chen: Person) -> None:
    body = sent(row(chen, in_town="no"), people=(chen,), only=str(chen.pk))
    page = desk.post("/checkins/", body, headers=HTMX).content.decode()
    assert "至少填到省" in page
    assert not CheckIn.objects.exists()
    desk.post("/checkins/", sent(row(chen, in_town="no", region="湖北武汉"), people=(chen,)))
    assert CheckIn.objects.get().region == "420100"


def test_the_day_after_the_row_rests_on_what_was_told(
    desk: Client, clerk: Actor, chen: Person, morning: time_machine.Traveller
) -> None:
    desk.post("/checkins/", sent(row(chen), people=(chen,)))
    morning.shift(timedelta(days=1))
    desk.force_login(User.objects.get(pk=clerk.id))
    assert 'value="same" selected' in " ".join(desk.get("/checkins/").content.decode().split())
    desk.post("/checkins/", sent(row(chen, base="same"), people=(chen,)))
    last = CheckIn.objects.first()
    assert last is not None
    assert (last.same_as_yesterday, last.in_town, last.contact_case) == (True, True, False)


def test_a_second_reading_takes_somebody_off_the_list(
    desk: Client, chen: Person, morning: time_machine.Traveller
) -> None:
    desk.post("/checkins/", sent(row(chen, temperature="37.6"), people=(chen,)))
    page = " ".join(desk.get("/checkins/?tab=again").content.decode().split())
    assert "陈小满" in page
    assert 'value="axillary" selected' in page
    morning.shift(timedelta(minutes=15))
    again = row(chen, temperature="36.6", method="axillary", base="same")
    desk.post("/checkins/?tab=again", sent(again, people=(chen,)))
    assert "陈小满" not in desk.get("/checkins/?tab=again").content.decode()
    last = CheckIn.objects.first()
    assert last is not None
    assert (last.same_as_yesterday, last.replaces_id is not None) == (False, True)


def test_who_is_not_reached_is_kept_with_the_next_step(desk: Client, chen: Person) -> None:
    told = {"channel": "phone", "outcome": "no_answer", "next_step": "call_again"}
    typed = row(chen, temperature="36", **told)
    body = sent(typed, people=(chen,), tried=str(chen.pk))
    answer = desk.post("/checkins/", body, headers=HTMX).content.decode()
    assert Attempt.objects.get().outcome == "no_answer"
    assert 'value="36"' in answer
    assert not CheckIn.objects.exists()
    assert "陈小满" in desk.get("/checkins/?tab=unreached").content.decode()


def test_half_an_attempt_is_not_kept(desk: Client, chen: Person) -> None:
    body = sent(row(chen, channel="phone"), people=(chen,), tried=str(chen.pk))
    assert "lf-error" in desk.post("/checkins/", body, headers=HTMX).content.decode()
    assert not Attempt.objects.exists()


def test_recording_a_row_twice_by_one_key_has_its_effect_once(desk: Client, chen: Person) -> None:
    key = "01a20c30-4aba-70fa-b7f3-7b1e275234c1"
    body = sent(row(chen, key=key), people=(chen,), only=str(chen.pk))
    desk.post("/checkins/", body, headers=HTMX)
    again = desk.post("/checkins/", body, headers=HTMX)
    assert CheckIn.objects.count() == 1
    assert "08:00:00" in again.content.decode()


def test_the_grid_is_filtered_by_population_words_and_page(
    desk: Client, mill: Unit, market: Site, enter: Enter, chen: Person
) -> None:
    enter(mill, "金阿姨", site=market, employment=Employment.STALL_HOLDER)
    for number in range(41):
        enter(mill, f"工人{number}", f"9{number:03}")
    on_site = desk.get("/checkins/?population=on_site").content.decode()
    assert "金阿姨" in on_site
    assert "陈小满" not in on_site
    assert "陈小满" in desk.get("/checkins/?q=cxm").content.decode()
    assert "陈小满" in desk.get("/checkins/?q=0183").content.decode()
    assert "page=2" in desk.get("/checkins/").content.decode()
    assert desk.get("/checkins/?tab=nothing&population=x&page=z&unit=M").status_code == 200


def test_the_readings_of_a_day_open_with_their_verdicts(desk: Client, chen: Person) -> None:
    desk.post("/checkins/", sent(row(chen, temperature="37.6"), people=(chen,)))
    assert "37.6" in desk.get("/checkins/readings").content.decode()
    assert "陈小满" in desk.get("/checkins/readings?which=abnormal&q=0183").content.decode()
    assert "陈小满" not in desk.get("/checkins/readings?which=symptoms").content.decode()
    assert "陈小满" not in desk.get("/checkins/readings?day=2020-01-30").content.decode()


def test_the_page_of_a_person_shows_his_status_and_readings(desk: Client, chen: Person) -> None:
    desk.post("/checkins/", sent(row(chen, temperature="37.6"), people=(chen,)))
    page = desk.get(f"/people/{chen.pk}/").content.decode()
    assert "暂不能进" in page
    assert "37.6" in page


def test_a_stranger_sees_and_records_nothing(
    client: Client, morning: object, stranger: Actor, chen: Person, zhou: Person
) -> None:
    client.force_login(User.objects.get(pk=stranger.id))
    page = client.get("/checkins/").content.decode()
    assert "周帆" in page
    assert "陈小满" not in page
    for address in ("/checkins/?unit=M", "/checkins/readings?unit=M"):
        assert client.get(address).status_code == 404
    only = sent(row(chen), people=(chen,), only=str(chen.pk))
    assert client.post("/checkins/", only, headers=HTMX).status_code == 404
    client.post("/checkins/", sent(row(chen), people=(chen,)))
    assert not CheckIn.objects.exists()


def test_whoever_records_for_nobody_has_no_grid(
    client: Client, morning: object, auditor: Actor
) -> None:
    client.force_login(User.objects.get(pk=auditor.id))
    assert client.get("/checkins/").status_code == 404
    assert client.get("/checkins/readings").status_code == 404
    assert client.post("/checkins/", {"person": "x"}).status_code == 404


def test_the_grid_costs_the_same_however_many_rows_it_has(
    desk: Client, mill: Unit, enter: Enter, chen: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        enter(mill, f"工人{number}", f"9{number:03}")
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        desk.get("/checkins/")
