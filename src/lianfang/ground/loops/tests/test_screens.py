from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lianfang.ground.loops import queries, services
from lianfang.ground.loops.models import Evidence, Loop, LoopStep
from lianfang.ground.loops.rules import state
from lianfang.ground.orgs.models import Unit
from lianfang.ground.orgs.rules import Role
from lianfang.kernel import ids
from lianfang.kernel.actor import Actor

Open = Callable[..., Loop]
Screen = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("response")
INBOX_QUERIES = 27


def stands(loop: Loop) -> str:
    return state(Loop.objects.get(pk=loop.pk).course)


def test_the_office_verifies_one_after_the_other(
    opened: Open, principal: Actor, overseer: Actor, screen: Screen
) -> None:
    first, second = opened("南门"), opened("北门")
    for loop in (first, second):
        services.done(principal, loop)
    client = screen(overseer)
    page = client.get(f"/loops/{first.pk}/?tab=verify").content.decode()
    assert "Recheck point at the 南门" in page
    answer = client.post(f"/loops/{first.pk}/verify", {"back": "tab=verify"})
    assert answer["Location"].startswith(f"/loops/{second.pk}/?tab=verify&last={first.pk}")
    answer = client.post(f"/loops/{second.pk}/verify", {"back": "tab=verify"})
    assert answer["Location"].startswith("/loops/?tab=verify")
    assert [stands(loop) for loop in (first, second)] == ["verified", "verified"]


def test_the_last_word_is_offered_for_undo_on_the_next_page(
    principal: Actor, overseer: Actor, group: Unit, mill: Unit, screen: Screen
) -> None:
    seat = queries.issuing(overseer)[0]
    task = services.Task(title="核对测温记录", issuer=seat, owner_role=Role.PRINCIPAL)
    loop = services.assign(overseer, mill, task, ids.new())
    services.done(principal, loop)
    client = screen(overseer)
    answer = client.post(f"/loops/{loop.pk}/return", {"reason": "没有做完", "back": "tab=verify"})
    page = client.get(answer["Location"]).content.decode()
    assert f"/loops/{loop.pk}/undo" in page
    client.post(f"/loops/{loop.pk}/undo", {"back": "tab=verify"})
    assert stands(loop) == "done"
    assert client.get("/loops/?last=nothing").status_code == 200


def test_a_return_without_a_reason_comes_back_with_a_sentence(
    opened: Open, principal: Actor, overseer: Actor, screen: Screen
) -> None:
    loop = opened()
    services.done(principal, loop)
    page = screen(overseer).post(f"/loops/{loop.pk}/return", {"note": " "})
    assert page.status_code == 422
    assert stands(loop) == "done"
    page = screen(overseer).post(f"/loops/{loop.pk}/return", {"note": "重做", "due": "明天"})
    assert page.status_code == 422
    assert "重做" in page.content.decode()


def test_the_unit_acknowledges_and_reports_done_with_proof(
    opened: Open, principal: Actor, screen: Screen
) -> None:
    loop = opened(lines=("5 米以上",))
    client = screen(principal)
    client.post(f"/loops/{loop.pk}/acknowledge")
    assert stands(loop) == "acknowledged"
    proof = SimpleUploadedFile("整改.csv", "项目,结果\n南门,已设".encode())
    told = {"note": "已设", "met": ["0"], "papers": [proof], "back": "tab=mine&q=南门"}
    answer = client.post(f"/loops/{loop.pk}/done", told)
    assert answer.status_code == 302
    assert stands(loop) == "done"
    assert LoopStep.objects.get(step="done").met == [0]
    assert Evidence.objects.get().file.name == "整改.csv"


def test_a_file_that_is_not_kept_is_named_and_nothing_is_reported(
    opened: Open, principal: Actor, screen: Screen
) -> None:
    loop = opened()
    bad = SimpleUploadedFile("a.exe", b"MZ")
    page = screen(principal).post(f"/loops/{loop.pk}/done", {"papers": [bad]})
    assert page.status_code == 422
    assert stands(loop) == "assigned"


def test_the_office_lets_a_unit_off_and_leaves_a_note(
    opened: Open, overseer: Actor, screen: Screen
) -> None:
    loop = opened()
    client = screen(overseer)
    client.post(f"/loops/{loop.pk}/note", {"note": "今天先不办"})
    client.post(f"/loops/{loop.pk}/waive", {"note": "场所已关闭"})
    assert stands(loop) == "waived"
    page = client.get(f"/loops/{loop.pk}/?tab=closed").content.decode()
    assert "今天先不办" in page
    assert "场所已关闭" in page


def test_several_units_are_asked_by_one_form(
    group: Unit, mill: Unit, port: Unit, overseer: Actor, screen: Screen
) -> None:
    client = screen(overseer)
    assert "江海港务" in client.get("/loops/assign").content.decode()
    told = {
        "title": "清点额温枪",
        "units": [mill.pk, port.pk],
        "owner_role": "clerk",
        "due": "2020-02-03T12:00",
        "lines": "报数量\n报校验日期",
        "issuer": "G:group_office",
        "key": str(ids.new()),
    }
    for _ in range(2):
        assert client.post("/loops/assign", told)["Location"] == "/loops/?tab=issued"
    assert Loop.objects.count() == 2
    assert Loop.objects.first().lines == ["报数量", "报校验日期"]  # type: ignore[union-attr]


def test_a_task_for_the_past_is_refused_at_its_field_and_nobody_is_asked(
    mill: Unit, port: Unit, overseer: Actor, screen: Screen
) -> None:
    told = {
        "title": "清点额温枪",
        "units": [mill.pk, port.pk],
        "owner_role": "clerk",
        "due": "2020-01-01T12:00",
        "issuer": "G:group_office",
        "key": str(ids.new()),
    }
    page = screen(overseer).post("/loops/assign", told)
    assert page.status_code == 200
    assert "清点额温枪" in page.content.decode()
    assert not Loop.objects.exists()


def test_a_list_can_be_printed(opened: Open, overseer: Actor, screen: Screen) -> None:
    opened()
    assert "南门" in screen(overseer).get("/loops/paper?tab=issued").content.decode()


def test_htmx_gets_the_part_that_the_page_includes(
    opened: Open, overseer: Actor, screen: Screen
) -> None:
    loop = opened()
    part = screen(overseer).get(f"/loops/{loop.pk}/?tab=issued", HTTP_HX_REQUEST="true")
    assert part.content.decode().strip().startswith("<div")
    assert "<html" not in part.content.decode()


def test_an_inbox_asks_the_database_no_more_for_more_loops(
    opened: Open,
    overseer: Actor,
    screen: Screen,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(30):
        opened(f"第 {at} 处")
    client = screen(overseer)
    with django_assert_max_num_queries(INBOX_QUERIES):
        client.get("/loops/?tab=issued")


@pytest.mark.parametrize(
    "way", ["acknowledge", "done", "verify", "return", "waive", "undo", "note"]
)
def test_a_stranger_finds_no_loop(opened: Open, stranger: Actor, screen: Screen, way: str) -> None:
    loop = opened()
    client = screen(stranger)
    assert client.get(f"/loops/{loop.pk}/").status_code == 404
    assert client.post(f"/loops/{loop.pk}/{way}", {"note": "你好"}).status_code == 404
    assert LoopStep.objects.count() == 1
