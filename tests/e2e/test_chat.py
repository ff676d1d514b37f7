"""A clerk pastes a 接龙; somebody registers at a poster; also where no script runs."""

from playwright.sync_api import expect

from tests.e2e.conftest import Room
from tests.e2e.visitor import Visitor

CLERK = "clerk02"
CHAIN = "#接龙\n1月31日 健康打卡\n1. 欧阳不凡 36.2 在温\n2. 司马无名 36.4 无症状\n"


def paste(clerk: Visitor, text: str) -> None:
    clerk.take_post(CLERK)
    clerk.go("/checkins/chat")
    clerk.type(clerk.page.locator("#id_text"), text)
    clerk.tap(clerk.page.locator("button[value=match]"))


def test_a_doubt_is_settled_by_one_tap_and_the_rest_is_recorded(desk: Visitor) -> None:
    paste(desk, CHAIN)
    first = desk.page.locator(".lf-chat-open").first
    desk.tap(first.locator("label", has_text="新增：职工"))
    desk.tap(desk.page.locator(".lf-chat-open").nth(1).locator("label", has_text="不是本单位"))
    desk.tap(desk.page.locator("button[value=record]"))
    desk.sees("已记录 1 人的打卡。")
    assert desk.actions == 5


def test_pasting_works_on_a_phone_without_a_script(plain_phone: Visitor) -> None:
    paste(plain_phone, "诸葛小白 36.5 在温")
    expect(plain_phone.page.locator(".lf-chat-open")).to_have_count(1)
    heights = [
        box["height"]
        for box in (
            each.bounding_box() for each in plain_phone.page.locator("fieldset label").all()
        )
        if box
    ]
    assert min(heights) >= 44
    plain_phone.tap(plain_phone.page.locator("label", has_text="新增：场内人员"))
    plain_phone.tap(plain_phone.page.locator("button[value=record]"))
    plain_phone.sees("贴接龙")


def test_somebody_registers_at_a_poster_and_checks_in_without_a_script(
    room: Room, demo: str, desk: Visitor
) -> None:
    desk.take_post(CLERK)
    desk.go("/people/joining")
    desk.page.locator("form.lf-form button[type=submit]").click()
    url = desk.page.locator("#lf-poster-url").inner_text()
    phone = room.sit(demo, phone=True, script=False)
    phone.page.goto(url)
    phone.type(phone.page.locator("[name=name]"), "尉迟阿明")
    phone.type(phone.page.locator("[name=phone]"), "13800005678")
    phone.tap(phone.page.locator("button[type=submit]"))
    phone.sees("已交给管理员")
    assert phone.actions == 3
    desk.go("/people/joining")
    desk.tap(desk.page.locator("form[action$='/take-in'] button"))
    phone.go("/people/join/wait")
    expect(phone.page.locator("#lf-own-link")).to_be_visible()
    phone.tap(phone.page.locator("a.lf-go"))
    expect(phone.page.locator(".lf-hello")).to_contain_text("尉迟阿明")
