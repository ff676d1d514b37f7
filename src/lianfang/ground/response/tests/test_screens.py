from datetime import date

import pytest
from django.test import Client

from lianfang.ground.orgs.models import Unit, User
from lianfang.ground.response import queries, services
from lianfang.ground.response.models import (
    Campaign,
    KeyPeriod,
    LocalCases,
    PackVersion,
    Phase,
    Response,
    ResponseLevel,
    Supplement,
)
from lianfang.ground.response.services import CasesLine
from lianfang.kernel import clock
from lianfang.kernel.actor import OPERATOR, Actor

PACK = "/response/pack"


def as_user(actor: Actor, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(pk=actor.id))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.usefixtures("morning")
def test_an_empty_installation_begins_a_response(overseer: Actor, clerk: Actor) -> None:
    office = as_user(overseer)
    assert "Begin a response" in page(office, "/response/")
    assert "Begin a response" not in page(as_user(clerk), "/response/")
    assert "No policy pack is in force" in page(office, PACK)
    assert as_user(clerk).get("/response/enter/begin").status_code == 404
    assert office.get("/response/enter/level").status_code == 404
    for path in ("amend", "stricter"):
        assert office.get(f"{PACK}/{path}").status_code == 404
    told = {"pack_id": "covid19-2020-01", "started_at": "2020-01-23T09:00", "level": "I"}
    late = office.post("/response/enter/begin", told | {"started_at": "2021-01-01T09:00"})
    assert "This is in the future." in late.content.decode()
    assert office.post("/response/enter/begin", told).status_code == 302
    shown = page(office, "/response/")
    assert "Level I response, day 9" in shown
    assert "No local cases entered yet" in shown
    assert office.get("/response/enter/begin").status_code == 404
    assert as_user(clerk).get("/response/enter/level").status_code == 404


def test_each_step_of_the_course_has_its_form(response: Response, overseer: Actor) -> None:
    office = as_user(overseer)
    steps: dict[str, dict[str, object]] = {
        "cases": {"region": "温州", "day": "2020-01-30", "new_confirmed": 55, "source": "市卫健委"},
        "level": {"level": "II", "valid_from": "2020-01-31T09:00", "document": "省文件"},
        "phase": {"stage": "hold_back", "valid_from": "2020-01-31T09:00", "summary": "完成"},
        "campaign": {"name": "奋战十天", "starts_on": "2020-01-29", "days": 10},
        "period": {"name": "十五前", "starts_on": "2020-01-25", "ends_on": "2020-02-08"},
    }
    for what, told in steps.items():
        assert "<form" in page(office, f"/response/enter/{what}")
        assert office.post(f"/response/enter/{what}", {}).status_code == 200
        assert office.post(f"/response/enter/{what}", told).status_code == 302
    for model in (LocalCases, Campaign, KeyPeriod):
        assert model.objects.count() == 1
    assert ResponseLevel.objects.count() == 2
    assert Phase.objects.count() == 2
    shown = page(office, "/response/")
    for words in (
        "Level II response",
        "Holding back",
        "奋战十天",
        "十五前",
        "another response level",
    ):
        assert words in shown
    assert office.post("/response/enter/end", {"ended_at": "2020-01-31T09:20"}).status_code == 302
    assert "Earlier responses" in page(office, "/response/")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ((2, 2), "Too few days"),
        ((1, 2, 3, 4, 5, 6, 7, 8), "No turning point yet"),
        ((50, 50, 50, 50, 50, 50, 50, 0, 0, 0, 0, 0), "Turning point on"),
    ],
)
def test_the_situation_says_whether_cases_have_turned(
    response: Response, group: Unit, overseer: Actor, new: tuple[int, ...], words: str
) -> None:
    for at, count in enumerate(new):
        line = CasesLine(date(2020, 1, 10 + at), "温州", count, "市卫健委")
        services.type_cases(overseer, group, line)
    shown = page(as_user(overseer), "/response/")
    assert words in shown
    assert "trailing 7-day mean" in shown


def test_the_pack_is_shown_at_any_instant_with_its_sources(
    response: Response, mill: Unit, principal: Actor, clerk: Actor
) -> None:
    reader = as_user(clerk)
    now = page(reader, PACK)
    assert "Fever (at or above)" in now
    assert "Residence notice of an institute" in now
    assert "Lianfang design default" in now
    assert "10 Feb 2020 00:00" in now
    later = page(reader, f"{PACK}?at=2020-02-01T00:00")
    assert "resumption.public_bodies_return" in later
    compared = page(reader, f"{PACK}?at=2020-02-01T00:00&versus=2020-01-31T09:00")
    assert 'id="resumption.not_before"' in compared
    assert 'id="temperature.fever_ge_c"' not in compared
    found = page(reader, f"{PACK}?q=fever_ge")
    assert 'id="temperature.fever_ge_c"' in found
    assert 'id="resumption.not_before"' not in found
    memory = page(reader, f"{PACK}?mark=M")
    assert 'id="disease.transmission"' in memory
    assert 'id="temperature.fever_ge_c"' not in memory
    assert "No value fits" in page(reader, f"{PACK}?q=nothing-of-that")
    assert page(reader, f"{PACK}?at=yesterday&unit=none")
    chinese = page(as_user(clerk, "zh-hans"), PACK)
    assert "发热（达到或超过）" in chinese
    assert "策略包" in chinese


def test_a_change_of_the_pack_is_begun_by_the_group_office_alone(
    response: Response, overseer: Actor, clerk: Actor
) -> None:
    office = as_user(overseer)
    assert as_user(clerk).get(f"{PACK}/amend").status_code == 404
    assert "temperature.fever_ge_c" in page(office, f"{PACK}/amend?path=temperature.fever_ge_c")
    assert f"{PACK}/amend?path=temperature.fever_ge_c" in page(office, PACK)
    assert PackVersion.objects.count() == 1
    adopted = {"pack_id": "covid19-2020-01", "reason": "回到原版"}
    assert office.post("/response/enter/adopt", adopted).status_code == 302
    assert PackVersion.objects.count() == 1
    assert "回到原版" in page(office, "/response/drafts/")


def test_a_principal_makes_his_unit_stricter_and_goes_back(
    response: Response, mill: Unit, port: Unit, principal: Actor, clerk: Actor
) -> None:
    head = as_user(principal)
    assert as_user(clerk).get(f"{PACK}/stricter").status_code == 404
    path = "temperature.fever_ge_c"
    assert "37.3" in page(head, f"{PACK}/stricter?path={path}")
    told = {"unit": str(mill.pk), "path": path, "value": "38", "reason": "冷链"}
    assert "may only be stricter" in head.post(f"{PACK}/stricter", told).content.decode()
    foreign = head.post(f"{PACK}/stricter", told | {"unit": str(port.pk)})
    assert foreign.status_code == 200
    assert not Supplement.objects.exists()
    answer = head.post(f"{PACK}/stricter", told | {"value": "37.2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PACK}?unit=M")
    shown = page(head, f"{PACK}?unit=M")
    assert "37.2" in shown
    assert "Back to the pack" in shown
    back = f"{PACK}/stricter/M/{path}"
    assert as_user(clerk).get(back).status_code == 404
    assert head.get(f"{PACK}/stricter/P/{path}").status_code == 404
    assert mill.name in page(head, back) or str(mill) in page(head, back)
    assert head.post(back, {"reason": " "}).status_code == 200
    assert head.post(back, {"reason": "不再需要"}).status_code == 302
    assert queries.pack_at(OPERATOR, clock.now(), mill).value(path) == 37.3


def test_the_level_stands_in_the_top_bar_and_policy_in_the_rail(
    response: Response, overseer: Actor
) -> None:
    shown = page(as_user(overseer), "/response/")
    assert "Level I response, day 9" in shown
    assert 'href="/response/pack"' in shown
